"""Where: the places of the events of a filter, with counts."""

import sqlite3

import msgspec

from store.model.records import Place
from store.model.vocabulary import PlaceKind
from store.queries.filters import Filter, where

_place = msgspec.json.Decoder(Place)


class PlaceRow(msgspec.Struct, frozen=True):
    """A place in WGS84 degrees, and the number of events there or in a place within it."""

    n: int
    id: str
    name: str
    kind: PlaceKind
    latitude: float | None
    longitude: float | None
    precision: int
    events: int


def of_filter(connection: sqlite3.Connection, asked: Filter) -> tuple[PlaceRow, ...]:
    """The places of the events of a filter, those with most events first."""
    condition = where(asked)
    rows = connection.execute(
        f"""SELECT places.n, places.body, count(DISTINCT event) AS events
        FROM event_places JOIN place_within ON member = event_places.place
        JOIN places ON places.n = whole
        WHERE event IN (SELECT n FROM events WHERE {condition.sql})
        GROUP BY places.n ORDER BY events DESC, name""",
        condition.parameters,
    ).fetchall()
    found = []
    for n, body, events in rows:
        place = _place.decode(body)
        found.append(
            PlaceRow(
                n=n,
                id=place.id,
                name=place.name,
                kind=place.kind,
                latitude=place.latitude,
                longitude=place.longitude,
                precision=place.precision,
                events=events,
            )
        )
    return tuple(found)
