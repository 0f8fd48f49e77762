"""An import of a database taken back, and done again, batch by batch."""

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
    keep,
    kept,
    pack_records,
    parts_of,
    unpack_edits,
    unpack_records,
)
from store.database.new_records import divided
from store.database.read_records import numbered
from store.database.record_rows import EVENT_ROWS, NAMED, WITHIN, name_row
from store.model.change import Edit
from store.model.log_line import as_edit
from store.model.records import SCHEMA


def take_back(connection: sqlite3.Connection, act: int) -> None:
    """Withdraw what an import added, and restore what it altered; the last batch first.

    The records that are withdrawn are kept with their part. A transaction is
    under way. Raises `RefusedChange` where something that stays rests on them.
    """
    alone = _alone(connection, act)
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
            keep(connection, act, part, pack_records(records))
            edits += (Edit(part.of, one.id, one, None) for one in records)
        if alone and _are_whole(parts, edits):
            _delete(connection, parts)
        else:
            amend(connection, edits)


def do_again(connection: sqlite3.Connection, act: int) -> None:
    """Make an import again that was taken back; each record gets the number that it had.

    A transaction is under way.
    """
    bulk = BulkInsert(connection, None)
    for parts in _batches(connection, act, back=False):
        edits: list[Edit] = []
        numbers: list[tuple[str, int, str]] = []
        for part in parts:
            if part.of == ALTERED:
                edits += _edits(connection, act, part)
                continue
            records = unpack_records(part.of, kept(connection, act, part))
            keep(connection, act, part, None)
            numbers += ((part.of, n, one.id) for n, one in enumerate(records, part.first))
            edits += (Edit(part.of, one.id, None, one) for one in records)
        connection.executemany("INSERT OR IGNORE INTO withdrawn VALUES (?, ?, ?)", numbers)
        bulk.add_or_amend(edits)
    bulk.end()


def _batches(
    connection: sqlite3.Connection, act: int, *, back: bool
) -> Iterator[Sequence[ImportPart]]:
    parts = list(parts_of(connection, act))
    for _, batch in groupby(reversed(parts) if back else parts, attrgetter("batch")):
        yield list(batch)


def _edits(connection: sqlite3.Connection, act: int, part: ImportPart) -> list[Edit]:
    return [as_edit(one, SCHEMA) for one in unpack_edits(kept(connection, act, part))]


def _alone(connection: sqlite3.Connection, act: int) -> bool:
    """Whether nothing can rest on what an import brought but what it brought itself.

    What was done after it was taken back before it, but for what a redaction
    made last. Nor may a passage be stale that others rest on, too.
    """
    (other,) = connection.execute(
        """SELECT EXISTS (SELECT 1 FROM stale) OR EXISTS (
            SELECT 1 FROM log WHERE sequence > ? AND instr(line, '"act":"redaction"'))""",
        (act,),
    ).fetchone()
    return not other


def _are_whole(parts: Sequence[ImportPart], withdrawals: Sequence[Edit]) -> bool:
    """Whether a batch is of events with all that is claimed of them, and of what is new in that."""
    if any(part.of == ALTERED for part in parts):
        return False
    return not divided([Edit(one.table, one.id, None, one.before) for one in withdrawals])[1]


def _delete(connection: sqlite3.Connection, parts: Sequence[ImportPart]) -> None:
    """Delete records and all that follows from them; nothing else follows from them."""
    for part in parts:
        span = (part.first, part.last)
        if part.of == "articles":
            # the words stand in `articles` only, and FTS5 must be told which go
            connection.execute(
                "INSERT INTO article_words (article_words, rowid, title, text)"
                " SELECT 'delete', n, title, text FROM articles WHERE n BETWEEN ? AND ?",
                span,
            )
        elif part.of in NAMED:
            connection.executemany(
                "DELETE FROM name_words WHERE rowid = ?",
                ((name_row(part.of, n),) for n in range(part.first, part.last + 1)),
            )
        elif part.of == "events":
            _delete_following(connection, span)
        if part.of in WITHIN:
            connection.execute(f"DELETE FROM {WITHIN[part.of]} WHERE member BETWEEN ? AND ?", span)
        # so that no other record gets these numbers
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
    facet_index.changed(connection, range(span[0], span[1] + 1))
