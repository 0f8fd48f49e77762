"""The facet index of a large database, built from its events: see `store.database.facet_index`."""

from collections.abc import Iterator
from itertools import chain

from store.database.facet_build import FacetBuild
from store.database.facet_index import Key, numbers_in, read_facet_index
from store.model.dates import FIRST_DAY
from store.queries.event_sort import HAS_VALUE, TOLL_SORTS, Sort
from store.queries.filters import (
    Filter,
    FilterKind,
    Filters,
    SqlCondition,
    where,
)
from store.queries.histogram import DATED, WIDEST, dated_in
from store.queries.timeline import YEAR, count, in_order
from store.reader import Reader

KEPT_FROM = 20_000
"""The number of events from which an index is kept; fewer are counted and sorted as fast."""


def lacks_answers(connection: Reader) -> bool:
    """True if the database is large enough for a facet index, and has none."""
    return count(connection) >= KEPT_FROM and read_facet_index(connection) is None


_EVENTS_OF = {
    FilterKind.ACTOR: "SELECT whole, group_concat(event) FROM event_actors"
    " JOIN actor_within ON member = actor GROUP BY whole",
    FilterKind.PLACE: "SELECT whole, group_concat(event) FROM event_places"
    " JOIN place_within ON member = place GROUP BY whole",
    FilterKind.SOURCE: "SELECT source, group_concat(event) FROM event_sources GROUP BY source",
    FilterKind.TYPE: "SELECT type, group_concat(n) FROM events GROUP BY type",
}
"""The events of each value of a kind of filter, in SQL."""

_LISTED = (FilterKind.SUPPORT, FilterKind.FLAG, FilterKind.MADE)
"""The kinds of filter with few values, all of which follow from the events alone."""


def build_facet_index(connection: Reader) -> FacetBuild:
    """Build the facet index of the current events: ten seconds for a million events."""
    making = FacetBuild(in_order(connection, Sort.DATE, _ALL))
    for sort in Sort:
        if sort is not Sort.DATE and sort not in TOLL_SORTS:
            making.order(sort, in_order(connection, sort, _ALL))
    for sort, has_value in HAS_VALUE.items():
        if sort not in TOLL_SORTS:
            making.events("valued", sort, _numbers(connection, has_value))
    for kind, asked in _EVENTS_OF.items():
        for key, events in _grouped(connection, asked):
            making.events(kind, key, events)
    for kind in _LISTED:
        for value in kind.row.values:
            condition = where(Filters((Filter(kind, value, ""),)))
            making.events(kind, value, _numbers(connection, *condition))
    making.words(chain.from_iterable(_grouped(connection, asked) for asked in _NAMED))
    for sort, toll in TOLL_SORTS.items():
        making.tolls(toll.value, sort, connection.execute(_TOLLS, (toll.value,)))
    making.events("background", "", _numbers(connection, "background"))
    for widest in frozenset(WIDEST.values()):
        making.events("dated", widest, _numbers(connection, dated_in(widest)))
    making.events("undated", "", _numbers(connection, "earliest IS NULL"))
    making.events("open", "", _numbers(connection, f"earliest = '{FIRST_DAY}'"))
    making.starts(
        "earliest", _grouped(connection, _BY.format("earliest", f"earliest > '{FIRST_DAY}'"))
    )
    making.starts("days", _grouped(connection, _BY.format("earliest", DATED)))
    making.latest(_grouped(connection, _BY.format("latest", "latest IS NOT NULL")))
    making.starts("sections", _grouped(connection, _BY.format(YEAR, "1")))
    return making


_ALL = SqlCondition("1", ())
_NAMED = (
    "SELECT title, group_concat(n) FROM events GROUP BY title",
    "SELECT name, group_concat(events.n) FROM events JOIN places ON places.n = place"
    " GROUP BY place",
)
"""The events of each title and of each place, in SQL."""
_TOLLS = "SELECT event, low, best, high FROM event_tolls WHERE kind = ? AND scope = ''"
_BY = "SELECT {}, group_concat(n) FROM events WHERE {} GROUP BY 1"


def _numbers(connection: Reader, condition: str, parameters: tuple[object, ...] = ()) -> list[int]:
    (text,) = connection.execute(
        f"SELECT group_concat(n) FROM events WHERE {condition}", parameters
    ).fetchone()
    return numbers_in(text)


def _grouped(connection: Reader, asked: str) -> Iterator[tuple[Key, list[int]]]:
    for key, text in connection.execute(asked):
        yield key, numbers_in(text)
