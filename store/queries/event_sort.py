"""The orders of the timeline, in SQL."""

from enum import StrEnum

from store.model.dates import FIRST_DAY
from store.model.vocabulary import Kind
from store.queries.toll_columns import best_of


class Sort(StrEnum):
    """The order of the timeline."""

    DATE = "date"
    PLACE = "place"
    TYPE = "type"
    TITLE = "title"
    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DISPLACED = "displaced"
    SUPPORT = "support"
    DISPUTED = "disputed"
    ADDED = "added"


STARTS = f"iif(earliest = '{FIRST_DAY}', latest, coalesce(earliest, by_latest))"
"""The day of an event in the order by date, in SQL; NULL without one."""

_BY_DAY = "earliest IS NULL, earliest, n"


# an event with an open start is at the day of its end, one without a date at the day of its first
# report, and one without any day comes last
_BY_TIME = f"{STARTS} IS NULL, {STARTS}, coalesce(latest, by_latest), earliest IS NULL, n"


def _by_toll(kind: Kind) -> str:
    return f"{best_of(kind)} DESC NULLS LAST, {_BY_TIME}"


TOLL_SORTS = {
    Sort.KILLED: Kind.FATALITIES,
    Sort.INJURED: Kind.INJURIES,
    Sort.MISSING: Kind.MISSING,
    Sort.DISPLACED: Kind.DISPLACED,
}
"""The orders by a number of victims, the greatest first and then by date, with its kind."""

ORDER = {
    Sort.DATE: _BY_TIME,
    Sort.PLACE: "place IS NULL, (SELECT name FROM places WHERE places.n = events.place),"
    " earliest, n",
    Sort.TYPE: f"type, {_BY_DAY}",
    Sort.TITLE: "title COLLATE NOCASE, n",
    **{sort: _by_toll(kind) for sort, kind in TOLL_SORTS.items()},
    Sort.SUPPORT: f"origins DESC, articles DESC, {_BY_DAY}",
    Sort.DISPUTED: f"contradicts DESC, stale DESC, differs DESC, apart DESC, {_BY_DAY}",
    Sort.ADDED: "n",
}
"""The order of the events in SQL. Each ends with `n`, so that no two are equal."""

HAS_VALUE = {
    Sort.DATE: f"{STARTS} IS NOT NULL",
    Sort.PLACE: "place IS NOT NULL",
    **{sort: f"{best_of(kind)} IS NOT NULL" for sort, kind in TOLL_SORTS.items()},
}
"""The condition that an event has what it is sorted by, where it may lack it.

Those that lack it come last, whichever way the others are turned.
"""
