"""Ways to copy text out of a terminal: tmux, a program of the desktop, the terminal, a file."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from store.errors import UnwritableOutput
from store.model.labels import count_text

MOST_BY_TERMINAL = 74_994
"""The most bytes that are sent by OSC 52: 100,000 characters of Base64, which xterm takes."""

SECONDS = 3.0
"""The time after which a program that takes the text is given up."""

_PROGRAMS: Sequence[tuple[str, Sequence[str]]] = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
)
"""Programs that take text for the clipboard, each with the variable that must be set for it."""


class Copied(NamedTuple):
    """An account of what was done with a text, and what is still to be written to the terminal."""

    said: str
    to_terminal: str = ""


def copy(text: str, file: Path, environ: Mapping[str, str] = os.environ) -> Copied:
    """Copy a text by the best way there is. May take seconds: a thread's work.

    Nobody can tell if a terminal took what it was sent, so no words say that it did. A text
    too long for a terminal goes to `file`. Raises `UnwritableOutput`.
    """
    size = count_text(len(text), "character")
    if environ.get("TMUX") and _takes(("tmux", "load-buffer", "-w", "-"), text):
        return Copied(f"{size} loaded into tmux's buffer, and sent on to the terminal")
    by = _program(environ)
    if by and _takes(by, text):
        return Copied(f"{size} given to {by[0]}")
    content = text.encode()
    if len(content) <= MOST_BY_TERMINAL and environ.get("TERM") not in ("linux", "dumb"):
        sequence = f"\x1b]52;c;{base64.b64encode(content).decode()}\a"
        return Copied(f"{size} sent to the terminal (OSC 52)", sequence)
    _write(file, content)
    return Copied(f"{size} written to {file}")


def _program(environ: Mapping[str, str]) -> Sequence[str]:
    """The program of the desktop that takes text; none over ssh, where it is another machine's."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return ()
    if sys.platform == "darwin":
        return ("pbcopy",)
    return next(
        (
            command
            for variable, command in _PROGRAMS
            if environ.get(variable) and shutil.which(command[0])
        ),
        (),
    )


def _takes(command: Sequence[str], text: str) -> bool:
    """True if a program took the text on its standard input."""
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise UnwritableOutput(
            f"{file}: cannot be written ({error.strerror})", "copy something shorter"
        ) from error
