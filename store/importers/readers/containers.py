"""Zips and gzip files: the list of what is in them, and the bytes of one file in them.

A place in a file is a list of steps: the number of a member in a zip, or `GZIP`.
The names in a zip are only told: nothing is written anywhere.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from store.errors import UnfitFile
from store.importers.limits import BEGINNING, MAX_EXPANSION, MAX_MEMBERS, readinto
from store.importers.readers.answers import DOCUMENT, GZIP, WORKBOOK, Member

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HELD = 256 * 1024 * 1024
"""The most bytes of a zip in a zip, and of a workbook in one."""
_CHUNK = 512 * 1024
_SLACK = 1024 * 1024
"""Bytes to which any file may expand."""
_HIDDEN = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))
"""What systems put beside the files of a user, as they do files that begin with a point."""
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
"""What the libraries raise at a file that is damaged, or packed in a way that they do not know."""

# zipfile needs it for the names of old zips, and no module can be loaded later
"".encode("cp437")


def package(file: IO[bytes], inside: Sequence[int]) -> Iterator[str]:
    """The kind of a zip by the names in it: a workbook, a document, or any zip."""
    archive = _archive(seekable(file, inside))
    names = set(archive.namelist())
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        yield WORKBOOK
    elif {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as kind:
            yield WORKBOOK if kind.read(100).strip().endswith(b".spreadsheet") else DOCUMENT
    else:
        yield DOCUMENT if "[Content_Types].xml" in names else ""


def members(file: IO[bytes], inside: Sequence[int]) -> Iterator[Member]:
    """The files in a zip. Raises `UsageError` if they are too many, or it is damaged."""
    archive = _archive(seekable(file, inside))
    found = archive.infolist()
    many = sum(not one.is_dir() for one in found)
    if many > MAX_MEMBERS:
        raise UnfitFile(
            f"contains {many:,} files, more than {MAX_MEMBERS:,}",
            "unzip it, and name the files you want",
        )
    for number, one in enumerate(found):
        if one.is_dir() or any(map(_is_hidden, one.filename.replace("\\", "/").split("/"))):
            continue
        name = one.filename.encode("utf-8", "replace").decode()
        why, beginning = _refused(one), b""
        if not why:
            try:
                with archive.open(one) as stream:
                    beginning = stream.read(BEGINNING)
            except BROKEN as error:
                why = f"is damaged ({error})"
        yield Member(number, name, one.file_size, beginning, why)


def _is_hidden(part: str) -> bool:
    return part in _HIDDEN or (part.startswith(".") and part.strip(".") != "")


def _refused(one: zipfile.ZipInfo) -> str:
    if one.flag_bits & 1:
        return "is encrypted"
    if one.file_size > MAX_EXPANSION * max(1, one.compress_size) + _SLACK:
        return f"expands to more than {MAX_EXPANSION} times its size"
    return ""


def beginning(file: IO[bytes], inside: Sequence[int]) -> Iterator[bytes]:
    """The first bytes of what is at a place."""
    yield opened(file, inside).read(BEGINNING)


def chunks(file: IO[bytes], inside: Sequence[int], most: int | None) -> Iterator[bytes]:
    """The bytes of what is at a place, in pieces; at least the first `most` of them, or all."""
    stream = opened(file, inside)
    read = 0
    while (most is None or read < most) and (piece := stream.read(_CHUNK)):
        read += len(piece)
        yield piece


def opened(file: IO[bytes], inside: Sequence[int]) -> IO[bytes]:
    """The content at a place, as a stream that raises `UsageError` where it is damaged."""
    size = file.seek(0, 2)
    file.seek(0)
    stream: IO[bytes] = file
    for step in inside:
        if step == GZIP:
            most = MAX_EXPANSION * size + _SLACK
            stream = io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=stream), most), _CHUNK)
            continue
        archive = _archive(stream if stream is file else _held(stream))
        one = archive.infolist()[step]
        size = one.compress_size
        stream = io.BufferedReader(_Unpacked(archive.open(one), one.file_size), _CHUNK)
    return stream


def seekable(file: IO[bytes], inside: Sequence[int]) -> IO[bytes]:
    """The content at a place, as a stream that can be read in any order."""
    stream = opened(file, inside)
    return stream if stream is file else _held(stream)


def _held(stream: IO[bytes]) -> IO[bytes]:
    found = stream.read(_HELD + 1)
    if len(found) > _HELD:
        raise UnfitFile(f"has over {_HELD // 2**20} MB inside an archive", "unzip it first")
    return io.BytesIO(found)


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except BROKEN as error:
        raise UnfitFile(f"is an unreadable zip ({error})", "download it again") from error


class _Unpacked(io.RawIOBase):
    """A stream that gives at most so many bytes, and whose damage is a `UsageError`."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, most: int) -> None:
        self._stream = stream
        self._left = most
        self._read_so_far = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return readinto(buffer, self._read)

    def _read(self, most: int) -> bytes:
        try:
            found = self._stream.read(most)
        except BROKEN as error:
            raise UnfitFile(
                f"is damaged after {self._read_so_far:,} bytes ({error})", "download it again"
            ) from error
        self._read_so_far += len(found)
        if self._read_so_far > self._left:
            raise UnfitFile(
                f"expands to more than it says, or than {MAX_EXPANSION} times its size",
                "no real data set does; check where the file came from",
            )
        return found
