"""The second half of a redaction in a database: purging of the words from where SQLite keeps them.

A redaction is made by its COMMIT. The words then remain in the full-text index,
in free pages and in the WAL until `purge` has run. The same transaction lists the
redaction in the table `unpurged`, and whoever opens the database for writing next
purges what is listed there.
"""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from store.database import disk, sqlite
from store.errors import ConflictError, ReadOnlyCase, UnpurgedRedaction, UnwritableCase
from store.reader import Reader

_FINISH_HINT = "open the case for writing: that purges it"
_TEMPORARY = ("/var/tmp", "/usr/tmp", "/tmp")
"""Where SQLite puts its temporary files if the environment names no folder."""


def mark_unpurged(connection: sqlite3.Connection, sequence: int) -> None:
    """List the redaction of an entry as not yet purged, within the caller's transaction."""
    connection.execute("INSERT INTO unpurged VALUES (?)", (sequence,))


def unpurged_message(connection: Reader) -> str:
    """Say which redactions are not yet purged; empty where there are none."""
    found = connection.execute("SELECT redaction FROM unpurged ORDER BY 1").fetchall()
    if not found:
        return ""
    entries = ", ".join(str(sequence) for (sequence,) in found)
    return (
        f"the redaction of entry {entries} is not finished:"
        f" its words may remain in this file; {_FINISH_HINT}"
    )


def check_space(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `UnwritableCase` where the disk has no room for a purge, which needs a whole copy.

    SQLite writes the copy into its temporary folder, and from there into the WAL.
    """
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    copy = pages * page_size * 11 // 10
    needed = _needed({path.absolute().parent: copy}, {temporary_folder(): copy})
    for folder, size in needed.items():
        require_room(
            path, folder, size, "make room there; SQLITE_TMPDIR names another temporary folder"
        )


def require_room(path: Path, folder: Path, size: int, hint: str) -> None:
    """Raise `UnwritableCase` where a folder has not this many bytes free, which redacting needs."""
    try:
        free = disk.free_bytes(folder)
    except OSError:
        return  # a file system that does not tell: writing finds out
    if free < size:
        raise UnwritableCase(
            f"{path}: {free:,} bytes are free in {folder}, and redacting needs {size:,}", hint
        )


def _needed(*claims: Mapping[Path, int]) -> dict[Path, int]:
    """Add up the bytes that are needed on each disk, by one of its folders."""
    folders: dict[int, Path] = {}
    needed: dict[Path, int] = {}
    for claim in claims:
        for folder, size in claim.items():
            first = folders.setdefault(folder.stat().st_dev, folder)
            needed[first] = needed.get(first, 0) + size
    return needed


def temporary_folder() -> Path:
    """The folder of SQLite's temporary files, by the rule that SQLite follows."""
    for name in (os.environ.get("SQLITE_TMPDIR"), os.environ.get("TMPDIR"), *_TEMPORARY):
        if name and Path(name).is_dir() and os.access(name, os.W_OK | os.X_OK):
            return Path(name)
    return Path()


def purge(connection: sqlite3.Connection, path: Path) -> None:
    """Purge the words of all redactions that are listed as not yet purged.

    Raises `UnpurgedRedaction` where that fails: then they remain listed, and a
    second attempt may succeed.
    """
    if not unpurged_message(connection):
        return
    try:
        check_space(connection, path)
        with sqlite.translating_errors(path):
            _optimize_full_text(connection)
            connection.executescript("PRAGMA temp_store = FILE; VACUUM")
            empty_wal(connection)
            connection.execute("DELETE FROM unpurged")
    except ConflictError as error:
        why = error.message.removeprefix(f"{path}: ")
        raise UnpurgedRedaction(
            f"{path}: redacted, but not yet purged: {why}", _FINISH_HINT
        ) from error.__cause__


def _optimize_full_text(connection: sqlite3.Connection) -> None:
    """Merge each full-text index into one segment, which holds no deleted word."""
    for words in ("event_words", "article_words", "name_words"):
        connection.execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")


def empty_wal(connection: sqlite3.Connection) -> None:
    """Move all changes from the WAL into the database file.

    Raises `ReadOnlyCase` where another process is reading and needs the WAL.
    """
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise ReadOnlyCase(
            "another program is reading the case, so the words would remain in its WAL file",
            "close the case there",
        )
