"""The parts of an import into a database, recorded so that it can be undone and verified.

A part of added records is a range of consecutive numbers. Records that were
altered, withdrawn or restored are stored with their old and new contents. A
number belongs to one part of all imports that are in force.
"""

import hashlib
import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.database.read_records import INDEXED, decode_record
from store.database.record_lookup import find_record
from store.database.record_rows import body_without_text
from store.model.change import Edit
from store.model.log_line import LineEdit, as_line_edit, commitment
from store.model.records import AnyRecord, Article

ALTERED = ""
"""The value of `of` for a part with edits of records that exist or existed before."""

Key = tuple[str, str]
"""The table and the id of a record."""

_ZLIB_LEVEL = 3
"""The zlib compression level: records are repetitive, and higher levels gain little."""


class ImportPart(NamedTuple):
    """The records `first` to `last` of the table `of`, or edits numbered from 1.

    `digest` is the hash over the records as they were imported, or over the edits.
    """

    part: int
    batch: int
    of: str
    first: int
    last: int
    digest: str


class ImportRecorder:
    """A recorder of the records that one import adds and alters, batch by batch."""

    def __init__(self, connection: sqlite3.Connection, act: int) -> None:
        self._connection = connection
        self._act = act
        self._parts = 0
        self._batches = 0
        self._digest = hashlib.sha256()
        self._spans: tuple[NumberSpans, NumberSpans] | None = None

    @property
    def content(self) -> str:
        """The hash over all parts, for the log."""
        return self._digest.hexdigest()

    def restored(self, old_numbers: Mapping[Key, int]) -> frozenset[Key]:
        """Select the formerly withdrawn records that are recorded as edits.

        They are given with their old numbers. The others belong to undone imports
        and are recorded as new records.
        """
        if not old_numbers:
            return frozenset()
        if self._spans is None:
            self._spans = (
                NumberSpans(self._connection, active=True),
                NumberSpans(self._connection, active=False),
            )
        active, undone = self._spans
        return frozenset(
            (table, id)
            for (table, id), n in old_numbers.items()
            if active.contain(table, n) or not undone.contain(table, n)
        )

    def add_changes(self, edits: Sequence[Edit], restored: frozenset[Key]) -> None:
        """Record edits that were applied; `restored` are those that `restored` selected."""
        for table in INDEXED:
            ids = [
                edit.id
                for edit in edits
                if edit.table == table and edit.before is None and (table, edit.id) not in restored
            ]
            rows = rows_of_ids(self._connection, table, ids)
            for first, run in consecutive_runs(rows):
                self.add_records(table, first, run)
        self.add_edits([one for one in edits if one.before or (one.table, one.id) in restored])

    def add_records(self, table: str, first: int, rows: Sequence[bytes]) -> None:
        """Record added records, given as `row_bytes`, with consecutive numbers from `first`."""
        self._insert(table, first, first + len(rows) - 1, digest_of(rows), None)

    def end_batch(self) -> None:
        """Begin the next batch."""
        self._batches += 1

    def add_edits(self, edits: Iterable[Edit]) -> None:
        """Record edits of existing or restored records with their contents."""
        made = list(map(as_line_edit, edits))
        if made:
            self._insert(ALTERED, 1, len(made), digest_of_edits(made), pack_edits(made))

    def _insert(self, of: str, first: int, last: int, digest: str, content: bytes | None) -> None:
        self._parts += 1
        part = ImportPart(self._parts, self._batches, of, first, last, digest)
        self._digest.update(encode_part(part))
        self._connection.execute(
            "INSERT INTO brought VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (self._act, *part, content)
        )


class NumberSpans:
    """The ranges of numbers in the parts of imports that are in force, or of undone ones."""

    def __init__(self, connection: sqlite3.Connection, *, active: bool) -> None:
        self._firsts: dict[str, list[int]] = {}
        self._lasts: dict[str, list[int]] = {}
        # the records of an undone import are stored with its part
        for of, first, last in connection.execute(
            "SELECT of, first, last FROM brought WHERE of != ? AND (content IS NULL) = ?"
            " ORDER BY of, first",
            (ALTERED, active),
        ):
            lasts = self._lasts.setdefault(of, [])
            self._firsts.setdefault(of, []).append(first)
            lasts.append(max(last, lasts[-1]) if lasts else last)

    def contain(self, table: str, n: int) -> bool:
        """Tell if one of the parts contains the record of this number."""
        before = bisect_right(self._firsts.get(table, []), n)
        return before > 0 and self._lasts[table][before - 1] >= n


def encode_part(part: ImportPart) -> bytes:
    """Encode a part for the hash over all parts."""
    return msgspec.json.encode(part) + b"\n"


