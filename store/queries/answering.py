"""What a large database keeps, made from its events: see `store.engines.answers`."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from store.engines.answers import Key, Making, kept, numbers_in
from store.model.dates import FIRST_DAY
from store.model.vocabulary import Flag
from store.queries.filters import ANY, MADE, SUPPORTS, Chip, ChipKind, Filter, Where, where
from store.queries.timeline import DATED, YEAR, Sort, count, in_order

KEPT_FROM = 20_000
"""Events from which on answers are kept; fewer are counted and sorted as fast."""


def lacks_answers(connection: sqlite3.Connection) -> bool:
    """Whether it is so large that answers should be kept, and none are."""
    return count(connection) >= KEPT_FROM and kept(connection) is None


_EVENTS_OF = {
    ChipKind.ACTOR: "SELECT whole, group_concat(event) FROM event_actors"
    " JOIN actor_within ON member = actor GROUP BY whole",
    ChipKind.PLACE: "SELECT whole, group_concat(event) FROM event_places"
    " JOIN place_within ON member = place GROUP BY whole",
    ChipKind.SOURCE: "SELECT source, group_concat(event) FROM event_sources GROUP BY source",
    ChipKind.TYPE: "SELECT type, group_concat(n) FROM events GROUP BY type",
}
"""The events of each value of a kind of chip, in SQL."""

_LISTED: Mapping[ChipKind, Iterable[str]] = {
    ChipKind.SUPPORT: SUPPORTS,
    ChipKind.FLAG: (ANY, *Flag),
    ChipKind.MADE: MADE,
}
"""The kinds of chip with few values, all of which follow from the events alone."""


def keep_answers(connection: sqlite3.Connection) -> None:
    """Work out what is kept of the events as they are now, and keep it.

    It reads first, for some ten seconds of a million events, and writes at the end.
    """
    making = Making(in_order(connection, Sort.DATE, _ALL))
    for sort in Sort:
        if sort is not Sort.DATE:
            making.order(sort, in_order(connection, sort, _ALL))
    for kind, asked in _EVENTS_OF.items():
        for key, events in _grouped(connection, asked):
            making.events(kind, key, events)
    for kind, values in _LISTED.items():
        for value in values:
            condition = where(Filter((Chip(kind, value, ""),)))
            making.events(kind, value, _numbers(connection, *condition))
    making.events("dated", "", _numbers(connection, DATED))
    making.events("undated", "", _numbers(connection, "earliest IS NULL"))
    making.events("open", "", _numbers(connection, f"earliest = '{FIRST_DAY}'"))
    making.starts(
        "earliest", _grouped(connection, _BY.format("earliest", f"earliest > '{FIRST_DAY}'"))
    )
    making.starts("days", _grouped(connection, _BY.format("earliest", DATED)))
    making.latest(_grouped(connection, _BY.format("latest", "latest IS NOT NULL")))
    making.starts("sections", _grouped(connection, _BY.format(YEAR, "1")))
    making.write(connection)


_ALL = Where("1", ())
_BY = "SELECT {}, group_concat(n) FROM events WHERE {} GROUP BY 1"


def _numbers(
    connection: sqlite3.Connection, condition: str, parameters: tuple[object, ...] = ()
) -> list[int]:
    (text,) = connection.execute(
        f"SELECT group_concat(n) FROM events WHERE {condition}", parameters
    ).fetchone()
    return numbers_in(text)


def _grouped(connection: sqlite3.Connection, asked: str) -> Iterator[tuple[Key, list[int]]]:
    for key, text in connection.execute(asked):
        yield key, numbers_in(text)
