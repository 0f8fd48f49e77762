"""Files from outside as streams of bytes that can be read more than once, within limits."""

import io
import os
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from store.errors import MissingCase, UnfitFile, UsageError
from store.importers.limits import BEGINNING, readinto

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from store.sandbox.process import ReaderProcess  # the process itself needs none

_SPOOLED = 16 * 1024 * 1024


class Source(ABC):
    """The bytes of one file, or of one member of an archive.

    `name` is for a person; a file in an archive is named after both. `folder` is the
    part of the name that is private to the user, and not for a log. `size` is the
    number of its bytes, and `beginning` the first of them.
    """

    name: str
    folder: str = ""
    size: int = 0
    beginning: bytes = b""
    process: "ReaderProcess | None" = None
    """The process that reads it, if one does."""

    @abstractmethod
    def open(self, most: int | None = None) -> IO[bytes]:
        """The bytes from the first, for one reader at a time. Raises `UsageError`.

        A reader that needs no more than `most` of them may be given no more.
        """


class _Identity(NamedTuple):
    """The marks by which a file is known to be the same."""

    device: int
    inode: int
    size: int
    changed: int


class File(Source):
    """A file that a path names; it is opened for each reading, and must not change between."""

    def __init__(self, path: Path, name: str, folder: str = "") -> None:
        """Raises `MissingCase` if there is no such file, `UsageError` if it cannot be read."""
        self.name = name
        self.folder = folder
        self.path = path
        self._identity: _Identity | None = None
        with self.open() as stream:
            self.beginning = stream.read(BEGINNING)
            self.size = stream.seek(0, 2)
        if not self.beginning:
            raise UnfitFile(f"{name}: is empty", "name a data set file")

    def open(self, most: int | None = None) -> IO[bytes]:
        """The bytes of the file.

        Raises `MissingCase` and `UnfitFile` where it is none, and `UsageError` if it
        cannot be read, or is not the one that it was.
        """
        try:
            if not self.path.is_file():
                if self.path.exists():
                    raise UnfitFile(f"{self.name}: is not a file", "name a data set file")
                raise MissingCase(f"{self.name}: there is no such file", "check the name")
            stream = self.path.open("rb")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise UsageError(f"{self.name}: cannot be read ({why})", "check the name") from error
        found = os.fstat(stream.fileno())
        identity = _Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        if self._identity not in (None, identity):
            stream.close()
            raise UsageError(f"{self.name}: has changed while it was read", "import it again")
        self._identity = identity
        return stream


class Spooled(Source):
    """A copy of standard input: in memory, or on the disk if it is large."""

    name = "standard input"

    def __init__(self, stdin: IO[bytes]) -> None:
        """Read standard input to its end. Raises `UsageError` if it is empty."""
        self._kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115
        while chunk := stdin.read(1024 * 1024):
            self._kept.write(chunk)
            self.size += len(chunk)
        self._kept.seek(0)
        self.beginning = self._kept.read(BEGINNING)
        if not self.beginning:
            self.close()
            raise UnfitFile(f"{self.name}: is empty", "name a data set file")

    def open(self, most: int | None = None) -> IO[bytes]:
        """The bytes that were read; to close them leaves the copy as it is."""
        self._kept.seek(0)
        return io.BufferedReader(Again(self._kept))

    def close(self) -> None:
        """Let the copy go."""
        self._kept.close()


class Again(io.RawIOBase):
    """A stream that another owns, and which stays open."""

    def __init__(self, kept: IO[bytes]) -> None:
        self._kept = kept

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place of the stream, and return it."""
        return self._kept.seek(offset, whence)

    def fileno(self) -> int:
        """The number of its descriptor."""
        return self._kept.fileno()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer with the next bytes, and return their number."""
        return readinto(buffer, self._kept.read)