def parts_of(connection: sqlite3.Connection, act: int) -> Iterator[ImportPart]:
    """The parts of an import, in order."""
    for row in connection.execute(
        "SELECT part, batch, of, first, last, digest FROM brought WHERE act = ? ORDER BY part",
        (act,),
    ):
        yield ImportPart(*row)


def has_parts(connection: sqlite3.Connection, act: int) -> bool:
    """Tell if the parts of an entry are recorded in this database."""
    found = connection.execute("SELECT 1 FROM brought WHERE act = ? LIMIT 1", (act,))
    return found.fetchone() is not None


def table_and_number(connection: sqlite3.Connection, id: str) -> tuple[str, int] | None:
    """The table and number of the record with an id, or its former ones if it is withdrawn."""
    found = find_record(connection, id)
    if found is None:
        found = connection.execute("SELECT of, n FROM withdrawn WHERE id = ?", (id,)).fetchone()
    return found


def imports_of(connection: sqlite3.Connection, id: str) -> frozenset[int]:
    """The imports that added or altered the record with an id, even a withdrawn one."""
    named = msgspec.json.encode(id)
    altered = connection.execute("SELECT act, content FROM brought WHERE of = ?", (ALTERED,))
    acts = {act for act, content in altered if named in _unpacked(content)}
    found = table_and_number(connection, id)
    if found:
        rows = connection.execute(
            "SELECT act FROM brought WHERE of = ? AND first <= ? AND last >= ? AND act > 0",
            (found[0], found[1], found[1]),
        )
        acts |= {act for (act,) in rows}
    return frozenset(acts)


def read_content(connection: sqlite3.Connection, act: int, part: ImportPart) -> bytes:
    """The content stored with a part: its edits, or its records while the import is undone."""
    (content,) = connection.execute(
        "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part.part)
    ).fetchone()
    return bytes(content)


def write_content(
    connection: sqlite3.Connection, act: int, part: ImportPart, content: bytes | None
) -> None:
    """Store content with a part, or delete it with None."""
    connection.execute(
        "UPDATE brought SET content = ? WHERE act = ? AND part = ?", (content, act, part.part)
    )


def pack_records(records: Iterable[AnyRecord]) -> bytes:
    """Compress records of one table."""
    return zlib.compress(b"\n".join(map(msgspec.json.encode, records)), _ZLIB_LEVEL)


def unpack_records(table: str, content: bytes) -> list[AnyRecord]:
    """Decompress records of one table. Raises `ValueError` where they cannot be read."""
    if table not in INDEXED:
        raise ValueError(f"there is no table {table!r}")
    return [decode_record(table, line) for line in _unpacked(content).split(b"\n")]


def pack_edits(edits: list[LineEdit]) -> bytes:
    """Compress edits."""
    return zlib.compress(msgspec.json.encode(edits), _ZLIB_LEVEL)


def unpack_edits(content: bytes) -> list[LineEdit]:
    """Decompress edits. Raises `ValueError` where they cannot be read."""
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
    """The hash over edits, which a redaction of one of them does not change."""
    sealed = [[e.table, e.id, commitment(e.before), commitment(e.after)] for e in edits]
    return hashlib.sha256(msgspec.json.encode(sealed)).hexdigest()


def row_bytes(body: str, text: str) -> bytes:
    """Encode a record for the hash over its part: its JSON, and the text of an article."""
    return f"{body}\n{text}".encode() if text else body.encode()


def record_bytes(record: AnyRecord) -> bytes:
    """Encode a record for the hash over its part, as `row_bytes` does."""
    if isinstance(record, Article):
        return row_bytes(body_without_text(record), record.text or "")
    return msgspec.json.encode(record)


def rows_of_ids(
    connection: sqlite3.Connection, table: str, ids: Sequence[str]
) -> list[tuple[int, bytes]]:
    """The numbers of the records with these ids, in order, each with its `row_bytes`."""
    if not ids:
        return []
    text = "text" if table == "articles" else "''"
    found = connection.execute(
        f"SELECT n, {checked(table, 'body')}, {text} FROM {table}"
        " WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY n",
        (json.dumps(ids),),
    )
    return [(n, row_bytes(body, words)) for n, body, words in found]


def numbered_rows(
    connection: sqlite3.Connection, table: str, most: int
) -> Iterator[tuple[int, list[bytes]]]:
    """All records of a table as `row_bytes`, in runs of at most `most`, with the first number."""
    text = "text" if table == "articles" else "''"
    found = connection.execute(f"SELECT n, body, {text} FROM {table} ORDER BY n")
    rows = ((n, row_bytes(body, words)) for n, body, words in found)
    yield from consecutive_runs(rows, most)


def consecutive_runs(
    rows: Iterable[tuple[int, bytes]], most: int | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """Group rows into runs of consecutive numbers, each run with its first number."""
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
