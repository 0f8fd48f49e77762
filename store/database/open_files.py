"""The files of an open database: whether they are still in their places, and what is saved if not.

SQLite writes to the files that it has opened, and finds the WAL by its name
beside the database. A WAL that is left beside a newcomer would be written over it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from store.database import disk, sqlite
from store.database.content_watch import ContentWatch
from store.database.identity import Inode, inode_of, path_for_unsaved, what_became_of
from store.database.shared_watch import SharedWatch
from store.errors import ReadOnlyCase

_LEFT_IN_WAL = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)


class OpenFiles:
    """The files that the paths of a database led to when it was opened."""

    def __init__(self, path: Path) -> None:
        """Note which file the database is, before it is opened."""
        self._path = path
        self._database = inode_of(path)
        self._beside: dict[Path, Inode | None] = {}
        self._content: ContentWatch | None = None

    def watch(self) -> None:
        """Open the file for a writer, before it does so itself."""
        self.close()
        self._content = ContentWatch(self._path)

    def watch_another(self) -> None:
        """Open the file for a reader, beside whom another program may write it."""
        self._content = SharedWatch(self._path)

    def note_wal(self, connection: sqlite3.Connection) -> bool:
        """Note the WAL and its index, once a writer has opened them; True if the WAL is used."""
        self._beside = {one: inode_of(one) for one in sqlite.wal_files(self._path)}
        self.note_content(connection)
        return self._wal_size() > 0

    def note_content(self, connection: sqlite3.Connection) -> None:
        """Note what is in the file, after this program has written to it."""
        if self._content is not None:
            self._content.note(connection)

    def expect(self, hash: str) -> None:
        """Note the hash of the entry that is saved next."""
        if self._content is not None:
            self._content.expect(hash)

    @property
    def overwritten(self) -> bool:
        """True where another program has written into the file."""
        return self._content is not None and self._content.is_overwritten()

    def _wal_size(self) -> int:
        try:
            return sqlite.wal_files(self._path)[0].stat().st_size
        except OSError:
            return 0

    def lost(self) -> str:
        """The fate of the database or of its writer's WAL, in words; empty if both are in place."""
        if inode_of(self._path) != self._database:
            return what_became_of(self._path)
        wal, _ = sqlite.wal_files(self._path)
        noted = self._beside.get(wal)
        if noted is not None and inode_of(wal) != noted:
            return f"lost its file {wal.name}, which {what_became_of(wal)}"
        return "was overwritten by another program" if self.overwritten else ""

    def save_beside(self, connection: sqlite3.Connection) -> tuple[sqlite3.Connection, Path]:
        """Save what a connection sees in a copy, and return a reader of that, and its path.

        Raises `OSError`, `sqlite3.Error` and `ConflictError`.
        """
        copy = path_for_unsaved(self._path, suffixes=("-wal", "-shm", "-journal"))
        save_copy(connection, copy)
        return sqlite.connect(copy, writing=False), copy

    def set_changes_aside(self) -> Path | None:
        """Copy the last changes from the WAL of an overwritten database to a file beside it.

        The WAL is empty after that, so that SQLite cannot write it into the newcomer.
        Returns the file, None where there are no changes. Raises `OSError`.
        """
        wal, _ = sqlite.wal_files(self._path)
        if wal not in self._ours_beside() or not self._wal_size():
            return None
        unsaved = path_for_unsaved(self._path, suffixes=("-wal",))
        aside = unsaved.with_name(unsaved.name + "-wal")
        disk.write_new(aside, [disk.read_file(wal)])
        disk.flush_folder(aside.parent)
        descriptor = disk.open_file(wal, os.O_WRONLY)
        try:
            disk.truncate(descriptor, 0)
        finally:
            disk.close(descriptor)
        return aside

    def clear_away(self, *, unsaved: bool) -> None:
        """Leave no WAL of ours beside a newcomer, once no connection to it is open.

        What is `unsaved` is kept in it, under another name.
        """
        if unsaved and inode_of(self._path) != self._database:
            self.rename_wal()
        self.remove_wal()

    def remove_wal(self) -> None:
        """Remove our WAL and its index from beside a newcomer, where their content is saved."""
        if inode_of(self._path) != self._database:
            self.delete_wal()

    def delete_wal(self) -> None:
        """Delete our WAL and its index, where their content is saved."""
        for one in self._ours_beside():
            with suppress(OSError):
                disk.unlink(one)

    def close(self) -> None:
        """Let go of the file."""
        if self._content is not None:
            self._content.close()

    def rename_wal(self) -> None:
        """Give our WAL a name beside which there is no database, without writing anything."""
        unsaved = path_for_unsaved(self._path, suffixes=("-wal",))
        wal, _ = sqlite.wal_files(self._path)
        with suppress(OSError):
            if wal in self._ours_beside():
                disk.rename(wal, unsaved.with_name(unsaved.name + "-wal"))

    def _ours_beside(self) -> list[Path]:
        return [one for one, noted in self._beside.items() if noted and inode_of(one) == noted]


def refuse_second_name(path: Path) -> None:
    """Raise `ReadOnlyCase` where the database has a second name, as a hard link gives it one.

    Opened under both, it would have two WALs.
    """
    with suppress(OSError):
        if (names := path.stat().st_nlink) > 1:
            raise ReadOnlyCase(
                f"{path}: the file has {names} names (hard links), and a database that is"
                " changed under two of them is damaged",
                "open a copy of it, or remove the other names",
            )


def save_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Save what a connection sees as a new database, which only its owner can read.

    No file is read but those that the connection has open, whatever their names
    lead to by now. Raises `OSError` and `sqlite3.Error`: then nothing is left of it.
    """
    disk.close(disk.open_file(path, disk.NEW))
    try:
        with closing(sqlite.open_database(path, "rw")) as copy:
            copy.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that it needs no file beside it
        sqlite.flush(path)
        disk.flush_folder(path.parent)
    except BaseException:
        disk.unlink(path)
        raise


def empty_wal_if_free(connection: sqlite3.Connection) -> None:
    """Move all changes from the WAL into the database, as far as nobody needs them there.

    A full disk leaves them in the WAL, where they are as safe. Raises `sqlite3.Error`.
    """
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _LEFT_IN_WAL:
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
