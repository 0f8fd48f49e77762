"""A table for people, with columns aligned by their width in terminal cells."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import TextIO

import msgspec

from store.exporters.listing import Cell, Column, Listing, Terminal
from store.model.text import one_line

LOOKAHEAD = 10_000
"""The number of rows that decide the column widths; a wider cell after them shifts its line."""

WIDEST = 40
"""The greatest width of a column but the last; a wider cell shifts its line."""

NARROWEST = 10
"""The width below which no column is narrowed to make room for the last one."""

LAST = 24
"""The room for the last column in a terminal, if it needs it; a third of the width if more."""

ELLIPSIS = "…"
_GAP = "  "
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def write(
    stream: TextIO, listing: Listing, rows: Iterable[msgspec.Struct], terminal: Terminal
) -> int:
    """Write a heading and a line for each row, and return the number of rows.

    Lines are cut, with an ellipsis, only where the terminal has a width.
    """
    left = iter(rows)
    first = list(islice(left, LOOKAHEAD))
    shown_columns = [
        column for column in listing.columns if not column.rare or _has_words(column, first)
    ]
    columns, widths = _fitted(shown_columns, first, terminal.width)
    numbers = [column.number for column in columns]
    heading = _line([column.heading for column in columns], widths, numbers, terminal.width)
    stream.write(f"{_BOLD}{heading}{_PLAIN}\n" if terminal.styled else f"{heading}\n")
    count = 0
    for row in chain(first, left):
        count += 1
        words = [_words(column.words(row)) for column in columns]
        stream.write(_line(words, widths, numbers, terminal.width) + "\n")
    left_out = [column.heading for column in shown_columns if column not in columns]
    if left_out:
        note = f"No room for {' and '.join(left_out)}; a wider terminal or --format csv has all."
        stream.write(cut(note, terminal.width or len(note)) + "\n")
    return count


def _fitted(
    columns: Sequence[Column], rows: Sequence[msgspec.Struct], width: int | None
) -> tuple[Sequence[Column], list[int]]:
    """Choose the columns that fit, and their widths.

    The widest columns are narrowed first to make room for the last one; the first
    one, usually an id, is never narrowed.
    """
    whole = [_widest(column, rows) for column in columns]
    if width is None:
        return columns, whole
    last = min(whole[-1], max(LAST, width // 3))
    spare = [column for column in columns if column.spare]
    for number in range(len(spare) + 1):
        chosen = [column for column in columns if column not in spare[:number]]
        widths = [whole[columns.index(column)] for column in chosen]
        if _narrowed(widths, chosen, width - last - len(_GAP) * (len(chosen) - 1)):
            break
    return chosen, widths


def _narrowed(widths: list[int], columns: Sequence[Column], room: int) -> bool:
    """Narrow all but the last column to `room` cells, and tell whether that could be done."""
    between = [at for at in range(1, len(columns) - 1) if not columns[at].whole]
    while sum(widths[:-1]) > room:
        widest = max(between, key=widths.__getitem__, default=0)
        if not widest or widths[widest] <= NARROWEST:
            return False
        widths[widest] -= 1
    return True


def _widest(column: Column, rows: Sequence[msgspec.Struct]) -> int:
    words = (cells(_words(column.words(row))) for row in rows)
    return max(cells(column.heading), min(WIDEST, max(words, default=0)))


def _has_words(column: Column, rows: Sequence[msgspec.Struct]) -> bool:
    """Tell if any of the rows has a non-empty cell in this column."""
    return any(column.words(row) for row in rows)


def _words(cell: Cell) -> str:
    return "" if cell is None else one_line(str(cell))


def _line(
    words: Sequence[str], widths: Sequence[int], numbers: Sequence[bool], width: int | None
) -> str:
    last = len(words) - 1
    padded = []
    for position, (word, room, number) in enumerate(zip(words, widths, numbers, strict=True)):
        shown = word if width is None or position == last else cut(word, room)
        blank = " " * (room - cells(shown))
        padded.append(blank + shown if number else shown + blank)
    line = _GAP.join(padded).rstrip()
    return line if width is None else cut(line, width)


def cut(text: str, width: int) -> str:
    """Cut a text to at most `width` cells, with an ellipsis."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    taken = 0
    for position, letter in enumerate(text):
        taken += _cells_of(letter)
        if taken > width - 1:
            return text[:position] + ELLIPSIS
    return text


def cells(text: str) -> int:
    """Count the terminal cells of a showable text, letter by letter.

    Wide and full-width letters (Unicode Standard Annex #11) take two, marks and
    format characters none. The parts of a joined emoji are counted separately, as
    most terminals draw them.
    """
    return len(text) if text.isascii() else sum(map(_cells_of, text))


@lru_cache(4096)
def _cells_of(letter: str) -> int:
    if letter == "\u00ad":  # a soft hyphen is drawn
        return 1
    # the vowels and final consonants of Hangul join the letter before them
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
