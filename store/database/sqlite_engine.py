"""A case in an SQLite database, as an archive has it: its tables are the index, on the disk.

The log is one of them, so that an act and its entry are one transaction. One
process writes, under the lock of the case; others read what was last saved.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from store.database import sqlite
from store.database.apply import applied, transaction
from store.database.bulk_insert import BulkInsert
from store.database.disk import real
from store.database.engine import Batches, case_after, why_of
from store.database.facet_index import FacetBuild
from store.database.gc_pause import gc_paused
from store.database.import_parts import ImportRecorder, acts_of, has_parts
from store.database.import_undo import do_again, take_back
from store.database.lock import Lock
from store.database.log_entry import check_tables, entry_of
from store.database.log_table import DONE, UNDONE, LogTable
from store.database.reader import Reader
from store.database.redact_database import (
    empty_wal,
    forget_words,
    held_for,
    hide,
    last_held,
    others_holding,
)
from store.database.redaction import Redaction, redaction_of, told_by_hash
from store.errors import DamagedCase, ReadOnlyCase, UnreadableCase, UnwritableCase
from store.model.change import Change, Edit
from store.model.log_line import Act, Imported, Line, as_change, as_entry
from store.model.records import Case
from store.model.text_fields import FieldOfRecord


class SqliteEngine:
    """An open database. See `store.database.engine`."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Open the database at `path`; nothing that is done here grows with it.

        Raises an error of `store.errors`.
        """
        self.path = real(path)
        self.asking = threading.Lock()
        self.told: list[str] = []
        self.broken = ""
        self._writing = writing
        self._ledger = LogTable(self.path)
        self._lock = Lock(self.path) if writing else None
        try:
            self.connection: sqlite3.Connection = sqlite.connect(self.path, writing=writing)
            with self.reading():
                self.case = self._read_case()
                self._seen = self.last
                if lacks := self._ledger.lacks(self.connection):
                    self.told.append(f"{self.path}: {lacks}; verify tells more")
        except BaseException:
            self.close()
            raise

    def _read_case(self) -> Case:
        row = self.connection.execute("SELECT body FROM cases").fetchone()
        if row is None:
            raise DamagedCase(f"{self.path}: does not say what case it is", "is it one?")
        return msgspec.json.decode(row[0], type=Case)

    @property
    def end(self) -> tuple[int, str]:
        """The number and hash of the last entry, or of that after which the log begins."""
        return self._ledger.end(self.connection)

    def log(self) -> Iterator[Line]:
        """Every entry, from the first."""
        return self._ledger.after(self.connection, -1)

    @property
    def first(self) -> int:
        """The first entry of the log."""
        with sqlite.errors_of(self.path):
            return self._ledger.first(self.connection)

    @property
    def last(self) -> int:
        """The last entry of the log."""
        with sqlite.errors_of(self.path):
            return self._ledger.last(self.connection)

    @property
    def last_done(self) -> int | None:
        """The act that would be taken back next."""
        with sqlite.errors_of(self.path):
            return self._ledger.next_of(self.connection, DONE)

    @property
    def last_undone(self) -> int | None:
        """The act that would be done again next."""
        with sqlite.errors_of(self.path):
            return self._ledger.next_of(self.connection, UNDONE)

    def entry(self, sequence: int) -> Line:
        """An entry of the log."""
        with sqlite.errors_of(self.path):
            return self._ledger.entry(self.connection, sequence)

    def brought_by(self, id: str) -> frozenset[int]:
        """The imports that brought a record."""
        with sqlite.errors_of(self.path):
            return acts_of(self.connection, id)

    def lines(self) -> Iterator[Line]:
        """The entries that were added since."""
        with self.reading():
            found = list(self._ledger.after(self.connection, self._seen))
        for line in found:
            self._seen = line.sequence
            yield line

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Meanwhile a reader sees one state of the database, whatever the writer does."""
        try:
            with sqlite.errors_of(self.path):
                if self._writing:
                    yield
                    return
                self.connection.execute("BEGIN")
                try:
                    yield
                finally:
                    self.connection.execute("COMMIT")
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise DamagedCase(
                f"{self.path}: a record is not as it was written ({error})",
                "find out which with verify, and salvage it with doctor",
            ) from error

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Go on as the writer, with a connection that can write."""
        lock = Lock(self.path)
        try:
            changes = follow()
            connection = sqlite.connect(self.path, writing=True)
        except BaseException:
            lock.release()
            raise
        self.connection.close()
        self.connection, self._lock, self._writing = connection, lock, True
        return changes

    def make(self, change: Change, entry: Line) -> None:
        """Make a change and its entry in one transaction."""
        case = case_after(self.case, change)
        with self._saving(), applied(self.connection, change):
            self._write_case(self.connection, case)
            self._add(self.connection, entry)
        self.case = case

    def _write_case(self, connection: sqlite3.Connection, case: Case) -> None:
        if case != self.case:
            body = msgspec.json.encode(case).decode()
            connection.execute("UPDATE cases SET id = ?, body = ?", (case.id, body))

    def _add(self, connection: sqlite3.Connection, line: Line) -> None:
        self._seen = self._ledger.add(connection, line).sequence

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Meanwhile a transaction is made; where the disk fails, nothing is written any more."""
        if self.broken:
            raise UnwritableCase(*self._refusal())
        try:
            with sqlite.errors_of(self.path):
                yield
        except (UnwritableCase, UnreadableCase) as error:
            cause = error.__cause__
            busy = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF not in busy:
                self.broken = str(cause)
                raise UnwritableCase(*self._refusal()) from cause
            raise

    def _refusal(self) -> tuple[str, str]:
        return (
            f"{self.path}: the change cannot be saved ({self.broken})",
            "the case is read-only from now on; see to the disk, and open it again",
        )

    def take_over(self, line: Line) -> Change | None:
        """What somebody else has done: it is in the tables already."""
        if not line.edits and line.imported is None:
            return None
        change = as_change(as_entry(line))
        if change is not None:
            self.case = case_after(self.case, change)
        return change

    def take_in(self, change: Change, what: Callable[[], Imported], batches: Batches) -> None:
        """Make an import, on a connection of its own, so that others may ask meanwhile."""

        def bring(connection: sqlite3.Connection, act: int) -> Line:
            bringing = ImportRecorder(connection, act)
            bulk = BulkInsert(connection, bringing)
            for batch in batches:
                check_tables(batch)
                bulk.add_or_amend(batch)
                bringing.end_batch()
            bulk.end()
            imported = what()
            entry = entry_of(
                change._replace(why=why_of(imported)), imported=imported, content=bringing.content
            )
            return entry

        self._apart(bring)

    def again(self, line: Line, change: Change, act: Act) -> bool:
        """Take back, or do again, an import whose records are kept beside the log."""
        with self.asking, sqlite.errors_of(self.path):
            if line.edits or not has_parts(self.connection, line.sequence):
                return False
        turn = take_back if act is Act.UNDO else do_again
        entry = entry_of(
            change,
            act=act,
            undoes=line.sequence if act is Act.UNDO else None,
            redoes=line.sequence if act is Act.REDO else None,
            imported=line.imported,
        )

        def bring(connection: sqlite3.Connection, _: int) -> Line:
            turn(connection, line.sequence)
            return entry

        self._apart(bring)
        return True

    def _apart(self, bring: Callable[[sqlite3.Connection, int], Line]) -> None:
        """Do something that takes long in one transaction, on a connection of its own.

        It is given the sequence number of its entry, and gives the entry.
        """
        with self._saving():
            connection = sqlite.connect(self.path, writing=True)
            try:
                sqlite.for_import(connection)
                with gc_paused(), transaction(connection):
                    act = self._ledger.end(connection)[0] + 1
                    self._add(connection, bring(connection, act))
            finally:
                connection.close()

    def keep(self, build: Callable[[Reader], FacetBuild]) -> None:
        """Keep what follows from the records, on a connection of its own.

        Others may change the case while it is worked out: then it is not kept.
        """
        with sqlite.errors_of(self.path):
            connection = sqlite.connect(self.path, writing=True)
            try:
                connection.execute("BEGIN")
                build(connection).write(connection)
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
            finally:
                connection.close()

    def redact(self, id: str, field: str, words: str, change: Change) -> list[FieldOfRecord]:
        """Take words out of the database, and out of what lies beside it."""
        asked = Redaction(id, field, words)
        with self.asking, self._saving():
            held = held_for(self.connection, self.case, id)
            gone = {} if held else last_held(self.connection, self._ledger, id)
            made, edits = redaction_of({**held, **gone}, asked)
            if gone:  # nothing is left of it that could be altered
                edits = [Edit(edit.table, edit.id, None, None) for edit in edits]
            with self._naming():
                empty_wal(self.connection)
            change = change._replace(edits=tuple(edits))
            entry = told_by_hash(entry_of(change, act=Act.REDACTION))
            case = case_after(self.case, change)
            with applied(self.connection, change):
                self._write_case(self.connection, case)
                entry = hide(self.connection, self._ledger, made, edits, entry)
                self._add(self.connection, entry)
            self.case = case
            others = others_holding(self.connection, case, made)
            with self._naming():
                forget_words(self.connection)
        return others

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """An error meanwhile names the database."""
        try:
            yield
        except ReadOnlyCase as error:
            error.message = f"{self.path}: {error.message}"
            raise

    def rest(self, changing: threading.Lock) -> None:
        """Nothing: what is acknowledged is in the database."""

    def close(self) -> None:
        """Let the database and the lock go."""
        try:
            if hasattr(self, "connection"):
                self.connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()
                self._lock = None
