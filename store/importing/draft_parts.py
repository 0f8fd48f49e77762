"""The parts of a draft of a mapping, and the columns from which they are made."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.importing.column_profile import ColumnProfile
from store.importing.header_words import HEADERS

Value = str | bool | int | tuple[str, ...]
Fits = Callable[[ColumnProfile], object]


class Line(NamedTuple):
    """A key of a mapping with its value, and why it has it.

    A key that is `quoted` is a cell of the table.
    """

    key: str
    value: Value
    why: str = ""
    quoted: bool = False


class Section(NamedTuple):
    """A part of a mapping: its heading, such as `[date]`, and its lines."""

    heading: str
    lines: Sequence[Line]
    why: str = ""


def line(
    key: str,
    column: ColumnProfile | None,
    why: str = "",
    holds: Callable[[str], object] = lambda _: True,
) -> list[Line]:
    """The line that names the column of a key; none if there is no column.

    Its comment has `why`, the first values, and those of which `holds` is not true.
    """
    if column is None:
        return []
    told = (why, f"{column.filled}: {column.examples}", column.unlike(holds))
    return [Line(key, column.name, "; ".join(filter(None, told)))]


def section(heading: str, lines: Iterable[Line]) -> list[Section]:
    """A section, or none without lines."""
    listed = list(lines)
    return [Section(heading, listed)] if listed else []


class FreeColumns:
    """The columns of a sample that are not placed yet, in their order."""

    def __init__(self, columns: Iterable[ColumnProfile]) -> None:
        self._free: Mapping[str, ColumnProfile] = {one.name: one for one in columns}

    def __iter__(self) -> Iterator[ColumnProfile]:
        return iter(list(self._free.values()))

    def take(self, field: str, fits: Fits) -> ColumnProfile | None:
        """Place the column whose header fits a field best, if its values fit, too."""
        for pattern in HEADERS[field]:
            for column in self:
                if pattern.fullmatch(column.words) and fits(column):
                    return self.place(column)
        return None

    def first(self, fits: Fits) -> ColumnProfile | None:
        """Place the first column whose values fit."""
        found = next((column for column in self if fits(column)), None)
        return found and self.place(found)

    def place(self, column: ColumnProfile) -> ColumnProfile:
        """Place a column: it is free no more."""
        self._free = {name: one for name, one in self._free.items() if one is not column}
        return column

    def give_back(self, column: ColumnProfile) -> None:
        """Make a placed column free again, after all others."""
        self._free = {**self._free, column.name: column}


def is_name(column: ColumnProfile) -> bool:
    """True if the cells are short words: no numbers, dates, addresses or degrees."""
    return bool(column.cells) and column.length <= 80 and is_words(column)


def is_words(column: ColumnProfile) -> bool:
    """True if the cells are words of any length."""
    return (
        max(column.numbers, column.dates, column.points, column.addresses) < 0.5
        and column.length >= 2
    )
