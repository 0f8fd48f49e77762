"""The cells of the pages of a database, and the rows in them.

The format is that of SQLite's document "Database File Format", sections 1.6 and 2.1.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.custody.page_file import PageFile

Value = str | bytes | int | float | None
Columns = Sequence[Value]

LEAF, INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 13, 5, 10, 2
"""The kinds of pages, by their first byte."""

_HEADER_SIZES = {LEAF: 8, INTERIOR: 12, INDEX_LEAF: 8, INDEX_INTERIOR: 12}
_FIRST_HEADER = 100
"""The bytes of the first page before the header that all pages have."""

_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
"""The bytes of a value by its serial type; from 12 on it is a blob or a text."""


class Page:
    """The bytes of a page, with its `kind`, None where it is none of those that have cells."""

    def __init__(self, number: int, content: bytes) -> None:
        self.number = number
        self.content = content
        self._start = _FIRST_HEADER if number == 1 else 0
        kind = content[self._start]
        self.kind = kind if kind in _HEADER_SIZES else None

    def cells(self) -> Iterator[int]:
        """The offsets of the cells that the page lists."""
        assert self.kind is not None
        first = self._start + _HEADER_SIZES[self.kind]
        count = int.from_bytes(self.content[self._start + 3 : self._start + 5], "big")
        for at in range(first, min(first + 2 * count, len(self.content) - 1), 2):
            yield int.from_bytes(self.content[at : at + 2], "big")

    def unused(self) -> int:
        """The bytes that no cell has, by the header of the page and its list of free blocks."""
        block, _, begin, fragments = struct.unpack_from(">3HB", self.content, self._start + 1)
        unused = int(begin or 1 << 16) + int(fragments)
        seen: set[int] = set()
        while block and block not in seen and block + 4 <= len(self.content):
            seen.add(block)
            block, size = struct.unpack_from(">2H", self.content, block)
            unused += size
        return unused

    def children(self, usable_sizes: Sequence[int]) -> list[int] | None:
        """The pages below an interior page of a table; None where it is damaged."""
        found = []
        used = self.unused()
        try:
            for at in self.cells():
                found.append(int.from_bytes(self.content[at : at + 4], "big"))
                used += _varint(self.content, at + 4)[1] - at
        except IndexError:
            return None
        last = self.content[self._start + 8 : self._start + 12]
        return [*found, int.from_bytes(last, "big")] if used in usable_sizes else None


class Payload(NamedTuple):
    """The bytes of a row and its number, unless it is of an index.

    `end` is where they end on its page, and `overflow` are the pages they go on in.
    """

    n: int | None
    content: bytes
    end: int
    overflow: Sequence[int]


def payload(pages: PageFile, page: Page, at: int, usable: int) -> Payload | None:
    """Read the row that begins at an offset, None where its bytes are not all there."""
    try:
        size, at = _varint(page.content, at + 4 if page.kind == INDEX_INTERIOR else at)
        n, at = _varint(page.content, at) if page.kind == LEAF else (None, at)
    except IndexError:
        return None
    end = at + _local_size(size, usable, page.kind == LEAF)
    pieces, left = [page.content[at:end]], size - (end - at)
    if size < 0 or end > usable or left > usable * pages.count:
        return None
    overflow: list[int] = []
    link = page.content[end : end + 4]
    while left > 0:
        number = int.from_bytes(link, "big")
        if not 1 < number <= pages.count or number in overflow:
            return None
        overflow.append(number)
        content = pages.page(number)
        link = content[:4]
        pieces.append(content[4 : min(usable, 4 + left)])
        left -= len(pieces[-1])
    return Payload(n, b"".join(pieces), end + 4 if overflow else end, overflow)


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and the offset after it. Raises `IndexError`."""
    value = 0
    for end in range(at, at + 8):
        byte = page[end]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, end + 1
    value = value << 8 | page[at + 8]
    return value - (value >> 63 << 64), at + 9


def _varint_bytes(value: int) -> bytes:
    """A number below 2 ** 56 as SQLite writes it."""
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))


def _local_size(size: int, usable: int, in_table: bool) -> int:
    """The number of bytes of a row that are on its own page."""
    most = usable - 35 if in_table else (usable - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (usable - 12) * 32 // 255 - 23
    here = least + (size - least) % (usable - 4)
    return here if here <= most else least


def _serial_types(record: bytes, at: int, end: int) -> list[int]:
    types = []
    while at < end:
        kind, at = _varint(record, at)
        types.append(kind)
    return types


def _value_size(kind: int) -> int:
    """The bytes of a value by its serial type. Raises `LookupError` where there is none such."""
    return (kind - 12) // 2 if kind >= 12 else _SIZES[kind]


def columns_of(record: bytes) -> Columns | None:
    """The columns of a row, None where its bytes cannot be those of one."""
    try:
        size, at = _varint(record, 0)
        types = _serial_types(record, at, size)
        if size + sum(map(_value_size, types)) != len(record):
            return None
        columns: list[Value] = []
        at = size
        for kind in types:
            end = at + _value_size(kind)
            columns.append(_value(kind, record[at:end]))
            at = end
    except (LookupError, UnicodeDecodeError):
        return None
    return columns


def _value(kind: int, content: bytes) -> Value:
    if kind >= 12:
        return content.decode() if kind & 1 else content
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return 0.0  # no column that is wanted holds one
    return int.from_bytes(content, "big", signed=True)


def cell_before(page: bytes, header: int) -> int | None:
    """The offset of the cell whose row has its header here, None where there can be none."""
    try:
        size = page[header]
        types = _serial_types(page, header + 1, header + size)
        length = size + sum(map(_value_size, types))
    except LookupError:
        return None
    at = header - 1
    while at > 0 and page[at - 1] & 0x80 and header - at < 9:
        at -= 1
    prefix = _varint_bytes(length)
    at -= len(prefix)
    return at if at >= 0 and page[at : at + len(prefix)] == prefix else None
