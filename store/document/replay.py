"""Records with the changes of a log, and the changes between two sets of records."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from store.document.log_file import SALVAGE_HINT
from store.document.tinydb_file import Tables
from store.errors import DamagedCase
from store.model.change import Edit
from store.model.log_line import Line, Redacted, as_entry
from store.model.records import AnyRecord, ById


def with_changes(where: Path, tables: Tables, lines: Iterable[Line]) -> Tables:
    """Apply the changes of these entries to the records.

    Raises `DamagedCase` where an entry does not fit its record, or is redacted.
    """
    held: dict[str, dict[str, AnyRecord]] = {}
    for line in lines:
        if not held:
            held = {table: {one.id: one for one in rows} for table, rows in tables.items()}
            if any(len(held[table]) < len(rows) for table, rows in tables.items()):
                return tables  # indexing them raises an error that names the repeated id
        _apply_line(where, held, line)
    return {table: list(rows.values()) for table, rows in held.items()} or tables


def _apply_line(where: Path, held: dict[str, dict[str, AnyRecord]], line: Line) -> None:
    try:
        entry = as_entry(line)
    except msgspec.ValidationError as error:
        raise DamagedCase(
            f"{where}: entry {line.sequence} of its log: {error}", SALVAGE_HINT
        ) from error
    for table, id, before, after in entry.edits:
        rows = held.get(table, {})
        if isinstance(after, Redacted):
            raise DamagedCase(
                f"{where}: entry {line.sequence} of its log: {table} {id} was redacted",
                "open a snapshot that is newer than the redaction",
            )
        if not isinstance(before, Redacted) and rows.get(id) != before:
            raise DamagedCase(
                f"{where}: entry {line.sequence} of its log does not fit: {table} {id} differs",
                SALVAGE_HINT,
            )
        if after is None:
            rows.pop(id, None)
        else:
            rows[id] = after


def edits_between(before: ById, current: ById) -> Sequence[Edit]:
    """The edits that turn `before` into `current`."""
    edits = []
    for id in {**before, **current}:
        (table, was), (of, is_) = before.get(id, ("", None)), current.get(id, ("", None))
        if was != is_:
            edits.append(Edit(of or table, id, was, is_))
    return edits
