"""The values of the cells of a mapped row: when its event was, and what its codes stand for."""

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Generic, TypeVar

from store.errors import UsageError
from store.importers.cells import code
from store.importers.date_cells import Order
from store.importers.mapped_cells import RowCells
from store.importers.mapped_dates import decides, moment_in, month_in, needs_order
from store.importers.mapping import (
    DatePart,
    DatePrecision,
    TableMapping,
    table_key,
)
from store.model.dates import bounds
from store.model.values import When
from store.model.vocabulary import DateBasis, Flag

T = TypeVar("T")

_DAY_AND_MONTH = re.compile(r"\d{1,2}/\d{1,2}", re.ASCII)

NOT_A_DATE = "not read as a date"
NO_CODE = "not in the table of values"


class CodeTable(Generic[T]):
    """A table of values of a mapping; blanks, capitals and the .0 of a float do not count."""

    def __init__(self, column: str, table: Mapping[str, T], own: Mapping[str, T]) -> None:
        """`own` are the names of the values themselves, which need not be in the table."""
        self._column = column
        self._table = {table_key(code(cell)): value for cell, value in {**own, **table}.items()}

    def of(self, row: RowCells, default: T) -> T:
        """The value of a row; `default` without a cell, and with a flag for an unknown one."""
        cell = row.known(self._column)
        if not cell:
            return default
        found = self._table.get(table_key(code(cell)))
        if found is None:
            row.unread(self._column, NO_CODE, Flag.UNKNOWN_CODE)
        return default if found is None else found


class Dates:
    """The dates of the events of one table."""

    def __init__(self, mapping: TableMapping, zone: tzinfo | None, order: Order | None) -> None:
        part = self._part = mapping.date
        self._order = order
        self._zone = zone
        own = {one.value: one for one in DatePrecision}
        self._precision = CodeTable(part.precision, part.precisions, own)
        self._default = mapping.constants.date_precision
        self._year = mapping.constants.year
        self._orders: dict[Order, tuple[int, str]] = {}
        self._unordered = ""
        self._read_any = False
        self._not_read = ""

    def of(self, row: RowCells) -> When | None:
        """The date of a row: None without a cell; unknown, in its words, if it cannot be read."""
        start, end = row.known(self._part.start), row.known(self._part.end)
        if not start and not end:
            if not (found := _of_parts(self._part, row)):
                row.flag(Flag.NO_DATE)
                return None
            return When(edtf=self._as_exact(found, row))
        printed = " – ".join(dict.fromkeys(filter(None, (start, end))))
        first, last = self._read(self._part.start, row), self._read(self._part.end, row)
        if first is None and last is None:
            return When(edtf="", printed=printed, basis=DateBasis.UNRESOLVED, note=NOT_A_DATE)
        edtf = self._as_exact(_spanned(first, last, row), row)
        if edtf.startswith("["):
            note = "reversed in the row"
            return When(edtf=edtf, printed=printed, basis=DateBasis.UNRESOLVED, note=note)
        year, basis = code(row.known(self._part.year)), DateBasis.STATED
        if year.isdigit() and year not in (edtf[:4], edtf.rpartition("/")[2][:4]):
            row.flag(Flag.YEAR_DIFFERS)
        if not year and self._year and str(self._year) not in printed:
            basis = DateBasis.YEAR_ASSUMED
        return When(edtf=edtf, printed="" if printed == edtf else printed, basis=basis)

    def count(self, row: RowCells) -> None:
        """Take note of what the dates of a row tell of the order of their parts."""
        for column in (self._part.start, self._part.end):
            cell = row.known(column)
            if order := decides(cell):
                number, example = self._orders.get(order, (0, repr(cell)))
                self._orders[order] = number + 1, example
            if not self._unordered and needs_order(cell):
                self._unordered = cell
        if not self._read_any and (cell := row.known(self._part.start)):
            self._read_any = self._read(self._part.start, row) is not None
            self._not_read = self._not_read or cell

    def counted(self) -> None:
        """Raise `UsageError` if most dates that tell are in another order than the mapping's."""
        order = self._order
        if order is None and self._unordered:
            raise UsageError(
                f"dates such as {self._unordered[:60]!r} need an order",
                'write order = "dmy" or "mdy" under [date] of the mapping',
            )
        if self._not_read and not self._read_any:
            raise UsageError(
                f"no cell of {self._part.start!r} can be read as a date, such as"
                f" {self._not_read[:60]!r}",
                "check date.start; dates may need date.numbers, or year under [constants]",
            )
        other, (number, example) = max(
            self._orders.items(), key=lambda one: one[1][0], default=(order, (0, ""))
        )
        if order is None or other is None or other is order:
            return
        if number > self._orders.get(order, (0, ""))[0]:
            raise UsageError(
                f"dates are read {order.value}, but {number:,} of them can only be {other.value},"
                f" such as {example[:60]}",
                f'write order = "{other.value}" under [date] of the mapping',
            )

    def _read(self, column: str, row: RowCells) -> str | None:
        cell = row.known(column)
        if not cell:
            return None
        part = self._part
        found = moment_in(cell, self._order, part.numbers, self._zone)
        year = code(row.known(part.year)) or str(self._year or "")
        if found is None and year:
            mark = "/" if _DAY_AND_MONTH.fullmatch(cell) else " "
            found = moment_in(f"{cell}{mark}{year}", self._order)
        if found is None:
            row.unread(column, NOT_A_DATE, Flag.NO_DATE)
        return found.edtf if found else None

    def _as_exact(self, edtf: str, row: RowCells) -> str:
        """A day, as exact as the row or the mapping says that it is."""
        exactness = self._precision.of(row, self._default)
        if len(edtf) != len("2024-11-29"):
            return edtf
        match exactness:
            case DatePrecision.DAY:
                return edtf
            case DatePrecision.MONTH:
                return edtf[:7]
            case DatePrecision.YEAR:
                return edtf[:4]
            case _:
                return f"{edtf}~"


def _spanned(first: str | None, last: str | None, row: RowCells) -> str:
    """The date from a first to a last one, of which one may be missing."""
    if first is None or last is None or first == last:
        return first or last or ""
    start, end = first.partition("/")[0], last.rpartition("/")[2]
    if (bounds(start).earliest or "") > (bounds(end).latest or ""):
        row.flag(Flag.DATES_REVERSED)
        return f"[{end},{start}]"
    return start if start == end else f"{start}/{end}"


def _of_parts(part: DatePart, row: RowCells) -> str:
    """The date of cells for year, month and day; "" if there is no year."""
    year = code(row.known(part.year))
    if not year:
        return ""
    found = moment_in(year)
    if found is None or len(found.edtf) != 4:
        row.unread(part.year, NOT_A_DATE, Flag.NO_DATE)
        return ""
    edtf = found.edtf
    for column, cell in ((part.month, row.known(part.month)), (part.day, row.known(part.day))):
        number = month_in(code(cell)) if column == part.month else code(cell)
        if number in ("", "0"):
            return edtf
        longer = moment_in(f"{edtf}-{number:0>2}")
        if longer is None:
            row.unread(column, NOT_A_DATE, Flag.NO_DATE)
            return edtf
        edtf = longer.edtf
    return edtf
