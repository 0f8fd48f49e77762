"""An analyst reads all that was done in the log, and goes to the records it was done to."""

from pathlib import Path

import pytest

from store.database.seals import keep_seal, seal_name
from tests.journeys.test_changes import ANA, write
from tests.person import seated
from tests.reports import EVENT, reported
from tests.screens.test_states import every_size
from tests.small import SmallCase
from tui.dialogs.log_window import LogWindow, WholeAct
from tui.session.settings import remember_author

LONG = " ".join(f"word{n}" for n in range(120))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Six reports on one event."""
    remember_author(ANA)
    return reported(tmp_path / "case.json", 6)


@every_size
async def test_an_act_is_read_whole_whatever_the_size(case: Path, size: tuple[int, int]) -> None:
    async with seated(size, case) as me:
        await write(me, LONG, "the end of it")
        await me.command("assess weak one origin")
        await me.press("L")
        rows = [line for line in me.screen.splitlines() if f"  {ANA} " in line]
        assert "assess Rebels take Northtown: weak, because" in rows[0]
        assert "note on Rebels take Northtown" in rows[1]
        assert "  about: Rebels take Northtown" in me.screen, "a name, and no id"
        assert EVENT not in me.screen
        await me.press("down")
        (text,) = (line for line in me.screen.splitlines() if "  text: word0" in line)
        assert "…" in text, "what does not fit on the line says so"
        await me.press("enter")
        assert isinstance(me.app.screen, WholeAct)
        await me.press("end")
        assert "the end of it" in me.screen
        await me.press("home")
        assert all(word in me.screen for word in ("word0 ", "Ana Nowak"))
        await me.press("escape")
        assert isinstance(me.app.screen, LogWindow)
        assert me.window.list.cursor == 1


async def test_an_act_with_a_time_stamp_says_so(case: Path) -> None:
    async with seated((100, 30), case) as me:
        await me.command("assess weak one origin")
        await me.command("assess fair two origins")
        keep_seal(case, seal_name(1, "a" * 64, b"answer"), b"answer")
        await me.press("L")
        first, second = (line for line in me.screen.splitlines() if f"  {ANA} " in line)
        assert "[time stamp kept] assess Rebels take Northtown: weak" in second
        assert "time stamp" not in first
        await me.press(*"kept")
        assert [line for line in me.screen.splitlines() if f"  {ANA} " in line] == [second]


async def test_a_key_goes_to_what_was_changed(case: Path) -> None:
    async with seated((100, 30), case) as me:
        await me.press("1", "*", "3", "down", "M")
        article = me.article_id
        await me.command("words xyzzy")
        assert me.titles == []
        await me.press("L", "enter", "enter")
        assert me.app.screen is me.explore
        assert (me.pane, me.article_id, me.event_id) == ("article", article, EVENT)
        assert me.filters == [], "the filter hid it"
        await me.press("L", "down", "enter", "enter")
        assert (me.pane, me.event_id) == ("timeline", EVENT)
        await me.press("4")
        await me.command("redact Northtown")
        await me.press(*"a witness", "enter", "L")
        row = next(line for line in me.screen.splitlines() if f"  {ANA} " in line)
        assert " redacted: a wit" in row


async def test_what_is_gone_cannot_be_gone_to(tmp_path: Path) -> None:
    remember_author(ANA)
    small = SmallCase()
    small.event("Fall")
    async with seated((100, 30), small.write(tmp_path / "case.json")) as me:
        await me.press("d", *"twice", "enter", "down", "enter")
        await me.press("L", "enter", "enter")
        assert me.said == "The record of this change is gone, or supports no event."
