"""A case is written as text from the screen, edited in an editor, and taken back in."""

from pathlib import Path

import pytest

from tests.person import seated
from tests.small import SmallCase
from tests.store.test_coding_text import replace
from tui.session.settings import remember_author


@pytest.fixture(autouse=True)
def _signed() -> None:
    remember_author("Ada")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    small = SmallCase()
    article = small.article("a", "The army took the hill.", title="The hill")
    small.claim(small.event("Hill taken"), article, "The army took the hill")
    return small.write(tmp_path / "case.json")


async def test_a_case_is_written_edited_taken_in_and_the_edit_undone(
    case: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "text"
    async with seated((120, 40), case) as me:
        await me.command(f"coding {folder}")
        assert me.said == f"{folder} has 4 records."
        replace(folder / "events.toml", 'title = "Hill taken"', 'title = "Hill captured"')
        await me.command(f"import {folder}")
        told = {(pick.group, pick.title): pick.aside for pick in me.window.list.picks}
        assert told["altered", "evt_Hill taken"] == "title"
        assert told["unchanged", "as the case has them"] == "3"
        await me.press("escape")
        assert me.titles == ["Hill captured"]
        await me.press("u")
        assert me.titles == ["Hill taken"]


async def test_what_is_wrong_in_a_text_is_said_and_changes_nothing(
    case: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "text"
    async with seated((120, 40), case) as me:
        await me.command(f"coding {folder}")
        await me.command(f"coding {folder}")
        assert "empty folder" in me.screen
        await me.press("escape")
        replace(folder / "000.toml", 'kind = "occurrence"', 'kind = "occurence"')
        await me.command(f"import {folder}")
        assert "000.toml, line" in me.said
        assert me.titles == ["Hill taken"]
