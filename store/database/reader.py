"""The side of a case that a query sees: it can ask, and cannot write.

Queries are given this and no connection of an engine, so that another SQL
engine can stand behind it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

Parameters = Sequence[Any] | Mapping[str, Any]
"""The values of a statement, by place or by name."""


class Rows(Protocol):
    """The rows of an answer, each a tuple of the columns that were asked for."""

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the rows that were not fetched yet."""

    def __next__(self) -> Any:
        """Return the next row."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that were not fetched yet."""


class Reader(Protocol):
    """A case that answers SQL."""

    def execute(self, sql: str, parameters: Parameters = (), /) -> Rows:
        """Ask, with the values of the statement's parameters."""
