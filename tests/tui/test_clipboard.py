"""Copying out of a terminal: the way that is taken, and that the words are true."""

import base64
from pathlib import Path

import pytest

from store.errors import UnwritableOutput
from tui.session.clipboard import MOST_BY_TERMINAL, copy


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, before those of the machine."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def test_without_a_program_the_terminal_is_sent_the_text(tmp_path: Path) -> None:
    done = copy("Ḥamā", tmp_path / "copied.txt", {"TERM": "xterm"})
    assert done.said == "4 characters sent to the terminal (OSC 52)"
    assert done.to_terminal == f"\x1b]52;c;{base64.b64encode('Ḥamā'.encode()).decode()}\a"
    assert not (tmp_path / "copied.txt").exists()


def test_tmux_is_asked_first_and_passed_over_if_it_fails(tmp_path: Path, programs: Path) -> None:
    program(programs, "tmux", f'echo "$@" > {tmp_path}/args; cat > {tmp_path}/taken')
    done = copy("a", tmp_path / "c", {"TMUX": "x", "TERM": "tmux"})
    assert "tmux's buffer" in done.said
    assert not done.to_terminal
    assert (tmp_path / "taken").read_text() == "a"
    assert (tmp_path / "args").read_text() == "load-buffer -w -\n"
    program(programs, "tmux", "exit 1")
    assert "OSC 52" in copy("a", tmp_path / "c", {"TMUX": "x", "TERM": "tmux"}).said


def test_a_program_of_the_desktop_is_used_here_but_not_over_ssh(
    tmp_path: Path, programs: Path
) -> None:
    program(programs, "xclip", f"cat > {tmp_path}/taken")
    here = {"DISPLAY": ":0", "TERM": "xterm"}
    assert copy("a", tmp_path / "c", here).said == "1 character given to xclip"
    assert (tmp_path / "taken").read_text() == "a"
    assert "OSC 52" in copy("a", tmp_path / "c", {**here, "SSH_TTY": "/dev/pts/1"}).said


def test_a_long_text_and_a_bare_console_get_a_file_of_the_user(tmp_path: Path) -> None:
    file = tmp_path / "state" / "copied.txt"
    long = "a" * (MOST_BY_TERMINAL + 1)
    assert copy(long, file, {"TERM": "xterm"}).said.endswith(f"written to {file}")
    assert file.read_text() == long
    assert file.stat().st_mode & 0o777 == 0o600
    assert not copy("b", file, {"TERM": "linux"}).to_terminal
    assert file.read_text() == "b"


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(UnwritableOutput):
        copy("a", tmp_path / "state" / "copied.txt", {"TERM": "linux"})
