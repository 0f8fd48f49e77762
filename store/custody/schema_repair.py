"""Repair of the schema of a damaged database, which every case has in the same words."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from store.database import disk, sqlite
from store.database.schema import IN_DATABASES, INDEXES, TABLES

_SCHEMA = "SELECT rowid, type, name, tbl_name, sql FROM sqlite_schema"

_PIECE = 1 << 20

_Entry = tuple[bytes, ...]


@contextmanager
def readable_copy(path: Path, copy: Path) -> Iterator[Path]:
    """Lend the database at `path` itself, or a copy with the right schema if its own is damaged.

    The copy is deleted at the end. Raises `OSError`, `sqlite3.Error` and what
    `connect_to_salvage` raises.
    """
    if _has_readable_schema(path):
        yield path
        return
    with path.open("rb") as damaged:
        disk.write_new(copy, iter(partial(damaged.read, _PIECE), b""))
    try:
        _restore(copy)
        yield copy
    finally:
        for file in (copy, *sqlite.wal_files(copy)):
            disk.unlink(file)


def _has_readable_schema(path: Path) -> bool:
    with closing(sqlite.connect_to_salvage(path)) as connection:
        try:
            return _entries(connection) == _expected()
        except (sqlite3.Error, UnicodeDecodeError):
            return False


def _expected() -> set[_Entry]:
    """The entries that the schema of every case has: type, name, table, and SQL."""
    with closing(sqlite.in_memory()) as connection:
        connection.executescript(TABLES + IN_DATABASES + INDEXES)
        return _entries(connection)


def _entries(connection: sqlite3.Connection) -> set[_Entry]:
    return {entry for _, entry in _rows(connection)}


def _rows(connection: sqlite3.Connection) -> list[tuple[int, _Entry]]:
    connection.text_factory = bytes
    try:
        found = connection.execute(_SCHEMA).fetchall()
    finally:
        connection.text_factory = str
    return [(row[0], tuple(_as_bytes(one) for one in row[1:])) for row in found]


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b"" if value is None else str(value).encode()


def _restore(copy: Path) -> None:
    """Write the right words into the schema; which pages its tables begin on stays as it is."""
    with closing(sqlite.open_database(copy, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        rows, expected = _rows(connection), _expected()
        damaged = [(rowid, entry) for rowid, entry in rows if entry not in expected]
        missing = expected - {entry for _, entry in rows}
        for rowid, entry in damaged:
            if not missing:
                break
            nearest = min(missing, key=lambda one: (_difference(one, entry), one))
            missing.remove(nearest)
            type, name, table, sql = (part.decode() for part in nearest)
            connection.execute(
                "UPDATE sqlite_schema SET type = ?, name = ?, tbl_name = ?, sql = ?"
                " WHERE rowid = ?",
                (type, name, table, sql or None, rowid),
            )


def _difference(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """The number of bytes by which two entries differ."""
    return sum(
        abs(len(a) - len(b)) + sum(x != y for x, y in zip(a, b, strict=False))
        for a, b in zip(one, other, strict=True)
    )
