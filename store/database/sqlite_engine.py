"""The storage of a case in an SQLite database, whose tables are the index itself.

The log is a table too, so that a change and its entry are one transaction. One
process writes, holding the lock of the case; others read what was last saved.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from store.database import facet_index, sqlite
from store.database.apply import applied, transaction, tried
from store.database.beside import copied_beside
from store.database.checksums import update_checksums
from store.database.disk import resolve_link
from store.database.engine import AddEntry, Batches, Serverless, case_after
from store.database.facet_build import FacetBuild
from store.database.gc_pause import gc_paused
from store.database.identity import REPLACED_HINT
from store.database.import_parts import has_parts
from store.database.import_work import LongWork, import_work, turn_work
from store.database.lock import Lock
from store.database.log_entry import entry_of
from store.database.log_table import LogTable
from store.database.open_connections import LostConnection, never_close
from store.database.open_files import OpenFiles, empty_wal_if_free, refuse_second_name
from store.database.purge import check_space, empty_wal, mark_unpurged, purge, unpurged_message
from store.database.reader_pool import ReaderPool
from store.database.redact_database import (
    fields_in_case,
    last_logged_version,
    record_with_passages,
    redact_log,
)
from store.database.redaction import Redaction, redaction_of, without_old_content
from store.database.sqlite_reader import SqliteReader
from store.errors import (
    ConflictError,
    ReadOnlyCase,
    ReplacedCase,
    UnpurgedRedaction,
    UnreadableCase,
    UnwritableCase,
)
from store.model.change import Change, Edit
from store.model.log_line import Act, Imported, Line
from store.model.records import Case
from store.model.text_fields import FieldOfRecord
from store.reader import Reader


class SqliteEngine(Serverless, SqliteReader):
    """An open database. See `store.database.engine`."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Open the database at `path`, in a time that does not depend on its size.

        Raises an error of `store.errors`.
        """
        self.path = resolve_link(path)
        self.query_lock = threading.Lock()
        self.notices: list[str] = []
        self.broken = self.replaced = ""
        self._writing = writing
        self._log = LogTable(self.path)
        self._files = OpenFiles(self.path)
        self._readers = ReaderPool(self.path, self._files.lost)
        self._copy: Path | None = None
        self._unsaved = False
        self._lock = Lock(self.path) if writing else None
        try:
            if writing:
                refuse_second_name(self.path)
                self._files.watch()
            self.connection: sqlite3.Connection = sqlite.connect(self.path, writing=writing)
            if not writing:
                self._files.watch_another()
            with self.reading():
                self.case = self._read_case()
                self._last_seen = self.last
                if missing := self._log.missing_entries(self.connection):
                    self.notices.append(f"{self.path}: {missing}; check it with verify")
                if not writing and (unpurged := unpurged_message(self.connection)):
                    self.notices.append(f"{self.path}: {unpurged}")
            if writing:
                self._unsaved = self._files.note_wal(self.connection)
        except BaseException:
            self.close()
            raise

    def finish_redaction(self, when: str) -> None:
        """Purge the words of redactions that were interrupted, and add a notice about that."""
        with self.query_lock, self._readers.paused():
            if not unpurged_message(self.connection):
                return
            try:
                self._purge()
            except UnpurgedRedaction as error:
                self.notices.append(f"{error.message}; {error.hint}")
            else:
                self.notices.append(f"{self.path}: a redaction was not finished, and now is")

    def _purge(self) -> None:
        """Purge redacted words.

        Raises `UnpurgedRedaction`; the case is then read-only if the disk failed.
        """
        try:
            purge(self.connection, self.path)
        except UnpurgedRedaction as error:
            if isinstance(error.__cause__, sqlite3.Error) and not sqlite.is_busy(error.__cause__):
                self.broken = str(error.__cause__)
            raise
        finally:
            self._files.note_content(self.connection)  # VACUUM moves it to another page

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Become the writer, with a new connection."""
        lock = Lock(self.path)
        try:
            refuse_second_name(self.path)
            changes = follow()
            self._files.watch()
            connection = sqlite.connect(self.path, writing=True)
        except BaseException:
            lock.release()
            raise
        self.connection.close()
        self.connection, self._lock, self._writing = connection, lock, True
        self._unsaved = self._files.note_wal(self.connection)
        return changes

    def apply_change(self, change: Change, entry: Line) -> None:
        """Apply a change and log it in one transaction."""
        case = case_after(self.case, change)
        self._require_ours()
        with self._saving(), applied(self.connection, change):
            self._write_case(self.connection, case)
            self._add_to_log(self.connection, entry)
        self.case = case

    def add_entries(self, work: Callable[[AddEntry], None], when: str) -> None:
        """Apply several changes and log them in one transaction."""
        self._require_ours()
        case = self.case

        def add(change: Change, entry: Line) -> bool:
            nonlocal case
            if not tried(self.connection, change):
                return False
            case = case_after(case, change)
            self._write_case(self.connection, case)
            self._add_to_log(self.connection, entry)
            return True

        with self._saving(), gc_paused(), transaction(self.connection):
            work(add)
        self.case = case

    def _write_case(self, connection: sqlite3.Connection, case: Case) -> None:
        if case != self.case:
            body = msgspec.json.encode(case).decode()
            connection.execute("UPDATE cases SET id = ?, body = ?", (case.id, body))
            update_checksums(connection, "cases", "1")

    def _add_to_log(self, connection: sqlite3.Connection, line: Line) -> Line:
        """Append a line within the transaction of its change; return it with its place and hash."""
        self._unsaved = True
        line = self._log.add(connection, line)
        self._last_seen = line.sequence
        self._files.expect(line.hash)
        return line

    def _require_ours(self) -> None:
        """Save a copy and raise `ReplacedCase` where the database is no longer in its place."""
        if self._copy is None and (lost := self._files.lost()):
            self.replaced = f"{self.path}: {lost} while it was open; {self._save_beside()}"
        if self.replaced:
            raise ReplacedCase(self.replaced, REPLACED_HINT)

    def _refuse_lost(self) -> None:
        if self._writing:
            self._require_ours()
        else:
            super()._refuse_lost()

    def _save_beside(self) -> str:
        """Save a copy, read it from now on, and say where it is; leave nothing by the newcomer."""
        if self._files.overwritten:
            return self._set_aside()
        try:
            reader, copy = self._files.save_beside(self.connection)
        except (OSError, sqlite3.Error, ConflictError) as error:
            return f"what was saved could not be copied beside it ({error})"
        self._readers.move_to(copy)
        self.connection.close()
        self.connection, self._copy = reader, copy
        self._files.remove_wal()
        without = copied_beside(self.path, copy)
        return "; ".join(filter(None, (f"every saved change is in {copy}", without)))

    def _set_aside(self) -> str:
        """Keep what is not yet in an overwritten file, write nothing into it, and say so."""
        try:
            aside = self._files.set_changes_aside()
        except OSError as error:
            return f"its last changes could not be copied beside it ({error.strerror})"
        self._readers.retire()
        self.connection.close()
        self._files.delete_wal()
        self._copy = aside or self.path
        kept = f"its last changes are kept in {aside}" if aside else "all its changes were in it"
        self.connection = LostConnection.saying(f"{self.path}: was overwritten; {kept}")
        return kept

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Guard a transaction: after an error of the disk the case is read-only."""
        if self.broken:
            raise UnwritableCase(*self._refusal())
        try:
            with sqlite.translating_errors(self.path):
                yield
                self._files.note_content(self.connection)
        except (UnwritableCase, UnreadableCase) as error:
            cause = error.__cause__
            if isinstance(cause, sqlite3.Error) and not sqlite.is_busy(cause):
                self.broken = str(cause)
                raise UnwritableCase(*self._refusal()) from cause
            raise

    def _refusal(self) -> tuple[str, str]:
        return (
            f"{self.path}: the change cannot be saved ({self.broken})",
            "the case is read-only from now on; check the disk, and open it again",
        )

    def import_batches(
        self, change: Change, what: Callable[[], Imported], batches: Batches
    ) -> None:
        """Import on a separate connection, so that queries can run meanwhile."""
        self._in_long_transaction(import_work(change, what, batches))

    def undo_or_redo_import(self, line: Line, change: Change, act: Act) -> bool:
        """Undo or redo an import whose records are stored beside the log."""
        with self.query_lock, sqlite.translating_errors(self.path):
            if line.edits or not has_parts(self.connection, line.sequence):
                return False
        self._in_long_transaction(turn_work(line, change, act))
        return True

    def _in_long_transaction(self, work: LongWork) -> None:
        """Run long work in one transaction on a separate connection."""
        with self.query_lock:
            self._require_ours()
        with ExitStack() as committing:

            def look() -> None:
                # so that no copy is saved between this look and the commit
                committing.enter_context(self.query_lock)
                self._require_ours()

            self._long_transaction(work, look)

    def _long_transaction(self, work: LongWork, before_commit: Callable[[], None]) -> None:
        with self._saving():
            connection = sqlite.connect(self.path, writing=True)
            try:
                sqlite.tune_for_import(connection)
                with gc_paused(), transaction(connection):
                    act = self._log.end(connection)[0] + 1
                    self._add_to_log(connection, work(connection, act))
                    before_commit()
            finally:
                connection.close()

    def store_facet_index(self, build: Callable[[Reader], FacetBuild]) -> None:
        """Build and store the facet index on a separate connection.

        If the case is changed meanwhile, the index is not stored.
        """
        with self.query_lock:
            self._require_ours()
        with sqlite.translating_errors(self.path):
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

    def redact(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact words in the database and in its WAL."""
        with self.query_lock, self._readers.paused():
            self._require_ours()
            with self._saving():
                remaining = self._redact(request, change)
            self._purge()
        return remaining

    def _redact(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact the records, the log and the stored imports, in one transaction."""
        id = request.id
        records = record_with_passages(self.connection, self.case, id)
        withdrawn = {} if records else last_logged_version(self.connection, self._log, id)
        redaction, edits = redaction_of({**records, **withdrawn}, request)
        if withdrawn:  # there is no record left that could be altered
            edits = [Edit(edit.table, edit.id, None, None) for edit in edits]
        check_space(self.connection, self.path)
        with self._naming_database():
            empty_wal(self.connection)
        change = change._replace(edits=tuple(edits))
        entry = without_old_content(entry_of(change, act=Act.REDACTION))
        case = case_after(self.case, change)
        with applied(self.connection, change):
            self._write_case(self.connection, case)
            entry = redact_log(self.connection, self._log, redaction, edits, entry)
            self._add_to_log(self.connection, entry)
            mark_unpurged(self.connection, self._last_seen)
            facet_index.drop(self.connection)  # it has the words of titles
            remaining = fields_in_case(self.connection, case, redaction)
        self.case = case
        return remaining

    @contextmanager
    def _naming_database(self) -> Iterator[None]:
        """Add the path of the database to an error within the context."""
        try:
            yield
        except ReadOnlyCase as error:
            error.message = f"{self.path}: {error.message}"
            raise

    def save_snapshot(self, changing: threading.Lock) -> None:
        """Move all changes from the WAL into the database, so that one file has them."""
        with changing, self.query_lock:
            if self.broken or self._copy or not self._unsaved:
                return
            self._require_ours()
            with self._saving():
                empty_wal_if_free(self.connection)

    def close(self) -> None:
        """Close the database and release the lock; leave nothing beside a newcomer."""
        try:
            self._readers.close()
            if hasattr(self, "connection"):
                self._close_connection()
            self._files.clear_away(unsaved=self._unsaved and self._copy is None)
        finally:
            self._files.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def _close_connection(self) -> None:
        """Close the connection, unless that would write our changes into a newcomer."""
        if self._writing and self._copy is None and self._files.overwritten:
            self._set_aside()
            if self._copy is None:
                never_close(self.connection)
                self._files.rename_wal()
                return
        self.connection.close()
