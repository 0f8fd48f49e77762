"""The word of the log on the records that were found on the pages of a damaged database.

A page may hold an older version of a record, or one that was withdrawn. The last
entry about it decides. Where the log itself is damaged, an entry may be missing:
then no record stands that it may have been about.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from store.custody.check_log import ActivePart, LogCheck, LogStep
from store.custody.recovered_database import RecoveredDatabase
from store.database.import_parts import unpack_edits
from store.database.log_table import LogTable
from store.database.read_records import INDEXED, decode_row
from store.errors import ConflictError
from store.model.log_line import LineEdit, as_edit, commitment, commitment_of, is_redacted
from store.model.records import AnyRecord

UNREADABLE = (ValueError, TypeError, KeyError, RecursionError)
"""The errors of a record, or of an entry, that is none."""


class _Found(NamedTuple):
    """A record that was found; `listed` is None where it is certain that it is in use."""

    table: str
    n: int
    id: str
    body: str
    text: str
    listed: int | None


class LogVerdict:
    """The word of the log of a recovered database; `fault` says what is wrong with it, if anything.

    `lost` are the records that are taken out, as it is not known if they stand,
    with their tables. `restored` are records that the log has and no page, by table.
    """

    def __init__(self, path: Path, recovered: RecoveredDatabase) -> None:
        """Read the log, take out what does not stand, and look for what is missing."""
        self._recovered = recovered
        self._connection = recovered.connection
        self._log = LogTable(path)
        self._check = LogCheck(path, recovered.connection)
        self.fault = self._read_log()
        self._parts = {table: self._check.active_parts(table) for table in INDEXED}
        self._may_be_old = not (recovered.wiped and self._check.knows_undone)
        self.lost: list[tuple[str, str]] = []
        self.restored: dict[str, list[AnyRecord]] = {}
        for found in chain(self._logged(), self._uncertain(), self._undone()):
            if not self._stands(found):
                self._may_be_old = True
                self._connection.execute(f"DELETE FROM {found.table} WHERE n = ?", (found.n,))
                self.lost.append((found.table, found.id))
        if not self.fault:
            self._restore()

    @property
    def restored_ids(self) -> frozenset[str]:
        """The ids of the records that only the log has."""
        return frozenset(one.id for of in self.restored.values() for one in of)

    def _read_log(self) -> str:
        """Read the whole log, and return its first fault, empty for none."""
        fault = ""
        try:
            for finding in self._check.check():
                fault = fault or f"{finding.where}: {finding.what}"
        except (sqlite3.Error, ConflictError, *UNREADABLE) as error:
            fault = fault or str(error)
        return fault

    def _logged(self) -> Iterator[_Found]:
        """The records that the log has steps of."""
        for id, steps in self._check.steps.items():
            if steps[-1].table in INDEXED:
                yield from self._found(steps[-1].table, "id = ?", id)

    def _uncertain(self) -> Iterator[_Found]:
        for table, n in self._connection.execute("SELECT of, n FROM uncertain"):
            yield from self._found(table, "one.n = ?", n)

    def _undone(self) -> Iterator[_Found]:
        """The records with numbers of imports that were undone."""
        for part in self._check.undone_parts():
            yield from self._found(part.of, "one.n BETWEEN ? AND ?", part.first, part.last)

    def _found(self, table: str, condition: str, *parameters: object) -> list[_Found]:
        text = "text" if table == "articles" else "''"
        rows = self._connection.execute(
            f"""SELECT one.n, id, body, {text}, listed FROM {table} AS one
            LEFT JOIN uncertain ON of = '{table}' AND uncertain.n = one.n WHERE {condition}""",
            parameters,
        )
        return [_Found(table, *row) for row in rows]

    def _stands(self, found: _Found) -> bool:
        """Tell if a record is in force as it was found."""
        part = self._part(found.table, found.n)
        steps = self._check.steps.get(found.id, [])
        steps = [step for step in steps if part is None or step.sequence > part.since]
        certain = found.listed is None
        if steps:
            content = _commitment(found)
            if content == steps[-1].after or not (self.fault and certain):
                return content == steps[-1].after
            # an entry about it may be lost; it is no older version that is known
            return all(content not in (step.before, step.after) for step in steps)
        if part is None and self._check.is_undone(found.table, found.n):
            return False
        if certain:
            return True
        if self.fault:
            return bool(found.listed) and not self._may_be_old
        return part is not None

    def _part(self, table: str, n: int) -> ActivePart | None:
        """The part of an import in force, or of the beginning, that has a number of a table."""
        parts = self._parts[table]
        at = bisect_right(parts, n, key=lambda one: one.part.first) - 1
        return parts[at] if at >= 0 and n <= parts[at].part.last else None

    def _restore(self) -> None:
        """Take from the log what no page has."""
        for id, steps in self._check.steps.items():
            last = steps[-1]
            if last.after is None or last.table not in INDEXED:
                continue
            later = (self._check.withdrawn_by, self._check.announced)
            if any(of.get(id, 0) > last.sequence for of in later):
                continue  # an entry has withdrawn it since, or redacted it
            if not self._found(last.table, "id = ?", id) and (one := self._logged_record(id, last)):
                self.restored.setdefault(last.table, []).append(one)
                self.lost = [record for record in self.lost if record[1] != id]

    def _logged_record(self, id: str, step: LogStep) -> AnyRecord | None:
        """The record after a step, None where the log has not its content."""
        try:
            line = self._log.entry(self._connection, step.sequence)
            edits: Sequence[LineEdit] = line.edits
            if step.act:
                (content,) = self._connection.execute(
                    "SELECT content FROM brought WHERE act = ? AND part = ?", (step.act, step.part)
                ).fetchone()
                edits = unpack_edits(content)
            for edit in edits:
                for side in (edit.before, edit.after) if edit.id == id else ():
                    if not is_redacted(side) and commitment(side) == step.after:
                        return as_edit(LineEdit(edit.table, id, side, side)).after
        except (ConflictError, *UNREADABLE):
            pass  # the check of the log has reported the error
        return None


def _commitment(found: _Found) -> str | None:
    """The hash of a record as the log has it, None where it is no record."""
    try:
        return commitment_of(decode_row(found.table, found.body, found.text))
    except UNREADABLE:
        return None
