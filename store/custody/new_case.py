"""New cases: an empty one, or one with records that are already known."""

from collections.abc import Iterable
from pathlib import Path

from store.archive import Archive
from store.custody.new_files import case_paths, new_files
from store.database.create import create_database
from store.database.sqlite import has_database_suffix
from store.document.snapshot import encode_rows, write_snapshot
from store.document.snapshot import stream_case as stream_case
from store.document.snapshot import write_case as write_case
from store.model.records import RECORD_TYPES, AnyRecord, Case


def create_case(path: Path, case: Case, records: Iterable[tuple[str, AnyRecord]] = ()) -> None:
    """Write a new case, empty or with these records: a database if its name says so.

    Raises `UnwritableCase`, and `DamagedCase` where the records do not fit together.
    """
    tables: dict[str, list[AnyRecord]] = {table: [] for table in RECORD_TYPES}
    for table, one in records:
        tables[table].append(one)
    with new_files(*case_paths(path)):
        if has_database_suffix(path):
            create_database(path, case, tables)
            return
        pairs = ((table, one) for table, held in tables.items() for one in held)
        write_snapshot(path, encode_rows([("case", case), *pairs]), sequence=0, hash=None)
        Archive.open(path).close()  # reading it checks every reference
