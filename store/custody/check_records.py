"""A check of each record of a database against its columns and its history in the log."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from store.custody.check_log import ActivePart, LogCheck, LogStep
from store.custody.findings import Finding, fault_among
from store.custody.read_ahead import ReadAhead
from store.database.checksums import COLUMNS, altered_record
from store.database.import_parts import digest_of, record_bytes, row_bytes, unpack_edits
from store.database.log_table import LogTable
from store.database.read_records import INDEXED, decode_row
from store.database.record_cache import MissingRecord
from store.database.record_rows import row_of
from store.errors import ConflictError
from store.model.log_line import LineEdit, as_edit, commitment_of
from store.model.records import AnyRecord

_EVENT = 'n, id, title, type, planned, background, part_of, dataset, "row", machine, body'
"""The columns of an event that do not follow from claims."""

BATCH = 1_000
"""The number of rows that are read at once."""


class RecordCheck:
    """A check of the records of one database against its log.

    `records`, `passages` and `texts` count those that were checked; `advanced` is
    called with the first of them.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        log_check: LogCheck,
        advanced: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._path = path
        self._advanced = advanced
        self._connection = connection
        self._log_check = log_check
        self._cache = ReadAhead(connection)
        self._seen: set[str] = set()
        self.records = 1  # the case itself
        self.passages = 0
        self.texts = 0

    def check(self) -> Iterator[Finding]:
        """Find all errors of records."""
        for table in INDEXED:
            yield from self._table(table)
        for id, steps in self._log_check.steps.items():
            last = steps[-1]
            withdrawn = self._log_check.withdrawn_by.get(id, 0) > last.sequence
            # initial records are covered by the hash over all of them
            withdrawn = withdrawn or last.sequence <= self._log_check.holds
            if last.after and last.table != "case" and id not in self._seen and not withdrawn:
                yield Finding(
                    self._path,
                    f"{last.table} {id}",
                    f"is missing, but should exist after entry {last.sequence}",
                )

    def _table(self, table: str) -> Iterator[Finding]:
        covered = ", ".join(COLUMNS[table])
        columns = _EVENT if table == "events" else covered
        sound = f"checksum = record_checksum('{table}', {covered})"
        rows = self._connection.execute(f"SELECT {columns}, {sound} FROM {table} ORDER BY n")
        active_parts = iter(self._log_check.active_parts(table))
        part = next(active_parts, None)
        encoded: list[bytes] = []
        for row in self._with_references(table, rows):
            n = row[0]
            while part is not None and n > part.part.last:
                yield from self._part(part, encoded)
                part, encoded = next(active_parts, None), []
            containing = part if part is not None and part.part.first <= n else None
            if containing:
                self._fill_gaps(containing, encoded, n)
            yield from self._row(table, row, containing, encoded)
        while part is not None:
            yield from self._part(part, encoded)
            part, encoded = next(active_parts, None), []

    def _with_references(self, table: str, rows: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
        """The rows; what many of them refer to is read at once."""
        while batch := rows.fetchmany(BATCH):
            self._cache.read(table, batch[0][0], batch[-1][0])
            yield from batch
            self._advanced(self.records)

    def _fill_gaps(self, part: ActivePart, encoded: list[bytes], until: int) -> None:
        """Add the withdrawn records of a part up to a number, with their content before that."""
        while part.part.first + len(encoded) < until:
            row = self._connection.execute(
                "SELECT id FROM withdrawn WHERE of = ? AND n = ?",
                (part.part.of, part.part.first + len(encoded)),
            ).fetchone()
            later_steps = self._later_steps(row[0], part) if row else []
            encoded.append(self._content_before(row[0], later_steps[0]) if later_steps else b"")

    def _part(self, part: ActivePart, encoded: list[bytes]) -> Iterator[Finding]:
        self._fill_gaps(part, encoded, part.part.last + 1)
        if digest_of(encoded) != part.digest:
            origin = f"entry {part.act}" if part.act else "the first state of the case"
            numbers = f"{part.part.of} {part.part.first}-{part.part.last}"
            yield Finding(self._path, numbers, f"differ from {origin}")

    def _later_steps(self, id: str, part: ActivePart) -> list[LogStep]:
        return [step for step in self._log_check.steps.get(id, ()) if step.sequence > part.since]

    def _content_before(self, id: str, step: LogStep) -> bytes:
        """A record before a step, encoded for the hash of its part; empty where it was redacted."""
        try:
            if step.act:
                (content,) = self._connection.execute(
                    "SELECT content FROM brought WHERE act = ? AND part = ?", (step.act, step.part)
                ).fetchone()
                edits: Iterable[LineEdit] = unpack_edits(content)
            else:
                line = LogTable(self._path).entry(self._connection, step.sequence)
                edits = line.edits
            edit = next(one for one in edits if one.id == id)
            for one in as_edit(edit)[2:]:
                if one is not None and commitment_of(one) == step.before:
                    return record_bytes(one)
        except (ValueError, StopIteration, ConflictError):
            pass  # the check of the log has reported the error
        return b""

    def _row(
        self, table: str, row: tuple[Any, ...], part: ActivePart | None, encoded: list[bytes]
    ) -> Iterator[Finding]:
        *columns, sound = row
        n, id, body = columns[0], columns[1], columns[-1]
        text = row[6] if table == "articles" else ""
        self.records += 1
        steps = self._log_check.steps.get(id, [])
        if steps:
            self._seen.add(id)
        if part:
            later_steps = self._later_steps(id, part) if steps else []
            encoded.append(
                self._content_before(id, later_steps[0]) if later_steps else row_bytes(body, text)
            )
            steps = later_steps  # earlier steps belong to an earlier import of the record
        where = f"{table} {id}"
        try:
            one = decode_row(table, body, text)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            if table == "articles":
                self._cache.damaged.add(id)
            yield Finding(self._path, f"{where} ({n})", f"cannot be read ({error})")
            return
        if not sound:
            yield Finding(self._path, where, "is not as it was written: its checksum differs")
        elif steps and steps[-1].after != commitment_of(one):
            yield Finding(self._path, where, f"differs from entry {steps[-1].sequence}")
        elif part is None and all(step.before is not None for step in steps):
            yield Finding(self._path, where, "no log entry added it")
        if what := self._fault(table, one, tuple(columns)):
            yield Finding(self._path, where, what)
        self.passages += table == "passages"
        self.texts += bool(text)

    def _table_of(self, id: str) -> str | None:
        """The table of the record with an id, which must be readable if it is an article."""
        table = self._cache.table_of(id)
        if table == "articles":
            self._cache.article(id)
        return table

    def _fault(self, table: str, one: AnyRecord, row: tuple[Any, ...]) -> str:
        """The fault of a record in relation to others or to its columns; empty if none."""
        try:
            if what := fault_among(table, one, self._table_of, self._cache.article):
                return what
            right = row_of(table, row[0], one, self._cache) == row
        except (MissingRecord, ValueError, TypeError):
            return "a record that it refers to cannot be read"
        except sqlite3.OperationalError:
            if not altered_record():
                raise
            return "a record that it refers to is not as it was written"
        return "" if right else "its columns do not match its content"
