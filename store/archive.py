"""An open case: what every front holds."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from store.engines.casefile import Tables, one_case
from store.engines.index import applied, apply, new_index
from store.engines.keeping import Keeping, entry_of
from store.engines.reading import bodies, records
from store.engines.redacting import (
    Redaction,
    hidden,
    redact_kept,
    redaction_of,
    still_holding,
    told_by_hash,
)
from store.errors import ConflictError, ReadOnlyCase, RefusedChange, UsageError
from store.model.change import Change, Edit
from store.model.entry import Act, Entry, Line, as_change, as_entry
from store.model.records import RECORD_TYPES, AnyRecord, Case

P = ParamSpec("P")
T = TypeVar("T")

_LOOK = "look at the case as it is now"


class Archive:
    """A case, indexed in memory. Safe to ask from any thread; closed once.

    `told` is what a person must know of its files, a line each: that a torn
    line of the log was set aside, that the case was edited outside.
    """

    def __init__(
        self, case: Case, connection: sqlite3.Connection, keeping: Keeping, author: str, why: str
    ) -> None:
        self.case = case
        self.author = author
        self.told = tuple(keeping.told)
        self._connection = connection
        self._keeping = keeping
        self._not_writing = why
        # taken in this order: one saves; one changes or reads all of it; one asks
        self._saving = threading.Lock()
        self._changing = threading.Lock()
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, author: str = "", writing: bool = False) -> "Archive":
        """Read and index the case at `path`, with the changes of its log.

        To write is to have the lock of the case until it is closed; `author`
        is who makes the changes. A reader writes nothing at all.

        Raises an error of `store.errors` where the case is missing,
        unreadable, damaged or of a newer schema, and `ReadOnlyCase` where it
        is to be written and cannot, or somebody else is writing it.
        """
        connection = new_index()
        keeping = None
        try:
            keeping = Keeping(path, writing=writing)
            apply(connection, _opening(path, keeping.tables))
            case = one_case(keeping.tables)
            keeping.let_go_of_tables()
        except BaseException as error:
            connection.close()
            if keeping is not None:
                keeping.close()
            if isinstance(error, ConflictError) and not error.message.startswith(str(path)):
                error.message = f"{path}: {error.message}"
            raise
        why = "" if writing else f"{path}: is open for reading only"
        return cls(case, connection, keeping, author, why)

    @property
    def writable(self) -> bool:
        """Whether the case can be changed."""
        return not self.why_read_only

    @property
    def why_read_only(self) -> str:
        """Why the case cannot be changed; nothing where it can."""
        if self._not_writing:
            return self._not_writing
        broken = self._keeping.journal.broken
        return f"{self._keeping.path}: a change could not be saved ({broken})" if broken else ""

    def ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The answer of a query of `store.queries`, one at a time.

        Raises `UsageError` where something that is asked for is no Unicode, as
        an argument of a command can be.
        """
        with self._lock, _only_unicode():
            return question(self._connection, *args, **kwargs)

    def change(self, change: Change) -> None:
        """Change the case, all of it or nothing; every answer after it is of the changed case.

        When this returns the change is on the disk. Without a `who` it is the
        author's, without a `when` of now. A change without edits does nothing.

        Raises `DamagedCase` or `RefusedChange` as `store.engines.index.apply`
        does, `UsageError` where a text is no Unicode, `ReadOnlyCase` where the
        case cannot be changed, and `UnwritableCase` where the change cannot be
        saved: then nothing was changed, and the case is read-only from now on.
        """
        with self._changing, self._lock:
            self._make(change, Act.CHANGE)

    def undo(self) -> Change | None:
        """Take back the last act that stands, also of an earlier day.

        Gives the change that was made, None where nothing can be taken back.
        Raises what `change` does.
        """
        with self._changing, self._lock:
            acts = self._keeping.acts.done
            return self._again(acts[-1], Act.UNDO) if acts else None

    def redo(self) -> Change | None:
        """Do again what was taken back last.

        Gives the change that was made, None where nothing can be done again.
        Raises what `change` does.
        """
        with self._changing, self._lock:
            acts = self._keeping.acts.undone
            return self._again(acts[-1], Act.REDO) if acts else None

    def _again(self, sequence: int, act: Act) -> Change:
        """Make an act of the log once more, or backwards. The lock is held."""
        line = self._keeping.journal.entry(sequence)
        change = as_change(as_entry(line))
        assert change is not None  # what was redacted is not among what can be taken back
        edits = tuple(change.edits)
        if act is Act.UNDO:
            edits = tuple(Edit(table, id, after, before) for table, id, before, after in edits)
        return self._make(Change("", "", line.why, edits), act, of=sequence)

    def _make(self, change: Change, act: Act, *, of: int | None = None) -> Change:
        """Make a change and write it down. The lock is held."""
        self._refuse_readers()
        change = Change(
            change.who or self.author, change.when or _now(), change.why, tuple(change.edits)
        )
        if not change.edits:
            return change
        with _only_unicode():
            entry = _entry(
                change,
                act,
                undoes=of if act is Act.UNDO else None,
                redoes=of if act is Act.REDO else None,
            )
            case = _case_after(self.case, change)
            if self._keeping.outside:
                self._keeping.add_outside(self._by_id(), change.when)
            with applied(self._connection, change):
                self._keeping.add(entry)
        self.case = case
        return change

    def _refuse_readers(self) -> None:
        if self.why_read_only:
            raise ReadOnlyCase(self.why_read_only, "open it for writing")

    def _by_id(self) -> Mapping[str, tuple[str, AnyRecord]]:
        now = {one.id: (table, one) for table, one in records(self._connection)}
        return {self.case.id: ("case", self.case), **now}

    def history(self, record: str = "", who: str = "", most: int | None = None) -> list[Entry]:
        """What was done to the case, the newest first, as its log has it.

        Of one record, by its id; by one person; and no more than `most`.
        Raises `DamagedCase` and `UnreadableCase` where the log cannot be read.
        """
        found: list[Entry] = []
        with self._lock:
            journal = self._keeping.journal
            for sequence in range(journal.last, max(journal.first, 1) - 1, -1):
                if len(found) == most:
                    break
                line = journal.entry(sequence)
                if who not in ("", line.who):
                    continue
                if record and not any(edit.id == record for edit in line.edits):
                    continue
                found.append(as_entry(line))
        return found

    def follow(self) -> list[Change]:
        """Take over what somebody else has changed since; gives those changes.

        Raises `DamagedCase` where the log is not any more what it was, or does
        not fit: then the case must be opened again.
        """
        if self.writable:
            return []
        with self._changing, self._lock:
            return [change for line in self._keeping.lines() if (change := self._taken(line))]

    def _taken(self, line: Line) -> Change | None:
        """Make a change that somebody else has written down."""
        if self._keeping.knows(line) or not line.edits:
            return None
        change = as_change(as_entry(line))
        if change is None:
            return None
        case = _case_after(self.case, change)
        apply(self._connection, change)
        self.case = case
        return change

    def redact(self, id: str, field: str, reason: str, words: str = "") -> list[str]:
        """Take words out of a record for good: out of its field, older snapshots and the log.

        All that the field holds, or these words wherever they stand in it; a
        tombstone with their hash takes their place. It is an act that cannot
        be taken back, nor can those before it that were about the record. Not
        redacted are other records (gives the ids of those that hold the words,
        too), lines that were set aside, packed cases, and what the disk keeps
        of files that are gone.

        Raises what `change` does, `UnknownRecord` and `UsageError` where there
        is no such record or field, and what `read_case` raises where a kept
        snapshot cannot be read.
        """
        with self._saving, self._changing:
            self._refuse_readers()
            asked = Redaction(id, field, words)
            with _only_unicode(), self._lock:
                redaction_of(self._by_id(), asked)  # so that nothing is written where it is refused
                if self._keeping.outside:
                    self._keeping.add_outside(self._by_id(), _now())
            self._save()
            with _only_unicode(), self._lock:
                made, edits = redaction_of(self._by_id(), asked)
                change = Change(self.author, _now(), reason, tuple(edits))
                entry = told_by_hash(entry_of(change, act=Act.REDACTION))
                case = _case_after(self.case, change)
                ids = frozenset(edit.id for edit in edits)
                with applied(self._connection, change):
                    redact_kept(self._keeping.path, asked)
                    self._keeping.redact(entry, lambda edit: hidden(edit, made, ids))
                self.case = case
                others = still_holding(self._by_id(), made.words)
            self._save()
        return others

    def rest(self) -> None:
        """Write the case file anew, where it lacks changes; the five before it are kept.

        Questions are answered while it is written. Raises `UnwritableCase`;
        then the file is as it was, and every change is in the log.
        """
        with self._saving:
            with self._changing:
                if self._not_writing or not self._keeping.unsaved:
                    return
                sequence, hash = self._keeping.journal.last, self._keeping.journal.hash
                rows = self._rows()
            self._keeping.save(rows, sequence, hash)

    def _save(self) -> None:
        """Write the case file anew, where it lacks changes, while nobody changes the case."""
        journal = self._keeping.journal
        if self._keeping.unsaved:
            self._keeping.save(self._rows(), journal.last, journal.hash)

    def _rows(self) -> dict[str, list[bytes]]:
        """Every record as JSON by table; between two readings others may ask, and none change."""
        rows = {table: list[bytes]() for table in RECORD_TYPES}
        rows["case"].append(msgspec.json.encode(self.case))
        reading = bodies(self._connection)
        while True:
            with self._lock:
                read = next(reading, None)
            if read is None:
                return rows
            rows[read[0]] += read[1]
            time.sleep(0)  # whoever waits for the lock has it next

    def close(self) -> None:
        """Write the case file where it lacks changes, and let index, files and lock go.

        Raises `UnwritableCase` as `rest` does; all is let go even then.
        """
        try:
            self.rest()
        finally:
            with self._lock:
                self._keeping.close()
                self._connection.close()


