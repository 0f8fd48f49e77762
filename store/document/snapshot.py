"""Writing a case file: whole or not at all, with those before it kept."""

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

KEPT = 5
"""How many snapshots before the last are kept, as `case.json.1` (the newest) to `case.json.5`."""

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK)
"""What a file system without hard links says, such as FAT."""

Rows = Mapping[str, Sequence[bytes]]
"""The records of a case as JSON, by table."""

_encode = msgspec.json.Encoder().encode


def write_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write `(table, record)` pairs as a new case file, readable by its owner only.

    The file appears whole or not at all: it is written beside its place,
    flushed to the disk and moved there. Raises `OSError`.
    """
    _put(path, _pieces(rows_of(records).items()), keep=False)


def stream_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """As `write_case`, of records that come table by table: it holds none of them."""
    by_table = (
        (table, (_encode(record) for _, record in of))
        for table, of in groupby(records, lambda pair: pair[0])
    )
    _put(path, _pieces(by_table), keep=False)


def rows_of(records: Iterable[tuple[str, AnyRecord]]) -> dict[str, list[bytes]]:
    """The records as JSON by table, in the order in which a snapshot has them."""
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
    """Write a case that holds the changes of its log up to one, and keep the files before it.

    Without a `hash` of that change its log begins here. One of an `older`
    schema is kept for good. Gives what the file says of itself. Raises
    `UnwritableCase`; then the file is as it was.
    """
    records = content_hash(rows)
    head = SnapshotHead(sequence=sequence, hash=hash or records, records=records, based_on=based_on)
    size = sum(len(row) + 12 for held in rows.values() for row in held)
    if size > MAX_BYTES:
        raise UnwritableCase(
            f"{path}: {size:,} bytes are more than a case file may have ({MAX_BYTES:,})",
            "every change is in its log; withdraw what is not needed, or divide the case",
        )
    put_snapshot(path, rows, head, keep=keep, older=older)
    return head


def put_snapshot(
    path: Path, rows: Rows, head: SnapshotHead, *, keep: bool, older: int | None = None
) -> None:
    """Write a case that says this of itself. Raises `UnwritableCase`; then it is as it was."""
    try:
        if older is not None and not of_schema(path, older).exists():
            _second_name(path, of_schema(path, older))
        _put(path, _pieces({**rows, HEAD: [_encode(sealed_head(head))]}.items()), keep=keep)
    except OSError as error:
        raise UnwritableCase(
            f"{path}: cannot be written ({error.strerror})",
            "see to the disk and the folder; nothing is lost that was saved before",
        ) from error


def _put(path: Path, pieces: Iterable[bytes], *, keep: bool) -> None:
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
    """Give the case file a second name as the first of those that are kept; it is never missing."""
    for n in range(KEPT, 1, -1):
        if kept(path, n - 1).exists():
            disk.rename(kept(path, n - 1), kept(path, n))
    _second_name(path, kept(path, 1))


def _second_name(path: Path, name: Path) -> None:
    """Give a file another name beside its own, or a copy where that cannot be."""
    try:
        disk.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        disk.write_new(name, [path.read_bytes()])


def kept(path: Path, n: int) -> Path:
    """Where the snapshot is that was the last but `n`."""
    return path.with_name(f"{path.name}.{n}")


def of_schema(path: Path, schema: int) -> Path:
    """Where a case of an older schema is kept as it was."""
    return path.with_name(f"{path.name}.schema-{schema}")


def all_kept(path: Path) -> list[Path]:
    """Where what is kept of a case may be: snapshots before it, then those of older schemas."""
    return [
        *(kept(path, n) for n in range(1, KEPT + 1)),
        *(of_schema(path, n) for n in range(SCHEMA - 1, 0, -1)),
    ]


def laid_out(snapshot: Snapshot) -> bytes:
    """What a case file would be, byte for byte, if `put_snapshot` had written what it holds."""
    rows = {table: [bytes(row) for row in held.values()] for table, held in snapshot.raw.items()}
    return b"".join(_pieces(rows.items()))


def _pieces(rows: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The snapshot as JSON, one record a line, so that it can be compared line by line."""
    yield b"{\n"
    filled = ((table, held) for table, held in rows if held)
    for position, (table, held) in enumerate(filled):
        yield (b",\n" if position else b"") + _encode(table) + b": {"
        for number, row in enumerate(held, 1):
            yield (b"," if number > 1 else b"") + b'\n "%d": ' % number + row
        yield b"\n}"
    yield b"\n}\n"
