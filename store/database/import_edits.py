"""The edits of an import into a database, read from the records and from what is stored of it."""

import sqlite3
from collections.abc import Iterator

from store.database.import_parts import (
    ALTERED,
    ImportPart,
    parts_of,
    read_content,
    unpack_edits,
    unpack_records,
)
from store.database.read_records import numbered
from store.model.change import Edit
from store.model.log_line import Line, LineEdit, as_edit, is_redacted
from store.model.records import AnyRecord


def import_edits(connection: sqlite3.Connection, line: Line) -> Iterator[Edit]:
    """The edits of an import, or of its undo or redo; added records are as they are now.

    Of an added record that was withdrawn since neither side is known. Edits that were
    redacted are left out.
    """
    act = line.undoes or line.redoes or line.sequence
    for part in parts_of(connection, act):
        edits = _altered(connection, act, part) if part.of == ALTERED else []
        if part.of != ALTERED:
            edits = [
                Edit(part.of, id, None, one) for id, one in _added(connection, act, part).items()
            ]
        for table, id, before, after in edits:
            yield Edit(table, id, after, before) if line.undoes else Edit(table, id, before, after)


def _altered(connection: sqlite3.Connection, act: int, part: ImportPart) -> list[Edit]:
    stored: list[LineEdit] = unpack_edits(read_content(connection, act, part))
    return [as_edit(one) for one in stored if not _is_hidden(one)]


def _is_hidden(edit: LineEdit) -> bool:
    return is_redacted(edit.before) or is_redacted(edit.after)


def _added(
    connection: sqlite3.Connection, act: int, part: ImportPart
) -> dict[str, AnyRecord | None]:
    (content,) = connection.execute(
        "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part.part)
    ).fetchone()
    if content is not None:
        return {one.id: one for one in unpack_records(part.of, bytes(content))}
    gone = connection.execute(
        "SELECT id FROM withdrawn WHERE of = ? AND n BETWEEN ? AND ?",
        (part.of, part.first, part.last),
    )
    found: dict[str, AnyRecord | None] = {id: None for (id,) in gone}
    rows = numbered(connection, part.of, "n BETWEEN ? AND ?", part.first, part.last)
    found |= {one.id: one for _, one in rows}
    return found
