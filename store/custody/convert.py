"""Conversion of a case file to a database, and back, with its whole log."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.custody.new_files import case_paths, new_files
from store.database import disk, sqlite
from store.database.beside import copy_beside
from store.database.create import create_database
from store.database.log_table import FINAL, undo_states
from store.database.read_records import INDEXED, bodies
from store.database.sqlite_engine import SqliteEngine
from store.document.case_storage import MAX_BYTES
from store.document.snapshot import encode_rows, write_snapshot
from store.document.snapshot_and_log import CaseFiles
from store.document.tinydb_file import Tables, case_record
from store.errors import ReadOnlyCase, UnwritableCase, UsageError
from store.model.labels import count_text
from store.model.log_line import Line, content_hash, encode_line
from store.model.records import RECORD_TYPES

MAX_FILE_EVENTS = 20_000
"""The number of events beyond which a case file is slow to open."""


def convert(path: Path, to: Path, *, force: bool = False) -> None:
    """Convert the case file at `path` to a database, or a database to a case file.

    The suffix of `to` decides which. The original is not changed. With `force` a
    case file may have more than `MAX_FILE_EVENTS` events.

    Raises what opening the case raises, `UsageError` where both would be of one
    kind or the case is too large for a case file, and `UnwritableCase`.
    """
    database = sqlite.is_database(path)
    if database == sqlite.has_database_suffix(to):
        kind, other = ("a database", "json") if database else ("a case file", "db")
        raise UsageError(
            f"{path}: is {kind} already, and {to.name} would be one too",
            f"to copy it use cp or pack; to convert it name a file that ends with .{other}",
        )
    with new_files(*case_paths(to)):
        if database:
            _to_file(path, to, force=force)
        else:
            _to_database(path, to)
        copy_beside(path, to)


def _to_database(path: Path, to: Path) -> None:
    keeping = CaseFiles(path, writing=False, by_index=False)
    try:
        if keeping.edited_outside:
            raise ReadOnlyCase(
                f"{path}: was edited outside this program, and its log does not record that yet",
                "open it and change something, such as a note, and then convert it",
            )
        log_file, head = keeping.log_file, keeping.head
        # copies of a case that was never changed begin alike, so that they can be merged
        begins = (head.sequence, head.hash) if head else (0, _content_hash(keeping.tables))
        if log_file.last:
            begins = (log_file.first - 1, log_file.entry(log_file.first).prev)
        known = undo_states(keeping.undo_stack)
        case = case_record(keeping.tables)

        def log() -> Iterator[tuple[Line, str]]:
            for sequence in range(log_file.first, log_file.last + 1) if log_file.last else ():
                yield log_file.entry(sequence), known.get(sequence, FINAL)

        create_database(to, case, keeping.tables, begins=begins, log=log())
    finally:
        keeping.close()


def _content_hash(tables: Tables) -> str:
    return content_hash(encode_rows((table, one) for table, of in tables.items() for one in of))


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
            # the log first, because a case without its log could be opened and continued
            disk.write_new(log, map(encode_line, lines))
        write_snapshot(to, rows, sequence=sequence, hash=hash)
    finally:
        database.close()


def _check_size(path: Path, connection: sqlite3.Connection, *, force: bool) -> None:
    (events,) = connection.execute("SELECT count(*) FROM events").fetchone()
    if events > MAX_FILE_EVENTS and not force:
        raise UsageError(
            f"{path}: has {count_text(events, 'event')}, but a case file is slow with more than"
            f" {MAX_FILE_EVENTS:,}",
            "convert it anyway with --force",
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
            f"{path}: as a case file it would have {size:,} bytes, but the limit is {MAX_BYTES:,}",
            "keep it as a database",
        )
