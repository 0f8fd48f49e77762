"""The connections of this process to database files, so that none of these is opened beside them.

POSIX locks belong to a process and a file: closing any other descriptor of the
file drops the locks that SQLite holds on it, and another process may then
remove the WAL of an open database.
"""

import ctypes
import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import NoReturn
from weakref import WeakSet

from store.database.identity import OPEN_AGAIN, Inode, inode_of
from store.database.kept_while_unchanged import KeepingConnection
from store.errors import ReplacedCase

_registering = threading.Lock()


class FileConnection(KeepingConnection):
    """A connection to a file, which is registered until it is closed."""

    inode: Inode | None = None

    def register(self, path: Path) -> None:
        """Register the connection, which was just opened, under its file."""
        self.inode = inode_of(path)
        with _registering:
            _connections.add(self)

    def close(self) -> None:
        """Close the connection."""
        super().close()
        inode, self.inode = self.inode, None
        if inode is not None:
            _close_waiting(inode)


class LostConnection(sqlite3.Connection):
    """A connection in the place of one to a database that is gone; every query says so."""

    why = ""

    @classmethod
    def saying(cls, why: str) -> sqlite3.Connection:
        """Open one that raises `ReplacedCase` with this message."""
        connection = sqlite3.connect(":memory:", check_same_thread=False, factory=cls)
        connection.why = why
        return connection

    def execute(self, *_: object, **__: object) -> NoReturn:
        """Raise `ReplacedCase`."""
        raise ReplacedCase(self.why, OPEN_AGAIN)


def never_close(connection: sqlite3.Connection) -> None:
    """Keep SQLite from closing a connection, as it would write its WAL into a foreign file."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


_connections: WeakSet[FileConnection] = WeakSet()
_waiting: dict[Inode, list[int]] = {}
"""The descriptors that are closed when the last connection to their file is."""


def close_after_connections(descriptor: int) -> None:
    """Close a descriptor of a database once this process has no connection to it."""
    found = os.fstat(descriptor)
    inode = Inode(found.st_dev, found.st_ino)
    with _registering:
        _waiting.setdefault(inode, []).append(descriptor)
    _close_waiting(inode)


def _close_waiting(inode: Inode) -> None:
    with _registering:
        if any(one.inode == inode for one in _connections):
            return
        for descriptor in _waiting.pop(inode, ()):
            with suppress(OSError):
                os.close(descriptor)


def is_open_here(path: Path) -> bool:
    """Tell if this process has a connection to the file at a path."""
    inode = inode_of(path)
    if inode is None:
        return False
    with _registering:
        return any(one.inode == inode for one in _connections)
