"""The bytes of each row of a sound database, found by following its trees from the schema.

It shares no code with the repair that is tried, which follows no trees.
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class Span(NamedTuple):
    """Bytes of a file: of the WAL or the database, from `start` up to `end`."""

    wal: bool
    start: int
    end: int


class RowSpans:
    """The rows of a database and of its WAL, if there is one, which must both be sound.

    `database` and `wal` are their bytes, `page_size` the bytes of a page.
    """

    def __init__(self, path: Path) -> None:
        self.database = path.read_bytes()
        wal = path.with_name(path.name + "-wal")
        self.wal = wal.read_bytes() if wal.exists() else b""
        self.page_size = int.from_bytes(self.database[16:18], "big")
        self._frames = self._committed()

    def _committed(self) -> dict[int, int]:
        """The place at which the last frame of each page begins."""
        found: dict[int, int] = {}
        pending: dict[int, int] = {}
        for at in range(32, len(self.wal), 24 + self.page_size):
            page, pages, *salts = struct.unpack_from(">4I", self.wal, at)
            if salts != list(struct.unpack_from(">2I", self.wal, 16)):
                break
            pending[page] = at + 24
            if pages:
                found |= pending
                pending = {}
        return found

    def _page(self, number: int) -> tuple[bytes, Span]:
        wal = number in self._frames
        at = self._frames[number] if wal else (number - 1) * self.page_size
        span = Span(wal, at, at + self.page_size)
        return (self.wal if wal else self.database)[span.start : span.end], span

    def all_pages(self) -> list[Span]:
        """The last version of each page."""
        count = max(len(self.database) // self.page_size, *self._frames, 1)
        return [self._page(number)[1] for number in range(1, count + 1)]

    def schema_pages(self) -> list[Span]:
        """The pages that the schema is on."""
        return [self._page(number)[1] for number in self._tree(1)]

    def _tree(self, root: int) -> Iterator[int]:
        """The pages of a table, without those that rows go on in."""
        yield root
        page, start = self._page(root)[0], 100 if root == 1 else 0
        if page[start] == 5:
            for at in self._pointers(page, start):
                yield from self._tree(int.from_bytes(page[at : at + 4], "big"))
            yield from self._tree(int.from_bytes(page[start + 8 : start + 12], "big"))

    @staticmethod
    def _pointers(page: bytes, start: int) -> tuple[int, ...]:
        first = start + (12 if page[start] == 5 else 8)
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        return struct.unpack_from(f">{count}H", page, first)

    def rows(self, roots: Mapping[str, int]) -> dict[tuple[str, int], list[Span]]:
        """The bytes of each row of these tables, given with their first pages, by its number."""
        found = {}
        for table, root in roots.items():
            for number in self._tree(root):
                page, span = self._page(number)
                if page[0] == 13:
                    for at in self._pointers(page, 0):
                        n, spans = self._row(page, span, at)
                        found[table, n] = spans
        return found

    def _row(self, page: bytes, span: Span, at: int) -> tuple[int, list[Span]]:
        begin = at
        size, at = _varint(page, at)
        n, at = _varint(page, at)
        most, least = self.page_size - 35, (self.page_size - 12) * 32 // 255 - 23
        here = size
        if size > most:
            here = least + (size - least) % (self.page_size - 4)
            here = least if here > most else here
        end = at + here + (4 if here < size else 0)
        spans = [span._replace(start=span.start + begin, end=span.start + end)]
        link, left = page[end - 4 : end], size - here
        while left > 0:
            page, span = self._page(int.from_bytes(link, "big"))
            part = min(left, self.page_size - 4)
            spans.append(span._replace(end=span.start + 4 + part))
            link, left = page[:4], left - part
        return n, spans


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        value, byte, at = value << 7 | page[at] & 0x7F, page[at], at + 1
        if byte < 0x80:
            return value, at
