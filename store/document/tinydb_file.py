"""The case as a file: a TinyDB snapshot, one record a line.

The layout is TinyDB's own (`{table: {number: record}}`), so that stock TinyDB,
`jq` and a person can read it. It is parsed once, checked against the records,
and let go. One table more, `log`, says which changes of the log it holds.
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
"""A case file larger than this is refused: TinyDB is not for it."""

NEWLINE = b"\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

HEAD = "log"
"""The table of a snapshot that says which changes it holds."""

_BEGINNING = re.compile(
    rb'\n\s*"(?:[0-9]+|%s)"\s*:\s*\{' % "|".join((*RECORD_TYPES, HEAD)).encode(),
)
"""Where a table or a record begins, in a file that has each on a line of its own."""

Tables = Mapping[str, Sequence[AnyRecord]]
"""The records of a case by table, in the order of `RECORD_TYPES`."""


class SnapshotHead(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What a snapshot says of itself: the last change that it holds, and what its records are.

    `hash` is that of the line of the log, `records` what `content_hash` gives,
    `based_on` the SHA-256 of the file that the case was first copied from, and
    `seal` that of all the others, which nothing else in the file speaks for.
    """

    sequence: int
    hash: Hash
    records: Hash
    based_on: str = ""
    seal: str = ""


def sealed_head(head: SnapshotHead) -> SnapshotHead:
    """What a snapshot says of itself, with its seal."""
    unsealed = msgspec.json.encode(msgspec.structs.replace(head, seal=""))
    return msgspec.structs.replace(head, seal=hashlib.sha256(unsealed).hexdigest())


class Snapshot:
    """A case file that was read: its records by table, and what it says of itself.

    `raw` is each record as it stands in the file, by table and number; the
    records are of this program's schema, also where the file is of an older `schema`.
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
        """What `content_hash` gives for its records."""
        if self.head is not None:
            # as a rule the file is as it was written, and nothing must be encoded anew
            rows = {table: self.raw.get(table, {}).values() for table in RECORD_TYPES}
            if content_hash(rows) == self.head.records:
                return self.head.records
        encode = msgspec.json.Encoder().encode
        return content_hash({table: map(encode, rows) for table, rows in self.tables.items()})

    @property
    def position(self) -> SnapshotHead:
        """The last change that it holds; where it says none, it is what a log begins with."""
        return self.head or SnapshotHead(sequence=0, hash=self.content, records=self.content)

    @property
    def edited(self) -> bool:
        """Whether its records are others than those that it was written with."""
        return self.content != self.position.records


class SnapshotStorage(Storage):
    """A TinyDB storage that reads a case file once and never writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables as they stand in the file, each record still as JSON.

        Raises an error of `store.errors`.
        """
        content = read_content(self._path)
        if not content.strip():
            raise DamagedCase(
                f"{self._path}: the file is empty", "an interrupted copy? copy it once more"
            )
        try:
            raw = msgspec.json.decode(content, type=dict[str, dict[str, msgspec.Raw]])
        except msgspec.ValidationError as error:
            raise DamagedCase(
                f"{self._path}: this JSON is no case ({error})",
                "a case is an object of tables, each an object of numbered records",
            ) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _not_json(self._path, _where(content, error)) from error
        # of two with one number JSON keeps the last; the other would be lost without a word
        if len(_BEGINNING.findall(content)) > len(raw) + sum(map(len, raw.values())):
            raise DamagedCase(
                f"{self._path}: a table is there twice, or a number twice in one table",
                "give each record of a table a number of its own",
            )
        return raw

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refused: a snapshot is written whole, by `store.document.snapshot`."""
        raise NotImplementedError("a snapshot is not written in place")


def read_case(path: Path) -> Tables:
    """The checked records of a case file by table.

    Raises `MissingCase`, `UnreadableCase`, `NewerCase` or `DamagedCase`; the
    last names the record and the field.
    """
    return read_snapshot(path).tables


