"""An open case: the entry point for the screen, the commands and the imports."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from store.database import originals
from store.database.engine import AddEntry, Batches, Engine
from store.database.history import WholeLog, edits_of, entries, turned_edits, whole_log
from store.database.log_entry import checked_entry
from store.database.open_connections import is_open_here as is_open_here
from store.database.redaction import Redaction
from store.database.sqlite import has_database_suffix as has_database_suffix
from store.database.sqlite import is_database as is_database
from store.database.take_back import taken_back
from store.errors import (
    ReadOnlyCase,
    UnpurgedRedaction,
    UnreadableCase,
    UnwritableCase,
    only_unicode,
)
from store.model.change import Change
from store.model.labels import count_text
from store.model.log_line import Act, Entry, EntryEdit, Imported, Line, reason_of
from store.model.records import Case
from store.model.text_fields import FieldOfRecord
from store.open_engine import open_engine
from store.queries.build_facet_index import build_facet_index, lacks_answers
from store.queries.originals import articles_of_original, originals_redacted_with
from store.reader import Reader

P = ParamSpec("P")
T = TypeVar("T")

Announce = Callable[[str], None]
"""A callback that is given the reason of an undo or redo that takes long, before it begins."""


class Archive:
    """An open case, in files or a database. Safe to ask from any thread; closed once.

    `notices` are messages about its files for the user, a line each: that a
    torn line of the log was set aside, that the case was edited outside of the
    program, that a redaction was not finished.
    """

    def __init__(self, engine: Engine, author: str, why: str) -> None:
        self.author = author
        self._engine = engine
        self._read_only_reason = why
        # always acquired in this order: save a snapshot; change or read the whole case; query
        self._save_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._query_lock = engine.query_lock

    @classmethod
    def open(cls, path: Path, *, author: str = "", writing: bool = False) -> "Archive":
        """Open the case at `path`: a case file, a database, or the copy of a case on a server.

        A writer holds the lock of the case until it is closed; `author` is who makes the
        changes. A reader changes nothing at all. Raises an error of `store.errors`, and
        `ReadOnlyCase` where it is to be written and cannot be, or somebody else writes it.
        """
        engine = open_engine(path, writing=writing)
        if writing:
            try:
                engine.finish_redaction(_now())
            except BaseException:
                engine.close()
                raise
        why = "" if writing else f"{path}: is open read-only"
        archive = cls(engine, engine.member or author, why)
        if writing:
            archive._finish_originals()
        return archive

    @property
    def notices(self) -> tuple[str, ...]:
        """Messages about the files of the case, some of which come when writing starts."""
        return tuple(self._engine.notices)

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
        """The number of the last log entry; of an empty log 0, or the number in the snapshot."""
        with self._query_lock, self._engine.reading():
            return self._engine.last

    @property
    def member(self) -> str:
        """The name under which a server logs acts; empty where the case has no server."""
        return self._engine.member

    @property
    def has_news(self) -> bool:
        """True where others may have changed a case on a server."""
        return self._engine.has_news()

    @property
    def writable(self) -> bool:
        """True where the case can be changed."""
        return not self.why_read_only

    @property
    def why_read_only(self) -> str:
        """The reason for which the case cannot be changed; empty where it can."""
        if self._engine.replaced:
            return self._engine.replaced
        if self._read_only_reason:
            return self._read_only_reason
        broken = self._engine.broken
        return f"{self._engine.path}: a change could not be saved ({broken})" if broken else ""

    def ask(
        self,
        question: Callable[Concatenate[Reader, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a query of `store.queries` and return its result.

        It sees one state of the case, and cannot change it. On a database it waits
        for no other query or change; on a case file queries run one at a time.
        Raises `UsageError` where an argument is not valid Unicode, as an argument
        of a command can be, and `DamagedCase` or `UnreadableCase`
        where a database cannot be read.
        """
        with only_unicode(), self._engine.reader() as reader:
            return question(reader, *args, **kwargs)

    def change(self, change: Change) -> None:
        """Apply a change completely or not at all; later queries see the changed case.

        When this returns the change is on the disk. `who` defaults to the
        author, `when` to now. A change without edits does nothing.

        Raises `DamagedCase` or `RefusedChange` as `store.database.apply.apply`
        does, `UsageError` where a text is not valid Unicode, `ReadOnlyCase`
        where the case cannot be changed, `UnwritableCase` where the change cannot
        be saved, and `ReplacedCase` where another file, or none, is in its place:
        then nothing was changed, and the case is read-only from now on.
        """
        with self._write_lock, self._query_lock:
            self._apply(change, Act.CHANGE)

    def undo(self, announce: Announce = lambda _: None) -> Change | None:
        """Undo the last entry in force; the change that was made, None where there is none.

        `announce` is given the reason of an import first. Raises as `change`.
        """
        return self._undo_or_redo(Act.UNDO, announce)

    def redo(self, announce: Announce = lambda _: None) -> Change | None:
        """Redo the entry undone last, and return as `undo`, with the same arguments and errors."""
        return self._undo_or_redo(Act.REDO, announce)

    def _undo_or_redo(self, act: Act, announce: Announce) -> Change | None:
        """Apply the next entry of the log to undo or redo, backwards or once more."""
        engine = self._engine
        with self._write_lock:
            with self._query_lock:
                sequence = engine.next_undo if act is Act.UNDO else engine.next_redo
                if not sequence:
                    return None
                self._refuse_readers()
                line = engine.entry(sequence)
            bare = Change(self.author, _now(), reason_of(line), ())
            if line.imported:
                announce(bare.why)
            if engine.undo_or_redo_import(line, bare, act):
                return bare
            edits = turned_edits(line, back=act is Act.UNDO)
            with self._query_lock:
                return self._apply(bare._replace(edits=edits), act, of=sequence)

    def take_back(self, sequence: int) -> Change:
        """Take back an act by its number in the log. Raises as `taken_back` and `change`."""
        with self._write_lock, self._query_lock:
            self._refuse_readers()
            return taken_back(self._engine, sequence, lambda one: self._apply(one, Act.CHANGE))

    def _apply(self, change: Change, act: Act, *, of: int | None = None) -> Change:
        """Apply a change and add it to the log. The caller holds the query lock."""
        self._refuse_readers()
        change = Change(
            change.who or self.author, change.when or _now(), change.why, tuple(change.edits)
        )
        if not change.edits:
            return change
        with only_unicode():
            entry = checked_entry(
                change,
                act,
                undoes=of if act is Act.UNDO else None,
                redoes=of if act is Act.REDO else None,
            )
            self._engine.apply_change(change, entry)
        return change

    def import_batches(self, what: Imported | Callable[[], Imported], batches: Batches) -> None:
        """Import batches of edits as one entry of the log: all of them or none.

        Each batch is self-contained: a new event comes with all claims about it,
        each claim with its passage and with every new record that it refers to.
        The edits of a batch are in the order of `RECORD_TYPES`, and a record has
        at most one edit in the whole import. Where `what` is a function, it is
        called after the last batch. In a database, queries run meanwhile and see
        nothing of the import until it is complete. When this returns it is on the
        disk.

        Raises what `change` does, and whatever the batches raise: then nothing
        was imported.
        """
        with self._write_lock, only_unicode():
            self._refuse_readers()
            asked = what if callable(what) else lambda: what
            self._engine.import_batches(Change(self.author, _now(), "", ()), asked, batches)
        self.build_facet_index()

    def build_facet_index(self) -> None:
        """Store the facet index of a large database, where it is not stored yet.

        Queries run meanwhile. Raises `UnwritableCase`.
        """
        if self.writable and self.ask(lacks_answers):
            self._engine.store_facet_index(build_facet_index)

    def _refuse_readers(self) -> None:
        if self.why_read_only:
            raise ReadOnlyCase(self.why_read_only, "open it for writing")

    def history(self, record: str = "", who: str = "", most: int | None = None) -> list[Entry]:
        """Return the entries of the log, the newest first.

        `record` limits them to that of an id, `who` to a person, `most` to a number.
        Raises `DamagedCase` and `UnreadableCase`.
        """
        with self._query_lock, self._engine.reading():
            return entries(self._engine, record, who, most)

    def log(self) -> WholeLog:
        """The entries of the log as they stand there, in order."""
        with self._query_lock, self._engine.reading():
            return whole_log(self._engine)

    def edits_of(self, line: Line) -> tuple[EntryEdit, ...]:
        """The edits of an entry, also where they are stored beside the log."""
        with self._query_lock, self._engine.reading():
            return edits_of(self._engine, line)

    def add_entries(self, work: Callable[[AddEntry], None]) -> None:
        """Let `work` add several entries to the log, each with its change: all of them or none.

        Raises what `change` does, and what `work` raises: then nothing was changed.
        """
        with self._write_lock, self._query_lock, only_unicode():
            self._refuse_readers()
            self._engine.add_entries(work, _now())

    def imports_of(self, record: str) -> frozenset[int]:
        """The imports into a database that added or altered a record; their entries omit its id."""
        with self._query_lock, self._engine.reading():
            return self._engine.imports_of(record)

    def follow(self) -> list[Change]:
        """Apply the changes that others have logged since, and return them.

        Raises `UnreachableServer` once where a server is lost, and `DamagedCase` where
        the log was rewritten or does not fit: then the case must be opened again.
        """
        if self.writable and not self.member:
            return []
        with self._write_lock, self._query_lock:
            return self._follow()

    def _follow(self) -> list[Change]:
        engine = self._engine
        lines = (engine.replay(line) for line in engine.lines())
        return [*engine.taken(), *filter(None, lines)]

    def start_writing(self) -> list[Change]:
        """Become the writer of the case, and return the changes of others since it was opened.

        Raises `ReadOnlyCase` where somebody else is writing it or it cannot be
        written, and what `follow` does: then it stays open read-only.
        """
        with self._save_lock, self._write_lock:
            if not self._read_only_reason:
                return []
            with self._query_lock:
                changes = self._engine.start_writing(self._follow)
            self._engine.finish_redaction(_now())
            self.author, self._read_only_reason = self.member or self.author, ""
            self._finish_originals()
            return changes

    def redact(self, id: str, field: str, reason: str, words: str = "") -> list[FieldOfRecord]:
        """Redact words of a record: in its field, in older snapshots and in the log.

        A field within a value is dotted: `value.printed`. Redacted is the whole
        field, or these `words` wherever they occur in it; a tombstone with their
        hash replaces them, and a hash replaces each reason in the log that
        contains the words. All logged content of a withdrawn record is redacted.
        A redaction cannot be undone, nor can earlier changes of the record.
        The original of an article is removed with its words. Not redacted are other
        fields and records (those that contain the words are returned), torn lines
        that were set aside, packed cases, and the disk's remains of deleted files;
        `store.custody.redaction_traces` finds them.

        Raises what `change` does, `UnknownRecord` and `UsageError` where there
        is no such record or field, and what `read_case` raises where a kept
        snapshot cannot be read: then nothing was redacted. Raises
        `UnpurgedRedaction` where the words were redacted, but remain in some
        file: opening the case for writing removes them there.
        """
        change = Change(self.author, _now(), reason, ())
        return self.make_redaction(Redaction(id, field, words), change)

    def make_redaction(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact as `redact` does, by the person, at the time and for the reason of a change."""
        with self._save_lock, self._write_lock:
            self._refuse_readers()
            with only_unicode():
                digests = self.ask(originals_redacted_with, request.id, request.field)
                try:
                    with originals.redacting_originals(self.path, digests):
                        return self._engine.redact(request, change)
                except UnpurgedRedaction:
                    raise
                except (UnwritableCase, UnreadableCase, ReadOnlyCase) as error:
                    error.message += "; nothing was redacted"
                    raise

    @contextmanager
    def keeping_original(self, content: bytes) -> Iterator[None]:
        """Keep the bytes of an original if its article is added within the context.

        Raises `ReadOnlyCase`, and `UnwritableCase`: then nothing of it is kept.
        """
        self._refuse_readers()
        sending = self._engine.sending_original(content)
        with originals.keeping_original(self.path, content), sending:
            yield

    def original(self, digest: str) -> bytes | None:
        """The bytes of an original, None where it is not kept. Raises `UnreadableCase`."""
        self._engine.fetch_original(digest)
        return originals.read_original(self.path, digest)

    def _finish_originals(self) -> None:
        """Finish, or take back, what an interrupted redaction or import left of originals."""
        originals.finish_set_aside(self.path, self._is_redacted)
        gone = originals.finish_imports(
            self.path, lambda digest: bool(self.ask(articles_of_original, digest))
        )
        if gone:
            self._engine.notices.append(
                f"{self.path}: an import was interrupted: {count_text(len(gone), 'file')} did not"
                " come in; import again"
            )

    def _is_redacted(self, digest: str) -> bool:
        articles = self.ask(articles_of_original, digest)
        return any(one.act is Act.REDACTION for id in articles for one in self.history(record=id))

    def save_snapshot(self) -> None:
        """Write the case file again if the log has newer changes; five backups are kept.

        Queries run meanwhile. Raises `UnwritableCase`: the file is unchanged then.
        """
        if self._read_only_reason:
            return
        with self._save_lock:
            self._engine.save_snapshot(self._write_lock)

    def close(self) -> None:
        """Do as `save_snapshot`, and release index, files and lock, even where that raises."""
        try:
            self.save_snapshot()
            self._engine.keep_index()
        finally:
            with self._query_lock:
                self._engine.close()


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
