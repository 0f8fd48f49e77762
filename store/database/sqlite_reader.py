"""The reading side of an open database: its case, its log, and readers for queries."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from store.database import sqlite
from store.database.checksums import checked
from store.database.engine import case_after
from store.database.identity import OPEN_AGAIN
from store.database.import_edits import import_edits
from store.database.import_parts import imports_of
from store.database.log_table import DONE, UNDONE, LogTable
from store.database.open_connections import LostConnection
from store.database.open_files import OpenFiles
from store.database.reader_pool import ReaderPool
from store.errors import DamagedCase, ReplacedCase, UnreadableCase
from store.model.change import Change, Edit
from store.model.log_line import Line, as_change, as_entry
from store.model.records import Case
from store.reader import Reader

_INCONSISTENT = (LookupError, TypeError, ValueError, AttributeError, AssertionError)
"""The errors of a query of which the rows contradict each other, as those of damaged indexes do."""


class SqliteReader:
    """An open database as readers see it; `store.database.sqlite_engine` opens and changes it."""

    path: Path
    case: Case
    connection: sqlite3.Connection
    query_lock: threading.Lock
    replaced: str
    """What became of the file while it was open; empty where it is in its place."""
    _writing: bool
    _log: LogTable
    _files: OpenFiles
    _readers: ReaderPool
    _last_seen: int

    def _read_case(self) -> Case:
        body = checked("cases", "body")
        row = self.connection.execute(f"SELECT {body} FROM cases").fetchone()
        if row is None:
            raise DamagedCase(f"{self.path}: has no case record", "check that it is the right file")
        return msgspec.json.decode(row[0], type=Case)

    @property
    def end(self) -> tuple[int, str]:
        """The number and hash of the last entry, or of the one before the log begins."""
        return self._log.end(self.connection)

    def log(self) -> Iterator[Line]:
        """Every entry, from the first."""
        return self._log.after(self.connection, -1)

    @property
    def first(self) -> int:
        """The number of the first entry of the log."""
        with sqlite.translating_errors(self.path):
            return self._log.first(self.connection)

    @property
    def last(self) -> int:
        """The number of the last entry of the log."""
        with sqlite.translating_errors(self.path):
            return self._log.last(self.connection)

    @property
    def next_undo(self) -> int | None:
        """The number of the entry that the next undo reverses."""
        with sqlite.translating_errors(self.path):
            return self._log.next_act(self.connection, DONE)

    @property
    def next_redo(self) -> int | None:
        """The number of the entry that the next redo applies."""
        with sqlite.translating_errors(self.path):
            return self._log.next_act(self.connection, UNDONE)

    def entry(self, sequence: int) -> Line:
        """Read an entry of the log."""
        with sqlite.translating_errors(self.path):
            return self._log.entry(self.connection, sequence)

    def imports_of(self, id: str) -> frozenset[int]:
        """The imports that added or altered a record."""
        with sqlite.translating_errors(self.path):
            return imports_of(self.connection, id)

    def lines(self) -> Iterator[Line]:
        """Read the entries that were added since the log was last read."""
        if lost := self._files.lost():
            self._refuse_lost()
            self.replaced = f"{self.path}: {lost} while it was open"
            raise ReplacedCase(self.replaced, OPEN_AGAIN)
        with self.reading():
            found = list(self._log.after(self.connection, self._last_seen))
        for line in found:
            self._last_seen = line.sequence
            yield line

    def replay(self, line: Line) -> Change | None:
        """Return the change of another writer's entry, whose rows are in the tables already."""
        if not line.edits and line.imported is None:
            return None
        change = as_change(as_entry(line))
        if change is not None:
            self.case = case_after(self.case, change)
        return change

    def import_edits(self, line: Line) -> Iterator[Edit]:
        """The edits of an import, or of its undo or redo, that are stored beside the log."""
        return import_edits(self.connection, line)

    def keep_index(self) -> None:
        """Do nothing, as the database is the index."""

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Lend a connection of its own to a query, which waits for no other query or change."""
        self._refuse_overwritten()
        try:
            with self._translating_errors(), self._readers.reader() as connection:
                try:
                    yield connection
                except _INCONSISTENT as error:
                    if fault := sqlite.page_fault(connection):
                        raise DamagedCase(
                            f"{self.path}: is damaged ({fault})", "salvage it with doctor"
                        ) from error
                    raise
        except (DamagedCase, UnreadableCase):
            self._refuse_overwritten()  # just now
            raise

    def _refuse_overwritten(self) -> None:
        """Raise `ReplacedCase` where another program has written into the file."""
        if self._files.overwritten:
            with self.query_lock:
                self._refuse_lost()

    def _refuse_lost(self) -> None:
        """Read no more of a file that was overwritten, and raise `ReplacedCase`.

        The caller holds the query lock.
        """
        if self._files.overwritten and not isinstance(self.connection, LostConnection):
            self.replaced = f"{self.path}: was overwritten by another program while it was open"
            self._readers.retire()
            self.connection.close()
            self.connection = LostConnection.saying(self.replaced)
        if isinstance(self.connection, LostConnection):
            raise ReplacedCase(self.replaced, OPEN_AGAIN)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Give the log one state of the database within the context, whatever the writer does."""
        with self._translating_errors():
            if self._writing:
                yield
                return
            self._refuse_lost()
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                sqlite.end_reading(self.connection)

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        """Raise an error of `store.errors` for one of SQLite, or of a record that is no record."""
        try:
            with sqlite.translating_errors(self.path):
                yield
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise DamagedCase(
                f"{self.path}: a record is damaged ({error})",
                "find it with verify, and salvage the case with doctor",
            ) from error
