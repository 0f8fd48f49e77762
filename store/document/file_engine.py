"""The storage of a case in files: indexed in memory, with every change in its log."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import msgspec

from store.database.apply import applied, apply, new_index, transaction, tried
from store.database.beside import copied_beside
from store.database.engine import AddEntry, Batches, Serverless, case_after, import_reason
from store.database.identity import OPEN_AGAIN, REPLACED_HINT
from store.database.lock import Lock
from store.database.log_entry import checked_entry, entry_of
from store.database.read_records import bodies, records
from store.database.redaction import (
    Redaction,
    fields_in_records,
    last_version,
    redacted_line,
    redaction_of,
    without_old_content,
)
from store.document.index_check import require_true
from store.document.open_index import OpenIndex
from store.document.redact_snapshots import check_space, redact_backups
from store.document.redaction_intent import (
    RedactionIntent,
    read_intent,
    remove_intent,
    unpurged,
    write_intent,
)
from store.document.snapshot_and_log import CaseFiles
from store.document.tinydb_file import case_record, opening_change
from store.document.whole_entries import WholeEntries
from store.errors import ConflictError, ReplacedCase, UnwritableCase
from store.model.change import Change, Edit
from store.model.log_line import Act, Imported, Line, as_change, as_entry, content_hash
from store.model.records import RECORD_TYPES, AnyRecord
from store.model.text_fields import FieldOfRecord
from store.reader import Reader


class FileEngine(Serverless, WholeEntries):
    """A case file with its log, and the index of it. See `store.database.engine`."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Read and index the case at `path`, with the changes of its log.

        Raises an error of `store.errors`.
        """
        self.query_lock = threading.Lock()
        keeping, index = None, None
        try:
            keeping = CaseFiles(path, writing=writing)
            if keeping.index.header is not None:
                self.case = keeping.index.header.case
                index = self._brought_up(keeping)
            if index is None:
                index = OpenIndex(new_index())
                apply(index.connection, opening_change(keeping.tables))
                self.case = case_record(keeping.tables)
            keeping.release_tables()
        except BaseException as error:
            if index is not None:
                index.close()
            if keeping is not None:
                keeping.close()
            if isinstance(error, ConflictError) and not error.message.startswith(str(path)):
                error.message = f"{path}: {error.message}"
            raise
        self._index = index
        self.files = keeping
        self.path = keeping.path
        self.replaced = ""
        self._copy: Path | None = None
        self._changed = False
        self._trusted = keeping.index.header is None
        self.notices = keeping.notices

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection to the index, for reading."""
        return self._index.connection

    def _brought_up(self, keeping: CaseFiles) -> OpenIndex | None:
        """The kept index with the entries of the log that it lacks.

        None where they do not fit it: then `keeping` has the records.
        """
        if connection := keeping.index.connect():
            index = OpenIndex(connection, kept=keeping.index.path)
            with suppress(ConflictError, ValueError, sqlite3.Error):
                if all(self._take(index, one) or not one.edits for one in keeping.beyond_index):
                    return index
            index.close()
        keeping.leave_index()
        return None

    def _take(self, index: OpenIndex, line: Line) -> Change | None:
        """Apply an entry of the log to the index; None where it changes nothing."""
        change = as_change(as_entry(line)) if line.edits else None
        if change is not None:
            case = case_after(self.case, change)
            apply(index.to_change(), change)
            self.case = case
        return change

    @property
    def broken(self) -> str:
        """The error after which nothing can be saved; empty where there was none."""
        return self.files.log_file.broken

    @property
    def first(self) -> int:
        """The number of the first entry of the log."""
        return self.files.log_file.first

    @property
    def last(self) -> int:
        """The number of the last entry of the log."""
        return self.files.log_file.last

    @property
    def end(self) -> tuple[int, str]:
        """The number and hash of the last entry, or of the one before the log begins."""
        head, log = self.files.head, self.files.log_file
        if log.last:
            return log.last, log.hash
        return (head.sequence, head.hash) if head else (0, content_hash(self._rows_at_once()))

    @property
    def next_undo(self) -> int | None:
        """The number of the entry that the next undo reverses."""
        return self.files.undo_stack.done[-1] if self.files.undo_stack.done else None

    @property
    def next_redo(self) -> int | None:
        """The number of the entry that the next redo applies."""
        return self.files.undo_stack.undone[-1] if self.files.undo_stack.undone else None

    def entry(self, sequence: int) -> Line:
        """Read an entry of the log."""
        return self.files.log_file.entry(sequence)

    def lines(self) -> Iterator[Line]:
        """Read the entries that were added since the log was last read."""
        document = self.files.document
        head = document.look()
        yield from self.files.lines()
        if lost := document.lost_to_reader(head, self.files.log_file):
            self.replaced = f"{self.path}: {lost} while it was open"
            raise ReplacedCase(self.replaced, OPEN_AGAIN)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Lend the index to one query at a time, which cannot write to it."""
        with self.query_lock, self._index.reading() as connection:
            yield connection

    def reading(self) -> AbstractContextManager[object]:
        """Do nothing, as nobody else changes the index."""
        return nullcontext()

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Become the writer, with the same index."""
        lock = Lock(self.path)
        try:
            changes = follow()
            self.files.start_writing(lock)
        except BaseException:
            lock.release()
            raise
        return changes

    def apply_change(self, change: Change, entry: Line) -> None:
        """Apply a change to the index, and log it."""
        case = case_after(self.case, change)
        self._require_ours()
        self._changed = True
        self.files.log_outside_edits(self._records_by_id, change.when)
        with self.files.log_file.followed(), applied(self._index.to_change(), change):
            self.files.add(entry)
        self.case = case

    def add_entries(self, work: Callable[[AddEntry], None], when: str) -> None:
        """Apply several changes to the index, and log them by replacing the log once."""
        self._require_ours()
        self._changed = True
        self.files.log_outside_edits(self._records_by_id, when)
        case, added, index = self.case, list[Line](), self._index.to_change()

        def add(change: Change, entry: Line) -> bool:
            nonlocal case
            if not tried(index, change):
                return False
            case = case_after(case, change)
            added.append(entry)
            return True

        with self.files.log_file.followed(), transaction(index):
            work(add)
            self.files.add_all(added)
        self.case = case

    def _require_ours(self) -> None:
        """Save a copy and raise `ReplacedCase` where the files are no longer in their places.

        Raises `UnwritableCase` where the kept index has other records than the case file.
        The caller holds the query lock.
        """
        if self._copy is None and (lost := self.files.lost()):
            self.replaced = f"{self.path}: {lost} while it was open; {self._save_beside()}"
        if self.replaced:
            raise ReplacedCase(self.replaced, REPLACED_HINT)
        if not self._trusted:
            require_true(self.files, self._rows_at_once())
            self._trusted = True

    def _save_beside(self) -> str:
        """Save a copy, and say where it is."""
        try:
            self._copy = self.files.save_beside(self._rows_at_once())
        except (OSError, ConflictError) as error:
            return f"what was saved could not be copied beside it ({error})"
        without = copied_beside(self.path, self._copy)
        return "; ".join(filter(None, (f"every saved change is in {self._copy}", without)))

    def _require_ours_unlocked(self) -> None:
        with self.query_lock:
            self._require_ours()

    def replay(self, line: Line) -> Change | None:
        """Apply an entry of another writer, unless the case file held its changes already."""
        return None if self.files.describes_file_edit(line) else self._take(self._index, line)

    def import_batches(
        self, change: Change, what: Callable[[], Imported], batches: Batches
    ) -> None:
        """Import as one change, with all its edits in the log."""
        edits = tuple(edit for batch in batches for edit in batch)
        imported = what()
        change = change._replace(why=import_reason(imported), edits=edits)
        entry = checked_entry(change, Act.CHANGE, imported=imported)
        with self.query_lock:
            self.apply_change(change, entry)

    def redact(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact words in the case file, its backups, and the log."""
        path = self.files.path
        if earlier := read_intent(path):
            self._finish(earlier, change.when)
        with self.query_lock:
            self._redaction(request)  # raises before anything is written
            self._require_ours()
        self.files.index.delete()
        check_space(path)
        intent = RedactionIntent(request.id, request.field, self.last)
        write_intent(path, intent)
        try:
            with self.query_lock:
                self._changed = True
                self.files.log_outside_edits(self._records_by_id, change.when)
            self._save()
            with self.query_lock:
                self._require_ours()
                remaining = self._redact(request, change)
        except BaseException:
            if not intent.is_made(self.files.last_redaction):
                with suppress(UnwritableCase):
                    remove_intent(path)
            raise
        try:
            self.files.reload_log()
            self._save()
        except ConflictError as error:
            raise unpurged(path, error) from error
        return remaining

    def _redact(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact the backups, and then the log together with the index."""
        redaction, edits = self._redaction(request)
        change = change._replace(edits=edits)
        entry = without_old_content(entry_of(change, act=Act.REDACTION))
        case = case_after(self.case, change)
        ids = frozenset(edit.id for edit in edits)
        with applied(self._index.to_change(), change):
            remaining = fields_in_records(
                {**self._records_by_id(), case.id: ("case", case)}, redaction
            )
            redact_backups(self.files.path, request)
            self.files.redact(entry, lambda line: redacted_line(line, redaction, ids))
        self.case = case
        return remaining

    def finish_redaction(self, when: str) -> None:
        """Finish a redaction that was interrupted, and add a notice about that."""
        intent = read_intent(self.path)
        if intent is None:
            return
        made = intent.is_made(self.files.last_redaction)
        message = intent.message(self.files.last_redaction)
        try:
            self._finish(intent, when)
        except UnwritableCase as error:
            left = unpurged(self.path, error)
            message = f"{left.message}; {left.hint}" if made else error.message
            self.notices.append(message)
        else:
            done = "a redaction was not finished, and now is"
            self.notices.append(f"{self.path}: {done if made else message}")

    def _finish(self, intent: RedactionIntent, when: str) -> None:
        """Write what an interrupted redaction left unwritten, and remove its note."""
        if intent.is_made(self.files.last_redaction):
            with self.query_lock:
                self.files.log_outside_edits(self._records_by_id, when)
            self._save()
        remove_intent(self.path)

    def _redaction(self, request: Redaction) -> tuple[Redaction, tuple[Edit, ...]]:
        """Complete a request, and make its edits; a withdrawn record is only in the log."""
        records_by_id = self._records_by_id()
        withdrawn = (
            {} if request.id in records_by_id else last_version(self.files.old_lines(), request.id)
        )
        redaction, edits = redaction_of({**records_by_id, **withdrawn}, request)
        if withdrawn:  # there is no record left that could be altered
            edits = [Edit(edit.table, edit.id, None, None) for edit in edits]
        return redaction, tuple(edits)

    def _records_by_id(self) -> Mapping[str, tuple[str, AnyRecord]]:
        now = {one.id: (table, one) for table, one in records(self.connection)}
        return {self.case.id: ("case", self.case), **now}

    def save_snapshot(self, changing: threading.Lock) -> None:
        """Write the case file if the log has newer changes; five backups are kept."""
        with changing:
            if self._copy or not (self._changed or self.files.unsaved):
                return
            self._require_ours_unlocked()
            if not self.files.unsaved or self.files.log_file.ahead:
                return
            sequence, hash = self.files.log_file.last, self.files.log_file.hash
            rows = self._rows()
        self.files.save(rows, sequence, hash, self._require_ours_unlocked)

    def _save(self) -> None:
        """Write the case file if the log has newer changes; the caller holds the write lock."""
        log_file = self.files.log_file
        if self.files.unsaved:
            self.files.save(self._rows(), log_file.last, log_file.hash, self._require_ours_unlocked)

    def _rows(self) -> dict[str, list[bytes]]:
        """Every record as JSON by table; queries may run between two batches, but no changes."""
        rows = self._rows_without_records()
        reading = bodies(self.connection)
        while True:
            with self.query_lock:
                read = next(reading, None)
            if read is None:
                return rows
            rows[read[0]] += read[1]
            time.sleep(0)  # let a waiting thread acquire the lock

    def _rows_at_once(self) -> dict[str, list[bytes]]:
        """Every record as JSON by table; the caller holds the query lock."""
        rows = self._rows_without_records()
        for table, of in bodies(self.connection):
            rows[table] += of
        return rows

    def keep_index(self) -> None:
        """Keep the index of a large case beside it, so that it opens at once."""
        with self.query_lock:
            self.files.keep_index(self.case, self.connection.serialize)

    def _rows_without_records(self) -> dict[str, list[bytes]]:
        """The tables of a case file, of which only the case's own record is filled in."""
        rows = {table: list[bytes]() for table in RECORD_TYPES}
        rows["case"].append(msgspec.json.encode(self.case))
        return rows

    def close(self) -> None:
        """Close the index and the files, and release the lock."""
        try:
            self.files.close()
        finally:
            self._index.close()
