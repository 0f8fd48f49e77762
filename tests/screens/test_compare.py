"""Screens of the two views: few articles and many, at three sizes."""

from pathlib import Path

import pytest

from tests.conftest import Snap
from tests.journeys import coded
from tests.person import Person, seated
from tests.reports import EVENT, reported
from tests.screens.test_states import every_size


async def to(me: Person, event: str) -> None:
    """Compare the event with this id."""
    me.explore.timeline.move_to(me.row_of(event))
    await me.settle()
    await me.press("c")


@every_size
@pytest.mark.parametrize("articles", [1, 3, 12, 60])
async def test_reports(articles: int, size: tuple[int, int], tmp_path: Path, snap: Snap) -> None:
    async with seated(size, reported(tmp_path / "case.json", articles)) as me:
        await to(me, EVENT)
        snap(me.app, f"compare-{articles}")
        await me.press("w")
        snap(me.app, f"who-{articles}")


@every_size
async def test_many_origins(size: tuple[int, int], tmp_path: Path, snap: Snap) -> None:
    async with seated(size, reported(tmp_path / "case.json", 12)) as me:
        await to(me, EVENT)
        await me.press("r", "x", "x", "x", "n", "n")
        assert me.explore.comparing.grid.by_origin
        snap(me.app, "by-origin")
        await me.press("r", ".", "l", "l", "/")
        await me.type("hold")
        await me.press("enter")
        snap(me.app, "found-at-odds")
        await me.command("compare The rebels")
        snap(me.app, "nobody-speaks")


@every_size
async def test_aleppo(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await to(me, coded.called("Rebels take Aleppo"))
        snap(me.app, "by-article")
        await me.press("w")
        snap(me.app, "who")
        await me.press("w", "r")
        snap(me.app, "by-origin")


@every_size
async def test_the_stale_report_of_hama(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await me.command("compare Hama")
        snap(me.app, "stale")


async def test_the_light_theme(snap: Snap) -> None:
    async with seated((120, 40)) as me:
        await to(me, coded.called("Rebels take Aleppo"))
        await me.press("T")
        snap(me.app, "compare")
        await me.press("w")
        snap(me.app, "who")


async def test_without_colours(monkeypatch: pytest.MonkeyPatch, snap: Snap) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated((120, 40)) as me:
        await to(me, coded.called("Rebels take Aleppo"))
        snap(me.app, "compare")
        await me.press("w")
        snap(me.app, "who")
