"""Files that a process of their own reads, and the files in them."""

import io
from collections.abc import Generator
from typing import IO, TYPE_CHECKING, Any

from store.importers.limits import readinto
from store.importers.readers.answers import GZIP, Member
from store.importers.streams import Source
from store.sandbox.process import Answer, ReaderProcess

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CONTAINERS = "store.importers.readers.containers"
_HINT = "check where the file came from, or save it as CSV"


class PackedSource(Source):
    """A file that a process reads: a file itself, or one in it.

    `inside` are the steps to it, as `readers.containers` has them.
    """

    process: ReaderProcess

    def __init__(
        self,
        process: ReaderProcess,
        name: str,
        folder: str,
        size: int,
        beginning: bytes,
        inside: tuple[int, ...] = (),
    ) -> None:
        self.process = process
        self.name = name
        self.folder = folder
        self.size = size
        self.beginning = beginning
        self.inside = inside

    @classmethod
    def of(cls, source: Source) -> "PackedSource":
        """A file, with a process for it."""
        process = ReaderProcess(source.name, source.open, hint=_HINT)
        return cls(process, source.name, source.folder, source.size, source.beginning)

    def ask(self, reader: str, function: str, form: Any, **arguments: Any) -> Answer:
        """The answer of a reader to a question about this file. Raises `UsageError`."""
        return self.process.ask(
            reader, function, form, about=self.name, inside=self.inside, **arguments
        )

    def open(self, most: int | None = None) -> IO[bytes]:
        """The bytes from the first, unpacked. Raises `UsageError`, also while it is read."""
        pieces = self.ask(_CONTAINERS, "chunks", bytes, most=most)
        return io.BufferedReader(_Pieces(pieces), 256 * 1024)

    def package(self) -> str:
        """The kind of this zip, "" if it is just a zip. Raises `UsageError`."""
        (kind,) = self.ask(_CONTAINERS, "package", str)
        return str(kind)

    def members(self) -> list[tuple["PackedSource", str]]:
        """The files in this zip, each with the reason why it cannot be read, if there is one.

        Raises `UsageError`.
        """
        found: list[Member] = list(self.ask(_CONTAINERS, "members", Member))
        return [
            (self._within(f"{self.name}: {one.name}", one.number, one.size, one.beginning), one.why)
            for one in found
        ]

    def unpacked(self) -> "PackedSource":
        """The file that gzip has packed here. Raises `UsageError`."""
        packed = self._within(self.name, GZIP, self.size, b"")
        packed.beginning = b"".join(packed.ask(_CONTAINERS, "beginning", bytes))
        return packed

    def _within(self, name: str, step: int, size: int, beginning: bytes) -> "PackedSource":
        inside = (*self.inside, step)
        return PackedSource(self.process, name, self.folder, size, beginning, inside)


class _Pieces(io.RawIOBase):
    """A stream of pieces of bytes."""

    def __init__(self, pieces: Generator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return readinto(buffer, self._read)

    def _read(self, most: int) -> bytes:
        if not self._left:
            self._left = next(self._pieces, b"")
        found, self._left = self._left[:most], self._left[most:]
        return found

    def close(self) -> None:
        self._pieces.close()
        super().close()
