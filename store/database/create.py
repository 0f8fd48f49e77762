"""Creation of a database from the records and the log of a case."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from store.database import disk, sqlite
from store.database.apply import transaction
from store.database.gc_pause import gc_paused
from store.database.import_parts import ImportRecorder, numbered_rows
from store.database.load import load
from store.database.log_table import LogTable
from store.database.read_records import INDEXED
from store.database.record_rows import insert_with_checksums
from store.database.schema import INDEXES
from store.model.change import Edit
from store.model.log_line import Line, commitment_of, content_hash
from store.model.records import AnyRecord, Case

_PART_SIZE = 10_000


def seal_of_case(sequence: int, hash: str, holds: int, records: str, case: str) -> str:
    """The hash over what a database records about the state that it began with.

    `case` is the hash of the case's own record at that time.
    """
    return hashlib.sha256(msgspec.json.encode([sequence, hash, holds, records, case])).hexdigest()


def create_database(
    path: Path,
    case: Case,
    tables: Mapping[str, Sequence[AnyRecord]] | None = None,
    *,
    begins: tuple[int, str] | None = None,
    log: Iterable[tuple[Line, str]] = (),
) -> None:
    """Create a database at `path` with these records and this log.

    `begins` is the number and hash of the entry before the first of `log`;
    without it a new log begins. Each line comes with its undo state. The file
    appears complete or not at all. Raises `DamagedCase` as `load` does,
    `OSError`, `sqlite3.Error` and `UnfitMachine`.
    """
    temporary = path.with_name(path.name + ".new")
    connection = sqlite.create(temporary, indexes=False)
    try:
        with transaction(connection), gc_paused():
            load(
                connection,
                (
                    Edit(table, one.id, None, one)
                    for table, records_of_table in (tables or {}).items()
                    for one in records_of_table
                    if table != "case"
                ),
            )
            recorder = ImportRecorder(connection, 0)
            for table in INDEXED:
                for first, rows in numbered_rows(connection, table, _PART_SIZE):
                    recorder.add_records(table, first, rows)
            write_case_and_log(connection, case, recorder.content, begins=begins, log=log)
        connection.executescript(INDEXES)
        sqlite.finish(connection, temporary)
        disk.rename(temporary, path)
        disk.flush_folder(path.parent)
    except BaseException:
        connection.close()
        disk.unlink(temporary)
        raise


def write_case_and_log(
    connection: sqlite3.Connection,
    case: Case,
    records: str,
    *,
    begins: tuple[int, str] | None = None,
    log: Iterable[tuple[Line, str]] = (),
) -> None:
    """Write the case's own record and its log, each line with its undo state, into a new database.

    `records` is the hash over all records that it begins with, `begins` the
    number and hash of the entry before the first.
    """
    body = msgspec.json.encode(case)
    sequence, hash = begins or (0, content_hash({"case": [body]}))
    holds = sequence
    last = hash
    log_table = LogTable(Path())
    for line, state in log:
        log_table.insert(connection, line, state)
        holds, last = line.sequence, line.hash
    seal = seal_of_case(sequence, hash, holds, records, commitment_of(case))
    row = (1, case.id, sequence, hash, holds, records, seal, holds, last, body.decode())
    insert_with_checksums(connection, "cases", [row])
