"""Atomic writing of a case file, with backups of the previous ones."""

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from store.database import disk
from store.document.tinydb_file import HEAD, MAX_BYTES, Snapshot, SnapshotHead, sealed_head
from store.errors import UnwritableCase
from store.model.log_line import content_hash
from store.model.records import RECORD_TYPES, SCHEMA, AnyRecord

MAX_BACKUPS = 5
"""The number of backups, `case.json.1` (the newest) to `case.json.5`."""

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK)
"""The errors of a file system without hard links, such as FAT."""

Rows = Mapping[str, Sequence[bytes]]
"""The records of a case as JSON, by table."""

_encode = msgspec.json.Encoder().encode


def write_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write `(table, record)` pairs as a new case file, readable by its owner only.

    The file appears complete or not at all: it is written under a temporary
    name, flushed to the disk and renamed. Raises `OSError`.
    """
    _replace_file(path, _pieces(encode_rows(records).items()), keep=False)


def stream_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write a case file as `write_case` does, from a stream of records sorted by table."""
    by_table = (
        (table, (_encode(record) for _, record in of))
        for table, of in groupby(records, lambda pair: pair[0])
    )
    _replace_file(path, _pieces(by_table), keep=False)


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
    older: int | None = None,
) -> SnapshotHead:
    """Write a case file with the changes of its log up to `sequence`, and back up the previous one.

    Without a `hash` of that entry a new log begins here. A file of an `older`
    schema is backed up permanently. Returns the header of the file. Raises
    `UnwritableCase`: then the file is unchanged.
    """
    records = content_hash(rows)
    head = SnapshotHead(sequence=sequence, hash=hash or records, records=records, based_on=based_on)
    size = sum(len(row) + 12 for held in rows.values() for row in held)
    if size > MAX_BYTES:
        raise UnwritableCase(
            f"{path}: {size:,} bytes exceed the limit of a case file ({MAX_BYTES:,})",
            "every change is in its log; withdraw records, split the case, or convert it",
        )
    put_snapshot(path, rows, head, keep=keep, older=older)
    return head


def put_snapshot(
    path: Path, rows: Rows, head: SnapshotHead, *, keep: bool, older: int | None = None
) -> None:
    """Write a case file with this header. Raises `UnwritableCase`: then it is unchanged."""
    try:
        if older is not None and not schema_backup_path(path, older).exists():
            _link_or_copy(path, schema_backup_path(path, older))
        _replace_file(
            path, _pieces({**rows, HEAD: [_encode(sealed_head(head))]}.items()), keep=keep
        )
    except OSError as error:
        raise UnwritableCase(
            f"{path}: cannot be written ({error.strerror})",
            "check the disk and the folder; no saved change is lost",
        ) from error


def _replace_file(path: Path, pieces: Iterable[bytes], *, keep: bool) -> None:
    temporary = path.with_name(path.name + ".new")
    disk.write_new(temporary, pieces)
    try:
        if keep and path.exists():
            _rotate(path)
        disk.rename(temporary, path)
    except BaseException:
        disk.unlink(temporary)
        raise
    disk.flush_folder(path.parent)


def _rotate(path: Path) -> None:
    """Rotate the backups, and link the case file as the newest; it is never missing meanwhile."""
    for n in range(MAX_BACKUPS, 1, -1):
        if backup_path(path, n - 1).exists():
            disk.rename(backup_path(path, n - 1), backup_path(path, n))
    _link_or_copy(path, backup_path(path, 1))


def _link_or_copy(path: Path, name: Path) -> None:
    """Link a file under another name, or copy it where links are not supported."""
    try:
        disk.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        disk.write_new(name, [path.read_bytes()])


def backup_path(path: Path, n: int) -> Path:
    """The path of the backup `n`, 1 for the newest."""
    return path.with_name(f"{path.name}.{n}")


def schema_backup_path(path: Path, schema: int) -> Path:
    """The path of the permanent backup of a case of an older schema."""
    return path.with_name(f"{path.name}.schema-{schema}")


def backup_paths(path: Path) -> list[Path]:
    """The possible paths of backups of a case: recent ones, then those of older schemas."""
    return [
        *(backup_path(path, n) for n in range(1, MAX_BACKUPS + 1)),
        *(schema_backup_path(path, n) for n in range(SCHEMA - 1, 0, -1)),
    ]


def serialized(snapshot: Snapshot) -> bytes:
    """The bytes that `put_snapshot` would have written for the contents of a case file."""
    rows = {table: [bytes(row) for row in held.values()] for table, held in snapshot.raw.items()}
    return b"".join(_pieces(rows.items()))


def _pieces(rows: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Encode a snapshot as JSON, one record a line, so that it can be compared line by line."""
    yield b"{\n"
    filled = ((table, held) for table, held in rows if held)
    for position, (table, held) in enumerate(filled):
        yield (b",\n" if position else b"") + _encode(table) + b": {"
        for number, row in enumerate(held, 1):
            yield (b"," if number > 1 else b"") + b'\n "%d": ' % number + row
        yield b"\n}"
    yield b"\n}\n"
