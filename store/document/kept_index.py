"""A copy of a case file's index beside it, so that a large case opens at once.

It is a cache: it is used only if it was made by this very code from the very bytes
of the case file, and is deleted or ignored otherwise. Whoever can write to the folder
can write another one: `store.document.index_check` compares its records with those of the
document, for `verify` and before a writer saves anything. The figures that `verify` works
out again are those of the index that a reader is shown.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from struct import Struct
from typing import BinaryIO

import msgspec

import store
from store.database import disk
from store.database.identity import Inode, inode_of
from store.database.sqlite import open_database
from store.document.backups import replace_file
from store.document.tinydb_file import Snapshot, SnapshotHead
from store.errors import ConflictError, UnwritableCase
from store.model.log_line import Act, Line
from store.model.records import Case

FROM_BYTES = 1 << 20
"""The size of a case file from which an index is kept; a smaller one is read at once."""

MAX_HEADER = 1 << 20
"""The size limit of the header."""

_END = Struct(">Q32s")
"""The end of the file: the length of the header, and the SHA-256 of all before this."""

_CHUNK = 1 << 20
"""The bytes that are read at once to check the file."""

MOST_TO_FOLLOW = 500
"""The most edits of the log that a kept index is brought up to; with more all is read anew."""


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The header of a kept index, after its pages.

    `code` is that of the program, and `document` the SHA-256 of the case file. `head` and
    `case` are what reading the case file gives: its header, and its own record.
    """

    code: str
    document: str
    head: SnapshotHead
    case: Case

    def snapshot(self) -> Snapshot:
        """The case file as it is known from this, without its records."""
        snapshot = Snapshot({}, self.head, {}, self.document)
        snapshot.content = self.head.records
        return snapshot


class KeptIndex:
    """The kept index of one case file: read when the case is opened, written when it is closed.

    The file is a database, which ends with a header. `header` is None if no index belongs to
    the present bytes of the case file.
    """

    def __init__(self, path: Path) -> None:
        self._case = path
        self.path = index_path(path)
        self._temporary = path.parent / f"{path.name}.index.new"
        self.header: Header | None = None
        self._read_from: Inode | None = None
        self._deleted = False
        with suppress(OSError):  # as for a name that is too long
            if self.path.is_file():
                self._read()

    def _read(self) -> None:
        try:
            with disk.open_to_read(self.path) as file:
                header = _checked_header(file, self._case)
                found = os.fstat(file.fileno())
        except (OSError, ValueError):  # a cache that cannot be read is none
            return
        self.header, self._read_from = header, Inode(found.st_dev, found.st_ino)

    def connect(self) -> sqlite3.Connection | None:
        """Open the index where it is, for reading; None where it can no longer be read."""
        connection = None
        with suppress(ConflictError, OSError, sqlite3.Error):
            connection = open_database(self.path, "ro&immutable=1")
            connection.execute("SELECT count(*) FROM sqlite_master")
            if inode_of(self.path) == self._read_from:
                return connection
        if connection is not None:
            connection.close()
        return None

    def ignore(self) -> None:
        """Use it no more: the log has changes that it lacks."""
        self.header = None

    def keep(
        self,
        document: str,
        head: SnapshotHead,
        case: Case,
        serialize: Callable[[], bytes],
    ) -> None:
        """Keep the index of a large case file with these bytes, unless it is kept already.

        `serialize` gives the pages of the index, which must hold what the case file
        holds. If it cannot be written, none is kept.
        """
        if self._deleted or (self.header is not None and self.header.document == document):
            return
        with suppress(OSError):
            if self._case.stat().st_size < FROM_BYTES:
                return
            header = Header(code=code(), document=document, head=head, case=case)
            replace_file(self.path, index_content(serialize(), header), keep=False)

    def delete(self) -> None:
        """Delete it, as before a redaction, and keep none of this session.

        Free pages of the index in memory may hold what was redacted. Raises `UnwritableCase`.
        """
        self._deleted = True
        try:
            disk.unlink(self.path)
            disk.unlink(self._temporary)
        except OSError as error:
            raise UnwritableCase(
                f"{self.path}: cannot be deleted ({error.strerror})",
                "check the folder; nothing was changed",
            ) from error
        self.ignore()


def index_content(pages: bytes, header: Header) -> tuple[bytes, bytes, bytes]:
    """The content of a kept index, in pieces."""
    encoded = msgspec.json.encode(header)
    whole = hashlib.sha256(pages)
    whole.update(encoded)
    return pages, encoded, _END.pack(len(encoded), whole.digest())


def _checked_header(file: BinaryIO, case: Path) -> Header | None:
    """The header of a kept index; None where it is damaged or of another case file or program.

    Raises `OSError` and `ValueError` where it cannot be read.
    """
    before_end = file.seek(-_END.size, os.SEEK_END)
    length, hash = _END.unpack(file.read())
    if length > MAX_HEADER:
        return None
    file.seek(before_end - length)
    header = msgspec.json.decode(file.read(length), type=Header)
    if header.code != code() or header.document != _file_hash(case):
        return None
    return header if _hash_of_first(file, before_end) == hash else None


def _hash_of_first(file: BinaryIO, size: int) -> bytes:
    """The SHA-256 of the first bytes of a file."""
    whole = hashlib.sha256()
    file.seek(0)
    while size and (chunk := file.read(min(size, _CHUNK))):
        whole.update(chunk)
        size -= len(chunk)
    return whole.digest()


def index_path(path: Path) -> Path:
    """The path of the kept index of a case file."""
    # a path without a name raises a precise error when it is read
    return path.parent / f"{path.name}.index"


def can_follow(lines: Sequence[Line]) -> bool:
    """Tell if an index that lacks these entries is soon brought up to them, one by one."""
    edits = sum(len(line.edits) for line in lines)
    return edits <= MOST_TO_FOLLOW and not any(
        line.content or line.act is Act.REDACTION for line in lines
    )


def _sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _file_hash(path: Path) -> str:
    """The SHA-256 of a file. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code() -> str:
    """A key of this program's code: an index is derived by rules, which change with it."""
    folder = Path(store.__file__).parent
    found = "\n".join(sorted(_files(str(folder))))
    return _sha256(f"{store.__version__}\n{found}".encode())


def _files(folder: str) -> Iterator[str]:
    """The name, size and time of every source and data file below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                of = entry.stat()
                yield f"{entry.path} {of.st_size} {of.st_mtime_ns}"
