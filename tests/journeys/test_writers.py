"""Somebody else writes the case, or the disk fails: nothing is lost, and the screen says why."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.convert import convert
from store.custody.verify import verify
from store.errors import ReadOnlyCase
from store.model import changes
from tests.journeys.test_changes import ANA, WIDE, log_of, said, write
from tests.person import Person, seated
from tests.reports import EVENT, reported
from tests.store.faults import Disk, failing
from tests.store.kept import NAMES, abandon
from tui.app import ConflictApp
from tui.dialogs.editor import Editor
from tui.dialogs.form import FormWindow
from tui.screens import upkeep
from tui.session.settings import remember_author

AT = "2026-11-22T10:00:00Z"


@pytest.fixture(autouse=True)
def _ana() -> None:
    remember_author(ANA)


@pytest.fixture
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Six reports on one event, in files or, if asked for, in a database."""
    path = reported(tmp_path / "case.json", 6)
    if getattr(request, "param", path.name) == path.name:
        return path
    convert(path, tmp_path / request.param)
    return tmp_path / str(request.param)


either = pytest.mark.parametrize("case", NAMES, indirect=True)


# another writer


@pytest.fixture
def other(case: Path) -> Iterator[Archive]:
    """Another program that has the case open to change it."""
    archive = Archive.open(case, author="Omar", writing=True)
    yield archive
    archive.close()


async def until(me: Person, words: str) -> None:
    """Wait until some words stand in the first line."""
    async with asyncio.timeout(10):
        while words not in me.screen.splitlines()[0]:
            await me.pilot.pause(0.02)
            await me.settle()


@either
async def test_what_another_has_open_is_only_read_and_says_who_has_it(
    case: Path, other: Archive
) -> None:
    async with seated(WIDE, case) as me:
        assert "read-only" in me.screen.splitlines()[0]
        for keys in (("*",), ("u",), ("e",), ("A",), ("d",)):
            await me.press(*keys)
            assert me.app.screen is me.explore
            assert "othing can be changed" in me.said
            assert "process " in me.said, "who has it"
            assert "is changing it" in me.said
        assert await said(me) == []
    assert not log_of(case) if case.with_name("case.json.log").exists() else True
    assert other.writable


@either
async def test_what_another_changes_is_seen_where_one_is(
    case: Path, other: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "FOLLOW", 0.05)
    async with seated(WIDE, case) as me:
        await me.press("3", "j", "j")
        before = me.place
        article = me.article_id
        other.change(
            changes.add_or_replace(
                None, changes.note(EVENT, "by Omar", "Omar", AT), "note", "Omar", AT
            )
        )
        await until(me, "1 note")
        assert me.place == before
        assert me.article_id == article
        other.undo()
        async with asyncio.timeout(10):
            while "1 note" in me.screen.splitlines()[0]:
                await me.pilot.pause(0.02)
                await me.settle()
        assert me.place == before
        await me.press("c", "j", "l")
        cell = me.explore.comparing.grid.cursor, me.explore.comparing.grid.column
        await me.press("L")
        assert [pick.title for pick in me.window.list.picks] == ["undo: note", "note"]
        other.redo()
        await me.pilot.pause(0.2)
        await me.settle()
        assert me.window, "the window stays"
        await me.press("escape")
        assert (me.explore.comparing.grid.cursor, me.explore.comparing.grid.column) == cell
        await me.press("c")
        await until(me, "1 note")


