"""The pages of a database file and of its WAL, read without SQLite.

The formats are those of SQLite's documents "Database File Format" and "WAL-mode
File Format". No damaged byte makes it fail: what cannot be true is left out.
"""

import errno
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

PAGE_SIZE = 8192
"""The page size, in bytes, of the databases that this program makes."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_SMALLEST, _LARGEST = 512, 65536
_WAL_MAGIC = 0x377F0682
_WAL_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")


class PageFile:
    """The pages of a damaged database, by number from 1, as they were last committed.

    `count` is the number of pages. `free` holds the unused ones, which may hold
    what was deleted; `wiped` is False where one does, as other programs leave it.
    `knows_free` is False where the list of them is damaged.
    """

    def __init__(self, file: BinaryIO, wal: BinaryIO | None) -> None:
        """Read the first page, the WAL, and the list of free pages. Raises `OSError`."""
        self._file, self._wal = file, wal
        self._frames: dict[int, int] = {}
        self._damaged_frames: list[int] = []
        self._outdated: set[int] = set()
        self.knows_free = self.wiped = self._knows_newest = True
        header = _read(file, 0, _HEADER)
        wal_header = _WAL_HEADER.unpack(_read(wal, 0, _WAL_HEADER.size)) if wal else (0,) * 8
        self.page_size = _page_size(header, wal_header)
        committed = self._read_wal(wal, wal_header) if wal else 0
        header = self.page(1)[:_HEADER]
        self.usable_sizes = tuple(dict.fromkeys((self.page_size - header[20], self.page_size)))
        """The bytes of a page that are used: less those that the header reserves, or all."""
        self.count = max(-(-_size(file) // self.page_size), *self._frames, 1)
        self._used = committed or int.from_bytes(header[28:32], "big")
        self.free = self._read_free_pages(header)

    def page(self, number: int) -> bytes:
        """The last committed bytes of a page, zeros for what is missing. Raises `OSError`."""
        frame = self._frames.get(number)
        if frame is None or self._wal is None:
            return _read(self._file, (number - 1) * self.page_size, self.page_size)
        return _read(self._wal, frame + _FRAME.size, self.page_size)

    def damaged_frames(self) -> Iterator[bytes]:
        """The pages in damaged frames of the WAL, of which the numbers are uncertain."""
        for frame in self._damaged_frames:
            assert self._wal is not None
            yield _read(self._wal, frame + _FRAME.size, self.page_size)

    def is_current(self, number: int) -> bool:
        """Tell if no other version of a page is newer, for all that is known."""
        return self._knows_newest and number <= self._used and number not in self._outdated

    def _read_wal(self, wal: BinaryIO, header: tuple[int, ...]) -> int:
        """Find the last committed frame of each page; return the number of pages, 0 if unknown."""
        magic, size, salts, before = header[0], header[2], header[4:6], header[6:8]
        frames = list(_frames(wal, self.page_size))
        if not frames:
            return 0
        sound = magic & ~1 == _WAL_MAGIC and size == self.page_size
        if not sound:  # SQLite would ignore all of it
            self._knows_newest = False
            salts = frames[0].salts
        order = ">" if sound and magic & 1 else "<"
        most = _size(self._file) // self.page_size + len(frames)
        pending: dict[int, int] = {}
        committed = 0
        for frame, following in zip(frames, [*frames[1:], None], strict=True):
            if frame.salts != salts:
                if following is None or following.salts != salts:
                    break  # the rest was written before the WAL began anew
                self._damaged_frames.append(frame.at)
                self._knows_newest = sound = False
                continue
            if sound and frame.checksum != self._checksum(wal, frame, before, order):
                self._damaged_frames.append(frame.at)
                self._outdated.add(frame.page)
                sound = False  # nor can the next be checked
            else:
                if 0 < frame.page <= most:
                    pending[frame.page] = frame.at
                sound = True
            before = frame.checksum
            if frame.pages:
                self._frames.update(pending)
                pending, committed = {}, frame.pages
        return committed

    def _checksum(
        self, wal: BinaryIO, frame: "_Frame", before: tuple[int, ...], order: str
    ) -> tuple[int, int]:
        """Compute the checksum of a frame, which continues that of the frame before it."""
        content = _read(wal, frame.at, _FRAME.size + self.page_size)
        one, other = before
        content = content[:8] + content[_FRAME.size :]
        words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
        for even, odd in zip(words, words, strict=True):
            one = (one + even + other) & 0xFFFFFFFF
            other = (other + odd + one) & 0xFFFFFFFF
        return one, other

    def _read_free_pages(self, header: bytes) -> frozenset[int]:
        """Read the list of free pages, as far as it is not damaged."""
        trunk, count = (int.from_bytes(header[at : at + 4], "big") for at in (32, 36))
        found: set[int] = set()
        while self._may_be_free(trunk, found):
            found.add(trunk)
            page = self.page(trunk)
            trunk, number = struct.unpack_from(">2I", page)
            for leaf in struct.unpack_from(f">{min(number, self.page_size // 4 - 2)}I", page, 8):
                if self._may_be_free(leaf, found):
                    found.add(leaf)
                    self.wiped = self.wiped and not any(self.page(leaf))
        if trunk or len(found) != count or not header.startswith(_MAGIC):
            self.knows_free = False
        return frozenset(found)

    def _may_be_free(self, number: int, found: set[int]) -> bool:
        return 1 < number <= self.count and number not in found


class _Frame(NamedTuple):
    """A frame of a WAL: where it is, its page, and the number of all pages if it commits."""

    at: int
    page: int
    pages: int
    salts: tuple[int, ...]
    checksum: tuple[int, ...]


def _frames(wal: BinaryIO, page_size: int) -> Iterator[_Frame]:
    step = _FRAME.size + page_size
    for at in range(_WAL_HEADER.size, _size(wal) - step + 1, step):
        page, pages, *rest = _FRAME.unpack(_read(wal, at, _FRAME.size))
        yield _Frame(at, page, pages, tuple(rest[:2]), tuple(rest[2:]))


def _page_size(header: bytes, wal_header: tuple[int, ...]) -> int:
    """The page size that a header tells if it is one, or the WAL's; else that of new databases."""
    size = int.from_bytes(header[16:18], "big")
    size = _LARGEST if size == 1 else size
    if header.startswith(_MAGIC) and _is_page_size(size):
        return size
    if wal_header[0] & ~1 == _WAL_MAGIC and _is_page_size(wal_header[2]):
        return wal_header[2]
    return PAGE_SIZE


def _is_page_size(size: int) -> bool:
    return _SMALLEST <= size <= _LARGEST and not size & (size - 1)


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)


def _read(file: BinaryIO, at: int, size: int) -> bytes:
    """Read bytes of a file, with zeros for those that the disk fails to read, or after its end."""
    content = b""
    try:
        content = _content(file, at, size)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
    return content.ljust(size, b"\0")


def _content(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
