"""The check of the records of a case file against its log: as its last entries left them."""

from collections.abc import Iterable, Iterator

from store.database.undo_stack import omits_edits
from store.document.tinydb_file import Snapshot
from store.model.log_line import Line, commitment, commitment_of, is_null
from store.model.records import SCHEMA

LastEdits = dict[str, tuple[str, str | None]]
"""The table of each record by id, and its hash after its last edit, None if that withdrew it."""


def unlogged_records(snapshot: Snapshot, lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """Find records that stand otherwise than the log says: which, and the fault."""
    known = _last_edits(line for line in lines if line.sequence <= snapshot.position.sequence)
    for table, held in snapshot.tables.items():
        for one in held:
            if one.id not in known:
                continue
            of, after = known.pop(one.id)
            if after is None:
                yield f"{table} {one.id}", "is there, but the log says that it was withdrawn"
            elif (of, after) != (table, commitment_of(one)):
                yield f"{table} {one.id}", "differs from what the last entry about it left"
    for id, (table, after) in known.items():
        if after is not None:
            yield f"{table} {id}", "is missing, but no entry of the log withdrew it"


def _last_edits(lines: Iterable[Line]) -> LastEdits:
    """The last edits of the log; nothing is known before an entry that omits what it edited.

    Nor is anything known of a record as an entry of an older schema left it.
    """
    known: LastEdits = {}
    for line in lines:
        if omits_edits(line) or (line.content and not line.edits):
            known.clear()
        for edit in line.edits:
            known.pop(edit.id, None)
            if line.schema == SCHEMA:
                known[edit.id] = edit.table, None if is_null(edit.after) else commitment(edit.after)
    return known
