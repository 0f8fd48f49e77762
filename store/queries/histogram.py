"""The events of a filter over time, and their victims."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from store.database.toll_planes import Span
from store.model.dates import FIRST_DAY, LAST_DAY
from store.model.vocabulary import Kind
from store.queries.filters import Filters
from store.queries.selection import Selection
from store.queries.toll_sums import summed
from store.reader import Reader

DATED = f"NOT background AND earliest > '{FIRST_DAY}' AND latest < '{LAST_DAY}'"
"""The condition that an event is no background and its date has two ends, in SQL."""

WEEK = timedelta(days=7)

Dead = tuple[int, int]
"""How many events have a number of victims, and the sum of the best ones."""

NOBODY: Dead = (0, 0)


class Bin(msgspec.Struct, frozen=True):
    """The events of a stretch of time, from `start` (ISO 8601, to the day, month or year).

    `known` of them have a number of victims, and `best` is the sum of the best ones. A
    stretch whose start is a day is a week long if it `is_week`.
    """

    start: str
    count: int
    known: int = 0
    best: int = 0
    is_week: bool = False

    @property
    def unit(self) -> str:
        """`day`, `week`, `month` or `year`."""
        return "week" if self.is_week else _UNITS[len(self.start)]

    @property
    def edtf(self) -> str:
        """The stretch as a date in EDTF."""
        if not self.is_week:
            return self.start
        return f"{self.start}/{date.fromisoformat(self.start) + WEEK - _DAY}"


_UNITS = {10: "day", 7: "month", 4: "year"}
_DAY = timedelta(days=1)


def histogram(connection: Reader, asked: Filters, most: int) -> tuple[Bin, ...]:
    """The dated events, and their dead, by day, week, month or year, empty ones too.

    It is whichever gives at most `most` bins. Background events are outside of the
    case's time and are left out, as are events with an open end, those that begin
    outside of the dates of the filter, and those whose date is wider than `WIDEST`. Where
    even years are too many, the newest are kept.
    """
    return histogram_of(Selection(connection, asked), most)


def histogram_of(choice: Selection, most: int) -> tuple[Bin, ...]:
    """The same as `histogram`, for a selection."""
    scale = scale_of(choice, most)
    return scale.bins(choice, Kind.FATALITIES) if scale else ()


WIDEST = {"day": 31, "week": 31, "month": 31, "year": 366}
"""The most days that a date may span for its event to be counted where it begins, by unit.

