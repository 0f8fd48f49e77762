"""A whole copy of a case as it goes to a server: compressed, in parts."""

import hashlib
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from store.database import disk
from store.database.open_files import save_copy

PART = 4 << 20
"""The most bytes of a part."""

_LEVEL = 3


class SnapshotAbout(NamedTuple):
    """A snapshot: the entry after which it was made, its compressed size, and its SHA-256."""

    sequence: int
    hash: str
    size: int
    sha256: str


class PackedSnapshot:
    """A compressed database in a file without a name, which only this program can read."""

    def __init__(self, database: Path, end: tuple[int, str]) -> None:
        """Compress a closed database, whose log has this end."""
        self._file = tempfile.TemporaryFile(dir=database.parent)  # noqa: SIM115  # see `close`
        packer, digest, size = zlib.compressobj(_LEVEL), hashlib.sha256(), 0
        with disk.open_to_read(database) as content:
            while piece := content.read(PART):
                self._file.write(packer.compress(piece))
        self._file.write(packer.flush())
        for part in self.parts():
            digest.update(part)
            size += len(part)
        self.about = SnapshotAbout(*end, size, digest.hexdigest())

    @classmethod
    def of_open(
        cls, connection: sqlite3.Connection, end: tuple[int, str], folder: Path
    ) -> "PackedSnapshot":
        """Compress what a connection sees, by a copy in a folder that is removed again."""
        copy = folder / ".sending.db"
        disk.unlink(copy)
        save_copy(connection, copy)
        try:
            return cls(copy, end)
        finally:
            disk.unlink(copy)

    def parts(self) -> Iterator[bytes]:
        """Read its parts; as often as wanted."""
        self._file.seek(0)
        while part := self._file.read(PART):
            yield part

    def close(self) -> None:
        """Drop the file."""
        self._file.close()
