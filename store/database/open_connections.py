"""The connections of this process to database files, so that none of these is opened beside them.

POSIX locks belong to a process and a file: closing any other descriptor of the
file drops the locks that SQLite holds on it, and another process may then
remove the WAL of an open database.
"""

import sqlite3
import threading
from pathlib import Path
from weakref import WeakSet

from store.database.identity import Inode, inode_of

_registering = threading.Lock()


class FileConnection(sqlite3.Connection):
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
        self.inode = None


_connections: WeakSet[FileConnection] = WeakSet()


def is_open_here(path: Path) -> bool:
    """Tell if this process has a connection to the file at a path."""
    inode = inode_of(path)
    if inode is None:
        return False
    with _registering:
        return any(one.inode == inode for one in _connections)
