"""Redaction of the backups of a case file, and the room that a redaction needs."""

from pathlib import Path

import msgspec

from store.database import disk
from store.database.purge import require_room
from store.database.redaction import Redaction, redaction_of
from store.document.backups import backup_paths
from store.document.snapshot import encode_rows, put_snapshot
from store.document.tinydb_file import read_snapshot
from store.errors import RefusedChange, UnknownRecord, UnreadableCase, UsageError
from store.model.log_line import content_hash


def check_space(case: Path) -> None:
    """Raise `UnwritableCase` where the disk has no room for a redaction of these files.

    Each file is written anew before the old one goes, and one more backup is kept.
    """
    sizes = [one.stat().st_size for one in _files(case) if one.exists()]
    hint = "make room there, such as by removing old backups"
    require_room(case, case.absolute().parent, 2 * max(sizes, default=0) + (1 << 16), hint)


def _files(case: Path) -> list[Path]:
    return [case, case.with_name(case.name + ".log"), *backup_paths(case)]


def redact_backups(case: Path, request: Redaction) -> None:
    """Redact the same words in the backups of a case file.

    Raises what `read_case` raises where one cannot be read, and `UnwritableCase`.
    """
    for file in backup_paths(case):
        if not disk.exists(file):
            continue
        if why := disk.irregular(file):
            raise UnreadableCase(f"{file}: cannot be read ({why})", "move it away")
        snapshot = read_snapshot(file)
        records = {one.id: (table, one) for table, of in snapshot.tables.items() for one in of}
        try:
            _, edits = redaction_of(records, msgspec.structs.replace(request, logged=False))
        except (UnknownRecord, UsageError, RefusedChange):
            continue  # this backup does not contain the words
        after = {edit.id: edit.after for edit in edits}
        rows = encode_rows((table, after.get(id) or one) for id, (table, one) in records.items())
        head = snapshot.position
        if not snapshot.edited:
            head = msgspec.structs.replace(head, records=content_hash(rows))
        put_snapshot(file, rows, head, keep=False)
