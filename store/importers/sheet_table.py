"""Tables in workbooks: a sheet, of which a process of its own reads the rows."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec

from store.errors import UnfitMachine
from store.importers.data_rows import DataRows
from store.importers.fit import Fit
from store.importers.packed import PackedSource
from store.importers.readers.answers import Sheet, SheetRow
from store.importers.rows import RawRow
from store.importers.table import (
    AnyRow,
    ColumnLayout,
    OnBytes,
    Table,
    TableHead,
    TableReading,
    seen_whole,
)

_READER = "store.importers.readers.workbook"
_HEADS = 40
"""The most rows of a sheet that are tried as its header."""
_BELOW = 20
_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
"""A day as a number: 10000 is 18 May 1927, 99999 is 14 October 2173."""
_OF_DAYS = re.compile(r"date|(^|[^a-z])day([^a-z]|$)")
"""A name of a column of days."""
_DAY_0 = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""The day with the number 0, by whether days count from 1904: Excel has a 29 February 1900."""


def sheet_tables(source: PackedSource) -> list["SheetTable"]:
    """The sheets of a workbook. Raises `UsageError`, and `UnfitMachine` without the extra."""
    if find_spec("python_calamine") is None:
        raise UnfitMachine(
            f"{source.name}: a workbook needs the extra [excel]",
            "install it with: pipx install '.[excel]', or save the sheet as CSV",
        )
    sheets: list[Sheet] = list(source.ask(_READER, "sheets", Sheet))
    return [SheetTable(source, sheet, alone=len(sheets) == 1) for sheet in sheets]


class SheetTable(Table):
    """A sheet of a workbook."""

    def __init__(self, source: PackedSource, sheet: Sheet, *, alone: bool) -> None:
        """`alone` is true for the only sheet of a workbook."""
        self.name = source.name if alone else f"{source.name}: {sheet.name}"
        self.folder = source.folder
        self.size = source.size
        self.process = source.process
        self._source = source
        self._sheet = sheet

    def heads(self) -> Iterator[TableHead]:
        """The first rows."""
        above = 0
        rows = [(number, _trimmed(cells)) for number, cells in self._sheet.first]
        for at, (number, cells) in enumerate(rows[:_HEADS]):
            filled = sum(map(bool, cells))
            if filled > 1:
                below = tuple(cells for _, cells in rows[at + 1 :][:_BELOW])
                yield TableHead(cells, below, before=number - 1, after=number, above=above)
            above += bool(filled)

    def reading(
        self, head: TableHead, layout: ColumnLayout, seen: OnBytes | None = None
    ) -> "SheetReading":
        """A pass through the rows below this header; `seen` gets the bytes of the workbook."""
        return SheetReading(self._source, self._sheet, head, layout, seen)


class SheetReading(TableReading):
    """One pass through the rows of a sheet."""

    def __init__(
        self,
        source: PackedSource,
        sheet: Sheet,
        head: TableHead,
        layout: ColumnLayout,
        seen: OnBytes | None,
    ) -> None:
        self._source = source
        self._sheet = sheet
        self._head = head
        self._layout = layout
        self._seen = seen
        self._number = 0
        self._days = [at for at, name in enumerate(layout.columns) if _OF_DAYS.search(name)]

    @property
    def read(self) -> int:
        """The number of bytes read so far, by the number of rows."""
        return self._source.size * self._number // max(1, self._sheet.height)

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield every row. Raises `UsageError` if the workbook cannot be read to its end."""
        seen_whole(self._source, self._seen)
        head, layout = self._head, self._layout
        rows = self._rows()
        data = DataRows(head.first if layout.header else (), layout)
        above = [next(rows) for _ in range(head.before)]
        yield from data.above(RawRow(number, cells) for number, cells in above)
        if layout.header:
            next(rows, None)
        fit = Fit(layout)
        yield from data.of(self._fitted(row, fit) for row in rows)

    def _rows(self) -> Iterator[SheetRow]:
        asked = self._source.ask(_READER, "rows", list[SheetRow], number=self._sheet.number)
        for batch in asked:
            for row in batch:
                self._number = row[0]
                yield row

    def _fitted(self, row: SheetRow, fit: Fit) -> RawRow:
        number, cells = row
        fitted = fit(cells)
        if fitted is None:
            many = len(_trimmed(cells))
            return RawRow(
                number, cells, f"has {many} cells, not {fit.width}", f"not {fit.width} cells"
            )
        for at in self._days:
            if _SERIAL.fullmatch(fitted[at]):
                day = _DAY_0[self._sheet.from_1904] + timedelta(days=int(fitted[at]))
                fitted[at] = day.isoformat()
        return RawRow(number, fitted)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells without the empty ones at the end."""
    found = [cell.strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(found)