def _entry(change: Change, act: Act, *, undoes: int | None, redoes: int | None) -> Line:
    """The change as the log will have it. Raises `RefusedChange` where it could not be read."""
    for table, id, *sides in change.edits:
        for record in sides:
            if record is not None and type(record) is not RECORD_TYPES.get(table):
                raise RefusedChange(f"{table} {id}: it is no record of this table", _LOOK)
    try:
        return entry_of(change, act=act, undoes=undoes, redoes=redoes)
    except (msgspec.ValidationError, TypeError) as error:
        raise RefusedChange(f"a record of this change is not as it should be: {error}", "") from (
            error
        )


def _case_after(case: Case, change: Change) -> Case:
    """The record of the case after a change, of which the index has none."""
    for table, id, before, after in change.edits:
        if table != "case":
            continue
        if before != case or not isinstance(after, Case) or after.id != id:
            raise RefusedChange(f"case {id}: it was changed meanwhile", _LOOK)
        case = after
    return case


@contextmanager
def _only_unicode() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UsageError(f"{error.object!r} is not UTF-8", "no case holds such a text") from error


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _opening(path: Path, tables: Tables) -> Change:
    """The opening of a case as the change that adds all of its records."""
    return Change(
        who="conflict-tui",
        when="",
        why=f"open {path}",
        edits=(
            Edit(table, record.id, None, record)
            for table, records in tables.items()
            for record in records
        ),
    )
