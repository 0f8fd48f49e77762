"""The program is ended while a note is typed: the note is kept, and the terminal restored."""

import json
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.own_copy import own_copy_path
from tests.examples import sample
from tests.hostile.test_ends import ESCAPE, READY, SOON, crashing, is_restored, outside
from tests.reports import reported
from tests.terminal import SeenTerminal
from tui.handlers.change_queue import KEPT_AT_END
from tui.session.settings import remember_author

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")

TEXT = "seen by two"
ENDING = [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return reported(tmp_path / "case.json", 3)


def notes_of(case: Path) -> list[tuple[str, str]]:
    """The authors and texts of notes in the log, including earlier versions."""
    path = case.with_name(case.name + ".log")
    if not path.exists():
        return []
    found: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        found += [(entry["who"], edit["after"].get("text", "")) for edit in entry["edits"]]
    return found


def newest_reason(case: Path) -> str:
    """The reason of the last act of the log."""
    path = case.with_name(case.name + ".log")
    return str(json.loads(path.read_text("utf-8").splitlines()[-1])["why"])


def typing(terminal: SeenTerminal, text: str = TEXT) -> None:
    """Type a note, without keeping it."""
    terminal.see(READY)
    terminal.type("e")
    terminal.see("Esc saves")
    terminal.type(text)
    terminal.see(text[-3:])


@pytest.mark.parametrize(
    ("number", "status", "name"),
    [(*one, "Ana Nowak") for one in ENDING] + [(*one, "") for one in sample(ENDING, of="unnamed")],
)
def test_a_signal_while_a_note_is_typed(
    case: Path, number: signal.Signals, status: int, name: str
) -> None:
    if name:
        remember_author(name)
    with SeenTerminal(case) as terminal:
        typing(terminal)
        terminal.signal(number)
        assert terminal.ended(SOON) == status
        is_restored(terminal)
        assert outside(terminal) == ""
    assert notes_of(case) == [(name or "unknown", TEXT)]
    assert newest_reason(case) == f"note on Rebels take Northtown ({KEPT_AT_END})"


def test_a_dropped_connection_while_a_note_is_typed(case: Path) -> None:
    remember_author("Ana")
    with SeenTerminal(case) as terminal:
        typing(terminal)
        terminal.hang_up()
        assert terminal.ended(SOON) == 129
    assert notes_of(case) == [("Ana", TEXT)]


def test_a_note_on_the_bundled_case_makes_the_copy() -> None:
    before = sorted(BUNDLED.parent.iterdir()), BUNDLED.read_bytes()
    with SeenTerminal() as terminal:
        typing(terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(SOON) == 143
        is_restored(terminal)
    assert notes_of(own_copy_path(BUNDLED)) == [("unknown", TEXT)]
    assert (sorted(BUNDLED.parent.iterdir()), BUNDLED.read_bytes()) == before


def test_a_note_that_waits_for_the_name_is_kept(case: Path) -> None:
    with SeenTerminal(case) as terminal:
        typing(terminal)
        terminal.type(ESCAPE)
        terminal.see("Who are you?")
        terminal.type("An")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(SOON) == 143
        is_restored(terminal)
    assert notes_of(case) == [("unknown", TEXT)]
    assert newest_reason(case).endswith(KEPT_AT_END + ")")


def test_a_star_that_nobody_signed_is_not_made(case: Path) -> None:
    with SeenTerminal(case) as terminal:
        terminal.see(READY)
        terminal.type("*")
        terminal.see("Who are you?")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(SOON) == 143
    assert notes_of(case) == []


def test_what_was_deleted_again_is_not_kept(case: Path) -> None:
    remember_author("Ana")
    with SeenTerminal(case) as terminal:
        typing(terminal)
        terminal.type("\x03")
        terminal.see("Kept as a draft")
        terminal.type("e")
        terminal.see("not saved yet")
        terminal.type(b"\x7f" * len(TEXT))
        terminal.read_until_quiet()
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(SOON) == 143
        is_restored(terminal)
    assert notes_of(case) == []


def test_ctrl_q_while_a_note_is_typed_keeps_it(case: Path) -> None:
    remember_author("Ana")
    with SeenTerminal(case) as terminal:
        typing(terminal)
        terminal.type("\x11")
        assert terminal.ended(SOON) == 0
        is_restored(terminal)
    assert notes_of(case) == [("Ana", TEXT)]


def test_a_crash_while_a_note_is_typed_keeps_it(case: Path) -> None:
    remember_author("Ana")
    patch = "ConflictApp.on_mount = lambda app: app.set_timer(4, fail) and None"
    with crashing(patch, case) as terminal:
        typing(terminal)
        assert terminal.ended() == 1
        is_restored(terminal)
    assert notes_of(case) == [("Ana", TEXT)]


FULL = """
from store.document.log_file import LogFile
def full(*_, **__):
    raise OSError(28, "No space left on device")
LogFile._write = full
"""


@pytest.mark.parametrize(("number", "status"), ENDING[:2])
def test_a_note_that_the_disk_does_not_take_is_put_aside_and_said(
    case: Path, number: signal.Signals, status: int, tmp_path: Path
) -> None:
    remember_author("Ana")
    with crashing(FULL, case) as terminal:
        typing(terminal)
        terminal.signal(number)
        assert terminal.ended(SOON) == status
        is_restored(terminal)
        said = outside(terminal)
    (aside,) = (tmp_path / "xdg" / "state").rglob("note-*.md")
    assert aside.read_text("utf-8") == TEXT
    assert f"your text is saved in {aside}" in said
    assert said.count("\n") == 1
    assert TEXT not in said
    assert notes_of(case) == []


def test_who_types_on_after_the_name_loses_no_letter(case: Path) -> None:
    """All is sent in one write, as a paste over a slow line is."""
    with SeenTerminal(case) as terminal:
        terminal.see(READY)
        terminal.type(b"e" + TEXT.encode() + ESCAPE + b"Ana\r" + b"*q")
        assert terminal.ended(SOON) == 0
        is_restored(terminal)
    with closing(Archive.open(case)) as archive:
        star, note = archive.history()
    assert (star.who, star.why) == ("Ana", "starred: Rebels take Northtown")
    assert (note.who, note.why) == ("Ana", "note on Rebels take Northtown")
    assert notes_of(case)[0] == ("Ana", TEXT)
