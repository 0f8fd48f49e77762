"""The output of the commands: data to stdout, everything else to stderr."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

import click

from store.errors import CLOSED_PIPE, UnwritableOutput

if TYPE_CHECKING:
    from store.exporters.listing import Terminal

NAME = "conflict-tui"

LONGEST = 1_000
"""Code points of a message; it may quote a field of any length, and then loses its middle."""


def has_terminal() -> bool:
    """True if a person sits at both ends: keys can come in and a screen can go out."""
    # the screen is drawn on stderr; stdout is checked because nobody means to redirect a screen
    ends: tuple[TextIO | None, ...] = (sys.stdin, sys.stdout, sys.stderr)
    return all(end is not None and end.isatty() for end in ends)


@contextmanager
def output() -> Iterator[TextIO]:
    """Stdout, flushed at the end.

    Escapes letters that its encoding lacks. Raises `UnwritableOutput` if it
    cannot be written.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise UnwritableOutput("standard output is closed", "send it somewhere, or to /dev/null")
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence(stream)
        raise UnwritableOutput(
            f"standard output cannot be written ({error.strerror})", "is the disk full?"
        ) from error


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """End the program quietly if the reader of stdout has gone, as after `head`."""
    try:
        yield
    except BrokenPipeError:
        silence(sys.stdout)
        raise click.exceptions.Exit(CLOSED_PIPE) from None


def silence(stream: TextIO) -> None:
    """Let nothing more be written; Python would try once more at its end, and complain."""
    with suppress(OSError, ValueError):
        target = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, target)
        os.close(nowhere)


def terminal(stream: TextIO) -> "Terminal":
    """The width and style that a table may use on this stream; heeds `NO_COLOR` (no-color.org)."""
    from store.exporters.listing import Terminal

    if not stream.isatty():
        return Terminal()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Terminal(width=shutil.get_terminal_size().columns, styled=not plain)


_names: dict[str, str] = {}
"""The names by which the user knows files whose paths mean nothing to them."""


def show_as(path: str, name: str) -> None:
    """Show a name in place of a path in all that is said from now on."""
    _names[path] = name


def with_names(text: str) -> str:
    """The text with the names in place of paths that `show_as` was told of.

    In a text with a command to be typed they are quoted for the shell.
    """
    for path, name in _names.items():
        text = text.replace(path, shlex.quote(name) if f"{NAME} " in text else name)
    return text


def complain(message: str, hint: str = "") -> None:
    """Say on one line of stderr what is wrong and what to do."""
    from store.model.text import one_line

    message, hint = with_names(message), with_names(hint)
    if len(message) > LONGEST:
        message = f"{message[: LONGEST // 2]}…{message[-LONGEST // 2 :]}"
    words = one_line("; ".join(filter(None, (message, hint))))
    try:
        click.echo(f"{NAME}: {words}", err=True)
    except OSError:
        if sys.stderr is not None:
            silence(sys.stderr)


def say(words: str) -> None:
    """Say something on one line of stderr that is no error."""
    from store.model.text import one_line

    try:
        click.echo(one_line(with_names(words)), err=True)
    except OSError:
        if sys.stderr is not None:
            silence(sys.stderr)


def tell(notice: str) -> None:
    """Say a notice of a case, once for all that a command does with the case."""
    told: set[str] = click.get_current_context().meta.setdefault(f"{__name__}.told", set())
    if notice not in told:
        told.add(notice)
        say(notice)
