"""The cells of one file as values, whatever program wrote it: each column is read as a whole.

What one cell does not say, the others of its column do: whether day or month comes first,
whether "1.000" is one or a thousand, whether "None" is a name. All rows are counted before
the first is read.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from enum import Enum

from store.importers.cells import one_line_of, unfit
from store.importers.date_order import DateOrder, year_of
from store.importers.missing import BEGINNINGS, LONGEST, MissingWords, is_missing
from store.importers.table import ColumnLayout
from store.importers.whole_numbers import WholeNumbers
from store.model.labels import count_text
from store.model.text import normalised
from store.model.values import When
from store.model.vocabulary import DateBasis, Flag


class Cell(Enum):
    """The kind of the cells of a column."""

    DATE = "date"
    CODE = "code"
    NUMBER = "number"
    DEGREES = "degrees"
    NAME = "name"
    PLACE = "place"


YEAR = "year"
"""The column that gives the year of a row, with which its dates are compared."""
_OF_NUMBERS = (Cell.DATE, Cell.CODE, Cell.NUMBER, Cell.DEGREES)


class CellReader:
    """The cells of one file, read as values; all rows are counted before the first is read."""

    def __init__(
        self, layout: ColumnLayout, kinds: Mapping[str, Cell], *, day_first: str, since: int
    ) -> None:
        """`kinds` are the columns that an importer uses, some of which the file may lack.

        `day_first` says in words why days come first where no cell decides, and `since` is
        the first year of the data set.
        """
        at = {name: number for number, name in enumerate(layout.columns) if name}
        self._columns = layout.columns
        kinds = {YEAR: Cell.CODE, **kinds}
        there = [(name, at[name], kind) for name, kind in kinds.items() if name in at]
        self._used = [(name, number) for name, number, _ in there]
        self._lacking = dict.fromkeys(kinds, "")
        self._dates = [number for _, number, kind in there if kind is Cell.DATE]
        self._degrees = [(name, number) for name, number, kind in there if kind is Cell.DEGREES]
        self._numbers = [
            (name, number, WholeNumbers(thousands=kind is Cell.NUMBER))
            for name, number, kind in there
            if kind in (Cell.CODE, Cell.NUMBER)
        ]
        self._words = [
            MissingWords(places=kinds.get(name) is Cell.PLACE) for name in layout.columns
        ]
        self._places = [number for _, number, kind in there if kind is Cell.PLACE]
        self._of_numbers = {number for _, number, kind in there if kind in _OF_NUMBERS}
        self._order = DateOrder(layout.dates, day_first, since)
        self._year = at.get(YEAR)
        self._marks: set[str] = set()
        self._missing: Counter[str] = Counter()

    # counting

    def count(self, cells: Sequence[str]) -> None:
        """Take note of how the cells of a row are written."""
        year = year_of(cells[self._year]) if self._year is not None else ""
        for number in self._dates:
            self._order.count(cells[number], year)
        for _, number, column in self._numbers:
            if not cells[number].isdecimal():
                column.count(cells[number])
        for _, number in self._degrees:
            cell = cells[number]
            self._marks.add("," if "," in cell else "." if "." in cell else "")
        for number in self._places:
            self._words[number].count(cells[number])
        for number, cell in enumerate(cells):
            if cell[:1] in BEGINNINGS and len(cell) <= LONGEST:
                self._count_missing(number, cell.strip())

    def _count_missing(self, number: int, text: str) -> None:
        if number in self._of_numbers:
            if is_missing(text):
                self._missing[text] += 1
        elif number not in self._places:
            self._words[number].count(text)

    def counted(self) -> None:
        """Decide how each column is read. Raises `UsageError` if its dates have two orders."""
        self._order.counted()
        marks = self._marks - {""}
        mark = marks.pop() if len(marks) == 1 else ""
        for _, _, column in self._numbers:
            column.counted(mark)
        for words in self._words:
            words.counted()
            self._missing.update(words.met)

    @property
    def remarks(self) -> list[str]:
        """Sentences on how the file was read, for the account of its import."""
        found = list(self._order.remarks)
        missing = {word: count for word, count in self._missing.items() if word}
        if missing:
            words = ", ".join(f"{word} in {count_text(n, 'cell')}" for word, n in missing.items())
            found.append(f"missing values: {words}")
        return found

    # reading

    def of(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells that are used, by their columns; one that is missing is empty.

        Codes and numbers are plain digits, degrees have a decimal point. One that cannot be
        read is as it is; dates are for `day`.
        """
        found = self._lacking | {name: cells[number] for name, number in self._used}
        for name, _, column in self._numbers:
            cell = found[name]
            if cell and not cell.isdecimal():
                found[name] = "" if is_missing(cell) else column.plain(cell)
        for name, _ in self._degrees:
            found[name] = degrees_text(found[name])
        if self._missing:
            for name, number in self._used:
                cell = found[name]
                if len(cell) <= LONGEST and number not in self._of_numbers:
                    found[name] = "" if cell.strip() in self._words[number].missing else cell
        return found

    def of_names(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Some cells of another row as `of` has them, by their columns; the others are empty."""
        row = [cells.get(name, "") for name in self._columns]
        return self.of(row)

    def printed(self, cells: list[str]) -> list[str]:
        """The cells as the file has them, those of missing values empty."""
        if not self._missing:
            return cells
        return [
            "" if len(cell) <= LONGEST and self._is_missing(number, cell.strip()) else cell
            for number, cell in enumerate(cells)
        ]

    def _is_missing(self, number: int, text: str) -> bool:
        if number in self._of_numbers:
            return is_missing(text)
        return text in self._words[number].missing

    def day(self, column: str, values: Mapping[str, str], flags: list[Flag]) -> str:
        """The day of a cell in ISO 8601, flagged if the row's year is another.

        It is empty, and flagged, if the row has no day that can be. Raises `BadCell` for a
        cell that is no date.
        """
        cell, year = values[column], year_of(values[YEAR])
        found = "" if is_missing(cell) else self._order.read(cell, year)
        if found is None:
            raise unfit(column, cell, f"not a date{self._order.aside(cell)}")
        if not found:
            flags.append(Flag.NO_DATE)
        elif year and found[:4] != year:
            flags.append(Flag.YEAR_DIFFERS)
        return found

    def year(self, column: str, values: Mapping[str, str]) -> When:
        """The date of a row whose day is missing or cannot be: its year, else unknown."""
        note = f"the row has {one_line_of(values[column]) or 'nothing'} as its {column}"
        return When(edtf=year_of(values[YEAR]), basis=DateBasis.UNRESOLVED, note=normalised(note))


def degrees_text(cell: str) -> str:
    """Degrees with a decimal point, whose mark may be a comma: they are never thousands."""
    if cell[:1].isdigit() and "," not in cell:
        return cell
    if is_missing(cell):
        return ""
    return cell.strip().replace(",", ".").replace("\u2212", "-")


def lacking_columns(name: str, expected: Iterable[str], there: Container[str]) -> list[str]:
    """The sentence that names the columns that a file of a data set lacks; none if it has all."""
    lacking = [column for column in expected if column not in there]
    columns = "column" if len(lacking) == 1 else "columns"
    return [f"{name} without its {columns} {', '.join(lacking)}"] if lacking else []
