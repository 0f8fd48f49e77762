"""A check of the log of a database, and of the imports stored beside it, line by line."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.findings import Finding
from store.database.checksums import COLUMNS
from store.database.create import seal_of_case
from store.database.import_parts import (
    ALTERED,
    ImportPart,
    digest_of,
    digest_of_edits,
    encode_part,
    parts_of,
    record_bytes,
    unpack_edits,
    unpack_records,
)
from store.database.log_table import (
    DONE,
    FINAL,
    UNDONE,
    LogTable,
    can_be_undone,
    truncated_log_message,
)
from store.database.redact_database import content_of
from store.database.undo_stack import omits_edits
from store.model.log_line import (
    HIDING,
    Act,
    Line,
    LineEdit,
    Redacted,
    commitment,
    commitment_of,
    hides,
    is_null,
    is_redacted,
    read_line,
)
from store.model.records import Case


class LogStep(NamedTuple):
    """An edit of a record: the number of its entry, and the hashes of the record before and after.

    `act` and `part` name the import whose stored edits include it, 0 where the
    entry itself does.
    """

    sequence: int
    table: str
    before: str | None
    after: str | None
    act: int
    part: int


class ActivePart(NamedTuple):
    """A part of an import in force; its records are as imported unless later entries edit them."""

    act: int
    part: ImportPart
    since: int
    digest: str


class LogCheck:
    """A check of the log of one database; `check` also collects what the log says of records.

    Afterwards `steps` holds the edits of each record by id, `active_parts` gives
    the parts of imports and of the initial records by table, `withdrawn_by` holds
    the entry that withdrew a record by undoing its import, and `holds` is the
    last entry from before the database was created. `announced` holds the last
    redaction by the ids of redacted records, and by the numbers of entries with
    redacted reasons.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self.steps: dict[str, list[LogStep]] = {}
        self.withdrawn_by: dict[str, int] = {}
        self.entries = 0
        self._parts: dict[int, list[ImportPart]] = {}
        self._since: dict[int, int] = {}
        self._undone: dict[int, int] = {}
        self._last_unrecorded = 0
        self._states: dict[int, str] = {}
        self.holds = 0
        self._redacted: list[tuple[int, str]] = []
        self.announced: dict[str | int, int] = {}
        self.damaged_imports: set[int] = set()
        self._plain: dict[str, set[int]] = {}
        self._plain_reasons: set[int] = set()

    def check(self) -> Iterator[Finding]:
        """Find all errors of the log, and of the imports stored beside it."""
        covered = ", ".join(COLUMNS["cases"])
        row = self._connection.execute(
            f"SELECT {covered}, checksum = record_checksum('cases', {covered}) FROM cases"
        ).fetchone()
        self._parts[0] = list(parts_of(self._connection, 0))
        if row is None:
            yield Finding(self._path, "cases", "the record of the case is missing")
            yield from self._lines(None, None)
        else:
            _, id, sequence, hash, self.holds, records, seal, last, last_hash, body, sound = row
            if not sound:
                yield Finding(self._path, "cases", "is not as it was written: its checksum differs")
            yield from self._lines((sequence, hash), (last, last_hash))
            yield from self._initial_state(id, sequence, hash, records, seal, body)
        self._since[0] = self.holds
        yield from self._undone_imports()
        yield from self._check_states()
        for n, what in self._redacted:
            if (what or n) not in self.announced:
                yield self._finding(n, f"{what or 'its reason'} is redacted, but no entry says so")
        for n in self._plain_reasons & self.announced.keys():
            yield self._finding(n, "its reason is there again, which was redacted")

    def _finding(self, sequence: int, what: str) -> Finding:
        return Finding(self._path, f"entry {sequence}", what)

    def _lines(
        self, begins: tuple[int, str] | None, ends: tuple[int, str] | None
    ) -> Iterator[Finding]:
        """Check each line; `begins` and `ends` are what the case says of its log, None if unknown.

        They are the numbers and hashes of the entry before the first line, and of the last.
        """
        known = begins is not None
        sequence, hash = begins or (LogTable(self._path).first(self._connection) - 1, "")
        for n, content in self._connection.execute("SELECT sequence, line FROM log ORDER BY 1"):
            self.entries += 1
            try:
                line = read_line(content.encode() + b"\n")
            except ValueError as error:
                yield self._finding(n, str(error))
                sequence, known = n, False
                continue
            if line.sequence != n:
                yield self._finding(n, f"its number is {line.sequence}")
            elif n != sequence + 1:
                yield self._finding(n, f"entry {sequence + 1} is missing")
            elif known and line.prev != hash:
                yield self._finding(n, "it does not follow the entry before it")
            sequence, hash, known = n, line.hash, True
            yield from self._line(n, line)
        if ends and sequence < ends[0]:
            yield Finding(self._path, "log", truncated_log_message(ends[0], sequence))
        elif ends and known and hash != ends[1]:
            yield Finding(self._path, "log", "it does not end with the last entry of the case")

    def _line(self, n: int, line: Line) -> Iterator[Finding]:
        if isinstance(line.why, Redacted):
            self._redacted.append((n, ""))
        else:
            self._plain_reasons.add(n)
        if line.imported and not line.edits:
            first_part = next(parts_of(self._connection, line.redoes or n), None)
            self._last_unrecorded = self._last_unrecorded if first_part else n
        yield from self._edits(n, 0, 0, line.edits)
        if line.undoes is not None:
            self._change_state(n, line.undoes, DONE, UNDONE)
            self._undone[line.undoes] = n
            yield from self._stored_edits(n, line.undoes, back=True)
        elif line.redoes is not None:
            self._change_state(n, line.redoes, UNDONE, DONE)
            self._undone.pop(line.redoes, None)
            self._since[line.redoes] = n
            yield from self._stored_edits(n, line.redoes, back=False)
        elif line.act in HIDING:
            yield from self._redaction(n, line)
        else:
            self._states.update(
                (one, FINAL) for one, state in self._states.items() if state == UNDONE
            )
            if line.imported and not line.edits:
                yield from self._import(n, line)
            elif can_be_undone(line):
                self._states[n] = DONE
        if n <= self.holds and omits_edits(line):
            self._states.clear()

    def _change_state(self, n: int, of: int, was: str, now: str) -> None:
        if self._states.get(of) == was:
            self._states[of] = now

    def _import(self, n: int, line: Line) -> Iterator[Finding]:
        parts = list(parts_of(self._connection, n))
        if not parts:
            if n > self.holds and line.content != hashlib.sha256().hexdigest():
                self.damaged_imports.add(n)
                yield self._finding(n, "its imported parts are missing")
            return
        self._parts[n], self._since[n] = parts, n
        self._states[n] = DONE
        digest = hashlib.sha256(b"".join(map(encode_part, parts))).hexdigest()
        if digest != line.content:
            self.damaged_imports.add(n)
            yield self._finding(n, "its imported parts were altered")
        yield from self._stored_edits(n, n, back=False)

    def _stored_edits(self, n: int, act: int, *, back: bool) -> Iterator[Finding]:
        """Check the stored edits that an import or its undo applies."""
        parts = self._parts.get(act, [])
        for part in reversed(parts) if back else parts:
            if part.of != ALTERED:
                continue
            try:
                edits = unpack_edits(self._content(act, part))
            except ValueError as error:
                yield self._finding(act, f"its edits, part {part.part}, cannot be read ({error})")
                continue
            if not back and n == act and digest_of_edits(edits) != part.digest:
                yield self._finding(act, f"its edits, part {part.part}, were altered")
            if any(is_redacted(one.before) or is_redacted(one.after) for one in edits):
                self._states[act] = FINAL
            if back:
                edits = [LineEdit(one.table, one.id, one.after, one.before) for one in edits]
            yield from self._edits(n, act, part.part, edits)

    def _content(self, act: int, part: ImportPart) -> bytes:
        (content,) = self._connection.execute(
            "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part.part)
        ).fetchone()
        return bytes(content)

    def _edits(self, n: int, act: int, part: int, edits: Iterable[LineEdit]) -> Iterator[Finding]:
        for one in edits:
            if is_redacted(one.before) or is_redacted(one.after):
                self._redacted.append((act or n, one.id))
            if any(not (is_null(side) or is_redacted(side)) for side in (one.before, one.after)):
                self._plain.setdefault(one.id, set()).add(act or n)
            before = None if is_null(one.before) else commitment(one.before)
            after = None if is_null(one.after) else commitment(one.after)
            steps = self.steps.setdefault(one.id, [])
            # additions by an import are not steps, so a record may return with other content
            known = steps and steps[-1].after and steps[-1].sequence >= self._last_unrecorded
            if known and before is not None and steps[-1].after != before:
                yield self._finding(n, f"{one.id} had other content before it")
            steps.append(LogStep(n, one.table, before, after, act, part))

    def _redaction(self, n: int, line: Line) -> Iterator[Finding]:
        sealed = self._connection.execute(
            "SELECT act, part, digest FROM resealed WHERE by = ? ORDER BY act, part", (n,)
        ).fetchall()
        redacted = hides(line)
        if line.act is Act.LEFT_OUT:
            self._states.clear()
        self.announced |= dict.fromkeys((*redacted, *line.reasons), n)
        for id in sorted(redacted):
            if again := [one for one in self._plain.get(id, ()) if one < n]:
                yield self._finding(again[0], f"{id} is there again, which entry {n} redacted")
        for act, _, _ in sealed:
            if act:
                self._states[act] = FINAL
        is_here = n > self.holds or sealed
        if is_here and line.content != (content_of(sealed) if sealed else ""):
            yield self._finding(n, "its hashes of imported parts were altered")

    def _initial_state(
        self, id: str, sequence: int, hash: str, records: str, seal: str, body: str
    ) -> Iterator[Finding]:
        parts = self._parts[0]
        if hashlib.sha256(b"".join(map(encode_part, parts))).hexdigest() != records:
            yield Finding(self._path, "cases", "the list of its initial records was altered")
        try:
            case = msgspec.json.decode(body, type=Case)
        except msgspec.MsgspecError as error:
            yield Finding(self._path, "cases", str(error))
            return
        steps = self.steps.get(case.id, [])
        first = next((step for step in steps if step.sequence > self.holds), None)
        was = first.before if first else commitment_of(case)
        if seal_of_case(sequence, hash, self.holds, records, was or "") != seal:
            yield Finding(self._path, "cases", "it was altered: its seal does not match")
        elif (steps and steps[-1].after != commitment_of(case)) or case.id != id:
            yield Finding(self._path, f"cases {id}", "it differs from its last version in the log")

    def _undone_imports(self) -> Iterator[Finding]:
        """Check the stored records of undone imports."""
        for act, n in self._undone.items():
            for part in self._parts.get(act, []):
                if part.of == ALTERED:
                    continue
                (content,) = self._connection.execute(
                    "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part.part)
                ).fetchone()
                if content is None:
                    self._states[act] = FINAL  # a later redaction removed it
                    continue
                try:
                    records = unpack_records(part.of, content)
                except ValueError as error:
                    yield self._finding(act, f"part {part.part}, {part.of}: {error}")
                    continue
                self.withdrawn_by.update((one.id, n) for one in records if one.id in self.steps)
                for one in records:
                    if one.id in self.announced:
                        yield self._finding(act, f"{one.id} is there again, which was redacted")
                if digest_of(map(record_bytes, records)) != part.digest:
                    yield self._finding(act, f"part {part.part}, {part.of}, was altered")

    def _check_states(self) -> Iterator[Finding]:
        for n, state in self._connection.execute("SELECT sequence, state FROM log"):
            if state != self._states.get(n, FINAL):
                yield self._finding(n, "its undo state is wrong")

    @property
    def knows_undone(self) -> bool:
        """True if it is known what the imports brought that were undone."""
        return not self.damaged_imports & self._undone.keys()

    def is_undone(self, table: str, n: int) -> bool:
        """Tell if a number of a table is of an import that was undone."""
        return any(
            part.of == table and part.first <= n <= part.last
            for act in self._undone
            for part in self._parts.get(act, ())
        )

    def undone_parts(self) -> Iterator[ImportPart]:
        """The parts with added records of the imports that were undone."""
        for act in self._undone:
            yield from (part for part in self._parts.get(act, ()) if part.of != ALTERED)

    def active_parts(self, table: str) -> list[ActivePart]:
        """The parts of a table whose import is in force, by number."""
        resealed = {
            (act, part): (by, digest)
            for by, act, part, digest in self._connection.execute(
                "SELECT by, act, part, digest FROM resealed ORDER BY by"
            )
        }
        found = []
        for act, parts in self._parts.items():
            for part in parts:
                if part.of == table and act not in self._undone:
                    since, digest = resealed.get((act, part.part), (0, part.digest))
                    found.append(ActivePart(act, part, max(since, self._since[act]), digest))
        return sorted(found, key=lambda one: one.part.first)
