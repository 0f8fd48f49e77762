"""The case file: a TinyDB snapshot, one record a line.

The layout is TinyDB's own (`{table: {number: record}}`), so that stock TinyDB,
`jq` and a person can read it. It is parsed and validated once. An additional
table, `log`, holds the snapshot's header: its position in the log.
"""

import hashlib
import re
import stat
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage

from store.database.gc_pause import gc_paused
from store.errors import DamagedCase, MissingCase, NewerCase, UnreadableCase, UsageError
from store.model.log_line import Hash, content_hash
from store.model.migrations import migrated
from store.model.records import RECORD_TYPES, SCHEMA, AnyRecord, Case

MAX_BYTES = 64 * 1024 * 1024
"""The size limit of a case file; TinyDB does not suit larger ones."""

NEWLINE = b"\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

HEAD = "log"
"""The table of a snapshot that holds its header."""

_ROW_START = re.compile(
    rb'\n\s*"(?:[0-9]+|%s)"\s*:\s*\{' % "|".join((*RECORD_TYPES, HEAD)).encode(),
)
"""A pattern for the start of a table or record, in a file with each on a line of its own."""

Tables = Mapping[str, Sequence[AnyRecord]]
"""The records of a case by table, in the order of `RECORD_TYPES`."""


class SnapshotHead(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The header of a snapshot: its position in the log, and the hash of its records.

    `sequence` and `hash` are those of the last log entry that it includes,
    `records` is the `content_hash` of its records, `based_on` the SHA-256 of the
    bundled case that it was copied from, and `seal` the hash over all of these.
    """

    sequence: int
    hash: Hash
    records: Hash
    based_on: str = ""
    seal: str = ""


def sealed_head(head: SnapshotHead) -> SnapshotHead:
    """The header with its seal."""
    unsealed = msgspec.json.encode(msgspec.structs.replace(head, seal=""))
    return msgspec.structs.replace(head, seal=hashlib.sha256(unsealed).hexdigest())


class Snapshot:
    """A case file that was read: its records by table, and its header.

    `raw` holds each record's JSON, by table and number. The records have this
    program's schema, even where the file has an older `schema`.
    """

    def __init__(
        self,
        tables: Tables,
        head: SnapshotHead | None,
        raw: Mapping[str, Mapping[str, msgspec.Raw]],
        schema: int,
    ) -> None:
        self.schema = schema
        self.tables = tables
        self.head = head
        self.raw = raw

    @cached_property
    def content(self) -> str:
        """The `content_hash` of its records."""
        if self.head is not None:
            # usually the file is unaltered, so that its records need not be encoded again
            rows = {table: self.raw.get(table, {}).values() for table in RECORD_TYPES}
            if content_hash(rows) == self.head.records:
                return self.head.records
        encode = msgspec.json.Encoder().encode
        return content_hash({table: map(encode, rows) for table, rows in self.tables.items()})

    @property
    def position(self) -> SnapshotHead:
        """The header, or, where the file has none, that of a snapshot at the beginning of a log."""
        return self.head or SnapshotHead(sequence=0, hash=self.content, records=self.content)

    @property
    def edited(self) -> bool:
        """True where its records differ from those that it was written with."""
        return self.content != self.position.records


class SnapshotStorage(Storage):
    """A TinyDB storage that reads a case file once and never writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Read the tables of the file, each record still as JSON.

        Raises an error of `store.errors`.
        """
        content = read_content(self._path)
        if not content.strip():
            raise DamagedCase(
                f"{self._path}: the file is empty", "an interrupted copy? copy it again"
            )
        try:
            raw = msgspec.json.decode(content, type=dict[str, dict[str, msgspec.Raw]])
        except msgspec.ValidationError as error:
            raise DamagedCase(
                f"{self._path}: this JSON is not a case ({error})",
                "a case is an object of tables, each an object of numbered records",
            ) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _not_json(self._path, _parser_message(content, error)) from error
        # JSON keeps only the last of two records with one number, so that one would be lost
        if len(_ROW_START.findall(content)) > len(raw) + sum(map(len, raw.values())):
            raise DamagedCase(
                f"{self._path}: a table occurs twice, or a number occurs twice in one table",
                "give each record of a table its own number",
            )
        return raw

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Raise `NotImplementedError`: `store.document.snapshot` writes whole files."""
        raise NotImplementedError("a snapshot is not written in place")


def read_case(path: Path) -> Tables:
    """Read and validate the records of a case file, by table.

    Raises `MissingCase`, `UnreadableCase`, `NewerCase` or `DamagedCase`; the
    last names the record and the field.
    """
    return read_snapshot(path).tables


def read_snapshot(path: Path) -> Snapshot:
    """Read a case file with its validated records and its header.

    Raises what `read_case` does.
    """
    with gc_paused():
        database = TinyDB(path, storage=SnapshotStorage)
        raw = database.storage.read() or {}
        schema = schema_of(path, raw)
        unknown = [table for table in raw if table not in RECORD_TYPES and table != HEAD]
        if unknown:
            raise DamagedCase(
                f"{path}: unknown table {unknown[0]!r}", f"the tables are {', '.join(RECORD_TYPES)}"
            )
        tables = {
            table: _records(path, table, raw.get(table, {}), schema) for table in RECORD_TYPES
        }
        return Snapshot(tables, _head(path, raw.get(HEAD, {})), raw, schema)


def _head(path: Path, rows: Mapping[str, msgspec.Raw]) -> SnapshotHead | None:
    if not rows:
        return None
    try:
        (row,) = rows.values()
        head = msgspec.json.decode(row, type=SnapshotHead)
    except (ValueError, RecursionError) as error:
        raise _bad_head(path, str(error)) from error
    if head.seal and head != sealed_head(head):
        raise _bad_head(path, "its seal does not belong to it")
    return head


def _bad_head(path: Path, why: str) -> DamagedCase:
    return DamagedCase(
        f"{path}: its table {HEAD!r} is damaged ({why})",
        "restore a copy of the case, or salvage it with doctor",
    )


def read_content(path: Path) -> bytes:
    """Read the bytes of a case file. Raises `MissingCase`, `UnreadableCase`, or `DamagedCase`."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise MissingCase(f"{path}: is a folder", "name the case file inside it")
        if not stat.S_ISREG(found.st_mode):
            raise MissingCase(f"{path}: is not a regular file", "name a case file")
        if found.st_size > MAX_BYTES:
            raise DamagedCase(
                f"{path}: {found.st_size:,} bytes exceed the limit of a case file ({MAX_BYTES:,})",
                "check that it is a case; a large case belongs in a database",
            )
        with path.open("rb") as file:
            # a file of /proc has no size, and may have no end
            content = file.read(MAX_BYTES).removeprefix(BYTE_ORDER_MARK)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingCase(f"{path}: there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableCase(
            f"{path}: cannot be read ({reason})", "check its permissions, and the disk"
        ) from error
    if content.startswith(b"SQLite format 3\0"):
        raise UsageError(f"{path}: is a database", "this command needs a case file")
    return content


def _not_json(path: Path, why: str) -> DamagedCase:
    return DamagedCase(
        f"{path}: not JSON, or cut off ({why})",
        "a case is one JSON file; copy it again from its source",
    )


def _parser_message(content: bytes, error: Exception) -> str:
    """The parser's message with the line of the error."""
    words = str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    _, found, position = words.rpartition("(byte ")
    end = int(position.rstrip(")")) if found and position.rstrip(")").isdigit() else len(content)
    return f"line {content.count(NEWLINE, 0, end) + 1}: {words}"


def schema_of(path: Path, raw: Mapping[str, Mapping[str, msgspec.Raw]]) -> int:
    """The schema of a case file; this program's where the file does not name one.

    Raises `DamagedCase` where it is invalid or the file has not exactly one case
    record, and `NewerCase` where it is newer than this program's.
    """
    try:
        cases = [_fields(row) for row in raw.get("case", {}).values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, f"case: {error}") from error
    if len(cases) != 1 or cases[0] is None:
        raise DamagedCase(
            f"{path}: holds {len(cases)} records in its table 'case', not one",
            "check that it is the right file",
        )
    schema = cases[0].get("schema")
    if not isinstance(schema, int):
        return SCHEMA  # decoding the record raises a precise error
    if schema < 1:
        raise DamagedCase(
            f"{path}: case: schema: {schema!r} is invalid", f"it must be from 1 to {SCHEMA}"
        )
    if schema > SCHEMA:
        raise NewerCase(
            f"{path}: has schema {schema}, but this program reads only up to {SCHEMA}",
            "open it with a newer conflict-tui; nothing was changed",
        )
    return schema


def _records(
    path: Path, table: str, rows: Mapping[str, msgspec.Raw], schema: int
) -> list[AnyRecord]:
    # one by one, because decoding all in one call would block the screen
    decode = msgspec.json.Decoder(RECORD_TYPES[table]).decode
    number, records = "", []
    try:
        for number, row in rows.items():
            try:
                records.append(decode(migrated(table, row, schema)))
            except msgspec.ValidationError as error:
                fields = _fields(row)
                named = "no object" if fields is None else fields.get("id", "without an id")
                raise DamagedCase(
                    f"{path}: {table} {number} ({named}): {error}",
                    "correct this record, or restore a copy of the case",
                ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, f"{table} {number}: {error}") from error
    return records


def _fields(row: msgspec.Raw) -> dict[str, Any] | None:
    """The fields of a record in the file, None where it is not an object.

    Empty where one of its numbers is out of range.
    """
    try:
        found = msgspec.json.decode(row)
    except msgspec.ValidationError:
        return {}
    return found if isinstance(found, dict) else None


def case_record(tables: Tables) -> Case:
    """The case's own record."""
    (case,) = tables["case"]
    assert isinstance(case, Case)
    return case
