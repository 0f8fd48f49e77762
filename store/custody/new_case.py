"""New cases: an empty one, or one with records that are already known."""

from pathlib import Path

from store.custody.pack_database import disk_errors_as
from store.database.create import create_database
from store.database.sqlite import has_database_suffix
from store.document.snapshot import encode_rows, write_snapshot
from store.document.snapshot import stream_case as stream_case
from store.document.snapshot import write_case as write_case
from store.model.records import Case


def create_case(path: Path, case: Case) -> None:
    """Write a case that holds nothing but its own record: a database if its name says so.

    Raises `UnwritableCase`.
    """
    if has_database_suffix(path):
        with disk_errors_as(path):
            create_database(path, case)
    else:
        write_snapshot(path, encode_rows([("case", case)]), sequence=0, hash=None)
