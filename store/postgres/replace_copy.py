"""The replacement of the content of an open copy, and a redaction that is tried on a copy of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from store.database import disk, sqlite
from store.database.open_files import empty_wal_if_free, save_copy
from store.database.redaction import Redaction
from store.database.sqlite_engine import SqliteEngine
from store.model.change import Change
from store.model.log_line import Line
from store.model.text_fields import FieldOfRecord
from store.postgres.server import End


class TriedRedaction(NamedTuple):
    """A redaction in a copy beside: its entry, the lines that it altered, and what remains."""

    end: End
    line: Line
    altered: list[Line]
    remaining: list[FieldOfRecord]


def replace_content(connection: sqlite3.Connection, source: Path) -> None:
    """Write the content of a closed database over that of an open one, and over its WAL."""
    with closing(sqlite.open_database(source, "ro")) as other:
        other.backup(connection)
    empty_wal_if_free(connection)


def try_redaction(
    connection: sqlite3.Connection, beside: Path, request: Redaction, change: Change
) -> TriedRedaction:
    """Redact words of a record in a copy at `beside`, which is complete then.

    Raises what `SqliteEngine.redact` does; then there is no copy.
    """
    remove_database(beside)
    try:
        save_copy(connection, beside)
        engine = SqliteEngine(beside, writing=True)
        try:
            end, before = engine.end, dict(_raw_lines(engine.connection))
            remaining = engine.redact(request, change)
            altered = [
                engine.entry(sequence)
                for sequence, line in _raw_lines(engine.connection)
                if before.get(sequence, line) != line
            ]
            line = engine.entry(engine.last)
        finally:
            engine.close()
    except BaseException:
        remove_database(beside)
        raise
    return TriedRedaction(end, line, altered, remaining)


def remove_database(path: Path) -> None:
    """Remove a closed database with the files beside it."""
    for one in (path, *sqlite.wal_files(path), path.with_name(path.name + ".lock")):
        disk.unlink(one)


def _raw_lines(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    return iter(connection.execute("SELECT sequence, line FROM log").fetchall())
