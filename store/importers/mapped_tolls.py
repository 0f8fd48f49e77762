"""The numbers of people of a mapped row: one number, or its low, best and high estimates."""

import re
from collections import Counter
from collections.abc import Iterator

from store.importers.mapped_cells import RowCells
from store.importers.mapped_numbers import count_in
from store.importers.mapping import TableMapping, TollColumns
from store.importers.whole_numbers import WholeNumbers
from store.model.values import Count
from store.model.vocabulary import Flag, Qualifier

NOT_A_NUMBER = "not read as a number of people"
_DECIMALS = re.compile(r"[+-]?\d+([.,])\d+", re.ASCII)


class Tolls:
    """The numbers of people of one table; all rows are counted before the first is read.

    "1.000" is one or a thousand: the other cells of its column decide.
    """

    def __init__(self, mapping: TableMapping) -> None:
        self._groups = mapping.tolls
        self._degrees = (mapping.place.latitude, mapping.place.longitude)
        self._columns = {
            name: WholeNumbers(thousands=True) for one in mapping.tolls for name in one.columns
        }
        self._marks: Counter[str] = Counter()

    def count(self, row: RowCells) -> None:
        """Take note of how the numbers of a row are written."""
        for name, column in self._columns.items():
            cell = row.known(name)
            if cell and not cell.isdecimal():
                column.count(cell)
        for name in self._degrees:
            if found := _DECIMALS.fullmatch(row.known(name)):
                self._marks[found[1]] += 1

    def counted(self) -> None:
        """Decide how each column is read."""
        mark = next(iter(self._marks)) if len(self._marks) == 1 else ""
        for column in self._columns.values():
            column.counted(mark)

    def of(self, row: RowCells) -> Iterator[tuple[TollColumns, Count]]:
        """The numbers of a row, without those that cells do not give, each with its columns."""
        for columns in self._groups:
            found = self._toll_of(columns, row)
            if found is not None:
                yield columns, found

    def _toll_of(self, columns: TollColumns, row: RowCells) -> Count | None:
        if columns.number:
            return self._read(columns.number, row)
        low, best, high = (
            self._read(name, row) for name in (columns.low, columns.best, columns.high)
        )
        return _estimated(columns, row, low, best, high)

    def _read(self, column: str, row: RowCells) -> Count | None:
        cell = row.known(column)
        if not cell:
            return None
        found = count_in(cell if cell.isdecimal() else self._columns[column].plain(cell))
        if found is None:
            row.unread(column, NOT_A_NUMBER, Flag.NUMBER_UNREAD)
        return found


def _estimated(
    columns: TollColumns, row: RowCells, low: Count | None, best: Count | None, high: Count | None
) -> Count | None:
    if best and not low and not high:
        return best
    given = [row.known(name) for name in (columns.low, columns.best, columns.high)]
    printed = "" if all(one.isdigit() for one in given if one) else " / ".join(filter(None, given))
    if low and not best and not high:
        return Count(min=low.min, qualifier=Qualifier.AT_LEAST, printed=printed)
    most = (high.max if high.max is not None else high.min) if high else None
    number = (best.min if best.best is None else best.best) if best else None
    least = low.min if low else number or 0
    if number is not None:
        if least > number:
            row.flag(Flag.LOW_ABOVE_BEST)
        if most is not None and number > most:
            row.flag(Flag.BEST_ABOVE_HIGH)
        return Count(min=least, best=number, max=most, printed=printed)
    if most is None:
        return None
    if least > most:
        row.unread(columns.high, "below the low number", Flag.NUMBER_UNREAD)
        return None
    if not low:
        return Count(min=0, max=most, qualifier=Qualifier.AT_MOST, printed=printed)
    exact = Qualifier.EXACT if least == most else Qualifier.BETWEEN
    return Count(min=least, max=most, qualifier=exact, printed=printed)
