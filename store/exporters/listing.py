"""The input of every format: rows, and the columns of a table of them."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol, TextIO

import msgspec

Cell = str | int | float | None


class Column(NamedTuple):
    """One column of a table: its heading, and a function for the cell of a row.

    A `number` is right-aligned. A `spare` column is left out of a narrow
    terminal, a `rare` one where it is empty in all rows; a `whole` one is never
    narrowed. Cells may hold text from outside, which the table makes showable.
    """

    heading: str
    words: Callable[[Any], Cell]
    number: bool = False
    spare: bool = False
    rare: bool = False
    whole: bool = False


class Listing(NamedTuple):
    """The type of the rows, and the columns that a table shows.

    JSON and CSV have every field of the type instead, under its own name.
    """

    row: type[msgspec.Struct]
    columns: tuple[Column, ...]


class Terminal(NamedTuple):
    """The output of a table: its `width` in cells, None for a pipe or file, and its styling."""

    width: int | None = None
    styled: bool = False


class Exporter(Protocol):
    """The writer of a format."""

    def __call__(
        self,
        stream: TextIO,
        listing: Listing,
        rows: Iterable[msgspec.Struct],
        terminal: Terminal,
        /,
    ) -> int:
        """Write the rows as they come, and return their number."""


def fields_of(row: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a row but `n`, its number, which is meaningless outside of the index."""
    return tuple(field for field in row.__struct_fields__ if field != "n")
