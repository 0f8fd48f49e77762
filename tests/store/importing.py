"""Imports for tests: batches of edits, and their descriptions."""

import hashlib
from collections.abc import Iterable, Iterator

from store.archive import Archive
from store.database.read_records import INDEXED, record
from store.model.change import Edit
from store.model.log_line import Imported
from store.model.records import AnyRecord

NOTHING = hashlib.sha256().hexdigest()


def imported(rows: int = 1, file: str = "rows.csv") -> Imported:
    """Describe an import of a number of rows."""
    return Imported(file=file, sha256=NOTHING, dataset="dst_rows", rows=rows, rows_sha256=NOTHING)


def additions(*records: tuple[str, AnyRecord]) -> list[Edit]:
    """The edits that add these records, in the order in which a batch has them."""
    edits = [Edit(table, one.id, None, one) for table, one in records]
    return sorted(edits, key=lambda edit: INDEXED.index(edit.table))


def altering(archive: Archive, table: str, after: AnyRecord) -> Edit:
    """The edit that puts a record in place of the one with its id."""
    return Edit(table, after.id, archive.ask(record, table, after.id), after)


def interrupted(batches: Iterable[list[Edit]], error: BaseException) -> Iterator[list[Edit]]:
    """The batches, and then an error in place of the next."""
    yield from batches
    raise error
