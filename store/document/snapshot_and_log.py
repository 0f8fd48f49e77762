"""A case and its log on the disk: read together, added to, and saved."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from store.database.disk import real
from store.database.lock import Lock
from store.database.log_entry import entry_of
from store.database.undo_stack import UndoStack
from store.document.log_file import SALVAGE, LogFile
from store.document.snapshot import KEPT, Rows, kept, of_schema, write_snapshot
from store.document.tinydb_file import Snapshot, SnapshotHead, Tables, read_snapshot
from store.errors import ConflictError, DamagedCase, ReadOnlyCase
from store.model.change import Change, Edit
from store.model.log_line import Act, Line, Redacted, as_entry, sealed
from store.model.records import SCHEMA, AnyRecord, ById


class CaseFiles:
    """The files of one open case.

    `tables` are its records, until `let_go_of_tables`; `told` is what a person
    must know of the files, a line each. What the log does not say yet:
    `outside` is whether somebody has edited the case file, and `lost` how many
    entries the case holds where nothing is left of the log.
    """

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Read the case at `path` with its log, and lock it where it is to be written.

        Raises an error of `store.errors`.
        """
        self.path = real(path)
        self.acts = UndoStack()
        self.told: list[str] = []
        self.lost = 0
        # what is no file cannot be locked, and reading it says what it is
        self._lock = Lock(self.path) if writing and _is_file(self.path) else None
        try:
            self._stamp = _stamp(self.path)
            snapshot = read_snapshot(self.path)
            self.journal = LogFile(self.path)
            holds = snapshot.head.sequence if snapshot.head else 0
            lacking = [line for line in self.lines() if line.sequence > holds]
            self._place(snapshot, writing=writing)
            known = any(line.content == self._content for line in lacking if line.content)
            self.outside = self._edited and not known
            self._schema = snapshot.schema
            self._redacted = any(line.act is Act.REDACTION for line in lacking)
            self.tables = folded(self.path, snapshot.tables, self._others(lacking))
            self._tell(writing=writing)
        except BaseException:
            self.close()
            raise

    def lines(self) -> Iterator[Line]:
        """The lines of the log, each taken into account for undo."""
        for line in self.journal.read():
            self.acts.add(line)
            yield line

    def _place(self, snapshot: Snapshot, *, writing: bool) -> None:
        """Find where in the log the snapshot stands, and whether it is as it was written.

        Raises `DamagedCase` where it does not belong to the log, or entries are missing.
        """
        journal, head = self.journal, snapshot.head
        if head is None and journal.first == 1:
            # it does not say what it is, and the log says what it was
            prev = journal.entry(1).prev
            head = SnapshotHead(sequence=0, hash=prev, records=prev)
        elif head is None and writing:
            head = snapshot.position
        self.head = head
        self._content = snapshot.content if head else ""
        self._edited = head is not None and head.records != self._content
        if not journal.last:
            self.lost = self._holds
            return
        if journal.first > self._holds + 1:
            raise self._apart(f"entry {self._holds + 1} is missing: this is {journal.first}", 1)
        if journal.last < self._holds:
            raise self._apart(
                f"the case holds {self._holds} entries, and the last here is {journal.last}",
                journal.last - journal.first + 1,
            )
        if head is not None and journal.hash_of(self._holds) != head.hash:
            raise self._apart("the case goes on from another entry than this", max(1, self._holds))

    @property
    def _holds(self) -> int:
        """The sequence number of the last change that the snapshot holds."""
        return self.head.sequence if self.head else 0

    def _apart(self, why: str, line: int) -> DamagedCase:
        return DamagedCase(f"{self.journal.path}: line {line}: {why}", SALVAGE)

    def _others(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines without that which tells what was edited in the very file that was read."""
        return (line for line in lines if not self.knows(line))

    def knows(self, line: Line) -> bool:
        """Whether the entry tells of an edit that the case file held when it was read."""
        return bool(line.content) and line.content == self._content

    def _tell(self, *, writing: bool) -> None:
        if self.lost:
            self.told.append(f"{self.path}: {log_is_lost(self.lost)}")
        if self.outside:
            self.told.append(f"{self.path}: was edited outside of this program")
        if writing and self._schema < SCHEMA:
            as_it_was = of_schema(self.path, self._schema).name
            self.told.append(
                f"{self.path}: is of schema {self._schema}; where it is written anew it is one"
                f" of {SCHEMA}, and as it is now it stays as {as_it_was}"
            )
        if writing:
            self.told += self.journal.begin()
        elif self.journal.torn:
            self.told.append(f"{self.journal.path}: the last line is torn, and is left out")

    def start_writing(self, lock: Lock) -> None:
        """Go on as the writer, who has this lock; the log was read to its end.

        Raises `ReadOnlyCase` where the log cannot be written, or the case file
        is not what the log led to, and what `read_snapshot` does.
        """
        if self.head is None or self._stamp != _stamp(self.path):
            snapshot = read_snapshot(self.path)
            if self._stamp != _stamp(self.path) and not self._led_to(snapshot):
                raise ReadOnlyCase(
                    f"{self.path}: is not what its log leads to", "open it again to change it"
                )
            self.head, self._schema = snapshot.position, snapshot.schema
            self._content, self.outside = snapshot.content, False
        self.told += self.journal.begin()
        self._lock = lock

    def _led_to(self, snapshot: Snapshot) -> bool:
        """Whether a case file that was written anew is what the log led to, and no other."""
        head, journal = snapshot.head, self.journal
        if head is None or snapshot.edited or not journal.last:
            return False
        there = journal.first - 1 <= head.sequence <= journal.last
        return there and journal.hash_of(head.sequence) == head.hash

    def let_go_of_tables(self) -> None:
        """Let go of the records, once the index has them."""
        self.tables = {}

    def add(self, line: Line) -> None:
        """Add an entry, whose place in the log is filled in, and have it on the disk.

        Raises `UnwritableCase` where it cannot be saved.
        """
        assert self.head is not None
        if not self.journal.last:
            line = msgspec.structs.replace(
                line, sequence=self.head.sequence + 1, prev=self.head.hash
            )
        self.acts.add(self.journal.add(line))

    def catch_up(self, now: Callable[[], ById], when: str) -> None:
        """Add entries of what was done to the files outside of the program, where it was.

        `now` gives every record as it is. Raises `UnwritableCase`.
        """
        if self.lost and not self.journal.last:
            why = f"the log before this was lost: it begins anew after entry {self.lost}"
            self.add(entry_of(Change("", when, why, ()), act=Act.OUTSIDE))
        self.lost = 0
        if self.outside:
            self._add_outside(now(), when)

    def _add_outside(self, now: ById, when: str) -> None:
        """Add an entry of what somebody changed in the case file itself.

        `now` is every record as it is. Where the records as they were are not
        there any more, the entry says that there was an edit, and no more.
        """
        before = self._before_outside()
        if before and any(before[id][0] != now[id][0] for id in before.keys() & now.keys()):
            before = None  # an id has gone to another table, which no edit can say
        edits = [] if before is None else differences(before, now)
        if before is None or edits:
            self.add(
                entry_of(
                    Change("", when, f"{self.path.name} was edited outside of this program", edits),
                    act=Act.OUTSIDE,
                    content=self._content,
                )
            )
        self.outside = False

    def _before_outside(self) -> ById | None:
        """Every record as the log has it; None where no older snapshot tells."""
        for n in range(1, KEPT + 1):
            try:
                older = read_snapshot(kept(self.path, n))
                lines = self._between(older)
                if lines is None:
                    continue
                tables = folded(kept(self.path, n), older.tables, lines)
            except ConflictError:
                continue
            return {one.id: (table, one) for table, held in tables.items() for one in held}
        return None

    def _between(self, older: Snapshot) -> list[Line] | None:
        """The entries that an older snapshot lacks; None where it does not lead to this case."""
        assert self.head is not None
        at, last = older.position, self.journal.last or self.head.sequence
        if older.edited or at.sequence > last:
            return None
        if not self.journal.last:
            return [] if at.hash == self.head.hash else None
        if at.sequence < self.journal.first - 1 or self.journal.hash_of(at.sequence) != at.hash:
            return None
        lines = [self.journal.entry(n) for n in range(at.sequence + 1, last + 1)]
        return None if any(line.content and not line.edits for line in lines) else lines

    @property
    def unsaved(self) -> bool:
        """Whether the log has entries that the snapshot lacks."""
        return self.journal.last > self._holds

    def save(self, rows: Rows, sequence: int, hash: str) -> None:
        """Write a snapshot that holds the changes up to one. Raises `UnwritableCase`.

        The one before is kept, unless it holds what was redacted since.
        """
        based_on = self.head.based_on if self.head else ""
        self.head = write_snapshot(
            self.path,
            rows,
            sequence=sequence,
            hash=hash,
            based_on=based_on,
            keep=not self._redacted,
            older=self._schema if self._schema < SCHEMA else None,
        )
        self._redacted = False
        self._schema = SCHEMA

    def old(self) -> Iterator[Line]:
        """The entries that the log has, the first before the others."""
        journal = self.journal
        return (journal.entry(n) for n in range(journal.first, journal.last + 1) if n)

    def _hidden(self, hiding: Callable[[Line], Line]) -> frozenset[str]:
        """The ids of the records of which something goes out of the log."""
        return frozenset(
            edit.id
            for line in self.old()
            for edit, after in zip(line.edits, hiding(line).edits, strict=True)
            if edit != after
        )

    def redact(self, line: Line, hiding: Callable[[Line], Line]) -> None:
        """Add a redaction, and hide its records and reasons in every line, all in one.

        The snapshot must hold all that is in the log. Raises `UnwritableCase`.
        """
        assert self.head is not None
        journal = self.journal
        line = msgspec.structs.replace(
            line,
            sequence=(journal.last or self.head.sequence) + 1,
            prev=journal.hash or self.head.hash,
            reasons=tuple(one.sequence for one in self.old() if hiding(one).why != one.why),
            hidden=tuple(sorted(self._hidden(hiding) - {edit.id for edit in line.edits})),
        )
        journal.replace(chain(map(hiding, self.old()), [sealed(line)]))
        journal.close()
        self._redacted = True
        self.journal, self.acts = LogFile(self.path), UndoStack()
        for _ in self.lines():
            pass
        self.journal.begin()

    def close(self) -> None:
        """Let the files and the lock go."""
        if hasattr(self, "journal"):
            self.journal.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def log_is_lost(entries: int) -> str:
    """What to tell of a case that holds so many entries, of which no log tells any more."""
    return (
        f"the case holds {entries:,} {'entry' if entries == 1 else 'entries'} and its log is"
        " missing or empty; put the log beside it again, or change the case: its log then begins"
        " anew and says so"
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # as of a name that is too long: reading it says what is wrong


def _stamp(path: Path) -> tuple[int, ...]:
    """What is another where a file was written anew; nothing where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()  # reading it says what is wrong
    return found.st_ino, found.st_size, found.st_mtime_ns


def folded(where: Path, tables: Tables, lines: Iterable[Line]) -> Tables:
    """The records with the changes of these entries.

    Raises `DamagedCase` where an entry is about a record that is otherwise, or
    is redacted.
    """
    held: dict[str, dict[str, AnyRecord]] = {}
    for line in lines:
        if not held:
            held = {table: {one.id: one for one in rows} for table, rows in tables.items()}
            if any(len(held[table]) < len(rows) for table, rows in tables.items()):
                return tables  # whoever indexes them says which id is there twice
        _fold(where, held, line)
    return {table: list(rows.values()) for table, rows in held.items()} or tables


def _fold(where: Path, held: dict[str, dict[str, AnyRecord]], line: Line) -> None:
    try:
        entry = as_entry(line)
    except msgspec.ValidationError as error:
        raise DamagedCase(f"{where}: entry {line.sequence} of its log: {error}", SALVAGE) from error
    for table, id, before, after in entry.edits:
        rows = held.get(table, {})
        if isinstance(after, Redacted):
            raise DamagedCase(
                f"{where}: entry {line.sequence} of its log: {table} {id} was redacted",
                "open a snapshot that is newer than the redaction",
            )
        if not isinstance(before, Redacted) and rows.get(id) != before:
            raise DamagedCase(
                f"{where}: entry {line.sequence} of its log does not fit: {table} {id} is another",
                SALVAGE,
            )
        if after is None:
            rows.pop(id, None)
        else:
            rows[id] = after


def differences(before: ById, now: ById) -> Sequence[Edit]:
    """The edits that make the one of the other."""
    edits = []
    for id in {**before, **now}:
        (table, was), (of, is_) = before.get(id, ("", None)), now.get(id, ("", None))
        if was != is_:
            edits.append(Edit(of or table, id, was, is_))
    return edits
