"""Saving of a case beside another one that has taken its place."""

from pathlib import Path

from store.database import disk
from store.database.identity import path_for_unsaved
from store.document.log_file import LogFile
from store.document.snapshot import Rows, write_snapshot
from store.document.tinydb_file import SnapshotHead


def save_beside(case: Path, rows: Rows, head: SnapshotHead, log_file: LogFile) -> Path:
    """Write the records and the log of a case as a new case beside it, and return its path.

    Its owner alone can read it. Raises `OSError` and `UnwritableCase`: then
    nothing is left of it.
    """
    copy = path_for_unsaved(case, suffixes=(".log", ".lock", ".new"))
    log = copy.with_name(f"{copy.name}.log")
    if log_file.last:
        disk.write_new(log, log_file.content())
    try:
        write_snapshot(
            copy,
            rows,
            sequence=log_file.last or head.sequence,
            hash=log_file.hash or head.hash,
            based_on=head.based_on,
            keep=False,
        )
    except BaseException:
        disk.unlink(log)
        raise
    return copy
