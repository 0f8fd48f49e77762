"""What an import brought into a database, in parts, so that it can be withdrawn and verified.

The records that were added are told by their numbers, which follow each
other. Records that were altered, withdrawn or brought back are kept as they
were and became: a number belongs to one part of all acts that stand.
"""

import hashlib
import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from store.database.read_records import INDEXED, decoded
from store.database.record_lookup import find
from store.database.record_rows import body_without_text
from store.model.change import Edit
from store.model.log_line import LineEdit, as_line_edit, commitment
from store.model.records import AnyRecord, Article

ALTERED = ""
"""What stands in place of the table for edits of records that are there, or were once."""

Key = tuple[str, str]
"""The table and the id of a record."""

_SPEED = 3
"""Of zlib: bodies of records are much alike, and more costs more than it saves."""


class ImportPart(NamedTuple):
    """Records from number `first` to `last` of the table `of`, or so many edits.

    `digest` is over the records as they were brought, or over the edits.
    """

    part: int
    batch: int
    of: str
    first: int
    last: int
    digest: str


class ImportRecorder:
    """What one act brings, noted batch by batch."""

    def __init__(self, connection: sqlite3.Connection, act: int) -> None:
        self._connection = connection
        self._act = act
        self._parts = 0
        self._batches = 0
        self._all = hashlib.sha256()
        self._spans: tuple[Spans, Spans] | None = None

    @property
    def content(self) -> str:
        """The hash over all parts, for the log."""
        return self._all.hexdigest()

    def brought_back(self, again: Mapping[Key, int]) -> frozenset[Key]:
        """Those of records that were there once, given with their numbers, that are noted as edits.

        The others came with imports that were taken back, and are added as if they were new.
        """
        if not again:
            return frozenset()
        if self._spans is None:
            self._spans = Spans(self._connection, stand=True), Spans(self._connection, stand=False)
        standing, taken_back = self._spans
        return frozenset(
            (table, id)
            for (table, id), n in again.items()
            if standing.hold(table, n) or not taken_back.hold(table, n)
        )

    def note(self, edits: Sequence[Edit], back: frozenset[Key]) -> None:
        """Note edits that were made; `back` are the records that `brought_back` gave of them."""
        for table in INDEXED:
            ids = [
                edit.id
                for edit in edits
                if edit.table == table and edit.before is None and (table, edit.id) not in back
            ]
            rows = rows_of_ids(self._connection, table, ids)
            for first, run in runs(rows):
                self.added(table, first, run)
        self.edited([one for one in edits if one.before or (one.table, one.id) in back])

    def added(self, table: str, first: int, rows: Sequence[bytes]) -> None:
        """Note records that were added, given as `row_bytes`, from a number on."""
        self._insert(table, first, first + len(rows) - 1, digest_of(rows), None)

    def end_batch(self) -> None:
        """What is noted after this belongs to the next batch."""
        self._batches += 1

    def edited(self, edits: Iterable[Edit]) -> None:
        """Note edits as they are: of records that were there, or that are brought back."""
        made = list(map(as_line_edit, edits))
        if made:
            self._insert(ALTERED, 1, len(made), digest_of_edits(made), pack_edits(made))

    def _insert(self, of: str, first: int, last: int, digest: str, content: bytes | None) -> None:
        self._parts += 1
        part = ImportPart(self._parts, self._batches, of, first, last, digest)
        self._all.update(sealed_part(part))
        self._connection.execute(
            "INSERT INTO brought VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (self._act, *part, content)
        )


class Spans:
    """The numbers of which the parts of acts tell: of those that stand, or of those taken back."""

    def __init__(self, connection: sqlite3.Connection, *, stand: bool) -> None:
        self._firsts: dict[str, list[int]] = {}
        self._lasts: dict[str, list[int]] = {}
        # what was taken back is kept with its part
        for of, first, last in connection.execute(
            "SELECT of, first, last FROM brought WHERE of != ? AND (content IS NULL) = ?"
            " ORDER BY of, first",
            (ALTERED, stand),
        ):
            lasts = self._lasts.setdefault(of, [])
            self._firsts.setdefault(of, []).append(first)
            lasts.append(max(last, lasts[-1]) if lasts else last)

    def hold(self, table: str, n: int) -> bool:
        """Whether one of the parts tells of the record of this number."""
        before = bisect_right(self._firsts.get(table, []), n)
        return before > 0 and self._lasts[table][before - 1] >= n


def sealed_part(part: ImportPart) -> bytes:
    """What of a part goes into the hash over all parts."""
    return msgspec.json.encode(part) + b"\n"


def parts_of(connection: sqlite3.Connection, act: int) -> Iterator[ImportPart]:
    """The parts that an act brought, in order."""
    for row in connection.execute(
        "SELECT part, batch, of, first, last, digest FROM brought WHERE act = ? ORDER BY part",
        (act,),
    ):
        yield ImportPart(*row)


