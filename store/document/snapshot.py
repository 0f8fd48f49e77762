"""Writing of a case file: a new one, or a snapshot with its header."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from store.document.backups import BeforeReplacing
from store.document.case_storage import MAX_BYTES, CaseStorage, NumberedRows, layout
from store.document.tinydb_file import HEAD, Snapshot, SnapshotHead, sealed_head
from store.errors import UnwritableCase
from store.model.log_line import content_hash
from store.model.records import RECORD_TYPES, AnyRecord

Rows = Mapping[str, Sequence[bytes]]
"""The records of a case as JSON, by table."""

_encode = msgspec.json.Encoder().encode


def write_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write `(table, record)` pairs as a new case file, readable by its owner only.

    The file appears complete or not at all. Raises `OSError`.
    """
    CaseStorage(path).write_rows(_numbered(encode_rows(records).items()))


def stream_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write a case file as `write_case` does, from a stream of records sorted by table."""
    by_table = (
        (table, (_encode(record) for _, record in of))
        for table, of in groupby(records, lambda pair: pair[0])
    )
    CaseStorage(path).write_rows(_numbered(by_table))


def encode_rows(records: Iterable[tuple[str, AnyRecord]]) -> dict[str, list[bytes]]:
    """Encode records as JSON by table, in the order of a snapshot."""
    rows: dict[str, list[bytes]] = {table: [] for table in RECORD_TYPES}
    for table, record in records:
        rows[table].append(_encode(record))
    return rows


def write_snapshot(
    path: Path,
    rows: Rows,
    *,
    sequence: int,
    hash: str | None,
    based_on: str = "",
    keep: bool = True,
    before_replacing: BeforeReplacing = lambda _: None,
) -> tuple[SnapshotHead, str]:
    """Write a case file with the changes of its log up to `sequence`, and back up the previous one.

    Without a `hash` of that entry a new log begins here. Returns the header of the
    file and the SHA-256 of its bytes. Raises `UnwritableCase` and what
    `before_replacing` does: then the file is unchanged.
    """
    records = content_hash(rows)
    head = SnapshotHead(sequence=sequence, hash=hash or records, records=records, based_on=based_on)
    size = sum(len(row) + 12 for held in rows.values() for row in held)
    if size > MAX_BYTES:
        raise UnwritableCase(
            f"{path}: {size:,} bytes exceed the limit of a case file ({MAX_BYTES:,})",
            "every change is in its log; withdraw records, split the case, or convert it",
        )
    return head, put_snapshot(path, rows, head, keep=keep, before_replacing=before_replacing)


def put_snapshot(
    path: Path,
    rows: Rows,
    head: SnapshotHead,
    *,
    keep: bool,
    before_replacing: BeforeReplacing = lambda _: None,
) -> str:
    """Write a case file with this header, and return the SHA-256 of its bytes.

    Raises what `write_snapshot` does.
    """
    try:
        tables = {**rows, HEAD: [_encode(sealed_head(head))]}
        storage = CaseStorage(path, keep=keep, before_replacing=before_replacing)
        return storage.write_rows(_numbered(tables.items()))
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UnwritableCase:
    return UnwritableCase(
        f"{path}: cannot be written ({error.strerror})",
        "check the disk and the folder; no saved change is lost",
    )


def snapshot_bytes(rows: Rows, *, sequence: int, hash: str) -> bytes:
    """The bytes of a new case file with the changes of its log up to the entry of this hash."""
    head = SnapshotHead(sequence=sequence, hash=hash, records=content_hash(rows))
    tables = {**rows, HEAD: [_encode(sealed_head(head))]}
    return b"".join(layout(_numbered(tables.items())))


def serialized(snapshot: Snapshot) -> bytes:
    """The bytes that `put_snapshot` would have written for the contents of a case file."""
    rows = {table: [bytes(row) for row in held.values()] for table, held in snapshot.raw.items()}
    return b"".join(layout(_numbered(rows.items())))


def _numbered(
    tables: Iterable[tuple[str, Iterable[bytes]]],
) -> Iterable[tuple[str, NumberedRows]]:
    """Number the records of each table from 1."""
    return ((table, enumerate(rows, 1)) for table, rows in tables)
