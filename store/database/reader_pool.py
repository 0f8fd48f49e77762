"""Read-only connections to a database, so that one query does not wait for another."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.database import sqlite

MAX_IDLE = 4
"""The number of connections that are kept open while nobody uses them."""


class ReaderPool:
    """The read-only connections of one open database. Safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        """Open no connection yet: the first reader does."""
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._in_use = 0
        self._paused = False
        self._changed = threading.Condition()

    @contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the database within the context.

        Waits while the pool is paused. Raises what `store.database.sqlite.connect` does.
        """
        connection = self._take()
        try:
            if connection is None:
                connection = sqlite.connect(self._path, writing=False)
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")
        finally:
            self._give_back(connection)

    def _take(self) -> sqlite3.Connection | None:
        """Count one more reader; return an idle connection, None where one must be opened."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused)
            self._in_use += 1
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: sqlite3.Connection | None) -> None:
        with self._changed:
            self._in_use -= 1
            if connection is not None:
                if len(self._idle) < MAX_IDLE and not connection.in_transaction:
                    self._idle.append(connection)
                else:
                    connection.close()
            self._changed.notify_all()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let nobody read within the context; the readers at work are waited for."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused)
            self._paused = True
            self._changed.wait_for(lambda: not self._in_use)
        try:
            yield
        finally:
            with self._changed:
                self._paused = False
                self._changed.notify_all()

    def close(self) -> None:
        """Wait for the readers at work, and close every connection."""
        with self.paused():
            while self._idle:
                self._idle.pop().close()
