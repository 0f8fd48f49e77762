"""All that can be saved of a damaged database, in a new one: row by row, whatever its size."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.check_log import LogCheck
from store.custody.check_records import RecordCheck, RecordsById
from store.custody.convert import files_of
from store.custody.findings import wrong_with
from store.database import disk, sqlite
from store.database.apply import transaction
from store.database.bulk_insert import BulkInsert
from store.database.create import describe
from store.database.disk import real
from store.database.gc_pause import gc_paused
from store.database.import_parts import ImportRecorder
from store.database.log_table import SETTLED, LogTable, states
from store.database.read_records import INDEXED, assembled
from store.database.record_cache import RecordCache
from store.database.undo_stack import UndoStack
from store.errors import ConflictError, DamagedCase, UnwritableCase, UsageError
from store.model.change import Edit
from store.model.log_line import Line
from store.model.record import make_id
from store.model.records import SCHEMA, AnyRecord, Case

_AT_ONCE = 500
_MOST_ERRORS = 40
"""Windows in a row that cannot be read before a table is taken to end."""
_NAMED = 50
"""Things that are left out which are named; the others are counted."""

_SMALL = ("datasets", "actors", "places", "sources")
_UNREADABLE = (ValueError, TypeError, KeyError, RecursionError)


class SalvageResult(NamedTuple):
    """What was saved: how many records of each table and entries, and the words on it."""

    number: Counter[str]
    entries: int
    told: Sequence[str]


def repair_database(path: Path, to: Path) -> SalvageResult:
    """Save all that can be saved of the database at `path` in a new one.

    It has the log where nothing is wrong with that nor with any record. Raises
    `UsageError`, `UnwritableCase`, and `DamagedCase` where nothing can be saved.
    """
    if not sqlite.to_be_database(to):
        raise UsageError(f"{to}: would be a case file", "name a file that ends with .db")
    for one in files_of(to):
        if one.exists() or one.is_symlink():
            raise UnwritableCase(f"{one}: is there already", "name a file that is not there yet")
    temporary = to.with_name(to.name + ".new")
    try:
        with closing(sqlite.connect_to_salvage(real(path))) as old:
            new = sqlite.make(temporary)
            try:
                saved = _Salvage(path, old, new).save()
                sqlite.settle(new, temporary)
            finally:
                new.close()
        disk.rename(temporary, to)
        disk.flush_folder(to.parent)
    except OSError as error:
        raise UnwritableCase(
            f"{to}: cannot be written ({error.strerror})", "see to the folder and the disk"
        ) from error
    finally:
        disk.unlink(temporary)
    return saved


class _Salvage:
    """One salvage under way."""

    def __init__(self, path: Path, old: sqlite3.Connection, new: sqlite3.Connection) -> None:
        self._path = path
        self._old = old
        self._new = new
        self._told: list[str] = []
        self._left_out = 0
        self._number: Counter[str] = Counter()
        self._bringing = ImportRecorder(new, 0)
        self._bulk = BulkInsert(new, self._bringing)
        self._known = RecordCache(new)
        self._batch: dict[str, tuple[str, AnyRecord]] = {}
        self._held = RecordsById(self._known, self._batch)

    def save(self) -> SalvageResult:
        """Write what can be read into the new database, all of it in one transaction."""
        with transaction(self._new):
            self._add_records()
            self._bulk.end()
            begins, log = self._log()
            describe(self._new, self._case(), self._bringing.content, begins=begins, log=log)
        if self._left_out > _NAMED:
            self._told.append(f"… and {self._left_out - _NAMED:,} more are left out")
        return SalvageResult(self._number, len(log), self._told)

    def _add_records(self) -> None:
        for table in _SMALL:  # all of one table together, as one may refer to another
            self._add([(table, one) for some in self._records(table) for one in some])
        for table in ("articles", "passages"):
            for some in self._records(table):
                self._add([(table, one) for one in some])
        parts: list[tuple[str, AnyRecord]] = []
        for some in self._records("events"):
            whole = [("events", one) for one in some if getattr(one, "part_of", None) is None]
            parts += [("events", one) for one in some if getattr(one, "part_of", None)]
            claims = [("claims", claim) for _, one in whole for claim in self._claims(one.id)]
            self._add([*whole, *claims])
        self._add(parts)
        for table in ("claims", *INDEXED[INDEXED.index("claims") + 1 :]):
            for some in self._records(table):
                new = [(table, one) for one in some if self._known.table_of(one.id) is None]
                self._add(new)

    def _claims(self, event: str) -> Iterator[AnyRecord]:
        """The claims about an event that its index finds; the others come later."""
        with suppress(sqlite3.DatabaseError):
            rows = self._old.execute("SELECT body FROM claims WHERE subject = ?", (event,))
            for (body,) in rows:
                with suppress(*_UNREADABLE):
                    yield assembled("claims", body, "")

    def _records(self, table: str) -> Iterator[list[AnyRecord]]:
        """The records of a table that can be read, some at a time."""
        text = "text" if table == "articles" else "''"
        last = errors = 0
        while errors < _MOST_ERRORS:
            try:
                rows = self._old.execute(
                    f"SELECT n, body, {text} FROM {table} WHERE n > ? ORDER BY n LIMIT ?",
                    (last, _AT_ONCE),
                ).fetchall()
            except sqlite3.DatabaseError:
                rows = self._one_by_one(table, text, last)
                errors = 0 if rows else errors + 1
                last += _AT_ONCE
            else:
                if not rows:
                    return
                last, errors = rows[-1][0], 0
            yield [one for row in rows if (one := self._read(table, *row))]

    def _one_by_one(self, table: str, text: str, last: int) -> list[tuple[int, str, str]]:
        rows = []
        for n in range(last + 1, last + _AT_ONCE + 1):
            try:
                rows += self._old.execute(
                    f"SELECT n, body, {text} FROM {table} WHERE n = ?", (n,)
                ).fetchall()
            except sqlite3.DatabaseError as error:
                self._leave_out(table, str(n), f"its page is damaged ({error})")
        return rows

    def _read(self, table: str, n: int, body: str, text: str) -> AnyRecord | None:
        try:
            return assembled(table, body, text)
        except _UNREADABLE as error:
            self._leave_out(table, str(n), str(error))
            return None

    def _add(self, records: Sequence[tuple[str, AnyRecord]]) -> None:
        """Add those of the records that can stand among the others."""
        for table, one in records:
            if one.id in self._batch or self._known.table_of(one.id) is not None:
                self._leave_out(table, one.id, "another record has its id")
            else:
                self._batch[one.id] = table, one
        dropped = True
        while dropped:
            dropped = False
            for id, (table, one) in list(self._batch.items()):
                if what := wrong_with(table, one, self._held):
                    self._leave_out(table, id, what)
                    del self._batch[id]
                    dropped = True
        edits = [Edit(table, id, None, one) for id, (table, one) in self._batch.items()]
        self._batch.clear()
        with gc_paused():
            self._bulk.add_or_amend(edits)
        self._number.update(edit.table for edit in edits)

    def _leave_out(self, table: str, id: str, why: str) -> None:
        self._left_out += 1
        if self._left_out <= _NAMED:
            self._told.append(f"{table} {id} is left out: {why}")

    def _case(self) -> Case:
        try:
            (body,) = self._old.execute("SELECT body FROM cases").fetchone()
            return msgspec.json.decode(body, type=Case)
        except (sqlite3.DatabaseError, *_UNREADABLE) as error:
            if not self._number:
                raise DamagedCase(
                    f"{self._path}: nothing could be saved of it", "look for an older copy"
                ) from error
            self._told.append(f"what the case is cannot be read ({error}); it has another id now")
            name = self._path.stem
            return Case(id=make_id("case", name), schema=SCHEMA, name=name, title=name)

    def _log(self) -> tuple[tuple[int, str] | None, list[tuple[Line, str]]]:
        """The log, with what can be done with each entry, where nothing is wrong with the old."""
        try:
            chain = LogCheck(self._path, self._old)
            holding = RecordCheck(self._path, self._old, chain)
            wrong = self._left_out or any(chain.check()) or any(holding.check())
            if not wrong:
                row = self._old.execute("SELECT sequence, hash FROM cases").fetchone()
                acts = UndoStack()
                lines = list(LogTable(self._path).after(self._old, -1))
                for line in lines:
                    acts.add(line)
                known = states(acts)
                return row, [(line, known.get(line.sequence, SETTLED)) for line in lines]
        except (sqlite3.DatabaseError, ConflictError, TypeError, *_UNREADABLE):
            pass  # as it is with every finding
        self._told.append("the log stays with the old case; the new one begins a log of its own")
        return None, []
