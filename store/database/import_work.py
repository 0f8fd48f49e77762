"""The long work of an import into a database, or of its undo or redo, within a transaction."""

import sqlite3
from collections.abc import Callable

from store.database import sqlite
from store.database.bulk_insert import BulkInsert
from store.database.engine import Batches, import_reason
from store.database.import_parts import ImportRecorder
from store.database.import_undo import redo_import, undo_import
from store.database.log_entry import check_tables, entry_of
from store.model.change import Change
from store.model.log_line import Act, Imported, Line

LongWork = Callable[[sqlite3.Connection, int], Line]
"""Work that is given a connection and the sequence number of its entry, and returns the entry."""


def import_work(change: Change, what: Callable[[], Imported], batches: Batches) -> LongWork:
    """Make the work that imports all batches; `what` is called after the last one."""

    def work(connection: sqlite3.Connection, act: int) -> Line:
        recorder = ImportRecorder(connection, act)
        bulk = BulkInsert(connection, recorder)
        for batch in batches:
            check_tables(batch)
            bulk.add_or_amend(batch)
            recorder.end_batch()
            sqlite.fit_cache(connection)
        bulk.finish()
        imported = what()
        return entry_of(
            change._replace(why=import_reason(imported)),
            imported=imported,
            content=recorder.content,
        )

    return work


def turn_work(line: Line, change: Change, act: Act) -> LongWork:
    """Make the work that undoes or redoes the import of an entry."""
    step = undo_import if act is Act.UNDO else redo_import
    entry = entry_of(
        change,
        act=act,
        undoes=line.sequence if act is Act.UNDO else None,
        redoes=line.sequence if act is Act.REDO else None,
        imported=line.imported,
    )

    def work(connection: sqlite3.Connection, _: int) -> Line:
        step(connection, line.sequence)
        return entry

    return work
