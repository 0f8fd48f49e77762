"""The check that a kept index, which anybody may have written, has the records of its case."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from store.database.read_records import bodies
from store.document.case_storage import CaseStorage
from store.document.kept_index import KeptIndex
from store.document.replay import with_changes
from store.document.snapshot import Rows
from store.document.snapshot_and_log import CaseFiles
from store.document.tinydb_file import Tables, read_snapshot
from store.errors import ConflictError, UnwritableCase
from store.model.log_line import Line, content_hash
from store.model.records import RECORD_TYPES

_DIFFERS = "differs from the case file"

INDEX_FAULT = f"{_DIFFERS}; delete it"


def require_true(files: CaseFiles, rows: Rows) -> None:
    """Delete the kept index and raise `UnwritableCase` where it has other records than the files.

    `rows` are those of the index after all entries of the log. Raises what `read_snapshot` does.
    """
    raw = CaseStorage(files.path).read_rows()
    if content_hash({table: raw.get(table, {}).values() for table in rows}) == content_hash(rows):
        return  # there are no entries that the case file lacks
    if _differ(_after_log(files.path, files.old_lines()), rows):
        files.index.delete()
        raise UnwritableCase(
            f"{files.index.path}: {_DIFFERS}; it is deleted, and nothing was changed",
            "open the case again: it is then read from the case file",
        )


def has_index_fault(path: Path) -> bool:
    """Tell if the kept index of a case file has other records than the file, or cannot be read.

    Raises what `read_snapshot` does.
    """
    kept = KeptIndex(path)
    if kept.header is None:
        return False
    rows: dict[str, list[bytes]] = {table: [] for table in RECORD_TYPES}
    rows["case"].append(msgspec.json.encode(kept.header.case))
    if (connection := kept.connect()) is None:
        return True
    try:
        with closing(connection) as index:
            for table, of in bodies(index):
                rows[table] += of
    except (sqlite3.Error, ValueError, ConflictError):
        return True
    return _differ(read_snapshot(path).tables, rows)


def _after_log(path: Path, lines: Iterable[Line]) -> Tables:
    """The records of a case file with the changes of those entries of its log that it lacks."""
    snapshot = read_snapshot(path)
    last = snapshot.position.sequence
    lacking = (line for line in lines if line.sequence > last and line.content != snapshot.content)
    return with_changes(path, snapshot.tables, lacking)


def _differ(tables: Tables, rows: Mapping[str, Iterable[bytes]]) -> bool:
    """Tell if these records are others than those given as JSON, in whatever order."""
    encode = msgspec.json.Encoder().encode
    return any(sorted(map(encode, tables[table])) != sorted(rows[table]) for table in rows)
