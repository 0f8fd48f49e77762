"""What every format is given: rows, and how a table of them looks."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol, TextIO

import msgspec

Cell = str | int | float | None


class Column(NamedTuple):
    """One column of a table: its heading, and the words of a row in it.

    A `number` stands to the right; a `spare` column is left out where the
    terminal is narrow, a `rare` one where no row has a word in it; a `whole` one is
    never narrowed. The words may come from outside: the table makes them showable.
    """

    heading: str
    words: Callable[[Any], Cell]
    number: bool = False
    spare: bool = False
    rare: bool = False
    whole: bool = False


class Listing(NamedTuple):
    """Rows of one type, and the columns that a table shows of them.

    JSON and CSV hold every field of the type instead, under its own name.
    """

    row: type[msgspec.Struct]
    columns: tuple[Column, ...]


class Terminal(NamedTuple):
    """Where a table is read: `width` in cells, None where nothing is cut (a pipe, a file)."""

    width: int | None = None
    styled: bool = False


class Exporter(Protocol):
    """A format."""

    def __call__(
        self,
        stream: TextIO,
        listing: Listing,
        rows: Iterable[msgspec.Struct],
        terminal: Terminal,
        /,
    ) -> int:
        """Write the rows as they come; how many there were."""


def fields_of(row: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a row that mean something outside of the index: all but its number `n`."""
    return tuple(field for field in row.__struct_fields__ if field != "n")
