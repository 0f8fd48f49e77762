"""The events of a filter, in order: their numbers, their rows, their distribution in time."""

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate, compress

import msgspec

from store.analysis.readings import Reading
from store.database.checksums import checked
from store.database.facet_index import numbers_in
from store.model.dates import FIRST_DAY, LAST_DAY
from store.model.labels import support_text
from store.model.vocabulary import EventType, Flag
from store.queries.datasets import OF_ROW
from store.queries.filters import Filters, SqlCondition
from store.queries.order_figures import order_figures
from store.queries.selection import Selection
from store.reader import Reader

PAGE = 500
"""The most rows that are asked for at once: SQLite takes a limited number of parameters."""


class Sort(StrEnum):
    """The order of the timeline."""

    DATE = "date"
    SUPPORT = "support"
    DISPUTED = "disputed"
    PLACE = "place"
    TYPE = "type"
    TITLE = "title"


STARTS = f"iif(earliest = '{FIRST_DAY}', latest, coalesce(earliest, by_latest))"
"""The day of an event in the order by date, in SQL; NULL without one."""

ORDER = {
    # an event with an open start is at the day of its end, one without a date at the day of its
    # first report, and one without any day comes last
    Sort.DATE: f"{STARTS} IS NULL, {STARTS}, coalesce(latest, by_latest), earliest IS NULL, n",
    Sort.SUPPORT: "origins DESC, articles DESC, earliest IS NULL, earliest, n",
    Sort.DISPUTED: "contradicts DESC, stale DESC, differs DESC, apart DESC, earliest IS NULL,"
    " earliest, n",
    Sort.PLACE: "place IS NULL, (SELECT name FROM places WHERE places.n = events.place),"
    " earliest, n",
    Sort.TYPE: "type, earliest IS NULL, earliest, n",
    Sort.TITLE: "title COLLATE NOCASE, n",
}
"""The order of the events in SQL. Each ends with `n`, so that no two are equal."""


_flags = msgspec.json.Decoder(list[Flag]).decode


class TimelineRow(msgspec.Struct, frozen=True):
    """One event as the timeline shows it; `origins` counts its independent origins.

    `at_latest` is the day of the first report (ISO 8601) if it has no date, else empty.
    `machine` says that a machine made it and nobody has looked at it. A row of a data set
    has its `dataset` with the version, the licence, and its flags. `judged` says that a
    person noted, tagged or assessed the event, or ruled on a claim about it. `out_of_order`
    counts the contradictions whose dates exclude an order of events.
    """

    n: int
    id: str
    title: str
    type: EventType
    edtf: str
    place: str
    planned: bool
    background: bool
    articles: int
    publishers: int
    unknown_publishers: int
    origins: int
    unknown_origins: int
    hedges: int
    denials: int
    contradicts: int
    differs: int
    stale: int
    apart: int
    at_latest: str = ""
    machine: bool = False
    flags: tuple[Flag, ...] = ()
    dataset: str = ""
    licence: str = ""
    starred: bool = False
    judged: bool = False
    out_of_order: int = 0

    @property
    def support(self) -> str:
        """`3/2`: articles and origins; `?` one is unknown; `~1` only hedges; `−1` denies it."""
        unknown = "?" if self.unknown_origins else ""
        hedged = f" ~{self.hedges}" if self.hedges else ""
        denied = f" −{self.denials}" if self.denials else ""
        return f"{self.articles}/{self.origins}{unknown}{hedged}{denied}"

    @property
    def disputed(self) -> str:
        """The most urgent state: a word of `AT_ODDS` or `Reading.ORDER`, empty for nothing."""
        head = head_of((self.contradicts, self.stale, self.differs, self.apart))
        return Reading.ORDER if self.only_out_of_order else (*AT_ODDS, "")[head]

    @property
    def only_out_of_order(self) -> bool:
        """True if there are contradictions, and all are of dates that exclude an order."""
        return 0 < self.contradicts <= self.out_of_order

    @property
    def support_words(self) -> str:
        """`2 articles · 2 publishers · origins: 1 known, 1 unknown · 1 denial`."""
        return support_text(self)