def has_parts(connection: sqlite3.Connection, act: int) -> bool:
    """Whether what an act brought is kept here."""
    found = connection.execute("SELECT 1 FROM brought WHERE act = ? LIMIT 1", (act,))
    return found.fetchone() is not None


def place_of(connection: sqlite3.Connection, id: str) -> tuple[str, int] | None:
    """The table and the number that the record with an id has, or had before it was withdrawn."""
    found = find(connection, id)
    if found is None:
        found = connection.execute("SELECT of, n FROM withdrawn WHERE id = ?", (id,)).fetchone()
    return found


def acts_of(connection: sqlite3.Connection, id: str) -> frozenset[int]:
    """The acts that brought or altered the record with an id, one that stands or was withdrawn."""
    named = msgspec.json.encode(id)
    altered = connection.execute("SELECT act, content FROM brought WHERE of = ?", (ALTERED,))
    acts = {act for act, content in altered if named in _unpacked(content)}
    found = place_of(connection, id)
    if found:
        rows = connection.execute(
            "SELECT act FROM brought WHERE of = ? AND first <= ? AND last >= ? AND act > 0",
            (found[0], found[1], found[1]),
        )
        acts |= {act for (act,) in rows}
    return frozenset(acts)


def kept(connection: sqlite3.Connection, act: int, part: ImportPart) -> bytes:
    """What is kept with a part: its edits, or its records while they are withdrawn."""
    (content,) = connection.execute(
        "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part.part)
    ).fetchone()
    return bytes(content)


def keep(connection: sqlite3.Connection, act: int, part: ImportPart, content: bytes | None) -> None:
    """Keep something with a part, or nothing any more."""
    connection.execute(
        "UPDATE brought SET content = ? WHERE act = ? AND part = ?", (content, act, part.part)
    )


def pack_records(records: Iterable[AnyRecord]) -> bytes:
    """Records of one table, as they are kept."""
    return zlib.compress(b"\n".join(map(msgspec.json.encode, records)), _SPEED)


def unpack_records(table: str, content: bytes) -> list[AnyRecord]:
    """Records of one table that were kept. Raises `ValueError` where they cannot be read."""
    return [decoded(table, line) for line in _unpacked(content).split(b"\n")]


def pack_edits(edits: list[LineEdit]) -> bytes:
    """Edits, as they are kept."""
    return zlib.compress(msgspec.json.encode(edits), _SPEED)


def unpack_edits(content: bytes) -> list[LineEdit]:
    """Edits that were kept. Raises `ValueError` where they cannot be read."""
    return msgspec.json.decode(_unpacked(content), type=list[LineEdit])


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error as error:
        raise msgspec.DecodeError(str(error)) from error


def digest_of(rows: Iterable[bytes]) -> str:
    """The hash over records, given as `row_bytes`."""
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def digest_of_edits(edits: Iterable[LineEdit]) -> str:
    """The hash over edits, which stays where one of them is redacted."""
    sealed = [[e.table, e.id, commitment(e.before), commitment(e.after)] for e in edits]
    return hashlib.sha256(msgspec.json.encode(sealed)).hexdigest()


def row_bytes(body: str, text: str) -> bytes:
    """What of a record goes into the hash over its part: its row, an article with its text."""
    return f"{body}\n{text}".encode() if text else body.encode()


def record_bytes(record: AnyRecord) -> bytes:
    """The same of a record itself."""
    if isinstance(record, Article):
        return row_bytes(body_without_text(record), record.text or "")
    return msgspec.json.encode(record)


def rows_of_ids(
    connection: sqlite3.Connection, table: str, ids: Sequence[str]
) -> list[tuple[int, bytes]]:
    """The numbers of these records in order, each with its `row_bytes`."""
    if not ids:
        return []
    text = "text" if table == "articles" else "''"
    found = connection.execute(
        f"SELECT n, body, {text} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY n",
        (json.dumps(ids),),
    )
    return [(n, row_bytes(body, words)) for n, body, words in found]


def numbered_rows(
    connection: sqlite3.Connection, table: str, most: int
) -> Iterator[tuple[int, list[bytes]]]:
    """All records of a table as `row_bytes`, in runs of so many at most, with the first number."""
    text = "text" if table == "articles" else "''"
    found = connection.execute(f"SELECT n, body, {text} FROM {table} ORDER BY n")
    rows = ((n, row_bytes(body, words)) for n, body, words in found)
    yield from runs(rows, most)


def runs(
    rows: Iterable[tuple[int, bytes]], most: int | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """The rows in runs of numbers that follow each other, each with its first number."""
    run: list[bytes] = []
    first = 0
    for n, row in rows:
        if run and (n != first + len(run) or len(run) == most):
            yield first, run
            run = []
        if not run:
            first = n
        run.append(row)
    if run:
        yield first, run
