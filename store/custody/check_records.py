"""The records of a database, each looked at beside its columns and what the log says of it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from store.custody.check_log import LogCheck, LogStep, StandingRecords
from store.custody.findings import Finding, wrong_with
from store.database.import_parts import digest_of, record_bytes, row_bytes, unpack_edits
from store.database.log_table import LogTable
from store.database.read_records import INDEXED, assembled
from store.database.record_cache import MissingRecord, RecordCache
from store.database.record_rows import row_of
from store.errors import ConflictError
from store.model.log_line import LineEdit, as_edit, commitment_of
from store.model.records import SCHEMA, AnyRecord, Case

_COLUMNS: Mapping[str, str] = {
    "datasets": "n, id, name, redistributable, body",
    "actors": "n, id, name, kind, body",
    "places": "n, id, name, kind, body",
    "sources": "n, id, name, kind, body",
    "articles": "n, id, title, publisher, published, copy, text, dataset, body",
    "passages": 'n, id, article, start, "end", in_title, body',
    "events": 'n, id, title, type, planned, background, part_of, dataset, "row", machine, body',
    "claims": "n, id, subject, event, kind, stance, passage, article, body",
}
_OF_PERSONS = "n, id, about, other, body"


class RecordCheck:
    """The records of one database beside what its log says of them.

    `records`, `passages` and `texts` count what was looked at.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, chain: LogCheck) -> None:
        self._path = path
        self._connection = connection
        self._chain = chain
        self._known = RecordCache(connection)
        self._around = RecordsById(self._known)
        self._seen: set[str] = set()
        self.records = 1  # the case itself
        self.passages = 0
        self.texts = 0

    def check(self) -> Iterator[Finding]:
        """Everything that is wrong with any record."""
        for table in INDEXED:
            yield from self._table(table)
        for id, steps in self._chain.steps.items():
            last = steps[-1]
            gone = self._chain.gone.get(id, 0) > last.sequence
            # what was there when the database was made is told by the hash of its first records
            gone = gone or last.sequence <= self._chain.holds
            if last.after and last.table != "case" and id not in self._seen and not gone:
                yield Finding(
                    self._path,
                    f"{last.table} {id}",
                    f"entry {last.sequence} left it, and it is gone",
                )

    def _table(self, table: str) -> Iterator[Finding]:
        columns = _COLUMNS.get(table, _OF_PERSONS)
        rows = self._connection.execute(f"SELECT {columns} FROM {table} ORDER BY n")
        standing = iter(self._chain.standing(table))
        part = next(standing, None)
        held: list[bytes] = []
        for row in rows:
            n = row[0]
            while part is not None and n > part.part.last:
                yield from self._part(part, held)
                part, held = next(standing, None), []
            brought = part if part is not None and part.part.first <= n else None
            if brought:
                self._fill(brought, held, n)
            yield from self._row(table, row, brought, held)
        while part is not None:
            yield from self._part(part, held)
            part, held = next(standing, None), []

    def _fill(self, part: StandingRecords, held: list[bytes], until: int) -> None:
        """Add the records of a part, before a number, that were withdrawn one by one since."""
        while part.part.first + len(held) < until:
            row = self._connection.execute(
                "SELECT id FROM withdrawn WHERE of = ? AND n = ?",
                (part.part.of, part.part.first + len(held)),
            ).fetchone()
            later = self._later(row[0], part) if row else []
            held.append(self._before(row[0], later[0]) if later else b"")

    def _part(self, part: StandingRecords, held: list[bytes]) -> Iterator[Finding]:
        self._fill(part, held, part.part.last + 1)
        if digest_of(held) != part.digest:
            brought = f"entry {part.act} brought them" if part.act else "they were at first"
            numbers = f"{part.part.of} {part.part.first}-{part.part.last}"
            yield Finding(self._path, numbers, f"are not all as {brought}")

    def _later(self, id: str, part: StandingRecords) -> list[LogStep]:
        return [step for step in self._chain.steps.get(id, ()) if step.sequence > part.since]

    def _before(self, id: str, step: LogStep) -> bytes:
        """A record as it was before a step, as its part was sealed; nothing where it was hidden."""
        try:
            if step.act:
                (content,) = self._connection.execute(
                    "SELECT content FROM brought WHERE act = ? AND part = ?", (step.act, step.part)
                ).fetchone()
                edits: Iterable[LineEdit] = unpack_edits(content)
                schema = SCHEMA
            else:
                line = LogTable(self._path).entry(self._connection, step.sequence)
                edits, schema = line.edits, line.schema
            edit = next(one for one in edits if one.id == id)
            for one in as_edit(edit, schema)[2:]:
                if one is not None and commitment_of(one) == step.before:
                    return record_bytes(one)
        except (ValueError, StopIteration, ConflictError):
            pass  # what is wrong with the entry was told
        return b""

    def _row(
        self, table: str, row: tuple[Any, ...], part: StandingRecords | None, held: list[bytes]
    ) -> Iterator[Finding]:
        n, id, body = row[0], row[1], row[-1]
        text = row[6] if table == "articles" else ""
        self.records += 1
        steps = self._chain.steps.get(id, [])
        if steps:
            self._seen.add(id)
        if part:
            later = self._later(id, part)
            held.append(self._before(id, later[0]) if later else row_bytes(body, text))
            steps = later  # those before it are of the same record brought once before
        where = f"{table} {id}"
        try:
            one = assembled(table, body, text)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            yield Finding(self._path, f"{where} ({n})", f"cannot be read ({error})")
            return
        if steps and steps[-1].after != commitment_of(one):
            yield Finding(self._path, where, f"is not as entry {steps[-1].sequence} left it")
        elif part is None and all(step.before is not None for step in steps):
            yield Finding(self._path, where, "no entry of the log brought it")
        if what := self._wrong(table, one, row):
            yield Finding(self._path, where, what)
        self.passages += table == "passages"
        self.texts += bool(text)

    def _wrong(self, table: str, one: AnyRecord, row: tuple[Any, ...]) -> str:
        """What is wrong with a record among all others, or with its columns."""
        try:
            if what := wrong_with(table, one, self._around):
                return what
            right = row_of(table, row[0], one, self._known) == row
        except (MissingRecord, ValueError, TypeError):
            return "what it refers to cannot be read"
        return "" if right else "its columns do not say what it says"


class RecordsById(Mapping[str, tuple[str, AnyRecord]]):
    """The records of a database with their tables, by id, as `wrong_with` asks for them.

    `more` are such as are not in it yet.
    """

    def __init__(
        self, known: RecordCache, more: Mapping[str, tuple[str, AnyRecord]] | None = None
    ) -> None:
        self._known = known
        self._more = {} if more is None else more

    def __contains__(self, id: object) -> bool:
        return id in self._more or self._known.table_of(str(id)) is not None

    def __getitem__(self, id: str) -> tuple[str, AnyRecord]:
        if id in self._more:
            return self._more[id]
        table = self._known.table_of(id)
        if table is None:
            raise KeyError(id)
        return table, self._known.article(id) if table == "articles" else _NOT_ASKED

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("there may be many")

    def __len__(self) -> int:
        raise NotImplementedError("there may be many")


_NOT_ASKED = Case(id="case_", schema=SCHEMA, name="", title="")
"""What stands for every record of which nothing but its table is asked."""
