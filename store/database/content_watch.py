"""A look at an open database past SQLite, so that it is noticed if another program writes into it.

A file that is overwritten in place keeps its inode. What tells it from SQLite's own
writing is the page with the record of the case, which names the last entry of the log.
"""

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from store.database import disk
from store.database.open_connections import close_after_connections

_ROOT = "SELECT rootpage FROM sqlite_master WHERE name = 'cases'"

_AGAIN_AFTER = 0.001
"""Seconds after which a page is read again that may have been written just then."""


class Page(NamedTuple):
    """A page of a file: where it begins, and its bytes."""

    start: int
    content: bytes


class ContentWatch:
    """The page of an open database that names the last entry of its log, as it is in the file.

    Nobody but this program writes it. Its descriptor is closed after all connections to
    the file: closing it would drop their locks.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. Where that fails nothing is watched."""
        self._descriptor: int | None = None
        with suppress(OSError):
            self._descriptor = disk.open_file(path, disk.READ)
        self._noted = Page(0, b"")
        self._ends: tuple[bytes, ...] = ()

    def note(self, connection: sqlite3.Connection) -> None:
        """Note the page as it is now, which nobody else has written."""
        self._noted = Page(0, b"")
        with suppress(sqlite3.Error, TypeError):  # what is damaged cannot be watched
            (last_hash,) = connection.execute("SELECT last_hash FROM cases").fetchone()
            self._ends = (str(last_hash).encode(),)
            self._noted = self._find(connection)

    def expect(self, hash: str) -> None:
        """Note the hash of an entry that is being saved: SQLite may write it into the file."""
        self._ends = (*self._ends[:1], hash.encode())

    def is_overwritten(self) -> bool:
        """Tell if the page is one that this program has not written."""
        if self._is_ours():
            return False
        time.sleep(_AGAIN_AFTER)
        return not self._is_ours()

    def _is_ours(self) -> bool:
        if self.is_as_noted():
            return True
        page = self._read(self._noted.start, len(self._noted.content))
        return any(end in page.content for end in self._ends)

    def is_as_noted(self) -> bool:
        """Tell if the page is as it was when it was noted; if none was, nothing is watched."""
        start, content = self._noted
        return not content or self._read(start, len(content)) == self._noted

    def _find(self, connection: sqlite3.Connection) -> Page:
        """The page as it is in the file, in the place where SQLite has it."""
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (root,) = connection.execute(_ROOT).fetchone()
        return self._read((root - 1) * size, size)

    def _read(self, start: int, size: int) -> Page:
        if self._descriptor is None:
            return Page(start, b"")
        try:
            return Page(start, os.pread(self._descriptor, size, start))
        except OSError:
            return self._noted  # whoever writes next finds out

    def close(self) -> None:
        """Close the file once no connection to it is open."""
        if self._descriptor is not None:
            close_after_connections(self._descriptor)
            self._descriptor = None
