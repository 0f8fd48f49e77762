"""The rows on the pages of a damaged database, cell by cell, as SQLite's `.recover` finds them.

The format is that of SQLite's document "Database File Format", sections 1.6 and 2.1.
No page says to which table it belongs; each row must do so by itself.
"""

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from store.custody.page_file import PageFile

Value = str | bytes | int | float | None
Columns = Sequence[Value]

Identify = Callable[[Columns], str | None]
"""The table of a row: empty if it is none that is wanted, None if bytes of it are damaged."""

_LEAF, _INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 13, 5, 10, 2
_HEADER_SIZES = {_LEAF: 8, _INTERIOR: 12, _INDEX_LEAF: 8, _INDEX_INTERIOR: 12}
_FIRST_HEADER = 100
"""The bytes of the first page before the header that all pages have."""

_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
"""The bytes of a value by its serial type; from 12 on it is a blob or a text."""

_ROW_HEADER = re.compile(rb"(?=[\x03-\x7f]\0[\x0d-\xff])")
"""The beginning of the header of a row: its size, and the types of a number and a text."""


class Row(NamedTuple):
    """A row with its table, on the page of this number, 0 where that is not known.

    It is `certain` if it is known to be in use, and to be no older version of
    itself. It is `listed` if its page lists it.
    """

    table: str
    columns: Columns
    page: int
    certain: bool
    listed: bool


class _Cell(NamedTuple):
    """A row with its table, and where its bytes on its own page end."""

    table: str
    columns: Columns
    end: int


class PageReader:
    """A reader of the rows of a database file; `damaged` are the pages that hold anything else."""

    def __init__(self, pages: PageFile, identify: Identify) -> None:
        self._pages = pages
        self._identify = identify
        self._overflow: set[int] = set()
        self._others: set[int] = set()
        self.damaged: set[int] = set()

    def listed(self, *, certain: bool) -> Iterator[Row]:
        """Read every undamaged row that a page in use lists, of the certain pages or the others."""
        for number in range(1, self._pages.count + 1):
            if number not in self._pages.free and self._pages.is_certain(number) == certain:
                yield from self._listed(self._pages.page(number), number, certain=certain)

    def unlisted(self) -> Iterator[Row]:
        """Look for rows that damaged pages no longer list, once `listed` has read all others.

        Such a row may have been deleted or altered since.
        """
        others = {one for one in self._others - self._overflow if any(self._pages.page(one))}
        self.damaged |= others
        for number in sorted(self.damaged):
            yield from self._scanned(self._pages.page(number), number)

    def in_damaged_frames(self) -> Iterator[Row]:
        """Read the rows in damaged frames of the WAL, of which the pages are uncertain."""
        for page in self._pages.damaged_frames():
            yield from self._listed(page, 0, certain=False)
            yield from self._scanned(page, 0)
        self._others.discard(0)
        self.damaged.discard(0)

    def _listed(self, page: bytes, number: int, *, certain: bool) -> Iterator[Row]:
        start = _FIRST_HEADER if number == 1 else 0
        kind = page[start]
        if kind not in _HEADER_SIZES:
            self._others.add(number)
            return
        first = start + _HEADER_SIZES[kind]
        last = first + 2 * int.from_bytes(page[start + 3 : start + 5], "big")
        if kind == _INTERIOR:
            return  # it has no rows
        used = 0
        for at in range(first, min(last, len(page)), 2):
            begin = int.from_bytes(page[at : at + 2], "big")
            cell = self._cell(page, begin, kind)
            if cell is None:
                self.damaged.add(number)
                continue
            used += max(cell.end - begin, 4)
            if cell.table:
                yield Row(cell.table, cell.columns, number, certain, listed=True)
        if used + _unused(page, start) not in self._pages.usable_sizes:
            self.damaged.add(number)

    def _scanned(self, page: bytes, number: int) -> Iterator[Row]:
        """Find the rows that begin anywhere on a page, outside of each other."""
        end = 0
        for found in _ROW_HEADER.finditer(page):
            at = _cell_before(page, found.start())
            if at is None or at < end:
                continue
            cell = self._cell(page, at, _LEAF)
            if cell is not None and cell.table:
                end = cell.end
                yield Row(cell.table, cell.columns, number, certain=False, listed=False)

    def _cell(self, page: bytes, at: int, kind: int) -> _Cell | None:
        """Read the row that begins at an offset, None where bytes of it are damaged."""
        for usable in self._pages.usable_sizes:
            found = self._payload(page, at, kind, usable)
            columns = _columns(found[1]) if found else None
            if found is None or columns is None:
                continue
            n, _, end = found
            if n is not None and columns and columns[0] is None:
                columns = (n, *columns[1:])
            table = self._identify(columns)
            if table is not None:
                return _Cell(table, columns, end)
        return None

    def _payload(
        self, page: bytes, at: int, kind: int, usable: int
    ) -> tuple[int | None, bytes, int] | None:
        """The number of a row, unless it is of an index, its bytes, and where they end here."""
        try:
            size, at = _varint(page, at + 4 if kind == _INDEX_INTERIOR else at)
            n, at = _varint(page, at) if kind == _LEAF else (None, at)
        except IndexError:
            return None
        end = at + _local_size(size, usable, kind)
        pieces, left = [page[at:end]], size - (end - at)
        if end > usable or left > usable * self._pages.count:
            return None
        if not left:
            return n, pieces[0], end
        seen: set[int] = set()
        link = page[end : end + 4]
        while left > 0:
            number = int.from_bytes(link, "big")
            if not 1 < number <= self._pages.count or number in seen:
                return None
            seen.add(number)
            page = self._pages.page(number)
            link = page[:4]
            pieces.append(page[4 : min(usable, 4 + left)])
            left -= len(pieces[-1])
        self._overflow |= seen
        return n, b"".join(pieces), end + 4


def _unused(page: bytes, start: int) -> int:
    """The bytes of a page that no cell has, by its header and its list of free blocks."""
    block, _, content, fragments = struct.unpack_from(">3HB", page, start + 1)
    unused = (content or 1 << 16) + fragments
    seen: set[int] = set()
    while block and block not in seen and block + 4 <= len(page):
        seen.add(block)
        block, size = struct.unpack_from(">2H", page, block)
        unused += size
    return int(unused)


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


def _local_size(size: int, usable: int, kind: int) -> int:
    """The number of bytes of a cell that are on its own page."""
    most = usable - 35 if kind == _LEAF else (usable - 12) * 64 // 255 - 23
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


def _columns(record: bytes) -> Columns | None:
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


def _cell_before(page: bytes, header: int) -> int | None:
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
