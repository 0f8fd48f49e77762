"""The case file: a TinyDB snapshot, one record a line.

The layout is TinyDB's own (`{table: {number: record}}`), so that stock TinyDB,
`jq` and a person can read it. It is parsed and validated once. An additional
table, `log`, holds the snapshot's header: its position in the log.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from store.database.gc_pause import gc_paused
from store.document.case_storage import CaseStorage, not_json
from store.errors import DamagedCase, NewerCase
from store.model.change import Change, Edit
from store.model.log_line import Hash, content_hash
from store.model.records import RECORD_TYPES, SCHEMA, AnyRecord, Case

HEAD = "log"
"""The table of a snapshot that holds its header."""

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

    `raw` holds each record's JSON, by table and number. `sha256` is the hash of the
    file's bytes.
    """

    def __init__(
        self,
        tables: Tables,
        head: SnapshotHead | None,
        raw: Mapping[str, Mapping[str, msgspec.Raw]],
        sha256: str,
    ) -> None:
        self.sha256 = sha256
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
        storage = CaseStorage(path)
        raw = storage.read_rows()
        check_schema(path, raw)
        unknown = [table for table in raw if table not in RECORD_TYPES and table != HEAD]
        if unknown:
            raise DamagedCase(
                f"{path}: unknown table {unknown[0]!r}", f"the tables are {', '.join(RECORD_TYPES)}"
            )
        tables = {table: _records(path, table, raw.get(table, {})) for table in RECORD_TYPES}
        return Snapshot(tables, _head(path, raw.get(HEAD, {})), raw, storage.sha256)


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


def check_schema(path: Path, raw: Mapping[str, Mapping[str, msgspec.Raw]]) -> None:
    """Check that this program can read a case file.

    Raises `DamagedCase` where it is invalid or the file has not exactly one case
    record, and `NewerCase` where it is newer than this program's.
    """
    try:
        cases = [_fields(row) for row in raw.get("case", {}).values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise not_json(path, f"case: {error}") from error
    if len(cases) != 1 or cases[0] is None:
        raise DamagedCase(
            f"{path}: holds {len(cases)} records in its table 'case', not one",
            "check that it is the right file",
        )
    schema = cases[0].get("schema")
    if not isinstance(schema, int):
        return  # decoding the record raises a precise error
    if schema < 1:
        raise DamagedCase(f"{path}: case: schema: {schema!r} is invalid", f"it must be {SCHEMA}")
    if schema > SCHEMA:
        raise NewerCase(
            f"{path}: has schema {schema}, but this program reads only up to {SCHEMA}",
            "open it with a newer conflict-tui; nothing was changed",
        )


def _records(path: Path, table: str, rows: Mapping[str, msgspec.Raw]) -> list[AnyRecord]:
    # one by one, because decoding all in one call would block the screen
    decode = msgspec.json.Decoder(RECORD_TYPES[table]).decode
    number, records = "", []
    try:
        for number, row in rows.items():
            try:
                records.append(decode(row))
            except msgspec.ValidationError as error:
                fields = _fields(row)
                named = "no object" if fields is None else fields.get("id", "without an id")
                raise DamagedCase(
                    f"{path}: {table} {number} ({named}): {error}",
                    "correct this record, or restore a copy of the case",
                ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise not_json(path, f"{table} {number}: {error}") from error
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


def opening_change(tables: Tables) -> Change:
    """Express the opening of a case as a change that adds all of its records."""
    edits = (Edit(table, one.id, None, one) for table, of in tables.items() for one in of)
    return Change("conflict-tui", "", "open the case", edits)


def case_record(tables: Tables) -> Case:
    """The case's own record."""
    (case,) = tables["case"]
    assert isinstance(case, Case)
    return case
