"""Repair of a damaged database of any size: its valid records are copied to a new one."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.check_log import LogCheck
from store.custody.check_records import RecordCheck
from store.custody.findings import record_fault
from store.custody.log_verdict import UNREADABLE, LogVerdict
from store.custody.new_files import case_paths, new_files
from store.custody.recovered_database import RecoveredDatabase, recovered_database
from store.custody.stand_ins import bound_to, quoted_article, stand_in
from store.database import disk, sqlite
from store.database.apply import transaction
from store.database.beside import copied_beside
from store.database.bulk_insert import BulkInsert
from store.database.create import write_case_and_log
from store.database.disk import resolve_link
from store.database.gc_pause import gc_paused
from store.database.import_parts import ImportRecorder
from store.database.log_table import FINAL, LogTable, undo_states
from store.database.read_records import INDEXED, decode_row
from store.database.record_cache import RecordCache
from store.database.record_lookup import find_record
from store.database.undo_stack import UndoStack
from store.errors import ConflictError, DamagedCase, UsageError
from store.model.change import Edit
from store.model.log_line import Line
from store.model.record import make_id
from store.model.records import SCHEMA, AnyRecord, Article, Case, Passage
from store.model.references import TABLE_OF, references

_BATCH = 500
_MAX_NAMED = 50
"""The number of omissions that are listed; the others are counted."""

_SMALL = ("datasets", "actors", "places", "sources")


class SalvageResult(NamedTuple):
    """The result of a repair: counts of saved records by table and of entries, and messages."""

    number: Counter[str]
    entries: int
    messages: Sequence[str]


def repair_database(path: Path, to: Path) -> SalvageResult:
    """Write everything that can be saved of the database at `path` to a new one.

    Its originals and its seals are kept beside that, too.
    The log is kept only if it and all records are intact. Raises `UsageError`,
    `UnwritableCase`, what `recovered_database` raises, and `DamagedCase` where
    nothing can be saved.
    """
    if not sqlite.has_database_suffix(to):
        raise UsageError(f"{to}: would be a case file", "name a file that ends with .db")
    temporary = to.with_name(to.name + ".new")
    copy = to.with_name(to.name + ".copy")
    with new_files(*case_paths(to)):
        with recovered_database(resolve_link(path), copy) as recovered:
            verdict = LogVerdict(path, recovered)
            new = sqlite.create(temporary)
            try:
                saved = _Salvage(path, recovered, verdict, new).save()
                sqlite.finish(new, temporary)
            finally:
                new.close()
        disk.rename(temporary, to)
        disk.flush_folder(to.parent)
    if without := copied_beside(path, to):
        return saved._replace(messages=[*saved.messages, without])
    return saved


class _Salvage:
    """A repair while it runs."""

    def __init__(
        self, path: Path, recovered: RecoveredDatabase, verdict: LogVerdict, new: sqlite3.Connection
    ) -> None:
        self._path = path
        self._old = recovered.connection
        self._recovered = recovered
        self._verdict = verdict
        self._new = new
        self._messages: list[str] = []
        self._told = 0
        self._number: Counter[str] = Counter()
        self._recorder = ImportRecorder(new, 0)
        self._bulk = BulkInsert(new, self._recorder)
        self._cache = RecordCache(new)
        self._batch: dict[str, tuple[str, AnyRecord]] = {}
        self._records_by_id = _RecordsById(self._cache, self._batch)
        self._quoted: dict[str, Article] = {}

    def save(self) -> SalvageResult:
        """Copy all records that stand to the new database, in one transaction."""
        self._tell_damage()
        with transaction(self._new):
            self._bulk.keep_indexes()  # each id is looked up before it is added
            self._add_records()
            self._bulk.finish()
            begins, log = self._log()
            write_case_and_log(
                self._new, self._case(), self._recorder.content, begins=begins, log=log
            )
        if self._told > _MAX_NAMED:
            self._messages.append(f"… and {self._told - _MAX_NAMED:,} more")
        return SalvageResult(self._number, len(log), self._messages)

    def _tell_damage(self) -> None:
        if damaged := sorted(self._recovered.damaged):
            named = ", ".join(map(str, damaged[:_MAX_NAMED]))
            more = f" and {len(damaged) - _MAX_NAMED:,} more" if len(damaged) > _MAX_NAMED else ""
            self._messages.append(f"damaged pages of {self._path.name}: {named}{more}")
        if self._verdict.fault:
            self._messages.append(f"the log is damaged: {self._verdict.fault}")
        for id in sorted(self._recovered.altered):
            if find_record(self._old, id) is None and id not in self._verdict.restored_ids:
                self._tell(TABLE_OF.get(id[:3], "record"), id, "is damaged: its bytes were altered")
        for table, id in self._verdict.lost:
            if self._verdict.fault:
                self._tell(table, id, "is left out: it may have been withdrawn or altered since")

    def _add_records(self) -> None:
        for table in _SMALL:  # each table in one batch, as its records refer to each other
            self._add([(table, one) for some in self._records(table) for one in some])
        versions: list[tuple[str, AnyRecord]] = []
        for some in self._records("articles"):
            self._add([("articles", one) for one in some if not getattr(one, "version_of", None)])
            versions += [("articles", one) for one in some if getattr(one, "version_of", None)]
        self._add(versions)
        for some in self._records("passages"):
            self._add([("passages", self._bound(one)) for one in some])
        parts: list[tuple[str, AnyRecord]] = []
        for some in self._records("events"):
            whole = [("events", one) for one in some if getattr(one, "part_of", None) is None]
            parts += [("events", one) for one in some if getattr(one, "part_of", None)]
            claims = [("claims", claim) for _, one in whole for claim in self._claims(one.id)]
            self._add([*whole, *claims])
        self._add(parts)
        for table in ("claims", *INDEXED[INDEXED.index("claims") + 1 :]):
            for some in self._records(table):
                new = [(table, one) for one in some if self._cache.table_of(one.id) is None]
                self._add(new)

    def _claims(self, event: str) -> Iterator[AnyRecord]:
        """The claims about an event; those that cannot be read are left out later."""
        rows = self._old.execute("SELECT body FROM claims WHERE subject = ?", (event,))
        for (body,) in rows:
            with suppress(*UNREADABLE):
                yield decode_row("claims", body, "")

    def _records(self, table: str) -> Iterator[list[AnyRecord]]:
        """The records of a table that stand, in batches, and those that only the log has."""
        text = "text" if table == "articles" else "''"
        rows = self._old.execute(f"SELECT n, body, {text} FROM {table} ORDER BY n")
        while some := rows.fetchmany(_BATCH):
            yield [one for row in some if (one := self._read(table, *row))]
        yield list(self._verdict.restored.get(table, ()))

    def _read(self, table: str, n: int, body: str, text: str) -> AnyRecord | None:
        try:
            return decode_row(table, body, text)
        except UNREADABLE as error:
            self._tell(table, str(n), f"is left out: {error}")
            return None

    def _add(self, records: Sequence[tuple[str, AnyRecord]]) -> None:
        """Add the records that fit the others."""
        for table, one in records:
            if one.id in self._batch or self._cache.table_of(one.id) is not None:
                self._tell(table, one.id, "is left out: another record has its id")
            else:
                self._batch[one.id] = table, one
        dropped = True
        while dropped:
            dropped = False
            for id, (table, one) in list(self._batch.items()):
                if what := record_fault(table, one, self._records_by_id):
                    dropped = True
                    if not self._add_stand_ins(one):
                        self._tell(table, id, f"is left out: {what}")
                        del self._batch[id]
        edits = [Edit(table, id, None, one) for id, (table, one) in self._batch.items()]
        edits.sort(key=lambda edit: INDEXED.index(edit.table))
        self._batch.clear()
        with gc_paused():
            self._bulk.add_or_amend(edits)
        self._number.update(edit.table for edit in edits)

    def _add_stand_ins(self, one: AnyRecord) -> bool:
        """Add stand-ins for the lost records that this one refers to; tell if there are any."""
        made = False
        for _, id, table in references(one):
            if id in self._records_by_id:
                continue
            found = stand_in(table, id, self._recovered.as_found.get(id))
            if table == "articles":
                found = self._quoted[id] = quoted_article(id, self._passages_of(id))
            if found:
                self._batch[id] = table, found
                self._tell(table, id, "is lost: a stand-in is kept for what refers to it")
                made = True
        return made

    def _bound(self, passage: AnyRecord) -> AnyRecord:
        """The passage, bound to the stand-in for its article if that is lost."""
        assert isinstance(passage, Passage)
        if passage.article not in self._records_by_id:
            self._add_stand_ins(passage)
            self._add([])
        article = self._quoted.get(passage.article)
        return bound_to(article, passage) if article else passage

    def _passages_of(self, article: str) -> list[Passage]:
        """All passages of an article."""
        of_article = "json_extract(body, '$.article')"
        self._old.execute(
            f"CREATE INDEX IF NOT EXISTS passages_by_article_id ON passages ({of_article})"
        )
        found = list(self._verdict.restored.get("passages", ()))
        rows = self._old.execute(f"SELECT body FROM passages WHERE {of_article} = ?", (article,))
        for (body,) in rows:
            with suppress(*UNREADABLE):
                found.append(decode_row("passages", body, ""))
        return [one for one in found if isinstance(one, Passage) and one.article == article]

    def _tell(self, table: str, id: str, words: str) -> None:
        self._told += 1
        if self._told <= _MAX_NAMED:
            self._messages.append(f"{table} {id} {words}")

    def _case(self) -> Case:
        try:
            (body,) = self._old.execute("SELECT body FROM cases").fetchone()
            return msgspec.json.decode(body, type=Case)
        except UNREADABLE as error:
            if not self._number:
                raise DamagedCase(
                    f"{self._path}: nothing could be saved", "look for an older copy"
                ) from error
            self._messages.append("the record of the case itself is lost; it gets a new id")
            name = self._path.stem
            return Case(id=make_id("case", name), schema=SCHEMA, name=name, title=name)

    def _log(self) -> tuple[tuple[int, str] | None, list[tuple[Line, str]]]:
        """Read the log with the undo state of each entry, if the old database is intact."""
        if not (self._told or self._verdict.fault or self._is_log_suspect()):
            row = self._old.execute("SELECT sequence, hash FROM cases").fetchone()
            acts = UndoStack()
            lines = list(LogTable(self._path).after(self._old, -1))
            for line in lines:
                acts.add(line)
            known = undo_states(acts)
            return row, [(line, known.get(line.sequence, FINAL)) for line in lines]
        self._messages.append("the log stays with the old case; the new one begins a new log")
        return None, []

    def _is_log_suspect(self) -> bool:
        """Tell if the records are not all as the log has them."""
        log_check = LogCheck(self._path, self._old)
        try:
            checked = RecordCheck(self._path, self._old, log_check)
            return any(log_check.check()) or any(checked.check())
        except (sqlite3.DatabaseError, ConflictError, *UNREADABLE):
            return True


class _RecordsById(Mapping[str, tuple[str, AnyRecord]]):
    """The records of a database with their tables, by id, as `record_fault` reads them.

    `more` are records that are not inserted yet.
    """

    def __init__(self, cache: RecordCache, more: Mapping[str, tuple[str, AnyRecord]]) -> None:
        self._cache = cache
        self._more = more

    def __contains__(self, id: object) -> bool:
        return id in self._more or self._cache.table_of(str(id)) is not None

    def __getitem__(self, id: str) -> tuple[str, AnyRecord]:
        if id in self._more:
            return self._more[id]
        table = self._cache.table_of(id)
        if table is None:
            raise KeyError(id)
        return table, self._cache.article(id) if table == "articles" else _PLACEHOLDER

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("the records are not listed")

    def __len__(self) -> int:
        raise NotImplementedError("the records are not listed")


_PLACEHOLDER = Case(id="case_", schema=SCHEMA, name="", title="")
"""A placeholder for every record of which only the table matters."""
