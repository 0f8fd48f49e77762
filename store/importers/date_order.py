"""The order of day and month in the dates of one file, decided by all of them together.

A cell such as 03/05/2024 does not say whether it is of March or of May. The cells of all
date columns of a file decide together: one with a number above 12 can be read in one way only.
Where none does, the first order that is possible is taken, day first, and the account says so.
"""

import re
from collections import Counter
from datetime import date

from store.errors import UsageError
from store.importers.date_cells import DateCell, Days, Order, date_cell, in_order, iso, of_serial

LAST_YEAR = date.today().year + 1
"""The last year in which an event can be: plans are for next year at most."""
FIRST_YEAR = 1900
_PLACEHOLDERS = frozenset(("1753-01-01", "1900-01-01", "1970-01-01"))
"""Days that databases and programs write where there is none."""
_MONTHS = 12
_REMEMBERED = 50_000
"""The most dates that are remembered, so that each counts once."""
_SUSPECT = 3
"""The least number of dates of its own by which a spreadsheet shows that it made them."""
_FIRST = {Order.DMY: "day", Order.MDY: "month", Order.YMD: "year"}
_WORDS = {order: f"{first} first" for order, first in _FIRST.items()}
_DEFAULT = (Order.DMY, Order.MDY, Order.YMD)