AT_ODDS = ("disputed", "stale", "differs", "apart")
"""The words for an event by its figures of what is at odds, the most urgent first."""


def head_of(figures: Sequence[int]) -> int:
    """The index in `AT_ODDS` of the first figure that is not 0; its length if there is none."""
    return next((at for at, number in enumerate(figures) if number), len(AT_ODDS))


class Section(msgspec.Struct, frozen=True):
    """A heading before the row at `index`: a year, or `undated`."""

    index: int
    label: str


class Bin(msgspec.Struct, frozen=True):
    """The events of a stretch of time, from `start` (ISO 8601, to the day, month or year)."""

    start: str
    count: int


def order(connection: Reader, asked: Filters, sort: Sort) -> "array[int]":
    """The numbers of the filter's events in their order."""
    return order_of(Selection(connection, asked), sort)


def order_of(choice: Selection, sort: Sort) -> "array[int]":
    """The same as `order`, for a selection."""
    held, connection = choice.held, choice.connection
    found = held.numbers(choice.kept, sort) if held else None
    if held is None or found is None:
        return in_order(connection, sort, choice.condition)
    for n in in_order(connection, sort, choice.rest) if choice.rest else ():
        found.insert(_place(connection, found, n, sort), n)
    return found


def listed(
    connection: Reader, asked: Filters, sort: Sort
) -> tuple["array[int]", tuple[Section, ...]]:
    """The numbers of the filter's events in their order, and the headings of the order by date."""
    choice = Selection(connection, asked)
    return order_of(choice, sort), sections_of(choice) if sort is Sort.DATE else ()


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


_ROW = f"""
    SELECT events.n, events.id, {checked("events", "title")}, type, edtf, coalesce(by_latest, ''),
        coalesce({checked("places", "name")}, ''), planned, background, machine,
        coalesce(json_extract(events.body, '$.flags'), ''),
        {OF_ROW}, articles, publishers, unknown_publishers, origins, unknown_origins,
        hedges, denials, contradicts, differs, stale, apart,
        EXISTS (SELECT 1 FROM marks
            WHERE about = events.id
                AND json_extract({checked("marks", "body")}, '$.kind') = 'star'),
        EXISTS (SELECT 1 FROM notes WHERE about = events.id)
            OR EXISTS (SELECT 1 FROM tags WHERE about = events.id)
            OR EXISTS (SELECT 1 FROM assessments WHERE about = events.id)
            OR EXISTS (SELECT 1 FROM claims CROSS JOIN rulings ON about = claims.id
                WHERE claims.event = events.n)
    FROM events LEFT JOIN places ON places.n = events.place
    LEFT JOIN datasets ON datasets.n = events.dataset WHERE events.n IN """


def rows(connection: Reader, numbers: Sequence[int]) -> list[TimelineRow]:
    """The rows of the events with these numbers, in the order of the numbers."""
    found = {
        row[0]: _timeline_row(*row)
        for row in connection.execute(f"{_ROW} ({', '.join('?' * len(numbers))})", tuple(numbers))
    }
    orders = order_figures(connection, [row.id for row in found.values() if row.contradicts])
    rows = [found[n] for n in numbers if n in found]
    return [msgspec.structs.replace(row, out_of_order=orders.get(row.id, 0)) for row in rows]


def _timeline_row(  # the columns of _ROW
    n: int,
    id_: str,
    title: str,
    type_: str,
    edtf: str,
    at_latest: str,
    place: str,
    planned: int,
    background: int,
    machine: int,
    flags: str,
    dataset: str,
    licence: str,
    *figures: int,
) -> TimelineRow:
    articles, publishers, unknown_publishers, origins, unknown_origins, hedges, denials = figures[
        :7
    ]
    contradicts, differs, stale, apart, starred, judged = figures[7:]
    return TimelineRow(
        n=n,
        id=id_,
        title=title,
        type=EventType(type_),
        edtf=edtf,
        at_latest=at_latest,
        place=place,
        planned=bool(planned),
        background=bool(background),
        articles=articles,
        publishers=publishers,
        unknown_publishers=unknown_publishers,
        origins=origins,
        unknown_origins=unknown_origins,
        hedges=hedges,
        denials=denials,
        contradicts=contradicts,
        differs=differs,
        stale=stale,
        apart=apart,
        machine=bool(machine),
        flags=tuple(sorted(_flags(flags), key=list(Flag).index)) if flags else (),
        dataset=dataset,
        licence=licence,
        starred=bool(starred),
        judged=bool(judged),
    )


