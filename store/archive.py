"""An open case: what every front holds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from store.database.engine import Batches, Engine
from store.database.log_entry import checked_entry
from store.database.reader import Reader
from store.database.sqlite import is_database
from store.database.sqlite_engine import SqliteEngine
from store.document.file_engine import FileEngine
from store.errors import ReadOnlyCase, UsageError
from store.model.change import Change, Edit
from store.model.log_line import Act, Entry, Imported, Line, as_change, as_entry, reason_of
from store.model.records import Case
from store.model.text_fields import FieldOfRecord
from store.queries.build_facet_index import build_facet_index, lacks_answers

P = ParamSpec("P")
T = TypeVar("T")

Told = Callable[[str], None]
"""Told of something that takes long before it is done."""


class Archive:
    """An open case, in files or a database. Safe to ask from any thread; closed once.

    `told` is what a person must know of its files, a line each: that a torn
    line of the log was set aside, that the case was edited outside.
    """

    def __init__(self, engine: Engine, author: str, why: str) -> None:
        self.author = author
        self.told = tuple(engine.told)
        self._engine = engine
        self._not_writing = why
        # taken in this order: one saves; one changes or reads all of it; one asks
        self._saving = threading.Lock()
        self._changing = threading.Lock()
        self._lock = engine.asking

    @classmethod
    def open(cls, path: Path, *, author: str = "", writing: bool = False) -> "Archive":
        """Open the case at `path`: what the file is says whether it is one of files or a database.

        To write is to have the lock of the case until it is closed; `author`
        is who makes the changes. A reader changes nothing at all.

        Raises an error of `store.errors` where the case is missing,
        unreadable, damaged or of a newer schema, and `ReadOnlyCase` where it
        is to be written and cannot, or somebody else is writing it.
        """
        engine: Engine
        if is_database(path):
            engine = SqliteEngine(path, writing=writing)
        else:
            engine = FileEngine(path, writing=writing)
        return cls(engine, author, "" if writing else f"{path}: is open for reading only")

    @property
    def case(self) -> Case:
        """The record of the case itself."""
        return self._engine.case

    @property
    def path(self) -> Path:
        """The file of the case."""
        return self._engine.path

    @property
    def last_entry(self) -> int:
        """Number of the last entry of the log, 0 or that of the snapshot where it has none."""
        with self._lock, self._engine.reading():
            return self._engine.last

    @property
    def writable(self) -> bool:
        """Whether the case can be changed."""
        return not self.why_read_only

    @property
    def why_read_only(self) -> str:
        """Why the case cannot be changed; nothing where it can."""
        if self._not_writing:
            return self._not_writing
        broken = self._engine.broken
        return f"{self._engine.path}: a change could not be saved ({broken})" if broken else ""

    def ask(
        self,
        question: Callable[Concatenate[Reader, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The answer of a query of `store.queries`, one at a time.

        Raises `UsageError` where something that is asked for is no Unicode, as
        an argument of a command can be, and `DamagedCase` or `UnreadableCase`
        where a database cannot be read.
        """
        with self._lock, _only_unicode(), self._engine.reading():
            return question(self._engine.connection, *args, **kwargs)

    def change(self, change: Change) -> None:
        """Change the case, all of it or nothing; every answer after it is of the changed case.

        When this returns the change is on the disk. Without a `who` it is the
        author's, without a `when` of now. A change without edits does nothing.

        Raises `DamagedCase` or `RefusedChange` as `store.database.apply.apply`
        does, `UsageError` where a text is no Unicode, `ReadOnlyCase` where the
        case cannot be changed, and `UnwritableCase` where the change cannot be
        saved: then nothing was changed, and the case is read-only from now on.
        """
        with self._changing, self._lock:
            self._make(change, Act.CHANGE)

    def undo(self, told: Told = lambda _: None) -> Change | None:
        """Take back the last act that stands, also of an earlier day.

        Gives the change that was made, None where nothing can be taken back.
        Of an import, which takes long, the reason is `told` before.
        Raises what `change` does.
        """
        return self._again(Act.UNDO, told)

    def redo(self, told: Told = lambda _: None) -> Change | None:
        """Do again what was taken back last.

        Gives the change that was made, None where nothing can be done again.
        Of an import, which takes long, the reason is `told` before.
        Raises what `change` does.
        """
        return self._again(Act.REDO, told)

    def _again(self, act: Act, told: Told) -> Change | None:
        """Make an act of the log once more, or backwards."""
        engine = self._engine
        with self._changing:
            with self._lock:
                sequence = engine.last_done if act is Act.UNDO else engine.last_undone
                if not sequence:
                    return None
                self._refuse_readers()
                line = engine.entry(sequence)
            bare = Change(self.author, _now(), reason_of(line), ())
            if line.imported:
                told(bare.why)
            if engine.again(line, bare, act):
                return bare
            change = as_change(as_entry(line))
            assert change is not None  # what was redacted is not among what can be taken back
            edits = tuple(change.edits)
            if act is Act.UNDO:
                edits = tuple(Edit(table, id, after, before) for table, id, before, after in edits)
            with self._lock:
                return self._make(bare._replace(edits=edits), act, of=sequence)

    def _make(self, change: Change, act: Act, *, of: int | None = None) -> Change:
        """Make a change and write it down. The lock is held."""
        self._refuse_readers()
        change = Change(
            change.who or self.author, change.when or _now(), change.why, tuple(change.edits)
        )
        if not change.edits:
            return change
        with _only_unicode():
            entry = checked_entry(
                change,
                act,
                undoes=of if act is Act.UNDO else None,
                redoes=of if act is Act.REDO else None,
            )
            self._engine.make(change, entry)
        return change

    def take_in(self, what: Imported | Callable[[], Imported], batches: Batches) -> None:
        """Make an import, in one act: all that the batches hold, or nothing of it.

        Each batch is whole: a new event comes with all claims about it, each
        with its passage, and all that is new in them; its edits are in the
        order of `RECORD_TYPES`, and of each record there is one edit in all.
        `what` is asked after the last batch, where it can be called. Of a
        database, others may ask meanwhile; they see nothing of it before it is
        whole. When this returns it is on the disk.

        Raises what `change` does, and whatever the batches raise: then nothing
        of it is in the case.
        """
        with self._changing, _only_unicode():
            self._refuse_readers()
            asked = what if callable(what) else lambda: what
            self._engine.take_in(Change(self.author, _now(), "", ()), asked, batches)
        self.keep_answers()

    def keep_answers(self) -> None:
        """Keep what is asked at every opening, where the case is large and this is not kept yet.

        Questions are answered meanwhile. Raises `UnwritableCase`.
        """
        if self.writable and self.ask(lacks_answers):
            self._engine.keep(build_facet_index)

    def _refuse_readers(self) -> None:
        if self.why_read_only:
            raise ReadOnlyCase(self.why_read_only, "open it for writing")

    def history(self, record: str = "", who: str = "", most: int | None = None) -> list[Entry]:
        """What was done to the case, the newest first, as its log has it.

        Of one record, by its id; by one person; and no more than `most`.
        Raises `DamagedCase` and `UnreadableCase` where the log cannot be read.
        """
        found: list[Entry] = []
        with self._lock, self._engine.reading():
            engine = self._engine
            brought = engine.brought_by(record) if record else frozenset()
            for sequence in range(engine.last, max(engine.first, 1) - 1, -1):
                if len(found) == most:
                    break
                line = engine.entry(sequence)
                if who not in ("", line.who):
                    continue
                if record and not is_about(record, line, brought):
                    continue
                found.append(as_entry(line))
        return found

    def brought_by(self, record: str) -> frozenset[int]:
        """The imports into a database that brought a record, whose entries do not name it."""
        with self._lock, self._engine.reading():
            return self._engine.brought_by(record)

    def follow(self) -> list[Change]:
        """Take over what somebody else has changed since; gives those changes.

        Raises `DamagedCase` where the log is not any more what it was, or does
        not fit: then the case must be opened again.
        """
        if self.writable:
            return []
        with self._changing, self._lock:
            return self._follow()

    def _follow(self) -> list[Change]:
        engine = self._engine
        return [change for line in engine.lines() if (change := engine.take_over(line))]

    def start_writing(self) -> list[Change]:
        """Go on as the one who writes the case; gives what others have changed since.

        Raises `ReadOnlyCase` where somebody else writes it or it cannot be
        written, and what `follow` does: then it is read on as it was.
        """
        with self._changing, self._lock:
            if not self._not_writing:
                return []
            changes = self._engine.start_writing(self._follow)
            self._not_writing = ""
            return changes

    def redact(self, id: str, field: str, reason: str, words: str = "") -> list[FieldOfRecord]:
        """Take words out of a record for good: out of its field, older snapshots and the log.

        A field within a value is dotted: `value.printed`. All that the field
        holds, or these words wherever they stand in it; a tombstone with their
        hash takes their place, and that of each reason in the log that holds
        the words. A record that was withdrawn goes whole. It is an act that
        cannot be taken back, nor can those before it that were about the record.
        Not redacted are other fields and records (gives those that hold the
        words, too), lines that were set aside, packed cases, and what the disk
        keeps of files that are gone; `store.custody.redaction_traces` tells.

        Raises what `change` does, `UnknownRecord` and `UsageError` where there
        is no such record or field, and what `read_case` raises where a kept
        snapshot cannot be read.
        """
        with self._saving, self._changing:
            self._refuse_readers()
            with _only_unicode():
                change = Change(self.author, _now(), reason, ())
                return self._engine.redact(id, field, words, change)

    def rest(self) -> None:
        """Write the case file anew, where it lacks changes; the five before it are kept.

        Questions are answered while it is written. Raises `UnwritableCase`;
        then the file is as it was, and every change is in the log.
        """
        if self._not_writing:
            return
        with self._saving:
            self._engine.rest(self._changing)

    def close(self) -> None:
        """Write the case file where it lacks changes, and let index, files and lock go.

        Raises `UnwritableCase` as `rest` does; all is let go even then.
        """
        try:
            self.rest()
        finally:
            with self._lock:
                self._engine.close()


def is_about(record: str, entry: Entry | Line, brought: frozenset[int]) -> bool:
    """Whether an entry of the log edits a record, or brought it, or took that back."""
    return any(edit.id == record for edit in entry.edits) or not brought.isdisjoint(
        (entry.sequence, entry.undoes, entry.redoes)
    )


@contextmanager
def _only_unicode() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UsageError(f"{error.object!r} is not UTF-8", "no case holds such a text") from error


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
