"""Layout of text output for people: lines fit the terminal, and are whole in a pipe or file."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO

from store.exporters.table import cells
from store.model.text import one_line, showable
from tui.output import terminal, with_names

NAMES = 11
"""Cells of the names in a head, with the blank after them."""

NARROWEST = 20
"""Cells that are left to a text, however far it is indented."""

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class Line(NamedTuple):
    """A line of text from anywhere, with the prefix before it.

    If it does not fit, it continues after `hanging`, by default the same prefix.
    A text `as_it_is` may have several lines, and keeps them.
    """

    text: str = ""
    indent: str = ""
    hanging: str | None = None
    strong: bool = False
    as_it_is: bool = False


def write_lines(stream: TextIO, lines: Iterable[Line]) -> None:
    """Write the lines, made showable; on a terminal, wrap them and show strong ones in bold."""
    where = terminal(stream)
    for line in lines:
        for piece in _fitted(line, where.width):
            bold = where.styled and line.strong
            stream.write(f"{_BOLD}{piece}{_PLAIN}\n" if bold else f"{piece}\n")


def head(*facts: tuple[str, Iterable[str]]) -> Iterator[Line]:
    """The facts, one a line, each after its name; empty ones are left out."""
    blank = " " * (2 + NAMES)
    for name, values in facts:
        for position, value in enumerate(filter(None, values)):
            yield Line(value, f"  {'' if position else name:<{NAMES}}", blank)


def padded(text: str, width: int) -> str:
    """The text, showable and padded with blanks to `width` cells; a wider one is kept."""
    shown = one_line(text)
    return shown + " " * (width - cells(shown))


def _fitted(line: Line, width: int | None) -> Iterator[str]:
    if line.as_it_is:
        yield showable(line.text)
        return
    text = one_line(with_names(line.text))
    indent = one_line(line.indent)
    hanging = indent if line.hanging is None else one_line(line.hanging)
    if width is None:
        yield (indent + text).rstrip()
        return
    before = indent
    for piece in wrapped(text, max(NARROWEST, width - max(cells(indent), cells(hanging)))):
        yield (before + piece).rstrip()
        before = hanging


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in pieces of at most `width` cells, split at blanks where possible.

    Only the blanks at the splits are lost. Yields at least one piece.
    """
    while cells(text) > width:
        most = _letters(text, width)
        parting = text.rfind(" ", 1, most + 1)
        if text[:parting].strip() and parting > 0:
            yield text[:parting]
            text = text[parting + 1 :]
        else:
            yield text[:most]
            text = text[most:]
    yield text


def _letters(text: str, width: int) -> int:
    """The number of leading letters that fit in `width` cells; at least one."""
    taken = 0
    for position, letter in enumerate(text):
        taken += cells(letter)
        if taken > width:
            return max(1, position)
    return len(text)
