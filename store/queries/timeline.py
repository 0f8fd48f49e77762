"""The events of a filter, in order: their numbers, their rows, their distribution in time."""

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, compress

import msgspec

from store.database.facet_index import FacetIndex, numbers_in, read_facet_index
from store.database.read_records import IN_JSON_LIST
from store.database.title_words import events_holding
from store.queries.event_sort import HAS_VALUE, ORDER, STARTS, Sort
from store.queries.filters import Filters, SqlCondition
from store.queries.selection import Selection
from store.queries.timeline_row import TimelineRow, read_rows
from store.reader import Reader

PAGE = 500
"""The most rows that are asked for at once: SQLite takes a limited number of parameters."""


class Section(msgspec.Struct, frozen=True):
    """A heading before the row at `index`: a year, or `undated`."""

    index: int
    label: str


def order(connection: Reader, asked: Filters, sort: Sort, *, turned: bool = False) -> "array[int]":
    """The numbers of the filter's events in their order; `turned` around, if it is to be.

    Events that lack what they are sorted by come last either way.
    """
    return order_of(Selection(connection, asked), sort, turned=turned)


def order_of(choice: Selection, sort: Sort, *, turned: bool = False) -> "array[int]":
    """The same as `order`, for a selection."""
    found = _order_of(choice, sort)
    if not turned:
        return found
    have = len(found) if sort not in HAS_VALUE else _number_with_value(choice, sort)
    turned_part = found[:have]
    turned_part.reverse()
    return turned_part + found[have:]


def _number_with_value(choice: Selection, sort: Sort) -> int:
    """The number of events of a selection that have what they are sorted by."""
    have = 0
    if choice.held:
        valued = choice.held.chosen("valued", sort) or 0
        have = (choice.kept & valued).bit_count()
    if choice.rest:
        (more,) = choice.connection.execute(
            f"SELECT count(*) FROM events WHERE {choice.rest.sql} AND {HAS_VALUE[sort]}",
            choice.rest.parameters,
        ).fetchone()
        have += more
    return have


def _order_of(choice: Selection, sort: Sort) -> "array[int]":
    held, connection = choice.held, choice.connection
    found = held.numbers(choice.kept, sort) if held else None
    if held is None or found is None:
        return in_order(connection, sort, choice.condition)
    for n in in_order(connection, sort, choice.rest) if choice.rest else ():
        found.insert(_place(connection, found, n, sort), n)
    return found


def listed(
    connection: Reader, asked: Filters, sort: Sort, *, turned: bool = False
) -> tuple["array[int]", tuple[Section, ...]]:
    """The numbers of the filter's events in their order, and the headings of the order by date."""
    choice = Selection(connection, asked)
    headed = sort is Sort.DATE
    return (
        order_of(choice, sort, turned=turned),
        sections_of(choice, turned=turned) if headed else (),
    )


def row_of(numbers: "array[int]", n: int | None) -> int | None:
    """The index of a number among others, which are all different; None if it is not there."""
    if n is None or not 0 <= n < 1 << 31:
        return None
    # among a million, looking for its bytes is five times as fast as `index`
    size = numbers.itemsize
    held, wanted = numbers.tobytes(), n.to_bytes(size, sys.byteorder)
    at = held.find(wanted)
    while at >= 0 and at % size:
        at = held.find(wanted, at + 1)
    return at // size if at >= 0 else None


def in_order(connection: Reader, sort: Sort, condition: SqlCondition) -> "array[int]":
    """The numbers of the events for which a condition of SQL holds, in their order."""
    # group_concat keeps the order of what it is given, and spares a tuple for every event
    (text,) = connection.execute(
        "SELECT group_concat(n) FROM"
        f" (SELECT n FROM events WHERE {condition.sql} ORDER BY {ORDER[sort]})",
        condition.parameters,
    ).fetchone()
    return array("i", numbers_in(text))


def _place(connection: Reader, numbers: Sequence[int], n: int, sort: Sort) -> int:
    """The index at which an event belongs among events that are in order already."""

    def follows(other: int) -> bool:
        (first,) = connection.execute(
            f"SELECT n FROM events WHERE n IN (?, ?) ORDER BY {ORDER[sort]} LIMIT 1", (other, n)
        ).fetchone()
        return bool(first == n)

    return bisect_left(numbers, True, key=follows)


