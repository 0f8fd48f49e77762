"""A note that is not for others, and one that is written in another editor."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.journeys.test_changes import ana, case, last_edit, log_of, said, write
from tests.person import Person, seated
from tui.dialogs.note_editor import NoteEditor
from tui.session.settings import state_folder

__all__ = ["ana", "case"]

WIDE = (150, 40)


def _window(me: Person) -> NoteEditor:
    assert isinstance(me.app.screen, NoteEditor)
    return me.app.screen


@pytest.mark.usefixtures("ana")
async def test_a_note_is_private_by_a_key_and_says_so_wherever_it_is_shown(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("e")
        assert "Ctrl+P private · Ctrl+O $EDITOR" in me.screen
        await me.type("source in H.")
        await me.press("ctrl+p")
        assert "Private note on Rebels take Northtown" in me.screen
        assert "Ctrl+P not private" in me.screen
        await me.press("escape")
        assert me.said == "Private note saved."
        assert "1 note (1 private)" in me.screen.splitlines()[0]
        assert await said(me) == ["private: source in H."]
        await me.press("L")
        assert "private: source in H." in me.screen
        await me.press("escape")
        await me.press("i", "enter", "down", "down")
        assert "Make it not private" in me.screen
        await me.press("enter")
        assert me.said == "The note is not private any more."
        assert await said(me) == ["source in H."]
        await me.press("i", "enter", "down", "down", "enter")
        assert me.said == "The note is private."
    assert [line["edits"][0]["after"].get("private", False) for line in log_of(case)] == [
        True,
        False,
        True,
    ]


@pytest.mark.usefixtures("ana")
async def test_by_command_and_a_second_key_takes_it_back(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.command("note private")
        assert _window(me).private
        await me.press("ctrl+p")
        assert not _window(me).private
        await me.press("ctrl+p")
        await me.type("mine")
        await me.press("escape")
        await me.command("note secret")
        assert me.said == ":note writes a note in a window, and :note private a private one."
    assert last_edit(case)["after"]["private"] is True


@pytest.mark.usefixtures("ana")
async def test_the_mark_alone_is_a_change_and_a_draft_stays_private(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await write(me, "first")
        await me.press("i", "enter", "enter", "ctrl+p", "escape")
        assert me.said == "Private note saved."
        await me.press("i", "enter", "enter", "escape")
        assert me.said == "The note is unchanged."
        await me.press("e")
        await me.type("a name")
        await me.press("ctrl+p", "ctrl+c")
        assert me.said == "Kept as a draft; it is there when you begin again."
    async with seated(WIDE, case) as me:
        await me.press("e")
        assert (_window(me).text, _window(me).private) == ("a name", True)
        await me.press("ctrl+p", "ctrl+c", "e")
        assert (_window(me).text, _window(me).private) == ("a name", False), "the last mark counts"
        await me.press("escape", "e")
        assert (_window(me).text, _window(me).private) == ("", False)


@pytest.mark.usefixtures("ana")
async def test_a_note_is_written_in_the_editor_of_the_user(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf " and more\\n" >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    async with seated(WIDE, case) as me:
        await me.press("e")
        await me.type("first")
        await me.press("ctrl+o")
        assert "No editor can be started in this terminal." in me.screen
        assert _window(me).text == "first"
        monkeypatch.setattr(me.app, "suspend", nullcontext)
        await me.press("ctrl+o")
        assert _window(me).text == "first and more"
        await me.press("escape")
        assert await said(me) == ["first and more"]
        editor.write_text("#!/bin/sh\nexit 3\n")
        await me.press("e")
        await me.type("second")
        await me.press("ctrl+o")
        assert "The editor ended with the code 3." in me.screen
        assert _window(me).text == "second"
        assert "second" in {one.read_text("utf-8") for one in state_folder().glob("draft-*.txt")}
        assert not list(state_folder().glob("editing-*"))
