"""Two people at one case on a server: each sees the other's acts, and where one is stays so."""

import asyncio
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.server_cases import copy_of, grant, put_on_server, read_address
from store.model import changes
from store.model.case_address import CaseAddress
from store.model.change import Change
from tests.journeys.test_changes import WIDE, write
from tests.journeys.test_writers import AT, until
from tests.person import seated
from tests.postgres.conftest import as_member
from tests.postgres.pg_server import PgServer
from tests.reports import EVENT, reported
from tui.screens import upkeep
from tui.session.recent_cases import place_of, recent_cases


@pytest.fixture
def reports(server: PgServer, tmp_path: Path) -> CaseAddress:
    """Six reports on one event, on the server; Olga owns it, and Carl codes."""
    address = read_address(server.address())
    put_on_server(reported(tmp_path / "case.json", 6), address)
    grant(address, "carl", "coder")
    return address


def _note(text: str, by: str) -> Change:
    return changes.add_or_replace(None, changes.note(EVENT, text, by, AT), "note", by, AT)


async def test_an_act_of_another_is_seen_and_the_cursor_stays(reports: CaseAddress) -> None:
    other = Archive.open(copy_of(as_member(reports, "carl")), writing=True)
    async with seated(WIDE, copy_of(reports)) as me:
        assert "read-only" not in me.screen.splitlines()[0]
        await me.press("3", "j", "j")
        before, article = me.place, me.article_id
        other.change(_note("by Carl", "carl"))
        async with asyncio.timeout(1 + upkeep.LISTEN):
            await until(me, "1 note")
        assert (me.place, me.article_id) == (before, article)
        await me.press("1", "e")
        await write(me, "by Olga")
        await until(me, "2 notes")
        other.follow()
        assert [one.who for one in other.history()] == ["olga", "carl"]
    other.close()


async def test_an_act_that_came_too_late_says_whose_was_first(reports: CaseAddress) -> None:
    other = Archive.open(copy_of(as_member(reports, "carl")), writing=True)
    async with seated(WIDE, copy_of(reports)) as me:
        await me.press("1", "*")
        await me.settle()
        assert me.session.archive.history()[0].who == "olga"
        other.change(_note("by Carl", "carl"))  # which the screen has not seen
        await me.press("u")
        assert "arl changed the case meanwhile: note" in me.said
        assert me.session.archive.history()[0].who == "carl"
        await until(me, "1 note")
    other.close()


async def test_a_reader_sees_and_changes_nothing(reports: CaseAddress) -> None:
    grant(reports, "carl", "reader")
    async with seated(WIDE, copy_of(as_member(reports, "carl"))) as me:
        assert "read-only" in me.screen.splitlines()[0]
        await me.press("*")
        assert "has the role reader" in me.said


async def test_nobody_signs_with_a_name_of_their_own(reports: CaseAddress) -> None:
    async with seated(WIDE, copy_of(reports)) as me:
        await me.command("author Somebody Else")
        assert "he server logs your acts as olga" in me.said
        assert me.session.author == "olga"


async def test_it_is_among_the_recent_cases_by_its_address(reports: CaseAddress) -> None:
    for _ in range(2):
        async with seated(WIDE, copy_of(reports)):
            pass
    (case,) = recent_cases()
    assert place_of(case) == str(reports)


async def test_it_is_opened_and_made_from_inside_the_program(
    reports: CaseAddress, server: PgServer, tmp_path: Path
) -> None:
    async with seated(WIDE, reported(tmp_path / "own.json", 1)) as me:
        await me.command("open postgresql://ana:secret@host/db?case=x")
        assert "has a password" in " ".join(me.screen.split())
        await me.press("escape")
        await me.command(f"open {reports}")
        assert me.app.next_case == copy_of(reports).parent.parent / "1" / copy_of(reports).name
    address = read_address(server.address())
    async with seated(WIDE, reported(tmp_path / "again.json", 1)) as me:
        await me.command(f"new {address}")
        assert me.app.next_case is not None
    archive = Archive.open(me.app.next_case, writing=True)
    assert archive.case.title == address.case
    archive.close()