def read_snapshot(path: Path) -> Snapshot:
    """A case file with its checked records, and what it says of itself.

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
        raise _no_head(path, str(error)) from error
    if head.seal and head != sealed_head(head):
        raise _no_head(path, "its seal does not belong to it")
    return head


def _no_head(path: Path, why: str) -> DamagedCase:
    return DamagedCase(
        f"{path}: its table {HEAD!r} does not say which changes it holds ({why})",
        "take the case from where it came, or salvage it with doctor",
    )


def read_content(path: Path) -> bytes:
    """The bytes of a case file. Raises `MissingCase`, `UnreadableCase`, or `DamagedCase`."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise MissingCase(f"{path}: is a folder", "name the case file inside it")
        if not stat.S_ISREG(found.st_mode):
            raise MissingCase(f"{path}: is not a regular file", "name a case file")
        if found.st_size > MAX_BYTES:
            raise DamagedCase(
                f"{path}: {found.st_size:,} bytes are more than a case file may have"
                f" ({MAX_BYTES:,})",
                "is it a case at all? a large archive belongs in a database",
            )
        with path.open("rb") as file:
            # a file of /proc has no size, and may have no end
            content = file.read(MAX_BYTES).removeprefix(BYTE_ORDER_MARK)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingCase(f"{path}: there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableCase(
            f"{path}: cannot be read ({reason})", "check who may read it, and the disk"
        ) from error
    if content.startswith(b"SQLite format 3\0"):
        raise UsageError(f"{path}: is a database", "this is done with case files only")
    return content


def _not_json(path: Path, why: str) -> DamagedCase:
    return DamagedCase(
        f"{path}: not JSON, or cut off ({why})",
        "a case is one JSON file; copy it once more from where it came",
    )


def _where(content: bytes, error: Exception) -> str:
    """What the parser says, with the line where it can be told."""
    words = str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    _, found, position = words.rpartition("(byte ")
    end = int(position.rstrip(")")) if found and position.rstrip(")").isdigit() else len(content)
    return f"line {content.count(NEWLINE, 0, end) + 1}: {words}"


def schema_of(path: Path, raw: Mapping[str, Mapping[str, msgspec.Raw]]) -> int:
    """The schema of the records of a case file; this program's where the file does not say it.

    Raises `DamagedCase` where it is none or the case is no record, and
    `NewerCase` where it is newer than this program's.
    """
    try:
        cases = [_fields(row) for row in raw.get("case", {}).values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, f"case: {error}") from error
    if len(cases) != 1 or cases[0] is None:
        raise DamagedCase(
            f"{path}: holds {len(cases)} records in its table 'case', not one",
            "is it a case of conflict-tui?",
        )
    schema = cases[0].get("schema")
    if not isinstance(schema, int):
        return SCHEMA  # whoever reads the record says what is wrong with it
    if schema < 1:
        raise DamagedCase(
            f"{path}: case: schema: {schema!r} is none", f"a case says its schema, 1 to {SCHEMA}"
        )
    if schema > SCHEMA:
        raise NewerCase(
            f"{path}: is of schema {schema}, and this program knows {SCHEMA}",
            "open it with a newer conflict-tui; nothing was changed",
        )
    return schema


def _records(
    path: Path, table: str, rows: Mapping[str, msgspec.Raw], schema: int
) -> list[AnyRecord]:
    # one by one and not all in one call, which would keep the screen waiting for as long
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
                    "correct this record, or take the case from where it came",
                ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, f"{table} {number}: {error}") from error
    return records


def _fields(row: msgspec.Raw) -> dict[str, Any] | None:
    """The fields of a record as they stand in the file, None where it is no object.

    None of them where a number among them is out of all range.
    """
    try:
        found = msgspec.json.decode(row)
    except msgspec.ValidationError:
        return {}
    return found if isinstance(found, dict) else None


def one_case(tables: Tables) -> Case:
    """The record that says what the case is."""
    (case,) = tables["case"]
    assert isinstance(case, Case)
    return case
