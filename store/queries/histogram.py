"""The events of a filter over time."""

from collections import Counter

import msgspec

from store.model.dates import FIRST_DAY, LAST_DAY
from store.queries.filters import Filters
from store.queries.selection import Selection
from store.reader import Reader

DATED = f"NOT background AND earliest > '{FIRST_DAY}' AND latest < '{LAST_DAY}'"
"""The condition that an event is no background and its date has two ends, in SQL."""


class Bin(msgspec.Struct, frozen=True):
    """The events of a stretch of time, from `start` (ISO 8601, to the day, month or year)."""

    start: str
    count: int


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
