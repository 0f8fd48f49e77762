"""The columns of a date in a table that nobody has described, and the order of its parts."""

from collections import Counter
from collections.abc import Callable, Iterable

from store.importers.date_cells import Order
from store.importers.mapped_dates import decides, needs_order
from store.importers.mapping import DateNumbers
from store.importing.column_profile import ColumnProfile, is_date
from store.importing.draft_parts import FreeColumns, Line, Section, line, section
from store.importing.draft_tables import DATE_PRECISIONS, table_of
from store.importing.header_words import NOT_OF_EVENT
from store.model.labels import count_text

_RANGES = (
    (DateNumbers.EXCEL, 20_000, 80_000),
    (DateNumbers.UNIX, 10**8, 4 * 10**9),
    (DateNumbers.UNIX_MS, 10**11, 4 * 10**12),
)
"""The numbers that are dates of 1954 to 2119, of 1973 to 2096, as each counts."""
_WORDS = {Order.DMY: "day first", Order.MDY: "month first", Order.YMD: "year first"}
_NUMBER_WORDS = {
    DateNumbers.EXCEL: "the numbers are days as Excel counts them",
    DateNumbers.UNIX: "the numbers are seconds since 1970",
    DateNumbers.UNIX_MS: "the numbers are milliseconds since 1970",
}


def dates_of(free: FreeColumns) -> list[Section]:
    """The section of the date; none if no column holds one."""
    start = free.take("date.start", lambda one: not NOT_OF_EVENT.search(one.words) and _fits(one))
    year = free.take("date.year", lambda one: one.dates >= 0.5)
    how = ""
    if start is None and year is None:
        start, how = free.first(_is_of_dates), "by its values"
    if year and start is None:
        month = free.take("date.month", lambda one: one.length <= 12)
        day = month and free.take("date.day", lambda one: one.numbers >= 0.5)
        return section("[date]", [*line("year", year), *line("month", month), *line("day", day)])
    if start is None:
        return []
    end = free.take("date.end", _fits)
    plain = start.dates >= 0.5
    reads: Callable[[str], bool] = is_date if plain else lambda _: True
    precision = free.take("date.precision", lambda one: len(one.distinct) <= 20)
    columns = [start, *([end] if end else [])]
    lines = [
        *line("start", start, how, reads),
        *line("end", end, "", reads),
        *line("year", year, "of dates without one; compared with that of the others"),
        *_numbers(columns),
        *_order(columns),
        *line("precision", precision),
    ]
    tables = table_of("[date.precisions]", precision, DATE_PRECISIONS)
    return [*section("[date]", lines), *tables]


def _fits(column: ColumnProfile) -> bool:
    return column.dates >= 0.5 or numbers_of(column) is not None or lacks_year(column)


def lacks_year(column: ColumnProfile) -> bool:
    """True if most cells are dates only with a year: "1 January"."""
    return column.dates < 0.5 and column.share(lambda cell: is_date(f"{cell} 2000")) >= 0.5


def _is_of_dates(column: ColumnProfile) -> bool:
    """True if the values alone make a column one of dates, and its header none of reports."""
    dated = column.dates >= 0.8 and column.numbers < 0.5 and column.length <= 40
    return dated and not NOT_OF_EVENT.search(column.words)


def numbers_of(column: ColumnProfile) -> DateNumbers | None:
    """The unit that the plain numbers of a column count, None if they are no dates."""
    if column.numbers < 0.9:
        return None
    values = [float(value.replace(",", ".")) for value in column.distinct if _is_number(value)]
    for numbers, least, most in _RANGES:
        if all(least <= value <= most for value in values):
            return numbers
    return None


def _is_number(value: str) -> bool:
    return value.replace(",", "").replace(".", "").isdigit()


def _numbers(columns: Iterable[ColumnProfile]) -> list[Line]:
    for column in columns:
        numbers = None if column.dates >= 0.5 else numbers_of(column)
        if numbers:
            return [Line("numbers", numbers.value, _NUMBER_WORDS[numbers])]
    return []


def _order(columns: Iterable[ColumnProfile]) -> list[Line]:
    """The order of day and month, if dates in digits need one, and what decides it."""
    cells = [cell for column in columns for cell in column.cells]
    if not any(map(needs_order, cells)):
        return []
    found = Counter(order for cell in cells if (order := decides(cell)))
    if not found:
        why = "no date shows whether day or month comes first: CHECK THIS (dmy or mdy)"
        return [Line("order", Order.DMY.value, why)]
    order, number = found.most_common(1)[0]
    example = next(cell for cell in cells if decides(cell) is order)
    others = sum(found.values()) - number
    why = f"{_WORDS[order]}: {count_text(number, 'cell')} such as {example} can only be so"
    if others:
        why += f"; CHECK THE {others:,} that can only be in another order: they will have no date"
    return [Line("order", order.value, why)]
