"""Events, their articles and actors as entities of FollowTheMoney, for Aleph and OpenAleph.

The names of the schemata and of their properties are those of the model's ontology. Countries
and languages are left out: it takes codes for them, and a case has names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TextIO

from store.exporters import json
from store.exporters.csl import note_of
from store.model.record import make_id
from store.model.text import text_hash
from store.model.vocabulary import EVENT_TYPES, GIVES, ActorKind, FieldBasis, StampBasis, Stance
from store.queries.export_articles import ArticleExport
from store.queries.export_events import ActorRole, EventExport
from store.queries.export_links import LinkExport

_SCHEMA_OF_ACTOR: Mapping[ActorKind, str] = {
    ActorKind.PERSON: "Person",
    ActorKind.CIVILIANS: "LegalEntity",
    ActorKind.GROUP: "LegalEntity",
}
"""The schema of an actor of each kind; the others are organisations."""

_ID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?", re.ASCII)
_DAY = "2024-12-04"
_DAYS = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def write(stream: TextIO, rows: Iterable[ArticleExport | EventExport | LinkExport]) -> None:
    """Write an entity a line; an actor and a place once, before the first event that has them."""
    known: set[str] = set()
    for row in rows:
        match row:
            case ArticleExport():
                entities = iter((_article(row),))
            case EventExport():
                entities = _of_event(row, known)
            case LinkExport():
                entities = _of_link(row, known)
        json.write_lines(stream, entities)


def entity_id(id: str) -> str:
    """The id of a record as one of the model, which has no underscore: `evt-6p7uzmsmhbcv`.

    An id with other letters that it does not take has a hash in place of them.
    """
    found = id.replace("_", "-", 1)
    return found if _ID.fullmatch(found) else f"{id[:3]}-{text_hash(id)[:24]}"


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity_id(id) for id in ids if id))


def _entity(id: str, schema: str, properties: Mapping[str, object]) -> dict[str, object]:
    """An entity, each of whose properties is a list of texts; empty ones are left out."""
    listed = {
        name: [str(one) for one in (value if isinstance(value, tuple) else (value,))]
        for name, value in properties.items()
        if value not in ("", None, ())
    }
    return {"id": entity_id(id), "schema": schema, "properties": listed}


_SURE = (StampBasis.STATED, FieldBasis.PERSON)
"""The bases of a time of publication that is exact."""


def _article(of: ArticleExport) -> dict[str, object]:
    properties = {
        "title": of.title,
        "author": of.author,
        "publisher": of.publisher,
        "publishedAt": _time(of.published, sure=of.published_basis in _SURE),
        "modifiedAt": of.updated[: len(_DAY)],
        "retrievedAt": _time(of.imported, sure=True),
        "sourceUrl": of.url if of.url.startswith(("http://", "https://")) else "",
        "fileName": of.file,
        "notes": note_of(of),
    }
    return _entity(of.id, "Article", properties)


def _of_event(of: EventExport, known: set[str]) -> Iterator[dict[str, object]]:
    for actor in of.actors:
        if actor.id not in known:
            known.add(actor.id)
            yield _actor(actor)
    if of.place_id and of.place_id not in known:
        known.add(of.place_id)
        yield _address(of)
    properties = {
        "name": of.title,
        "startDate": of.start,
        "endDate": of.end,
        "summary": _summary(of),
        "location": of.place,
        "addressEntity": _ids((of.place_id,)),
        "involved": _ids(actor.id for actor in of.actors if actor.stance in GIVES),
        "keywords": EVENT_TYPES[of.type].label,
        "publisher": of.dataset,
        "recordId": of.row,
        "notes": of.note,
    }
    yield _entity(of.id, "Event", properties)


def _actor(of: ActorRole) -> dict[str, object]:
    schema = _SCHEMA_OF_ACTOR.get(of.kind, "Organization")
    return _entity(of.id, schema, {"name": of.name})


def _address(of: EventExport) -> dict[str, object]:
    longitude, latitude = of.point or (None, None)
    properties = {
        "full": ", ".join((of.place, *of.within)),
        "latitude": latitude,
        "longitude": longitude,
        "remarks": f"UCDP precision {of.place_precision}",
    }
    return _entity(of.place_id, "Address", properties)


def _summary(of: EventExport) -> str:
    """The victims, whose part nobody asserts, and the support: no property is for them."""
    parts = ["planned"] * of.planned
    for name in ("killed", "injured", "missing", "displaced"):
        low, best, high = (getattr(of, f"{name}_{bound}") for bound in ("low", "best", "high"))
        if best is not None:
            parts.append(f"{name} {best:,} ({low:,} to {'open' if high is None else f'{high:,}'})")
    parts += [str(one) for one in of.actors if one.stance is not Stance.ASSERTS]
    parts.append(f"support {of.support}")
    return "; ".join(parts + [of.at_odds] * bool(of.at_odds))


def _of_link(of: LinkExport, known: set[str]) -> Iterator[dict[str, object]]:
    yield _entity(
        make_id("lnk", of.event, of.article),
        "Documentation",
        {
            "document": entity_id(of.article),
            "entity": entity_id(of.event),
            "role": of.stance.value,
        },
    )
    for actor in of.actors:
        if actor in known:
            yield _entity(
                make_id("lnk", of.article, actor),
                "Mention",
                {"document": entity_id(of.article), "resolved": entity_id(actor)},
            )


def _time(at: str, *, sure: bool) -> str:
    """A time in UTC; the day alone where the time or its zone is not known for sure."""
    day = at[: len(_DAY)]
    with suppress(ValueError, OverflowError):  # a year may be one that Python has not
        time = datetime.fromisoformat(at)
        if sure and time.tzinfo is not None:
            return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    return day if _DAYS.fullmatch(day) else ""
