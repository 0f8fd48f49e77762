"""A look at a database that this program reads and another may write, past SQLite.

SQLite shows an entry of the log to readers, by the WAL, before it writes it into the
file. So the file is still the one that was opened if it names the state in which that
began, and as its last entry one that SQLite has shown here.
"""

import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from store.database import sqlite
from store.database.content_watch import ContentWatch, Page

_SHOWN = """SELECT
    EXISTS (SELECT 1 FROM log WHERE sequence = :n AND instr(line, :hash))
    OR EXISTS (SELECT 1 FROM cases WHERE sequence = :n AND hash = :hash)"""

_INTEGER_SIZES = (0, 1, 2, 3, 4, 6, 8)
"""The bytes that SQLite takes for an integer; with none it is 0 or 1."""

_HASH = 64

_PAUSES = (0.001, 0.01, 0.1, 0.5)
"""Seconds after which a page is read again that SQLite may be writing."""


class _Entry(NamedTuple):
    """An entry of the log, by its number and hash."""

    sequence: int
    hash: str


class SharedWatch(ContentWatch):
    """The page with the record of the case in a database that another program may write.

    Safe to use from any thread. It has a connection of its own, whose `data_version`
    counts the commits of others.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, and note the page as it is now. Raises what `sqlite.connect` does."""
        super().__init__(path)
        self._looking = threading.Lock()
        self._seal = b""
        self._in_file = self._shown = _Entry(0, "")
        self._commits = 0
        self._overwritten = False
        self._connection: sqlite3.Connection | None = sqlite.connect(path, writing=False)
        with suppress(sqlite3.Error, TypeError):  # what is damaged cannot be watched
            (seal,) = self._connection.execute("SELECT seal FROM cases").fetchone()
            self._seal = str(seal).encode()
            page = self._find(self._connection)
            self._accept(self._connection, page, self._last_in(self._connection, page))

    def is_overwritten(self) -> bool:
        """Tell if the file is no longer the database that was opened; once so, it stays so."""
        if self._overwritten:
            return True
        if self.is_as_noted():
            return False
        with self._looking:
            for pause in _PAUSES:
                if self._has_gone_on():
                    return False
                time.sleep(pause)
            self._overwritten = not self._has_gone_on()
            return self._overwritten

    def _has_gone_on(self) -> bool:
        """Tell if the page is what the writer of this database has made of it; if so, note it."""
        if self.is_as_noted():
            return True
        if self._connection is None:
            return False
        with suppress(sqlite3.Error, TypeError):
            page = self._find(self._connection)
            committed = self._data_version(self._connection) != self._commits
            last = self._last_in(self._connection, page)
            if last is None:
                # VACUUM has moved the page, and the new one is not in the file yet
                return committed and page.start != self._noted.start
            if committed or self._was_shown(last):
                self._accept(self._connection, page, last)
                return True
        return False

    def _was_shown(self, entry: _Entry) -> bool:
        """Tell if an entry may be one that was in the log when the page was noted."""
        first, last = self._in_file, self._shown
        return entry in (first, last) or first.sequence < entry.sequence < last.sequence

    def _last_in(self, connection: sqlite3.Connection, page: Page) -> _Entry | None:
        """The last entry as a page names it, if SQLite shows the same entry."""
        _, seal, after = page.content.partition(self._seal)  # `last` and `last_hash` follow
        for size in _INTEGER_SIZES if seal else ():
            hash = after[size : size + _HASH].decode("ascii", "replace")
            for n in (int.from_bytes(after[:size], "big"),) if size else (0, 1):
                (shown,) = connection.execute(_SHOWN, {"n": n, "hash": hash}).fetchone()
                if shown and n >= self._in_file.sequence:
                    return _Entry(n, hash)
        return None

    def _accept(self, connection: sqlite3.Connection, page: Page, last: _Entry | None) -> None:
        self._commits = self._data_version(connection)
        shown = _Entry(*connection.execute("SELECT last, last_hash FROM cases").fetchone())
        self._noted, self._in_file, self._shown = page, last or shown, shown

    @staticmethod
    def _data_version(connection: sqlite3.Connection) -> int:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def close(self) -> None:
        """Close the connection, and the file once no other connection to it is open."""
        with self._looking:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
        self._noted = Page(0, b"")
        super().close()
