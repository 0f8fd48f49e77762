"""A case in files, as an archive has it: indexed in memory, every change in its log."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from store.database.apply import applied, apply, new_index
from store.database.engine import Batches, case_after, why_of
from store.database.facet_index import FacetBuild
from store.database.lock import Lock
from store.database.log_entry import checked_entry, entry_of
from store.database.read_records import bodies, records
from store.database.reader import Reader
from store.database.redaction import (
    Redaction,
    hidden_line,
    last_known,
    redaction_of,
    still_holding,
    told_by_hash,
)
from store.document.redact_snapshots import redact_kept
from store.document.snapshot_and_log import CaseFiles
from store.document.tinydb_file import Tables, one_case
from store.errors import ConflictError
from store.model.change import Change, Edit
from store.model.log_line import Act, Imported, Line, as_change, as_entry
from store.model.records import RECORD_TYPES, AnyRecord
from store.model.text_fields import FieldOfRecord


class FileEngine:
    """A case file with its log, and the index of it. See `store.database.engine`."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Read and index the case at `path`, with the changes of its log.

        Raises an error of `store.errors`.
        """
        self.asking = threading.Lock()
        self.connection: sqlite3.Connection = new_index()
        keeping = None
        try:
            keeping = CaseFiles(path, writing=writing)
            apply(self.connection, _opening(keeping.tables))
            self.case = one_case(keeping.tables)
            keeping.let_go_of_tables()
        except BaseException as error:
            self.connection.close()
            if keeping is not None:
                keeping.close()
            if isinstance(error, ConflictError) and not error.message.startswith(str(path)):
                error.message = f"{path}: {error.message}"
            raise
        self.keeping = keeping
        self.path = keeping.path
        self.told = keeping.told

    @property
    def broken(self) -> str:
        """Why nothing can be saved any more."""
        return self.keeping.journal.broken

    @property
    def first(self) -> int:
        """The first entry of the log."""
        return self.keeping.journal.first

    @property
    def last(self) -> int:
        """The last entry of the log."""
        return self.keeping.journal.last

    @property
    def last_done(self) -> int | None:
        """The act that would be taken back next."""
        return self.keeping.acts.done[-1] if self.keeping.acts.done else None

    @property
    def last_undone(self) -> int | None:
        """The act that would be done again next."""
        return self.keeping.acts.undone[-1] if self.keeping.acts.undone else None

    def entry(self, sequence: int) -> Line:
        """An entry of the log."""
        return self.keeping.journal.entry(sequence)

    def brought_by(self, id: str) -> frozenset[int]:
        """None: an entry names all that it edits."""
        return frozenset()

    def lines(self) -> Iterator[Line]:
        """The entries that were added since."""
        return self.keeping.lines()

    def reading(self) -> AbstractContextManager[object]:
        """Nobody else changes the index."""
        return nullcontext()

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Go on as the writer, with the index as it is."""
        lock = Lock(self.path)
        try:
            changes = follow()
            self.keeping.start_writing(lock)
        except BaseException:
            lock.release()
            raise
        return changes

    def make(self, change: Change, entry: Line) -> None:
        """Make a change in the index, and add it to the log."""
        case = case_after(self.case, change)
        self.keeping.catch_up(self._by_id, change.when)
        with applied(self.connection, change):
            self.keeping.add(entry)
        self.case = case

    def take_over(self, line: Line) -> Change | None:
        """Make a change that is in the log, where the case file did not hold it already."""
        if self.keeping.knows(line) or not line.edits:
            return None
        change = as_change(as_entry(line))
        if change is not None:
            case = case_after(self.case, change)
            apply(self.connection, change)
            self.case = case
        return change

    def take_in(self, change: Change, what: Callable[[], Imported], batches: Batches) -> None:
        """Make an import as one change, with all its edits in the log."""
        edits = tuple(edit for batch in batches for edit in batch)
        imported = what()
        change = change._replace(why=why_of(imported), edits=edits)
        entry = checked_entry(change, Act.CHANGE, imported=imported)
        with self.asking:
            self.make(change, entry)

    def again(self, line: Line, change: Change, act: Act) -> bool:
        """Every entry has its edits itself."""
        return False

    def keep(self, build: Callable[[Reader], FacetBuild]) -> None:
        """Nothing: the index is made anew at every opening."""

    def redact(self, id: str, field: str, words: str, change: Change) -> list[FieldOfRecord]:
        """Take words out of the case file, those kept before it, and the log."""
        asked = Redaction(id, field, words)
        with self.asking:
            self._redaction(asked)  # so that nothing is written where it is refused
            self.keeping.catch_up(self._by_id, change.when)
        self._save()
        with self.asking:
            made, edits = self._redaction(asked)
            change = change._replace(edits=edits)
            entry = told_by_hash(entry_of(change, act=Act.REDACTION))
            case = case_after(self.case, change)
            ids = frozenset(edit.id for edit in edits)
            with applied(self.connection, change):
                redact_kept(self.keeping.path, asked)
                self.keeping.redact(entry, lambda line: hidden_line(line, made, ids))
            self.case = case
            others = still_holding(self._by_id(), made)
        self._save()
        return others

    def _redaction(self, asked: Redaction) -> tuple[Redaction, tuple[Edit, ...]]:
        """What is redacted, and the edits; one that was withdrawn is in the log only."""
        held = self._by_id()
        gone = {} if asked.id in held else last_known(self.keeping.old(), asked.id)
        made, edits = redaction_of({**held, **gone}, asked)
        if gone:  # nothing is left of it that could be altered
            edits = [Edit(edit.table, edit.id, None, None) for edit in edits]
        return made, tuple(edits)

    def _by_id(self) -> Mapping[str, tuple[str, AnyRecord]]:
        now = {one.id: (table, one) for table, one in records(self.connection)}
        return {self.case.id: ("case", self.case), **now}

    def rest(self, changing: threading.Lock) -> None:
        """Write the case file anew, where it lacks changes; the five before it are kept."""
        with changing:
            if not self.keeping.unsaved:
                return
            sequence, hash = self.keeping.journal.last, self.keeping.journal.hash
            rows = self._rows()
        self.keeping.save(rows, sequence, hash)

    def _save(self) -> None:
        """Write the case file anew, where it lacks changes, while nobody changes the case."""
        journal = self.keeping.journal
        if self.keeping.unsaved:
            self.keeping.save(self._rows(), journal.last, journal.hash)

    def _rows(self) -> dict[str, list[bytes]]:
        """Every record as JSON by table; between two readings others may ask, and none change."""
        rows = {table: list[bytes]() for table in RECORD_TYPES}
        rows["case"].append(msgspec.json.encode(self.case))
        reading = bodies(self.connection)
        while True:
            with self.asking:
                read = next(reading, None)
            if read is None:
                return rows
            rows[read[0]] += read[1]
            time.sleep(0)  # whoever waits for the lock has it next

    def close(self) -> None:
        """Let index, files and lock go."""
        try:
            self.keeping.close()
        finally:
            self.connection.close()


def _opening(tables: Tables) -> Change:
    """The opening of a case as the change that adds all of its records."""
    return Change(
        who="conflict-tui",
        when="",
        why="open the case",
        edits=(
            Edit(table, record.id, None, record)
            for table, records in tables.items()
            for record in records
        ),
    )
