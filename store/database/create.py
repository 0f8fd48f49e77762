"""A new database, with all that a case holds."""

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
from store.database.schema import INDEXES
from store.model.change import Edit
from store.model.log_line import Line, commitment_of, content_hash
from store.model.records import AnyRecord, Case

_IN_A_PART = 10_000


def seal_of_case(sequence: int, hash: str, holds: int, records: str, case: str) -> str:
    """The hash that belongs to what a database says of its beginning.

    `case` is the commitment of what the case was then.
    """
    return hashlib.sha256(msgspec.json.encode([sequence, hash, holds, records, case])).hexdigest()


def make_database(
    path: Path,
    case: Case,
    tables: Mapping[str, Sequence[AnyRecord]] | None = None,
    *,
    begins: tuple[int, str] | None = None,
    log: Iterable[tuple[Line, str]] = (),
) -> None:
    """A new database at `path`, which holds these records and goes on from this log.

    `begins` is the number and hash of the entry before the first of `log`;
    without it the log begins here. Each line comes with its state. The file
    appears whole or not at all. Raises `DamagedCase` as `load` does, `OSError`,
    `sqlite3.Error` and `UnfitMachine`.
    """
    temporary = path.with_name(path.name + ".new")
    connection = sqlite.make(temporary, indexes=False)
    try:
        with transaction(connection), gc_paused():
            load(
                connection,
                (
                    Edit(table, one.id, None, one)
                    for table, held in (tables or {}).items()
                    for one in held
                    if table != "case"
                ),
            )
            bringing = ImportRecorder(connection, 0)
            for table in INDEXED:
                for first, rows in numbered_rows(connection, table, _IN_A_PART):
                    bringing.added(table, first, rows)
            describe(connection, case, bringing.content, begins=begins, log=log)
        connection.executescript(INDEXES)
        sqlite.settle(connection, temporary)
        disk.rename(temporary, path)
        disk.flush_folder(path.parent)
    except BaseException:
        connection.close()
        disk.unlink(temporary)
        raise


def describe(
    connection: sqlite3.Connection,
    case: Case,
    records: str,
    *,
    begins: tuple[int, str] | None = None,
    log: Iterable[tuple[Line, str]] = (),
) -> None:
    """Say in a new database what case it is, and give it its log, with the state of each entry.

    `records` is the hash over all that it begins with, `begins` the number and
    hash of the entry before the first.
    """
    body = msgspec.json.encode(case)
    sequence, hash = begins or (0, content_hash({"case": [body]}))
    holds = sequence
    ledger = LogTable(Path())
    for line, state in log:
        ledger.insert(connection, line, state)
        holds = line.sequence
    seal = seal_of_case(sequence, hash, holds, records, commitment_of(case))
    connection.execute(
        "INSERT INTO cases VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        (case.id, sequence, hash, holds, records, seal, body.decode()),
    )
