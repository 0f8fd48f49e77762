"""The read-only interface of a case for queries.

Queries are given this instead of a connection of an engine, so that another
SQL engine can be used.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

Parameters = Sequence[Any] | Mapping[str, Any]
"""The parameters of a statement, by position or by name."""


class Rows(Protocol):
    """The rows of a result, each a tuple of the selected columns."""

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the rows that were not fetched yet."""

    def __next__(self) -> Any:
        """Return the next row."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that were not fetched yet."""


class Reader(Protocol):
    """A case that can be queried in SQL."""

    def execute(self, sql: str, parameters: Parameters = (), /) -> Rows:
        """Run a query with the values of its parameters."""
