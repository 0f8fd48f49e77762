"""The places of the events of a filter, with counts."""

import msgspec

from store.database.checksums import checked
from store.model.records import Place
from store.model.vocabulary import PlaceKind
from store.queries.filters import FilterKind, Filters
from store.queries.selection import Selection
from store.reader import Reader

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


def of_filter(connection: Reader, asked: Filters) -> tuple[PlaceRow, ...]:
    """The places of the events of a filter, those with most events first."""
    return of_choice(Selection(connection, asked))


def of_choice(choice: Selection) -> tuple[PlaceRow, ...]:
    """The same as `of_filter`, for a selection."""
    counted = choice.counts(FilterKind.PLACE)
    body = checked("places", "body")
    rows = choice.connection.execute(f"SELECT n, {body} FROM places").fetchall()
    found = []
    for n, encoded in rows:
        if n not in counted:
            continue
        place = _place.decode(encoded)
        found.append(
            PlaceRow(
                n=n,
                id=place.id,
                name=place.name,
                kind=place.kind,
                latitude=place.latitude,
                longitude=place.longitude,
                precision=place.precision,
                events=counted[n],
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.events, row.name, row.n)))
