"""Whole copies of a case as they come from a server, checked before anybody sees them."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from store.database import disk, sqlite
from store.database.log_table import LogTable
from store.errors import ConflictError
from store.postgres.packed_snapshot import PART
from store.postgres.server import CaseServer, End


def fetch_snapshot(server: CaseServer, to: Path) -> None:
    """Write the snapshot of a server as a new database.

    Raises `DamagedCase` where it is not whole, is no case, or does not end with the
    entry of the log that it is said to end with.
    """
    about = server.snapshot_about()
    if not server.has((about.sequence, about.hash)):
        raise server.nonsense("its snapshot ends with an entry that is not in its log")
    digest, size = hashlib.sha256(), 0

    def content() -> Iterator[bytes]:
        nonlocal size
        unpacker = zlib.decompressobj()
        for part in server.snapshot_parts():
            size += len(part)
            if size > about.size:
                break
            digest.update(part)
            rest = part
            while rest:
                yield unpacker.decompress(rest, PART)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()

    for old in (to, *sqlite.wal_files(to)):
        disk.unlink(old)
    try:
        disk.write_new(to, content())
    except zlib.error as error:
        raise server.nonsense("its snapshot cannot be unpacked") from error
    whole = (size, digest.hexdigest()) == (about.size, about.sha256)
    if not whole or end_of(to) != (about.sequence, about.hash):
        for one in (to, *sqlite.wal_files(to)):
            disk.unlink(one)
        raise server.nonsense(f"its snapshot is not {'the case of its log' if whole else 'whole'}")


def end_of(path: Path) -> End | None:
    """The end of the log of a copy; None where it is missing or damaged."""
    try:
        with closing(sqlite.connect(path, writing=False)) as connection:
            return LogTable(path).end(connection)
    except (ConflictError, sqlite3.Error, TypeError, ValueError):
        return None