def number_of(connection: Reader, event_id: str) -> int | None:
    """The number of the event with this id, None where there is none."""
    found = connection.execute("SELECT n FROM events WHERE id = ?", (event_id,)).fetchone()
    return int(found[0]) if found else None


def find(connection: Reader, needle: str) -> "array[int]":
    """The numbers of the events whose title or place holds the text, in no order; smart case."""
    if not needle:
        return array("i")
    title, place = ("lower(title)", "lower(name)") if needle.islower() else ("title", "name")
    (text,) = connection.execute(
        f"""SELECT group_concat(n) FROM events WHERE instr({title}, :needle)
        OR place IN (SELECT n FROM places WHERE instr({place}, :needle))""",
        {"needle": needle},
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

DATED = f"NOT background AND earliest > '{FIRST_DAY}' AND latest < '{LAST_DAY}'"
"""The condition that an event is no background and its date has two ends, in SQL."""


def sections(connection: Reader, asked: Filters) -> tuple[Section, ...]:
    """The headings of the order by date: one for each year, and one for the undated events."""
    return sections_of(Selection(connection, asked))


def sections_of(choice: Selection) -> tuple[Section, ...]:
    """The same as `sections`, for a selection."""
    found = Counter(dict(choice.held.sections(choice.kept) if choice.held else ()))
    if choice.rest:
        anew = f"SELECT {YEAR}, count(*) FROM events WHERE {choice.rest.sql} GROUP BY 1"
        found.update(dict(choice.connection.execute(anew, choice.rest.parameters).fetchall()))
    years = sorted(found.items(), key=lambda section: (not section[0], section[0]))
    starts = accumulate((number for _, number in years), initial=0)
    return tuple(
        Section(index, year or "undated") for (year, _), index in zip(years, starts, strict=False)
    )


def histogram(connection: Reader, asked: Filters, most: int) -> tuple[Bin, ...]:
    """The dated events by day, month or year, whichever gives at most `most` bins, empty ones too.

    Background events are outside of the case's time and are left out, as are
    events with an open end. Where even years are too many, the newest are kept.
    """
    return histogram_of(Selection(connection, asked), most)


def histogram_of(choice: Selection, most: int) -> tuple[Bin, ...]:
    """The same as `histogram`, for a selection."""
    days = Counter(dict(choice.held.days(choice.kept) if choice.held else ()))
    if choice.rest:
        anew = (
            f"SELECT earliest, count(*) FROM events WHERE {choice.rest.sql} AND {DATED} GROUP BY 1"
        )
        days.update(dict(choice.connection.execute(anew, choice.rest.parameters).fetchall()))
    if not days:
        return ()
    for length in (10, 7, 4):
        found: Counter[str] = Counter()
        for day, number in days.items():
            found[day[:length]] += number
        stretch = _stretch(choice.connection, min(found), max(found), length)
        if len(stretch) <= most:
            break
    return tuple(Bin(start, found[start]) for start in stretch[-most:])


def _stretch(connection: Reader, first: str, last: str, length: int) -> list[str]:
    """Every day, month or year from `first` to `last`."""
    if length == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if length == 7:
        start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    return [
        day
        for (day,) in connection.execute(
            "WITH RECURSIVE days(day) AS (SELECT ? UNION ALL SELECT date(day, '+1 day') FROM days"
            " WHERE day < ? LIMIT 1000) SELECT day FROM days",
            (first, last),
        )
    ]
