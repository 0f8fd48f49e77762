"""Whole copies of a case as they come from a server, checked before anybody sees them."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from store.database import disk, sqlite
from store.database.log_table import LogTable
from store.errors import DamagedCase, NewerCase
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
    with _removed_if_wrong(to):
        try:
            disk.write_new(to, content())
        except zlib.error as error:
            raise server.nonsense("its snapshot cannot be unpacked") from error
        if (size, digest.hexdigest()) != (about.size, about.sha256):
            raise server.nonsense("its snapshot is not whole")
        if end_of(to) != (about.sequence, about.hash):
            raise server.nonsense("its snapshot is not the case of its log")


@contextmanager
def _removed_if_wrong(database: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for one in (database, *sqlite.wal_files(database)):
            disk.unlink(one)
        raise


def end_of(path: Path) -> End | None:
    """The end of the log of a copy; None where it is damaged.

    Raises `UnreadableCase` and `UnwritableCase` where that cannot be told, as on a full disk.
    """
    try:
        with (
            sqlite.translating_errors(path),
            closing(sqlite.connect(path, writing=False)) as connection,
        ):
            return LogTable(path).end(connection)
    except (DamagedCase, NewerCase, TypeError, ValueError):
        return None
