"""A case in files as a database, and back: every record, and its log line by line."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.database import disk, sqlite
from store.database.create import make_database
from store.database.log_table import SETTLED, states
from store.database.read_records import INDEXED, bodies
from store.database.sqlite_engine import SqliteEngine
from store.document.snapshot import write_snapshot
from store.document.snapshot_and_log import CaseFiles
from store.document.tinydb_file import MAX_BYTES, one_case
from store.errors import ReadOnlyCase, UnwritableCase, UsageError
from store.model.labels import counted
from store.model.log_line import Line, written
from store.model.records import RECORD_TYPES

MOST_EVENTS = 20_000
"""Events with which a case file is comfortable; it is slow to open with more."""


def convert(path: Path, to: Path, *, force: bool = False) -> None:
    """Make a database of the case at `path`, or a case file of a database.

    What `to` becomes is said by its name. The case itself is not touched. With
    `force` a case file may have more than `MOST_EVENTS` events.

    Raises what opening the case raises, `UsageError` where it would stay what
    it is or is too large for a case file, and `UnwritableCase`.
    """
    database = sqlite.is_database(path)
    if database == sqlite.to_be_database(to):
        kind, other = ("a database", "json") if database else ("a case file", "db")
        raise UsageError(
            f"{path}: is {kind} already, and so would {to.name} be",
            f"a copy is made with cp or pack; name a file that ends with .{other}",
        )
    for one in files_of(to):
        if one.exists() or one.is_symlink():
            raise UnwritableCase(f"{one}: is there already", "name a file that is not there yet")
    if database:
        _to_file(path, to, force=force)
    else:
        _to_database(path, to)


def files_of(path: Path) -> tuple[Path, ...]:
    """Every file that a new case at `path` may have, or that would be taken for a part of it."""
    return (path, path.with_name(path.name + ".log"), *sqlite.beside(path))


def _to_database(path: Path, to: Path) -> None:
    keeping = CaseFiles(path, writing=False)
    try:
        if keeping.outside:
            raise ReadOnlyCase(
                f"{path}: was edited outside of this program, and its log does not say so yet",
                "open it and change something, such as a note; then convert it",
            )
        journal, head = keeping.journal, keeping.head
        begins = (head.sequence, head.hash) if head else None
        if journal.last:
            begins = (journal.first - 1, journal.entry(journal.first).prev)
        known = states(keeping.acts)
        case = one_case(keeping.tables)

        def log() -> Iterator[tuple[Line, str]]:
            for sequence in range(journal.first, journal.last + 1) if journal.last else ():
                yield journal.entry(sequence), known.get(sequence, SETTLED)

        try:
            make_database(to, case, keeping.tables, begins=begins, log=log())
        except (OSError, sqlite3.Error) as error:
            raise _unwritable(to, error) from error
    finally:
        keeping.close()


def _to_file(path: Path, to: Path, *, force: bool) -> None:
    database = SqliteEngine(path, writing=False)
    try:
        with database.reading():
            _check_size(path, database.connection, force=force)
            rows = {table: list[bytes]() for table in RECORD_TYPES}
            rows["case"].append(msgspec.json.encode(database.case))
            for table, some in bodies(database.connection):
                rows[table] += some
            lines = list(database.log())
            sequence, hash = database.end
        if lines:
            log = to.with_name(to.name + ".log")
            try:
                # the log first: a case without it would open, and go on from another history
                disk.write_new(log, map(written, lines))
            except OSError as error:
                raise _unwritable(log, error) from error
        write_snapshot(to, rows, sequence=sequence, hash=hash)
    finally:
        database.close()


def _check_size(path: Path, connection: sqlite3.Connection, *, force: bool) -> None:
    (events,) = connection.execute("SELECT count(*) FROM events").fetchone()
    if events > MOST_EVENTS and not force:
        raise UsageError(
            f"{path}: has {counted(events, 'event')}, and a case file is slow with more than"
            f" {MOST_EVENTS:,}",
            "--force makes it all the same",
        )
    size = 0
    for table in INDEXED:
        text = " + length(CAST(text AS BLOB))" if table == "articles" else ""
        (more,) = connection.execute(
            f"SELECT coalesce(sum(length(CAST(body AS BLOB)){text} + 12), 0) FROM {table}"
        ).fetchone()
        size += more
    if size > MAX_BYTES:
        raise UnwritableCase(
            f"{path}: as a case file it would have {size:,} bytes, and no more than"
            f" {MAX_BYTES:,} are read again",
            "it stays a database",
        )


def _unwritable(path: Path, error: Exception) -> UnwritableCase:
    why = getattr(error, "strerror", None) or error
    return UnwritableCase(f"{path}: cannot be written ({why})", "see to the folder and the disk")
