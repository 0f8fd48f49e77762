"""Events as GeoJSON (RFC 7946), a feature each."""

from collections.abc import Iterable
from typing import TextIO

from store.exporters import json
from store.exporters.listing import fields_of
from store.queries.export_events import EventExport


def write(stream: TextIO, events: Iterable[EventExport]) -> None:
    """Write a collection of features in WGS 84, a line each.

    An event without coordinates has a null geometry, and so has one that is known only to the
    province or less exactly: a centre is no place where something happened. Its coordinates
    stand in the properties all the same, with their precision.
    """
    stream.write('{"type": "FeatureCollection", "features": [')
    join = "\n"
    for event in events:
        stream.write(join + json.text_of(_feature(event)))
        join = ",\n"
    stream.write("\n]}\n")


def _feature(event: EventExport) -> dict[str, object]:
    point = event.point
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": {name: getattr(event, name) for name in fields_of(EventExport)},
    }
