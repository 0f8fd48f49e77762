"""The user's own editor on a note: what it gets, what is taken, and that no file stays."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tui.session.outside_editor import Edited, edited


def _editor(folder: Path, body: str) -> str:
    """An editor that is a program in Python; `path` is its file."""
    script = folder / "an editor.py"
    script.write_text(f"import os, sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{body}\n")
    return f"{sys.executable} '{script}' --wait"


def _run(folder: Path, text: str, body: str, **more: str) -> Edited:
    state = folder / "state"
    environ = {"EDITOR": _editor(folder, body), **more}
    found = edited(nullcontext, text, environ, state)
    assert not state.exists() or not list(state.iterdir())
    return found


def test_it_gets_the_text_in_a_file_of_its_own_and_gives_it_back(tmp_path: Path) -> None:
    body = """
assert sys.argv[1] == "--wait"
assert path.stat().st_mode & 0o777 == 0o600
assert path.read_text("utf-8") == "source in \\u202e Ḥama"
path.write_text("first\\n\\nthird é\\n", "utf-8")
"""
    assert _run(tmp_path, "source in \u202e Ḥama", body) == Edited("first\n\nthird é")


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [("a", "a\\n", "a"), ("a\n", "a\\n", "a\n"), ("", "", ""), ("a", "a\\n\\n", "a\n")],
)
def test_a_line_end_that_the_editor_adds_is_no_change(
    before: str, after: str, taken: str, tmp_path: Path
) -> None:
    assert _run(tmp_path, before, f'path.write_bytes(b"{after}")') == Edited(taken)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("path.write_text('lost'); sys.exit(1)", "The editor ended with the code 1."),
        ("os.kill(os.getpid(), 9)", "The editor ended with the code -9."),
        ("path.unlink()", "The editor left no file."),
        (r"path.write_bytes(b'\xff')", "The editor left a file that is not UTF-8."),
        ("path.write_text('a' * 1_000_001)", "The editor left more than 1,000,000 letters."),
    ],
)
def test_an_editor_that_fails_changes_nothing(body: str, why: str, tmp_path: Path) -> None:
    assert _run(tmp_path, "mine", body) == Edited("mine", why)


def test_one_line_where_there_is_no_editor_and_no_shell_reads_the_variable(tmp_path: Path) -> None:
    for editor, why in (
        ("no-such-editor", "The editor no-such-editor is not installed: set EDITOR to another."),
        ("vi '", "The variable EDITOR cannot be understood: its quotation marks are not closed."),
        (f"touch {tmp_path}/x;true", ""),
    ):
        found = edited(nullcontext, "mine", {"EDITOR": editor}, tmp_path / "state")
        assert (found.text, found.why) == ("mine", why)
    assert not (tmp_path / "x").exists()
    assert _run(tmp_path, "a", 'path.write_text("b")', VISUAL="no-such-editor").why
