"""A sound database of the rows that the pages of a damaged one hold, whatever its schema says.

It has the records, the log and what imports brought, and nothing that follows from
claims. Which of the records still stand, the log says (`store.custody.log_verdict`).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from store.custody.page_file import PageFile
from store.custody.page_reader import PageReader, Row
from store.custody.recovered_rows import RowIdentifier
from store.database import disk, sqlite
from store.database.lock import Lock
from store.database.open_connections import is_open_here
from store.database.read_records import INDEXED
from store.errors import ReadOnlyCase, UnreadableCase, UnwritableCase

_UNCERTAIN = """
    CREATE TEMP TABLE uncertain (
        of TEXT NOT NULL, n INTEGER NOT NULL, listed INTEGER NOT NULL, PRIMARY KEY (of, n))"""


class RecoveredDatabase:
    """The rows that were found, in the tables of `connection`.

    Its table `uncertain` has the records that were perhaps withdrawn or altered
    since, and if their pages list them. `wiped` tells that no page is known to hold
    deleted rows, `damaged` are the numbers of the damaged pages, and `altered` the
    ids of records of which bytes were altered. `as_found` has the JSON of those of
    these that were certainly in use.
    """

    def __init__(self, connection: sqlite3.Connection, pages: PageFile) -> None:
        self.connection = connection
        identify = RowIdentifier()
        reader = PageReader(pages, identify)
        connection.execute(_UNCERTAIN)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        # the most certain and the newest come first: nothing takes their places
        self._insert(reader.listed(certain=True))
        self.as_found = dict(identify.altered)
        self._insert(reader.in_damaged_frames())
        self._insert(reader.listed(certain=False))
        self._insert(reader.unlisted())
        connection.execute("COMMIT")
        self.damaged, self.altered = reader.damaged, identify.altered.keys()
        self.wiped = pages.wiped and not reader.has_orphans

    def _insert(self, rows: Iterable[Row]) -> None:
        for table, columns, certain, listed in rows:
            marks = ", ".join("?" * len(columns))
            made = self.connection.execute(
                f"INSERT OR IGNORE INTO {table} VALUES ({marks})", columns
            )
            if made.rowcount and not certain and table in INDEXED:
                self.connection.execute(
                    "INSERT INTO uncertain VALUES (?, ?, ?)", (table, columns[0], listed)
                )


@contextmanager
def recovered_database(path: Path, copy: Path) -> Iterator[RecoveredDatabase]:
    """Lend what the database at `path` holds, in a new database at `copy`, deleted at the end.

    Raises `ReadOnlyCase` where somebody is writing it, `UnreadableCase`, and
    `OSError` and `sqlite3.Error` where the copy cannot be written.
    """
    if is_open_here(path):
        raise ReadOnlyCase(f"{path}: is open in this program", "close it first")
    with ExitStack() as ends:
        if disk.exists(path.with_name(path.name + ".lock")):
            ends.callback(_locked(path))
        file = ends.enter_context(_opened(path))
        wal, _ = sqlite.wal_files(path)
        wal_file = ends.enter_context(_opened(wal)) if disk.exists(wal) else None
        ends.callback(_delete, copy)
        connection = sqlite.create(copy)
        ends.callback(connection.close)
        yield RecoveredDatabase(connection, PageFile(file, wal_file))


def _locked(path: Path) -> Callable[[], None]:
    """Keep others from writing the case, and return a function that ends this."""
    try:
        return Lock(path).release
    except (ReadOnlyCase, UnwritableCase) as error:
        if isinstance(error.__cause__, BlockingIOError):
            raise
        return lambda: None  # nobody can write where no lock can be taken


def _opened(path: Path) -> BinaryIO:
    try:
        return disk.open_to_read(path)
    except OSError as error:
        raise UnreadableCase(
            f"{path}: cannot be read ({error.strerror})", "check its permissions, and the disk"
        ) from error


def _delete(database: Path) -> None:
    for file in (database, *sqlite.wal_files(database)):
        disk.unlink(file)
