"""A case file and its log: read together, extended, and saved."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from store.database.disk import resolve_link
from store.database.lock import Lock
from store.database.log_entry import entry_of
from store.database.undo_stack import UndoStack
from store.document.backups import MAX_BACKUPS, backup_path
from store.document.kept_index import KeptIndex, can_follow
from store.document.known_document import KnownDocument
from store.document.log_file import SALVAGE_HINT, LogFile, lost_log_message
from store.document.redaction_intent import read_intent, remove_intent
from store.document.replay import edits_between, with_changes
from store.document.save_beside import save_beside
from store.document.snapshot import Rows, write_snapshot
from store.document.tinydb_file import Snapshot, SnapshotHead, Tables, read_snapshot
from store.errors import ConflictError, DamagedCase, ReadOnlyCase
from store.model.change import Change
from store.model.log_line import Act, Line, encode_line, sealed
from store.model.records import ById, Case


class CaseFiles:
    """The files of one open case.

    `tables` are its records, until `release_tables`. With a kept index there are none:
    `beyond_index` are the entries of the log that the index lacks. `notices` are messages
    about the files for the user, a line each. `edited_outside` tells that the
    case file was edited by another program, and `lost_entries` how many entries
    the case had before its log was lost, as long as the log does not record it.
    """

    def __init__(self, path: Path, *, writing: bool, by_index: bool = True) -> None:
        """Read the case at `path` with its log, and lock it where it is to be written.

        With `by_index` it has no `tables` where a kept index holds the same records.

        Raises an error of `store.errors`.
        """
        self.path = resolve_link(path)
        self.undo_stack = UndoStack()
        self.notices: list[str] = []
        self.lost_entries = 0
        self.last_redaction = 0
        # a path that is not a file cannot be locked, and reading it raises a precise error
        self._lock = Lock(self.path) if writing and _is_file(self.path) else None
        try:
            self.document = KnownDocument(self.path)
            self.index = KeptIndex(self.path)
            if not by_index:
                self.index.ignore()
            kept = self.index.header
            snapshot = kept.snapshot() if kept else read_snapshot(self.path)
            self.log_file = LogFile(self.path)
            last_in_snapshot = snapshot.head.sequence if snapshot.head else 0
            new_lines = [line for line in self.lines() if line.sequence > last_in_snapshot]
            if kept and not can_follow(new_lines):
                self.index.ignore()
                snapshot = read_snapshot(self.path)
            self.beyond_index = new_lines if self.index.header else []
            self._document_sha256 = snapshot.sha256
            self._locate_in_log(snapshot, writing=writing)
            self.document.hold(snapshot.head, self._content)
            known = any(line.content == self._content for line in new_lines if line.content)
            self.edited_outside = self._edited and not known
            self._redacted = any(line.act is Act.REDACTION for line in new_lines)
            self.tables: Tables = {}
            if not self.index.header:
                self._read_tables(snapshot, new_lines)
            self._collect_notices(writing=writing)
        except BaseException:
            self.close()
            raise

    def _read_tables(self, snapshot: Snapshot, new_lines: Iterable[Line]) -> None:
        self.tables = with_changes(self.path, snapshot.tables, self._without_file_edit(new_lines))

    def leave_index(self) -> None:
        """Read the records instead, as the entries of the log do not fit the kept index.

        Raises what `read_snapshot` does, and `DamagedCase` where they do not fit the records.
        """
        self.index.ignore()
        self._read_tables(read_snapshot(self.path), self.beyond_index)
        self.beyond_index = []

    def lines(self) -> Iterator[Line]:
        """Read new lines of the log, and update the undo stack with each."""
        for line in self.log_file.read():
            self.undo_stack.add(line)
            if line.act is Act.REDACTION:
                self.last_redaction = line.sequence
            yield line

    def _locate_in_log(self, snapshot: Snapshot, *, writing: bool) -> None:
        """Find the snapshot's position in the log, and detect edits by other programs.

        Raises `DamagedCase` where it does not belong to the log, or entries are missing.
        """
        log_file, head = self.log_file, snapshot.head
        if head is None and log_file.first == 1:
            # a snapshot without a header begins where the log begins
            prev = log_file.entry(1).prev
            head = SnapshotHead(sequence=0, hash=prev, records=prev)
        elif head is None and writing:
            head = snapshot.position
        self.head = head
        self._content = snapshot.content if head else ""
        self._edited = head is not None and head.records != self._content
        if not log_file.last:
            self.lost_entries = self._last_in_snapshot
            return
        if log_file.first > self._last_in_snapshot + 1:
            raise self._mismatch(
                f"entry {self._last_in_snapshot + 1} is missing: this is {log_file.first}", 1
            )
        if log_file.last < self._last_in_snapshot:
            raise self._mismatch(
                f"the case holds {self._last_in_snapshot} entries,"
                f" and the last here is {log_file.last}",
                log_file.last - log_file.first + 1,
            )
        if head is not None and log_file.hash_of(self._last_in_snapshot) != head.hash:
            raise self._mismatch(
                "the case continues from a different entry", max(1, self._last_in_snapshot)
            )

    @property
    def _last_in_snapshot(self) -> int:
        """The sequence number of the last entry that the snapshot includes."""
        return self.head.sequence if self.head else 0

    def _mismatch(self, why: str, line: int) -> DamagedCase:
        return DamagedCase(f"{self.log_file.path}: line {line}: {why}", SALVAGE_HINT)

    def _without_file_edit(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Leave out the entry that records the edit of the very file that was read."""
        return (line for line in lines if not self.describes_file_edit(line))

    def describes_file_edit(self, line: Line) -> bool:
        """Tell if an entry records an edit that the case file contained when it was read."""
        return bool(line.content) and line.content == self._content

    def _collect_notices(self, *, writing: bool) -> None:
        if self.lost_entries:
            self.notices.append(f"{self.path}: {lost_log_message(self.lost_entries)}")
        if self.edited_outside:
            self.notices.append(f"{self.path}: was edited outside this program")
        if writing:
            self.notices += self.log_file.open_for_writing()
            return
        if self.log_file.torn:
            self.notices.append(f"{self.log_file.path}: ignored its incomplete last line")
        if intent := read_intent(self.path):
            self.notices.append(f"{self.path}: {intent.message(self.last_redaction)}")

    def start_writing(self, lock: Lock) -> None:
        """Become the writer, who holds this lock; the log was read to its end.

        Raises `ReadOnlyCase` where the log cannot be written, or the case file
        does not match the log, and what `read_snapshot` does.
        """
        if self.head is None or self.document.changed:
            document = KnownDocument(self.path)
            snapshot = read_snapshot(self.path)
            if self.document.changed and not self._matches_log(snapshot):
                raise ReadOnlyCase(
                    f"{self.path}: does not match its log", "open it again to change it"
                )
            self.head = snapshot.position
            self._content, self.edited_outside = snapshot.content, False
            self._document_sha256 = snapshot.sha256
            self.document = document
            document.hold(snapshot.head, self._content)
        self.notices += self.log_file.open_for_writing()
        self._lock = lock

    def _matches_log(self, snapshot: Snapshot) -> bool:
        """Tell if a rewritten case file contains exactly what the log records."""
        head, log_file = snapshot.head, self.log_file
        if head is None or snapshot.edited or not log_file.last:
            return False
        there = log_file.first - 1 <= head.sequence <= log_file.last
        return there and log_file.hash_of(head.sequence) == head.hash

    def release_tables(self) -> None:
        """Free the records, once the index holds them."""
        self.tables = {}

    def add(self, line: Line) -> None:
        """Append an entry to the log with its sequence number, and flush it to the disk.

        Raises `UnwritableCase` where it cannot be saved.
        """
        self.undo_stack.add(self.log_file.add(self._placed(line)))

    def add_all(self, lines: Sequence[Line]) -> None:
        """Append several entries by replacing the log: all or none. Raises `UnwritableCase`."""
        for line in self.log_file.add_all([*map(self._placed, lines[:1]), *lines[1:]]):
            self.undo_stack.add(line)

    def _placed(self, line: Line) -> Line:
        """The entry with its place after the snapshot, where it is the first of a log."""
        assert self.head is not None
        if self.log_file.last:
            return line
        return msgspec.structs.replace(line, sequence=self.head.sequence + 1, prev=self.head.hash)

    def log_outside_edits(self, current: Callable[[], ById], when: str) -> None:
        """Log a lost log and edits by other programs, where there were any.

        `current` returns every record by id. Raises `UnwritableCase`.
        """
        if self.lost_entries and not self.log_file.last:
            why = f"the earlier log was lost: a new one begins after entry {self.lost_entries}"
            self.add(entry_of(Change("", when, why, ()), act=Act.OUTSIDE))
        self.lost_entries = 0
        if self.edited_outside:
            self._log_file_edit(current(), when)

    def _log_file_edit(self, current: ById, when: str) -> None:
        """Log the edits that another program made in the case file.

        `current` holds every record by id. Where the previous records are not
        known, the entry records only that there was an edit.
        """
        before = self._records_before_edit()
        if before and any(before[id][0] != current[id][0] for id in before.keys() & current.keys()):
            before = None  # an id moved to another table, which an edit cannot express
        edits = [] if before is None else edits_between(before, current)
        if before is None or edits:
            self.add(
                entry_of(
                    Change("", when, f"{self.path.name} was edited outside this program", edits),
                    act=Act.OUTSIDE,
                    content=self._content,
                )
            )
        self.edited_outside = False

    def _records_before_edit(self) -> ById | None:
        """Every record according to the log; None where no older snapshot gives them."""
        for n in range(1, MAX_BACKUPS + 1):
            try:
                older = read_snapshot(backup_path(self.path, n))
                lines = self._between(older)
                if lines is None:
                    continue
                tables = with_changes(backup_path(self.path, n), older.tables, lines)
            except ConflictError:
                continue
            return {one.id: (table, one) for table, held in tables.items() for one in held}
        return None

    def _between(self, older: Snapshot) -> list[Line] | None:
        """The entries that an older snapshot lacks; None where it does not lead to this case."""
        assert self.head is not None
        at, last = older.position, self.log_file.last or self.head.sequence
        if older.edited or at.sequence > last:
            return None
        if not self.log_file.last:
            return [] if at.hash == self.head.hash else None
        if at.sequence < self.log_file.first - 1 or self.log_file.hash_of(at.sequence) != at.hash:
            return None
        lines = [self.log_file.entry(n) for n in range(at.sequence + 1, last + 1)]
        return None if any(line.content and not line.edits for line in lines) else lines

    @property
    def unsaved(self) -> bool:
        """True where the log has entries that the snapshot does not include."""
        return self.log_file.last > self._last_in_snapshot

    def lost(self) -> str:
        """The fate of a writer's files, in words; empty if they are as they were left."""
        if lost := self.document.lost():
            return lost
        log = self.log_file
        return f"its log {log.path.name} {lost}" if (lost := log.lost()) else ""

    def save_beside(self, rows: Rows) -> Path:
        """Save the case beside the one that has taken its place. Raises what it says there."""
        assert self.head is not None
        return save_beside(self.path, rows, self.head, self.log_file)

    def save(self, rows: Rows, sequence: int, hash: str, require_ours: Callable[[], None]) -> None:
        """Write a snapshot with the changes up to `sequence`. Raises `UnwritableCase`.

        The previous one is backed up, unless it holds words that were redacted since:
        then the redaction is finished. `require_ours` is called before it is replaced,
        and may refuse that.
        """

        def before_replacing(new: Path) -> None:
            require_ours()
            self.document.will_be(new)

        based_on = self.head.based_on if self.head else ""
        self.head, self._document_sha256 = write_snapshot(
            self.path,
            rows,
            sequence=sequence,
            hash=hash,
            based_on=based_on,
            keep=not self._redacted,
            before_replacing=before_replacing,
        )
        self.document.saved(self.head)
        if self._redacted:
            remove_intent(self.path)
        self._redacted = False

    def keep_index(self, case: Case, serialize: Callable[[], bytes]) -> None:
        """Keep the index if it holds what the case file holds; a reader keeps nothing."""
        outside = self.edited_outside or self.lost_entries
        if self._lock is not None and self.head is not None and not (self.unsaved or outside):
            self.index.keep(self._document_sha256, self.head, case, serialize)

    def old_lines(self) -> Iterator[Line]:
        """Read all entries of the log, from the first."""
        log_file = self.log_file
        return (log_file.entry(n) for n in range(log_file.first, log_file.last + 1) if n)

    def _redacted_ids(self, redact_line: Callable[[Line], Line]) -> frozenset[str]:
        """The ids of the records with content that the redaction removes from the log."""
        return frozenset(
            edit.id
            for line in self.old_lines()
            for edit, after in zip(line.edits, redact_line(line).edits, strict=True)
            if edit != after
        )

    def redact(self, line: Line, redact_line: Callable[[Line], Line]) -> None:
        """Append a redaction and redact every line of the log, in one replacement of the file.

        The snapshot must include the whole log, and `reload_log` must follow. Raises
        `UnwritableCase`: then the log is unchanged.
        """
        assert self.head is not None
        log_file = self.log_file
        line = msgspec.structs.replace(
            line,
            sequence=(log_file.last or self.head.sequence) + 1,
            prev=log_file.hash or self.head.hash,
            reasons=tuple(
                one.sequence for one in self.old_lines() if redact_line(one).why != one.why
            ),
            hidden=tuple(
                sorted(self._redacted_ids(redact_line) - {edit.id for edit in line.edits})
            ),
        )
        lines = chain(map(redact_line, self.old_lines()), [sealed(line)])
        log_file.replace(map(encode_line, lines))
        self._redacted, self.last_redaction = True, line.sequence

    def reload_log(self) -> None:
        """Flush and read the log that a redaction has replaced.

        Raises `UnwritableCase`, `UnreadableCase` and `ReadOnlyCase`: then nothing
        more can be logged.
        """
        self.log_file.flush()
        self.log_file.close()
        before = self.log_file
        before.broken = "its log could not be read again after a redaction"
        log_file, self.undo_stack = LogFile(self.path), UndoStack()
        self.log_file = log_file
        try:
            for _ in self.lines():
                pass
            log_file.open_for_writing()
        except BaseException:
            self.log_file = before
            raise

    def close(self) -> None:
        """Close the files and release the lock."""
        if hasattr(self, "log_file"):
            self.log_file.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # reading it raises a precise error, as for a name that is too long