def first_of_case(connection: Reader, numbers: Sequence[int]) -> int | None:
    """The first of these events that is no background, with a date if one of its page has one.

    If all are background, the first of all; None where there are no events.
    """
    for start in range(0, len(numbers), PAGE):
        page = numbers[start : start + PAGE]
        marks = ", ".join("?" * len(page))
        found = connection.execute(
            f"SELECT n, earliest FROM events WHERE NOT background AND n IN ({marks})", tuple(page)
        )
        told = dict(found)
        if told:
            dated = (n for n in page if told.get(n))
            return next(dated, next(n for n in page if n in told))
    return numbers[0] if numbers else None


def count(connection: Reader) -> int:
    """The number of events of the case."""
    (found,) = connection.execute("SELECT count(*) FROM events").fetchone()
    return int(found)


def rows(connection: Reader, numbers: Sequence[int]) -> list[TimelineRow]:
    """The rows of the events with these numbers, in the order of the numbers."""
    found = read_rows(connection, numbers)
    return [found[n] for n in numbers if n in found]


def number_of(connection: Reader, event_id: str) -> int | None:
    """The number of the event with this id, None where there is none."""
    found = connection.execute("SELECT n FROM events WHERE id = ?", (event_id,)).fetchone()
    return int(found[0]) if found else None


def find(connection: Reader, needle: str) -> "array[int]":
    """The numbers of the events whose title or place holds the text, in no order; smart case."""
    if not needle:
        return array("i")
    fold = needle.islower()
    held = read_facet_index(connection)
    holding = events_holding(held, needle, fold=fold) if held else None
    if held is None or holding is None or not (holding.exact or _few(held, holding.events)):
        return _holding(connection, needle, "1", fold=fold)
    found = held.numbers(holding.events, Sort.DATE) or array("i")
    if not holding.exact:
        found = _holding(connection, needle, f"n {IN_JSON_LIST}", str(list(found)), fold=fold)
    if held.changed:
        changed = "n IN (SELECT event FROM answers_changed)"
        found += _holding(connection, needle, changed, fold=fold)
    return found


def _few(held: FacetIndex, events: int) -> bool:
    """True where to look at single events is quicker than to go through all titles."""
    return events.bit_count() * _SINGLE < held.size


_SINGLE = 32
"""The number of titles that are gone through in the time in which one event is looked up."""


def _holding(
    connection: Reader, needle: str, condition: str, *parameters: str, fold: bool
) -> "array[int]":
    """The numbers of the events for which a condition holds whose title or place has the text."""
    title, place = ("lower(title)", "lower(name)") if fold else ("title", "name")
    (text,) = connection.execute(
        f"""SELECT group_concat(n) FROM events WHERE {condition} AND (instr({title}, ?)
        OR place IN (SELECT n FROM places WHERE instr({place}, ?)))""",
        (*parameters, needle, needle),
    ).fetchone()
    return array("i", numbers_in(text))


def rows_with(numbers: "array[int]", found: "array[int]") -> "array[int]":
    """The indexes of the rows whose number is among the found ones."""
    flags = bytearray(max(max(numbers, default=0), max(found, default=0)) + 1)
    for n in found:
        flags[n] = 1
    return array("i", compress(range(len(numbers)), map(flags.__getitem__, numbers)))


YEAR = f"coalesce(substr({STARTS}, 1, 4), '')"
"""The year of an event in the order by date, in SQL; empty without one."""


def sections(connection: Reader, asked: Filters) -> tuple[Section, ...]:
    """The headings of the order by date: one for each year, and one for the undated events."""
    return sections_of(Selection(connection, asked))


def sections_of(choice: Selection, *, turned: bool = False) -> tuple[Section, ...]:
    """The same as `sections`, for a selection, in the order of time or turned around."""
    found = Counter(dict(choice.held.sections(choice.kept) if choice.held else ()))
    if choice.rest:
        anew = f"SELECT {YEAR}, count(*) FROM events WHERE {choice.rest.sql} GROUP BY 1"
        found.update(dict(choice.connection.execute(anew, choice.rest.parameters).fetchall()))
    dated = sorted((one for one in found.items() if one[0]), reverse=turned)
    years = [*dated, *(one for one in found.items() if not one[0])]
    starts = accumulate((number for _, number in years), initial=0)
    return tuple(
        Section(index, year or "undated") for (year, _), index in zip(years, starts, strict=False)
    )
