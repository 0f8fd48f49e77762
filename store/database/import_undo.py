"""Undo and redo of an import into a database, batch by batch."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from store.database import facet_index
from store.database.amend import amend
from store.database.bulk_insert import BulkInsert
from store.database.import_parts import (
    ALTERED,
    ImportPart,
    pack_records,
    parts_of,
    read_content,
    unpack_edits,
    unpack_records,
    write_content,
)
from store.database.new_records import split_new
from store.database.read_records import numbered
from store.database.record_rows import EVENT_ROWS, NAMED, WITHIN, name_rowid
from store.model.change import Edit
from store.model.log_line import as_edit


def undo_import(connection: sqlite3.Connection, act: int) -> None:
    """Withdraw the records that an import added, and restore those that it altered.

    The last batch comes first. The withdrawn records are stored with their part.
    The caller has begun a transaction. Raises `RefusedChange` where a remaining
    record refers to one of them.
    """
    alone = _is_independent(connection, act)
    for parts in _batches(connection, act, back=True):
        edits: list[Edit] = []
        for part in parts:
            if part.of == ALTERED:
                edits += (
                    Edit(table, id, after, before)
                    for table, id, before, after in _edits(connection, act, part)
                )
                continue
            held = numbered(connection, part.of, "n BETWEEN ? AND ?", part.first, part.last)
            records = [one for _, one in held]
            write_content(connection, act, part, pack_records(records))
            edits += (Edit(part.of, one.id, one, None) for one in records)
        if alone and _is_self_contained(parts, edits):
            _delete(connection, parts)
        else:
            amend(connection, edits)


def redo_import(connection: sqlite3.Connection, act: int) -> None:
    """Apply an undone import again; each record gets its former number.

    The caller has begun a transaction.
    """
    bulk = BulkInsert(connection, None)
    for parts in _batches(connection, act, back=False):
        edits: list[Edit] = []
        numbers: list[tuple[str, int, str]] = []
        for part in parts:
            if part.of == ALTERED:
                edits += _edits(connection, act, part)
                continue
            records = unpack_records(part.of, read_content(connection, act, part))
            write_content(connection, act, part, None)
            numbers += ((part.of, n, one.id) for n, one in enumerate(records, part.first))
            edits += (Edit(part.of, one.id, None, one) for one in records)
        connection.executemany("INSERT OR IGNORE INTO withdrawn VALUES (?, ?, ?)", numbers)
        bulk.add_or_amend(edits)
    bulk.finish()


def _batches(
    connection: sqlite3.Connection, act: int, *, back: bool
) -> Iterator[Sequence[ImportPart]]:
    parts = list(parts_of(connection, act))
    for _, batch in groupby(reversed(parts) if back else parts, attrgetter("batch")):
        yield list(batch)


def _edits(connection: sqlite3.Connection, act: int, part: ImportPart) -> list[Edit]:
    return [as_edit(one) for one in unpack_edits(read_content(connection, act, part))]


def _is_independent(connection: sqlite3.Connection, act: int) -> bool:
    """Tell if only the import's own records can depend on the records that it added.

    Later changes are undone before an import is, except redactions. A stale
    passage may support events of other imports.
    """
    (other,) = connection.execute(
        """SELECT EXISTS (SELECT 1 FROM stale) OR EXISTS (
            SELECT 1 FROM log WHERE sequence > ? AND instr(line, '"act":"redaction"'))""",
        (act,),
    ).fetchone()
    return not other


def _is_self_contained(parts: Sequence[ImportPart], withdrawals: Sequence[Edit]) -> bool:
    """Tell if a batch consists of events with all claims about them and their new records."""
    if any(part.of == ALTERED for part in parts):
        return False
    return not split_new([Edit(one.table, one.id, None, one.before) for one in withdrawals])[1]


def _delete(connection: sqlite3.Connection, parts: Sequence[ImportPart]) -> None:
    """Delete records with their derived rows, on which no other row depends."""
    for part in parts:
        span = (part.first, part.last)
        if part.of == "articles":
            # an external-content FTS5 table needs the deleted text
            connection.execute(
                "INSERT INTO article_words (article_words, rowid, title, text)"
                " SELECT 'delete', n, title, text FROM articles WHERE n BETWEEN ? AND ?",
                span,
            )
        elif part.of in NAMED:
            connection.executemany(
                "DELETE FROM name_words WHERE rowid = ?",
                ((name_rowid(part.of, n),) for n in range(part.first, part.last + 1)),
            )
        elif part.of == "events":
            _delete_following(connection, span)
        if part.of in WITHIN:
            connection.execute(f"DELETE FROM {WITHIN[part.of]} WHERE member BETWEEN ? AND ?", span)
        # reserve the numbers, so that no other record gets them
        connection.execute(
            f"INSERT OR IGNORE INTO withdrawn SELECT ?, n, id FROM {part.of} WHERE n = ?",
            (part.of, part.last),
        )
        connection.execute(f"DELETE FROM {part.of} WHERE n BETWEEN ? AND ?", span)


def _delete_following(connection: sqlite3.Connection, span: tuple[int, int]) -> None:
    connection.execute(
        "DELETE FROM disputes WHERE subject IN (SELECT id FROM events WHERE n BETWEEN ? AND ?)",
        span,
    )
    for table in (*EVENT_ROWS, "event_flags"):
        connection.execute(f"DELETE FROM {table} WHERE event BETWEEN ? AND ?", span)
    connection.execute("DELETE FROM event_words WHERE rowid BETWEEN ? AND ?", span)
    facet_index.mark_changed(connection, range(span[0], span[1] + 1))