class DateOrder:
    """The dates of one file: all cells are counted before the first is read."""

    def __init__(self, chosen: str, whose: str, since: int) -> None:
        """`chosen` is the user's order (dmy, mdy, or ""), `whose` the data set's name.

        `since` is the first year of the data set.
        """
        self._chosen = Order(chosen) if chosen else None
        self._whose = whose
        self._since = since
        self._possible: dict[frozenset[Order], str] = {}
        self._serials: Counter[Days] = Counter()
        self._days = Days.FROM_1900
        self._written = False
        self._seen: set[tuple[str, str]] = set()
        self._early: set[str] = set()
        self._late = False
        self._unsure: dict[frozenset[Order], tuple[str, str]] = {}
        self._short_year = ""
        self._order = self._chosen or Order.DMY
        self.remarks: list[str] = []

    def count(self, cell: str, year: str) -> None:
        """Take note of a date with the year that its row gives, "" if it gives none."""
        found = date_cell(cell)
        if found is None:
            return
        if found.serial is not None:
            for days in Days:
                self._serials[days] += of_serial(found.serial, days)[:4] == year
        elif found.day or found.words:
            self._count_known(cell, found)
            if found.words and not year:
                self._short_year = self._short_year or cell
        elif found.numbers and (cell, year) not in self._seen:
            if len(self._seen) < _REMEMBERED:
                self._seen.add((cell, year))
            self._written = True
            if len(found.numbers[2]) == 2 and not year:
                self._short_year = self._short_year or cell
            orders = self._orders(found.numbers, year)
            if orders and orders not in self._possible:
                self._possible[orders] = cell
            if len({self._in(found.numbers, one, year) for one in orders}) > 1:
                self._unsure.setdefault(orders, (cell, year))

    def _count_known(self, cell: str, found: DateCell) -> None:
        """Take note of a date whose cell says which number is the day."""
        day = int(found.day[8:]) if found.day else found.words[2] if found.words else 0
        if day > _MONTHS:
            self._late = True
        elif len(self._early) < _SUSPECT:
            self._early.add(cell)

    def counted(self) -> None:
        """Decide. Raises `UsageError` if the cells cannot all be right."""
        if self._serials[Days.FROM_1904] > self._serials[Days.FROM_1900]:
            self._days = Days.FROM_1904
            self.remarks.append("day numbers count from 1904, as the years of the rows say")
        if self._possible and self._chosen:
            self.remarks.append(f"dates are read {_WORDS[self._order]}, as --dates says")
        elif self._possible:
            self._decide()
        if self._short_year:
            self.remarks.append(
                f"no column gives the year of dates such as {self._short_year}: years of two"
                f" digits are from {LAST_YEAR - 99} to {LAST_YEAR}"
            )

    def _refuse_swapped(self) -> None:
        """Raise `UsageError` if a spreadsheet took days for months where it could.

        It makes dates of its own of the cells in which the day can be a month, and leaves
        the others as they were written.
        """
        all_decide = all(len(orders) == 1 for orders in self._possible)
        if self._late or len(self._early) < _SUSPECT or not all_decide:
            return
        early, written = min(self._early), next(iter(self._possible.values()))
        raise UsageError(
            f"has dates such as {early}, none after the {_MONTHS}th of a month, beside dates"
            f" such as {written}, all after it: a spreadsheet may have swapped day and month",
            "save the dates as text from their source; --dates dmy or mdy takes them as they are",
        )

    def _decide(self) -> None:
        self._refuse_swapped()
        left = frozenset.intersection(*self._possible)
        if not left:
            first, second = self._examples()
            raise UsageError(
                f"has dates in two orders: {first[1]} can only be {_WORDS[first[0]]},"
                f" {second[1]} only {_WORDS[second[0]]}",
                "say which with --dates dmy or --dates mdy; rows in the other are rejected",
            )
        self._order = next(order for order in _DEFAULT if order in left)
        words = _WORDS[self._order]
        if len(left) == 1:
            deciding = [cell for one, cell in self._possible.items() if one == left]
            cells = deciding or list(self._possible.values())
            self.remarks.append(f"dates are read {words}, as {' and '.join(cells)} can only be")
        elif unsure := self._unsure.get(next(iter(sorted(self._unsure, key=len)), left)):
            self._say_unsure(left, *unsure)

    def _say_unsure(self, left: frozenset[Order], cell: str, year: str) -> None:
        """Say which order was taken, of those that no cell rules out."""
        other = next(order for order in _DEFAULT if order in left and order is not self._order)
        self.remarks.append(
            f"no date says whether {_FIRST[self._order]} or {_FIRST[other]} comes first; read"
            f" {_WORDS[self._order]}, {self._whose}: {cell} as {self.read(cell, year)};"
            f" --dates {other} reads them {_WORDS[other]}"
        )

    def _examples(self) -> tuple[tuple[Order, str], tuple[Order, str]]:
        """Two cells that have no order in common, each with an order of its own."""
        for orders, cell in self._possible.items():
            for others, other in self._possible.items():
                if not orders & others:
                    return (min(orders), cell), (min(others), other)
        (orders, cell), (others, other), *_ = self._possible.items()
        return (min(orders - others), cell), (min(others - orders), other)

    def aside(self, cell: str) -> str:
        """The order in which a cell is no date, in words; "" if it is none in any."""
        found = date_cell(cell)
        return f", {_WORDS[self._order]}" if found and found.numbers else ""

    def read(self, cell: str, year: str) -> str | None:
        """The day of a cell in ISO 8601; "" if it is none that can be, None if it is no date.

        A day number is no date in a file of written dates: a spreadsheet that made numbers
        of some cells and not of others may have taken the day for the month.
        """
        found = date_cell(cell)
        if found is None or (found.serial is not None and self._written):
            return None
        if found.zero:
            return ""
        day = self._day(found, year)
        return day if day is None or self._can_be(day, year) else ""

    def _day(self, found: DateCell, year: str) -> str | None:
        if found.serial is not None:
            return of_serial(found.serial, self._days)
        if found.words:
            short, month, day = found.words
            return iso(century(short, year), month, day) or None
        if found.numbers:
            return self._in(found.numbers, self._order, year) or None
        return found.day

    def _orders(self, numbers: tuple[str, str, str], year: str) -> frozenset[Order]:
        """The orders in which three numbers are a day, of the row's year if any of them is."""
        days = {order: self._in(numbers, order, year) for order in Order}
        found = frozenset(order for order, day in days.items() if day)
        wanted = frozenset(
            order
            for order in found
            if (days[order][:4] == year if year else int(days[order][:4]) >= self._since)
        )
        return wanted or found

    def _in(self, numbers: tuple[str, str, str], order: Order, year: str) -> str:
        """The day of three numbers in an order, in ISO 8601; "" if there is none such."""
        printed, month, day = in_order(numbers, order)
        if len(printed) == 1 or (order is Order.YMD and len(numbers[2]) > 2):
            return ""
        whole = int(printed) if len(printed) == 4 else century(int(printed), year)
        return iso(whole, month, day)

    def _can_be(self, day: str, year: str) -> bool:
        if not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR:
            return False
        if day not in _PLACEHOLDERS:
            return True
        return day[:4] == year if year else int(day[:4]) >= self._since


def century(short: int, year: str) -> int:
    """A year of two digits in full: the nearest to the row's year, else none to come."""
    if year:
        near = int(year)
        nearest = (near // 100 * 100 + short + more for more in (-100, 0, 100))
        return min(nearest, key=lambda one: abs(one - near))
    return 2000 + short if 2000 + short <= LAST_YEAR else 1900 + short


def year_of(cell: str) -> str:
    """The year that a cell gives, in four digits; "" if it gives none that can be."""
    found = _YEAR.fullmatch(cell.strip())
    return found[1] if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else ""


_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?", re.ASCII)
