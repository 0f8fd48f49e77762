"""The index of an open case file: in its kept file until the first change, then in memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.database.sqlite import in_memory
from store.errors import UnreadableCase

_UNREADABLE = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
)


class OpenIndex:
    """The one connection of an open case file, for use by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, *, kept: Path | None = None) -> None:
        """Take over a connection to an index in memory, or to the one that is `kept` in a file."""
        self.connection = connection
        self._kept = kept

    def to_change(self) -> sqlite3.Connection:
        """Return the connection to the index in memory, after copying it there if need be.

        Nobody else uses the connection meanwhile.
        """
        if self._kept is not None:
            copy = in_memory()
            with self._readable():
                self.connection.backup(copy)
            self.connection.close()
            self.connection, self._kept = copy, None
        return self.connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection to a query, which cannot write.

        Raises `UnreadableCase` where the kept file can no longer be read.
        """
        connection = self.connection
        connection.execute("PRAGMA query_only = ON")
        try:
            with self._readable():
                yield connection
        finally:
            connection.execute("PRAGMA query_only = OFF")

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Raise `UnreadableCase` for errors of the kept file."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
            if self._kept is None or code not in _UNREADABLE:
                raise
            raise UnreadableCase(
                f"{self._kept}: cannot be read any more ({error})",
                "delete it, and open the case again",
            ) from error

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
