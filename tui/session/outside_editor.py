"""The user's own editor on a text: the file that it edits, the program, and what came back."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import NamedTuple

from tui.session.drafts import LONGEST

DEFAULT = "vi"
"""The editor where the environment names none, as POSIX has it."""

Suspend = Callable[[], AbstractContextManager[object]]
"""Gives the terminal to another program within its context."""


class Edited(NamedTuple):
    """The text after the editor, and in words why it is the one from before; empty if it is not."""

    text: str
    why: str = ""


def edited(suspend: Suspend, text: str, environ: Mapping[str, str], folder: Path) -> Edited:
    """Let the user edit a text in $VISUAL or $EDITOR, and wait for the end of that.

    It edits a file of its own in the `folder`, which only the user can read and which is then
    removed. The program is started by its arguments and no shell. Raises what `suspend` does.
    """
    command, why = _command(environ)
    if why:
        return Edited(text, why)
    path = folder / f"editing-{os.getpid()}-{os.urandom(4).hex()}.md"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, text)
        with suspend():
            done = subprocess.run((*command, str(path)), check=False)
        if done.returncode:
            return Edited(text, f"The editor ended with the code {done.returncode}.")
        return _read(path, text)
    except OSError as error:
        return Edited(text, f"The editor could not be used: {error.strerror}.")
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _command(environ: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The editor with its arguments, or why there is none."""
    name = next((one for one in ("VISUAL", "EDITOR") if environ.get(one, "").strip()), "")
    try:
        command = tuple(shlex.split(environ[name])) if name else (DEFAULT,)
    except ValueError:
        return (), f"The variable {name} cannot be understood: its quotation marks are not closed."
    if not command or shutil.which(command[0]) is None:
        named = command[0] if command else ""
        return (), f"The editor {named} is not installed: set EDITOR to another."
    return command, ""


def _write(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="") as file:
        file.write(text)


def _read(path: Path, before: str) -> Edited:
    """The text in the file; the line end that an editor puts behind the last line is left out."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(LONGEST + 1)
    except FileNotFoundError:
        return Edited(before, "The editor left no file.")
    except UnicodeDecodeError:
        return Edited(before, "The editor left a file that is not UTF-8.")
    if len(text) > LONGEST:
        return Edited(before, f"The editor left more than {LONGEST:,} letters.")
    if text.endswith("\n") and not before.endswith("\n"):
        text = text.removesuffix("\n").removesuffix("\r")
    return Edited(text)
