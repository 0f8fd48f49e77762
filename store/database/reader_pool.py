"""Read-only connections to a database, so that one query does not wait for another."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from store.database import sqlite
from store.database.identity import OPEN_AGAIN
from store.errors import ReplacedCase

MAX_IDLE = 4
"""The number of connections that are kept open while nobody uses them."""


class ReaderPool:
    """The read-only connections of one open database. Safe to use from any thread."""

    def __init__(self, path: Path, lost: Callable[[], str] = lambda: "") -> None:
        """Open no connection yet: the first reader does.

        `lost` says what became of the file if the path leads to it no longer. Then
        no connection is opened: it would read the newcomer with the WAL of another.
        """
        self._path = path
        self._lost = lost
        self._idle: list[sqlite3.Connection] = []
        self._in_use = 0
        self._paused = False
        self._changed = threading.Condition()

    @contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the database within the context.

        Waits while the pool is paused. Raises what `store.database.sqlite.connect`
        does, and `ReplacedCase`.
        """
        connection, path = self._take()
        try:
            if connection is None:
                if lost := self._lost():
                    raise ReplacedCase(f"{path}: {lost} while it was open", OPEN_AGAIN)
                connection = sqlite.connect(path, writing=False)
                connection.execute("PRAGMA query_only = ON")  # so that it keeps results
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                sqlite.end_reading(connection)
        finally:
            self._give_back(connection, path)

    def _take(self) -> tuple[sqlite3.Connection | None, Path]:
        """Count one more reader; return an idle connection, None where one must be opened.

        Returns the path of the database, too. Where none can be opened any more,
        the readers take turns.
        """
        with self._changed:
            self._changed.wait_for(self._may_read)
            self._in_use += 1
            return self._idle.pop() if self._idle else None, self._path

    def _may_read(self) -> bool:
        return not self._paused and bool(self._idle or not self._in_use or not self._lost())

    def _give_back(self, connection: sqlite3.Connection | None, path: Path) -> None:
        with self._changed:
            self._in_use -= 1
            if connection is not None:
                usable = path == self._path and not connection.in_transaction
                if usable and len(self._idle) < MAX_IDLE:
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

    def move_to(self, copy: Path) -> None:
        """Read a copy from now on; the readers at work finish with what they have."""
        with self._changed:
            self._path, self._lost = copy, lambda: ""
            while self._idle:
                self._idle.pop().close()
            self._changed.notify_all()

    def retire(self) -> None:
        """Close the connections that nobody uses; where the file is lost, none is opened again."""
        with self._changed:
            while self._idle:
                self._idle.pop().close()

    def close(self) -> None:
        """Wait for the readers at work, and close every connection."""
        with self.paused():
            while self._idle:
                self._idle.pop().close()
