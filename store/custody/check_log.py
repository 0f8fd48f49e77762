"""What the log of a database says of its records, checked line by line."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.findings import Finding
from store.database.create import seal_of_case
from store.database.import_parts import (
    ALTERED,
    ImportPart,
    digest_of,
    digest_of_edits,
    parts_of,
    record_bytes,
    sealed_part,
    unpack_edits,
    unpack_records,
)
from store.database.log_table import DONE, SETTLED, UNDONE, can_be_undone, too_short
from store.database.redact_database import content_of
from store.database.undo_stack import untold
from store.model.log_line import (
    Act,
    Line,
    LineEdit,
    Redacted,
    commitment,
    commitment_of,
    is_nothing,
    is_redacted,
    read_line,
)
from store.model.records import Case


class LogStep(NamedTuple):
    """An edit of a record: by which entry, and the hash of what it was and became, if anything.

    `part` is that of an import, whose edits are kept beside its entry.
    """

    sequence: int
    table: str
    before: str | None
    after: str | None
    act: int
    part: int


class StandingRecords(NamedTuple):
    """Records that stand as an act brought them, as far as no later entry edits them."""

    act: int
    part: ImportPart
    since: int
    digest: str


class LogCheck:
    """The log of one database. `check` reads it; what it says is there afterwards.

    `steps` are the edits of each record by id, `standing` the parts of imports
    and of the beginning by table, `gone` the entry by which a record was
    withdrawn together with all that an import brought, and `holds` the last
    entry that was there before the database was.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self.steps: dict[str, list[LogStep]] = {}
        self.gone: dict[str, int] = {}
        self.entries = 0
        self._parts: dict[int, list[ImportPart]] = {}
        self._since: dict[int, int] = {}
        self._undone: dict[int, int] = {}
        self._turned = 0
        self._states: dict[int, str] = {}
        self.holds = 0
        self._hidden: list[tuple[int, str]] = []
        self._said: set[str | int] = set()

    def check(self) -> Iterator[Finding]:
        """Everything that is wrong with the log, and with what is kept beside it."""
        row = self._connection.execute(
            "SELECT id, sequence, hash, holds, records, seal, body FROM cases"
        ).fetchone()
        id, sequence, hash, self.holds, records, seal, body = row
        yield from self._lines(sequence, hash)
        yield from self._beginning(id, sequence, hash, records, seal, body)
        yield from self._withdrawn()
        yield from self._check_states()
        for n, what in self._hidden:
            if (what or n) not in self._said:
                yield self._found(n, f"{what or 'its reason'} is redacted, and no act says so")

    def _found(self, sequence: int, what: str) -> Finding:
        return Finding(self._path, f"entry {sequence}", what)

    def _lines(self, sequence: int, hash: str) -> Iterator[Finding]:
        known = True
        for n, content in self._connection.execute("SELECT sequence, line FROM log ORDER BY 1"):
            self.entries += 1
            try:
                line = read_line(content.encode() + b"\n")
            except ValueError as error:
                yield self._found(n, str(error))
                sequence, known = n, False
                continue
            if line.sequence != n:
                yield self._found(n, f"it says that it is entry {line.sequence}")
            elif n != sequence + 1:
                yield self._found(n, f"entry {sequence + 1} is missing")
            elif known and line.prev != hash:
                yield self._found(n, "it does not follow the entry before")
            sequence, hash, known = n, line.hash, True
            yield from self._line(n, line)
        if sequence < self.holds:
            yield Finding(self._path, "log", too_short(self.holds, sequence))

    def _line(self, n: int, line: Line) -> Iterator[Finding]:
        if isinstance(line.why, Redacted):
            self._hidden.append((n, ""))
        if line.imported and not line.edits:
            told = next(parts_of(self._connection, line.redoes or n), None)
            self._turned = self._turned if told else n
        yield from self._edits(n, 0, 0, line.edits)
        if line.undoes is not None:
            self._turn(n, line.undoes, DONE, UNDONE)
            self._undone[line.undoes] = n
            yield from self._again(n, line.undoes, back=True)
        elif line.redoes is not None:
            self._turn(n, line.redoes, UNDONE, DONE)
            self._undone.pop(line.redoes, None)
            self._since[line.redoes] = n
            yield from self._again(n, line.redoes, back=False)
        elif line.act is Act.REDACTION:
            yield from self._redaction(n, line)
        else:
            self._states.update(
                (one, SETTLED) for one, state in self._states.items() if state == UNDONE
            )
            if line.imported and not line.edits:
                yield from self._import(n, line)
            elif can_be_undone(line):
                self._states[n] = DONE
        if n <= self.holds and untold(line):
            self._states.clear()

    def _turn(self, n: int, of: int, was: str, now: str) -> None:
        if self._states.get(of) == was:
            self._states[of] = now

    def _import(self, n: int, line: Line) -> Iterator[Finding]:
        parts = list(parts_of(self._connection, n))
        if not parts:
            if n > self.holds and line.content != hashlib.sha256().hexdigest():
                yield self._found(n, "what it brought is not told any more")
            return
        self._parts[n], self._since[n] = parts, n
        self._states[n] = DONE
        digest = hashlib.sha256(b"".join(map(sealed_part, parts))).hexdigest()
        if digest != line.content:
            yield self._found(n, "what is told of what it brought is not what it was")
        yield from self._again(n, n, back=False)

    def _again(self, n: int, act: int, *, back: bool) -> Iterator[Finding]:
        """The edits that an import makes, or takes back."""
        parts = self._parts.get(act, [])
        for part in reversed(parts) if back else parts:
            if part.of != ALTERED:
                continue
            try:
                edits = unpack_edits(self._content(act, part))
            except ValueError as error:
                yield self._found(act, f"its edits, part {part.part}, cannot be read ({error})")
                continue
            if not back and n == act and digest_of_edits(edits) != part.digest:
                yield self._found(act, f"its edits, part {part.part}, are not what they were")
            if any(is_redacted(one.before) or is_redacted(one.after) for one in edits):
                self._states[act] = SETTLED
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
                self._hidden.append((act or n, one.id))
            before = None if is_nothing(one.before) else commitment(one.before)
            after = None if is_nothing(one.after) else commitment(one.after)
            steps = self.steps.setdefault(one.id, [])
            # what an import adds and takes back is no step, and may come back as another
            known = steps and steps[-1].after and steps[-1].sequence >= self._turned
            if known and before is not None and steps[-1].after != before:
                yield self._found(n, f"{one.id} was another before it")
            steps.append(LogStep(n, one.table, before, after, act, part))

    def _redaction(self, n: int, line: Line) -> Iterator[Finding]:
        sealed = self._connection.execute(
            "SELECT act, part, digest FROM resealed WHERE by = ? ORDER BY act, part", (n,)
        ).fetchall()
        self._said.update(line.reasons, line.hidden, (edit.id for edit in line.edits))
        for act, _, _ in sealed:
            if act:
                self._states[act] = SETTLED
        if line.content != (content_of(sealed) if sealed else ""):
            yield self._found(n, "what it left of imports is not what it was")

    def _beginning(
        self, id: str, sequence: int, hash: str, records: str, seal: str, body: str
    ) -> Iterator[Finding]:
        parts = list(parts_of(self._connection, 0))
        self._parts[0], self._since[0] = parts, self.holds
        if hashlib.sha256(b"".join(map(sealed_part, parts))).hexdigest() != records:
            yield Finding(
                self._path, "cases", "what is told of its first records is not what it was"
            )
        try:
            case = msgspec.json.decode(body, type=Case)
        except msgspec.MsgspecError as error:
            yield Finding(self._path, "cases", str(error))
            return
        steps = self.steps.get(case.id, [])
        first = next((step for step in steps if step.sequence > self.holds), None)
        was = first.before if first else commitment_of(case)
        if seal_of_case(sequence, hash, self.holds, records, was or "") != seal:
            yield Finding(self._path, "cases", "it is not as it was written: its seal is another's")
        elif (steps and steps[-1].after != commitment_of(case)) or case.id != id:
            yield Finding(self._path, f"cases {id}", "it is not as the log left it")

    def _withdrawn(self) -> Iterator[Finding]:
        """What is wrong with the records that are kept of imports that were taken back."""
        for act, n in self._undone.items():
            for part in self._parts.get(act, []):
                if part.of == ALTERED:
                    continue
                (content,) = self._connection.execute(
                    "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part.part)
                ).fetchone()
                if content is None:
                    self._states[act] = SETTLED  # it held what was redacted later
                    continue
                try:
                    records = unpack_records(part.of, content)
                except ValueError as error:
                    yield self._found(act, f"part {part.part}, {part.of}: {error}")
                    continue
                self.gone.update((one.id, n) for one in records if one.id in self.steps)
                if digest_of(map(record_bytes, records)) != part.digest:
                    yield self._found(act, f"part {part.part}, {part.of}, is not what it brought")

    def _check_states(self) -> Iterator[Finding]:
        for n, state in self._connection.execute("SELECT sequence, state FROM log"):
            if state != self._states.get(n, SETTLED):
                yield self._found(n, "whether it can be taken back is told wrongly")

    def standing(self, table: str) -> list[StandingRecords]:
        """The parts of a table whose records stand, by number."""
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
                    found.append(StandingRecords(act, part, max(since, self._since[act]), digest))
        return sorted(found, key=lambda one: one.part.first)
