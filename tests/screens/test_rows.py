"""Screens of rows of data sets, at three sizes: an invented case, with nothing of a real one."""

from pathlib import Path

import pytest

from tests.conftest import Snap
from tests.person import Person, seated
from tests.rows import FIGHT, GUESSED, ODD, rows_case

SIZES = [(80, 24), (120, 40), (200, 60)]

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


async def look_at(me: Person, event: str) -> None:
    me.explore.timeline.move_to(me.row_of(event))
    await me.settle()


@every_size
async def test_rows(size: tuple[int, int], tmp_path: Path, snap: Snap) -> None:
    async with seated(size, rows_case(tmp_path / "case.json")) as me:
        await look_at(me, FIGHT)
        snap(me.app, "headline")
        await me.press("]", "]")
        assert me.article_id == "art_Valley Register 17"
        snap(me.app, "row")
        await look_at(me, ODD)
        snap(me.app, "flagged")
        await look_at(me, GUESSED)
        snap(me.app, "machine")


@every_size
async def test_compared(size: tuple[int, int], tmp_path: Path, snap: Snap) -> None:
    async with seated(size, rows_case(tmp_path / "case.json")) as me:
        await look_at(me, ODD)
        await me.press("c", "G")
        snap(me.app, "aggregate")
        await me.press("c")
        await look_at(me, GUESSED)
        await me.press("w")
        snap(me.app, "who-machine")
