"""Words taken out of the snapshots that are kept of a case."""

from pathlib import Path

import msgspec

from store.database.redaction import Redaction, redaction_of
from store.document.snapshot import all_kept, put_snapshot, rows_of
from store.document.tinydb_file import read_snapshot
from store.errors import RefusedChange, UnknownRecord, UsageError
from store.model.log_line import content_hash


def redact_kept(case: Path, asked: Redaction) -> None:
    """Redact the same in the snapshots that are kept of a case.

    Raises what `read_case` raises where one cannot be read, and `UnwritableCase`.
    """
    for file in all_kept(case):
        if not file.exists():
            continue
        snapshot = read_snapshot(file)
        held = {one.id: (table, one) for table, of in snapshot.tables.items() for one in of}
        try:
            _, edits = redaction_of(held, asked)
        except (UnknownRecord, UsageError, RefusedChange):
            continue  # it did not hold the words yet
        after = {edit.id: edit.after for edit in edits}
        rows = rows_of((table, after.get(id) or one) for id, (table, one) in held.items())
        head = snapshot.position
        if not snapshot.edited:
            head = msgspec.structs.replace(head, records=content_hash(rows))
        put_snapshot(file, rows, head, keep=False)