@either
async def test_who_reads_sees_a_claim_once_it_is_saved_and_nothing_of_the_form(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs: one has a form open, the other reads on, and may not open one."""
    monkeypatch.setattr(upkeep, "FOLLOW", 0.05)
    async with seated(WIDE, case) as me, seated(WIDE, case) as reader:
        assert "read-only" not in me.screen.splitlines()[0]
        await until(reader, "read-only")
        await reader.press("enter", "n")
        before = reader.screen
        await me.press("enter", "v", "a")
        window = me.app.screen
        assert isinstance(window, FormWindow)
        filled = window.form
        filled.at = filled.fields.index(filled["note"])
        await me.type("half a thought")
        await asyncio.sleep(0.2)
        await reader.settle()
        assert reader.screen == before, "a draft is nobody else's"
        for key in ("a", "E"):
            await reader.press(key)
            assert reader.app.screen is reader.explore
            assert "Nothing can be changed" in reader.said
            assert "is changing it" in reader.said
        await reader.press("v")
        chosen = reader.explore.article.text.selected_text
        await me.press("enter")
        while missing := filled.missing:
            filled.at = filled.fields.index(missing)
            taken = len(filled.draft())
            await me.press("enter")
            assert len(filled.draft()) > taken, missing.label
        if me.app.screen is window:
            filled.at = len(filled.fields)
            await me.press("enter")
        assert me.said.startswith("Claimed: "), me.said
        counted = "SELECT count(*) FROM claims"
        (all_,) = me.session.archive.ask(lambda one: one.execute(counted).fetchone())
        async with asyncio.timeout(10):
            while reader.session.archive.ask(lambda one: one.execute(counted).fetchone()) != (
                all_,
            ):
                await reader.pilot.pause(0.02)
                await reader.settle()
        assert reader.explore.article.text.selected_text == chosen, "what is selected stays"
    assert list(verify(case)) == []


async def test_a_database_is_changed_like_a_case_file(tmp_path: Path) -> None:
    case = tmp_path / "case.db"
    convert(reported(tmp_path / "case.json", 6), case)
    async with seated(WIDE, case) as me:
        await write(me, "seen", "twice")
        await me.press("*")
        assert await said(me) == ["seen\ntwice", "starred"]
        await me.press("u", "u")
        assert await said(me) == []
        await me.press("ctrl+r")
        assert await said(me) == ["seen\ntwice"]
        await me.press("c", "w", "escape")
        await me.press("/")
        await me.type("Hama")
        await me.press("enter")
    async with seated(WIDE, case) as me:
        assert await said(me) == ["seen\ntwice"], "it is there on another day"


@either
async def test_the_next_one_can_write_when_the_other_has_closed_it(
    case: Path, other: Archive
) -> None:
    other.close()
    async with seated(WIDE, case) as me:
        await me.press("*")
        assert me.said.startswith("Starred")


@either
@pytest.mark.parametrize("killed", [False, True])
async def test_who_waited_changes_the_case_once_the_other_has_let_it_go(
    case: Path, killed: bool
) -> None:
    other = Archive.open(case, author="Omar", writing=True)
    async with seated(WIDE, case) as me:
        await me.press("*")
        assert "is changing it; press the key again" in me.said
        other.change(
            changes.add_or_replace(
                None, changes.note(EVENT, "by Omar", "Omar", AT), "note", "Omar", AT
            )
        )
        if killed:
            abandon(other)
        else:
            other.close()
        await me.press("*")
        assert me.said.startswith("Starred")
        assert "read-only" not in me.screen.splitlines()[0]
        assert await said(me) == ["by Omar", "starred"]
        with pytest.raises(ReadOnlyCase, match="is changing it"):
            Archive.open(case, writing=True)
        await me.press("u", "u")
        assert await said(me) == [], "what the other did is taken back, too"
        await me.press("ctrl+r", "ctrl+r")
    assert list(verify(case)) == []
    async with seated(WIDE, case) as me:
        assert await said(me) == ["by Omar", "starred"]


@either
async def test_what_is_typed_at_once_is_kept_by_who_waited(case: Path, other: Archive) -> None:
    async with seated(WIDE, case) as me:
        other.close()
        for key in ("e", *"seen", "escape", "*"):
            me.send(key)
        await me.settle()
        assert await said(me) == ["seen", "starred"]


async def test_a_case_file_that_was_edited_meanwhile_is_not_written_over(
    case: Path, other: Archive
) -> None:
    async with seated(WIDE, case) as me:
        other.close()
        edited = case.read_bytes().replace(b"Hama", b"Homs")
        case.write_bytes(edited)
        await me.press("*")
        assert "was edited by another program while it was open" in me.said
    assert case.read_bytes() == edited


# the disk fails


@pytest.mark.parametrize("at", [1, 2, 3])
async def test_a_note_that_cannot_be_saved_is_in_the_editor_again(case: Path, at: int) -> None:
    async with seated(WIDE, case) as me:
        await me.press("*")
        before = case.with_name("case.json.log").read_bytes()
        await me.press("e")
        await me.type("not to be lost")
        disk = Disk(at)
        with failing(disk):
            await me.press("escape")
        if not disk.failed:
            assert at > len(disk.calls)
            assert await said(me) == ["not to be lost", "starred"]
            return
        assert isinstance(me.app.screen, Editor)
        assert me.app.screen.text == "not to be lost"
        assert "Not saved:" in me.screen
        assert "cannot be saved" in me.screen
        assert case.with_name("case.json.log").read_bytes() == before
        await me.press("escape")
        assert isinstance(me.app.screen, Editor), "it is read-only, and the text still there"
        assert me.app.screen.text == "not to be lost"
        await me.press("ctrl+c")
        assert "read-only" in me.screen.splitlines()[0]
        assert await said(me) == ["starred"]
        assert len(me.screen.splitlines()[0].split("★")) == 2
        await me.press("*")
        assert "Nothing can be changed" in me.said
        assert "could not be saved" in me.said
    assert len(log_of(case)) == 1
    async with seated(WIDE, case) as me:
        assert await said(me) == ["starred"]
        assert "read-only" not in me.screen.splitlines()[0]


@pytest.mark.parametrize("keys", [("*",), ("t", *"x", "enter"), ("u",)])
async def test_what_cannot_be_saved_is_not_done(case: Path, keys: tuple[str, ...]) -> None:
    async with seated(WIDE, case) as me:
        await write(me, "first")
        before = await said(me)
        first = me.screen.splitlines()[0]
        await me.press(*keys[:-1])
        with failing(Disk(1)):
            await me.press(keys[-1])
        assert "cannot be saved" in me.said
        assert await said(me) == before
        line = me.screen.splitlines()[0]
        assert line.replace("read-only", "").rstrip() == first.rstrip()
        assert "read-only" in line
    assert len(log_of(case)) == 1


async def test_a_reason_that_cannot_be_saved_is_typed_there_again(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("A", *"weak", "enter", *"one origin")
        with failing(Disk(1)):
            await me.press("enter")
        assert "Not saved: " in me.screen
        assert "Because one origin" in me.screen
        await me.press("escape")
        assert "read-only" in me.screen.splitlines()[0]
        assert await said(me) == []


async def test_at_the_end_what_no_case_takes_is_put_aside(case: Path, tmp_path: Path) -> None:
    app = ConflictApp(case, bundled=False)
    disk = Disk(1)
    with ExitStack() as stack:
        async with app.run_test(size=WIDE) as pilot:
            me = Person(pilot)
            await me.settle()
            await write(me, "kept")
            await me.press("e")
            await me.type("on a full disk")
            stack.enter_context(failing(disk))
    assert disk.failed
    (aside,) = (tmp_path / "xdg" / "state").rglob("note-*.md")
    assert aside.read_text() == "on a full disk"
    assert aside.stat().st_mode & 0o777 == 0o600
    assert str(aside) in app.unkept[0].hint
    assert [line["edits"][0]["after"]["text"] for line in log_of(case)] == ["kept"]


# another file is in the place of the case


@either
async def test_a_case_that_is_replaced_is_not_written_over_and_can_be_read_on(
    case: Path, tmp_path: Path
) -> None:
    newcomer = tmp_path / "newcomer"
    newcomer.write_bytes(case.read_bytes().replace(b"Northtown", b"Southtown"))
    content = newcomer.read_bytes()
    copy = case.with_name(f"{case.name}.unsaved")
    async with seated(WIDE, case) as me:
        await write(me, "seen")
        newcomer.replace(case)
        await me.press("e")
        await me.type("not to be lost")
        await me.press("escape")
        assert isinstance(me.app.screen, Editor)
        assert me.app.screen.text == "not to be lost"
        assert "Not saved:" in me.screen
        await me.press("ctrl+c")
        assert "read-only" in me.screen.splitlines()[0]
        await me.press("*")
        assert "was replaced by another file while it was open" in me.said
        assert f"every saved change is in {copy}" in me.said
        assert await said(me) == ["seen"]
        await me.press("3", "j", "enter", "c", "w", "escape", "L", "escape", "/")
        await me.type("Hama")
        await me.press("enter")
        assert "read-only" in me.screen.splitlines()[0]
    assert case.read_bytes() == content
    assert list(verify(copy)) == []
    async with seated(WIDE, copy) as me:
        assert await said(me) == ["seen"]
        await me.press("*")
        assert me.said.startswith("Starred")


@either
async def test_at_rest_it_is_said_that_the_case_was_replaced(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "REST", 0.05)
    async with seated(WIDE, case) as me:
        await write(me, "seen")
        case.rename(case.with_name("moved"))
        await until(me, "read-only")
        assert "was moved or deleted while it was open" in me.said
        assert await said(me) == ["seen"]


@either
async def test_who_reads_a_case_that_is_replaced_is_told_once(
    case: Path, other: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "FOLLOW", 0.05)
    async with seated(WIDE, case) as me:
        case.rename(case.with_name("moved"))
        async with asyncio.timeout(10):
            while "was moved or deleted while it was open; open it again" not in me.said:
                await me.pilot.pause(0.02)
                await me.settle()
        await me.press("3", "j")
        said_next = me.said
        await me.pilot.pause(0.3)
        assert me.said == said_next
        await me.press("*")
        assert "was moved or deleted while it was open" in me.said
        assert "press the key again" not in me.said


@pytest.mark.parametrize("case", [NAMES[1]], indirect=True)
async def test_who_reads_a_database_that_is_overwritten_is_told_once_and_reads_no_more(
    case: Path, other: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "FOLLOW", 0.05)
    newcomer = tmp_path / "newcomer.db"
    convert(reported(tmp_path / "newcomer.json", 2), newcomer)
    async with seated(WIDE, case) as me:
        before = me.screen.splitlines()[2:12]
        other.close()
        with case.open("r+b") as file:
            file.truncate(0)
            file.write(newcomer.read_bytes())
        async with asyncio.timeout(10):
            while "was overwritten by another program while it was open" not in me.said:
                await me.pilot.pause(0.02)
                await me.settle()
        assert "open it again" in me.said
        assert "read-only" in me.screen.splitlines()[0]
        assert me.screen.splitlines()[2:12] == before, "what was read stays on the screen"
        for keys in ("3j*L", "cjl", "/b", "wj", "/b", "1]n", "fS"):
            await me.press(*keys, "escape", "escape")
            assert me.app.return_code is None
            assert me.app.screen is me.explore
        await me.press("*")
        assert "was overwritten by another program while it was open" in me.said
        assert "press the key again" not in me.said
    assert case.read_bytes() == newcomer.read_bytes()
