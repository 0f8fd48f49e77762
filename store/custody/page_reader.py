"""The rows on the pages of a damaged database, cell by cell, as SQLite's `.recover` finds them.

The format is that of SQLite's document "Database File Format", sections 1.6 and 2.1.
No page says to which table it belongs; each row must do so by itself.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from store.custody.page_cells import INTERIOR, LEAF, Columns, Page, cell_before, columns_of, payload
from store.custody.page_file import PageFile
from store.custody.page_tree import pages_in_use

Identify = Callable[[Columns], str | None]
"""The table of a row: empty if it is none that is wanted, None if bytes of it are damaged."""

_ROW_HEADER = re.compile(rb"(?=[\x03-\x7f]\0[\x0d-\xff])")
"""The beginning of the header of a row: its size, and the types of a number and a text."""


class Row(NamedTuple):
    """A row with its table.

    It is `certain` if it is known to be in use, and to be no older version of
    itself. It is `listed` if its page lists it.
    """

    table: str
    columns: Columns
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
        self._in_use = frozenset[int]() if pages.knows_free else pages_in_use(pages)
        self._overflow: set[int] = set()
        self._others: set[int] = set()
        self._homes: set[str] = set()
        self._orphans: Counter[str] = Counter()
        self.damaged: set[int] = set()

    def listed(self, *, certain: bool) -> Iterator[Row]:
        """Read every undamaged row that a page in use lists, of the certain pages or the others."""
        for number in range(1, self._pages.count + 1):
            if number not in self._pages.free and self._is_certain(number) == certain:
                page = Page(number, self._pages.page(number))
                yield from self._listed(page, certain=certain)

    @property
    def has_orphans(self) -> bool:
        """True if pages that nothing leads to have rows of a table that has others.

        These are pages of which the list is lost: free ones, or some below a damaged one.
        """
        return any(table in self._homes or number > 1 for table, number in self._orphans.items())

    def _is_certain(self, number: int) -> bool:
        return self._is_in_use(number) and self._pages.is_current(number)

    def _is_in_use(self, number: int) -> bool:
        return self._pages.knows_free or number in self._in_use

    def unlisted(self) -> Iterator[Row]:
        """Look for rows that damaged pages no longer list, once `listed` has read all others.

        Such a row may have been deleted or altered since.
        """
        others = {one for one in self._others - self._overflow if any(self._pages.page(one))}
        self.damaged |= others
        for number in sorted(self.damaged):
            yield from self._scanned(self._pages.page(number))

    def in_damaged_frames(self) -> Iterator[Row]:
        """Read the rows in damaged frames of the WAL, of which the pages are uncertain."""
        for content in self._pages.damaged_frames():
            yield from self._listed(Page(0, content), certain=False)
            yield from self._scanned(content)
        self._others.discard(0)
        self.damaged.discard(0)

    def _listed(self, page: Page, *, certain: bool) -> Iterator[Row]:
        if page.kind is None:
            self._others.add(page.number)
            return
        if page.kind == INTERIOR:
            if page.children(self._pages.usable_sizes) is None:
                self.damaged.add(page.number)
            return
        used = page.unused()
        table = ""
        for at in page.cells():
            cell = self._cell(page, at)
            if cell is None:
                self.damaged.add(page.number)
                continue
            used += max(cell.end - at, 4)
            if cell.table:
                table = cell.table
                yield Row(table, cell.columns, certain, listed=True)
        if self._is_in_use(page.number):
            self._homes.add(table)
        elif table:
            self._orphans[table] += 1
        if used not in self._pages.usable_sizes:
            self.damaged.add(page.number)

    def _scanned(self, content: bytes) -> Iterator[Row]:
        """Find the rows that begin anywhere on a page, outside of each other."""
        page, end = Page(0, content), 0
        page.kind = LEAF  # whatever it says that it is
        for found in _ROW_HEADER.finditer(content):
            at = cell_before(content, found.start())
            if at is None or at < end:
                continue
            cell = self._cell(page, at)
            if cell is not None and cell.table:
                end = cell.end
                yield Row(cell.table, cell.columns, certain=False, listed=False)

    def _cell(self, page: Page, at: int) -> _Cell | None:
        """Read the row that begins at an offset, None where bytes of it are damaged."""
        for usable in self._pages.usable_sizes:
            found = payload(self._pages, page, at, usable)
            columns = columns_of(found.content) if found else None
            if found is None or columns is None:
                continue
            if found.n is not None and columns and columns[0] is None:
                columns = (found.n, *columns[1:])
            table = self._identify(columns)
            if table is not None:
                self._overflow.update(found.overflow)
                return _Cell(table, columns, found.end)
        return None