An event that is dated to a year would make a peak in January of what is spread over it.
"""


def scale_of(choice: Selection, most: int) -> "TimeScale | None":
    """The finest time scale with at most `most` bins for a selection; None without dated events."""
    found = None
    for widest in sorted(frozenset(WIDEST.values())):
        days = _days(choice, widest)
        found = TimeScale.of(days, most, widest) or found
        if found and WIDEST[found.unit] == widest:
            break
    return found and found._replace(ranks=_ranks(choice, found))


def months_of(choice: Selection) -> "TimeScale":
    """The months in which events of a selection begin, in their order."""
    widest = WIDEST["month"]
    counts: Counter[str] = Counter()
    for day, number in _days(choice, widest).items():
        counts[day[:7]] += number
    scale = TimeScale("month", sorted(counts), counts, lambda day: day[:7], widest)
    return scale._replace(ranks=_ranks(choice, scale))


def dated_in(widest: int) -> str:
    """The condition that an event is dated, and to at most so many days, in SQL."""
    return f"{DATED} AND julianday(latest) - julianday(earliest) < {widest}"


def dated_within(choice: Selection, widest: int) -> str:
    """The condition that an event has a place in time, in SQL: its date begins within the filter's
    dates, and spans at most so many days.
    """
    first, last = choice.dates
    return f"{dated_in(widest)} AND earliest BETWEEN '{first}' AND '{last}'"


def _days(choice: Selection, widest: int) -> dict[str, int]:
    """The number of events with a place in time that begin on each day."""
    days: Counter[str] = Counter()
    if choice.held:
        first, last = choice.dates
        dated = choice.held.chosen("dated", widest) or 0
        days.update(
            {
                day: number
                for day, number in choice.held.days(choice.kept & dated)
                if first <= day <= last
            }
        )
    if choice.rest:
        asked = (
            f"SELECT earliest, count(*) FROM events WHERE {choice.rest.sql}"
            f" AND {dated_within(choice, widest)} GROUP BY 1"
        )
        days.update(dict(choice.connection.execute(asked, choice.rest.parameters).fetchall()))
    return days


class TimeScale(NamedTuple):
    """Consecutive stretches of time of one `unit`, and how many events begin in each.

    Events whose date spans more than `widest` days have no place in it.
    """

    unit: str
    starts: Sequence[str]
    counts: Counter[str]
    start_of: Callable[[str], str]
    """The start of the stretch that a day (ISO 8601) lies in."""
    widest: int
    ranks: Mapping[str, Span] = {}
    """The ranks in the facet index of the dated events of each stretch, where there is one."""

    @classmethod
    def of(cls, days: dict[str, int], most: int, widest: int) -> "TimeScale | None":
        """The finest scale with at most `most` stretches for these days; None without any."""
        if not days:
            return None
        first, last = min(days), max(days)
        for scale in _SCALES:
            unit, start_of, starts_from = scale
            starts = starts_from(start_of(first), start_of(last), most + 1)
            if len(starts) <= most:
                break
        counts: Counter[str] = Counter()
        for day, number in days.items():
            counts[start_of(day)] += number
        return cls(unit, starts[-most:], counts, start_of, widest)

    def bins(self, choice: Selection, kind: Kind) -> tuple[Bin, ...]:
        """The events of a selection in each stretch, with their victims of one kind."""
        return self.made(self.counts, self.sums(choice, kind))

    def made(self, counts: Counter[str], sums: dict[str, Dead]) -> tuple[Bin, ...]:
        """The bins of events, and of victims, that were counted by stretch."""
        is_week = self.unit == "week"
        return tuple(
            Bin(start, counts[start], *sums.get(start, NOBODY), is_week=is_week)
            for start in self.starts
        )

    def sums(self, choice: Selection, kind: Kind) -> dict[str, Dead]:
        """The victims of one kind of the events of a selection, by stretch."""
        counted, rest = summed(choice, kind)
        found: dict[str, Dead] = {}
        if choice.held is not None:
            dated = choice.held.chosen("dated", self.widest) or 0
            of_spans = choice.held.tolls(kind.value).best_within(
                counted & dated, list(self.ranks.values())
            )
            found = dict(zip(self.ranks, of_spans, strict=True))
        if rest is None:
            return found
        for day, known, best in choice.connection.execute(
            f"""SELECT earliest, count(best), sum(best) FROM events
            JOIN event_tolls AS toll ON toll.event = events.n AND kind = ? AND scope = ''
            WHERE {rest.sql} AND {dated_within(choice, self.widest)} GROUP BY 1""",
            (kind.value, *rest.parameters),
        ):
            add_dead(found, self.start_of(day), (known, best))
        return found


def add_dead(found: dict[str, Dead], start: str, more: Dead) -> None:
    """Add victims to those of a stretch."""
    known, best = found.get(start, NOBODY)
    found[start] = known + more[0], best + more[1]


def _ranks(choice: Selection, scale: TimeScale) -> dict[str, Span]:
    """The ranks in the facet index of the dated events of each stretch."""
    found: dict[str, Span] = {}
    wanted, (least, last) = frozenset(scale.starts), choice.dates
    for day, first, end in choice.held.day_spans() if choice.held else ():
        if least <= day <= last and (start := scale.start_of(day)) in wanted:
            found[start] = found.get(start, (first, end))[0], end
    return found


def _monday(day: str) -> str:
    """The Monday of the week of a day."""
    on = date.fromisoformat(day)
    back = min(on.weekday(), (on - date.min).days)
    return (on - back * _DAY).isoformat()


def _days_from(first: str, last: str, most: int) -> list[str]:
    return _each(first, last, most, 1)


def _weeks_from(first: str, last: str, most: int) -> list[str]:
    return _each(first, last, most, 7)


def _each(first: str, last: str, most: int, days: int) -> list[str]:
    """Every day, or every seventh, from the first to the last; at most so many."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    number = min(most, (end - start).days // days + 1)
    return [(start + at * days * _DAY).isoformat() for at in range(number)]


def _months_from(first: str, last: str, most: int) -> list[str]:
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    months = range(start, end + 1)[:most]
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def _years_from(first: str, last: str, _most: int) -> list[str]:
    return [f"{year:04}" for year in range(int(first), int(last) + 1)]


_SCALES: Sequence[tuple[str, Callable[[str], str], Callable[[str, str, int], list[str]]]] = (
    ("day", lambda day: day[:10], _days_from),
    ("week", _monday, _weeks_from),
    ("month", lambda day: day[:7], _months_from),
    ("year", lambda day: day[:4], _years_from),
)
"""The units, the shortest first: its name, the start of a day's, all from one to another."""
