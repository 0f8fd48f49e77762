"""The page of an actor, a place or a source: its names, parts, events, and who speaks of it."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from store.database.checksums import checked
from store.database.read_records import numbered
from store.errors import UnknownRecord
from store.model.changes import judgement_text
from store.model.dates import long, long_or_latest
from store.model.labels import PRECISIONS, role_text
from store.model.records import Actor, Place, Source
from store.model.vocabulary import Stance
from store.queries import judgements, timeline
from store.queries.compare import compare
from store.queries.event_sort import STARTS
from store.queries.filters import Filter, FilterKind, Filters
from store.queries.histogram import Bin, histogram
from store.queries.page_claims import SayingSource, page_claims
from store.queries.referring import entity
from store.queries.search import EVENTS_OF, NamedKind
from store.reader import Reader

BINS = 40
"""Bins of the histogram at most."""

LISTED = 200
"""The most events, parts, and sources that are listed."""

DISPUTED = 20
"""The most events at odds that are listed."""


class LeadsTo(StrEnum):
    """The place that a line of a page leads to."""

    PAGE = "page"
    EVENT = "event"
    EVENTS = "events"
    COMPARE = "compare"
    NOTES = "notes"


class PageLine(msgspec.Struct, frozen=True):
    """A line of a page, under a heading; `id` is that of the record that it leads to."""

    heading: str
    title: str
    aside: str
    leads_to: LeadsTo
    id: str


class EntityPage(msgspec.Struct, frozen=True):
    """All that a case holds of an actor, a place or a source.

    `names` are its other names, `facts` what it is in words, `stances` how many claims
    about it, or by it, assert, doubt or deny, and `bins` its events over time.
    """

    id: str
    kind: NamedKind
    name: str
    names: tuple[str, ...]
    facts: str
    note: str
    stances: str
    bins: tuple[Bin, ...]
    lines: tuple[PageLine, ...]


_KINDS = {Actor: NamedKind.ACTOR, Place: NamedKind.PLACE, Source: NamedKind.SOURCE}
FILTER_OF = {
    NamedKind.ACTOR: FilterKind.ACTOR,
    NamedKind.PLACE: FilterKind.PLACE,
    NamedKind.SOURCE: FilterKind.SOURCE,
}
"""The filter by the events of each kind of entity."""


def entity_page(connection: Reader, id: str) -> EntityPage:
    """The page of a record. Raises `UnknownRecord` where it is no actor, place or source."""
    one = entity(connection, id)
    if not isinstance(one, Actor | Place | Source):
        raise UnknownRecord(f"{one.title} is an event", "compare what is claimed of it")
    kind = _KINDS[type(one)]
    asked = Filters((Filter(FILTER_OF[kind], id, one.name),))
    claims = page_claims(connection, kind, id, LISTED)
    return EntityPage(
        id=id,
        kind=kind,
        name=one.name,
        names=one.aliases,
        facts=_facts(one),
        note=one.note,
        stances=str(claims.counts),
        bins=histogram(connection, asked, BINS),
        lines=(
            *_parts(connection, one),
            *_at_odds(connection, kind, one),
            *_sources(kind, id, claims.sources),
            *_said(connection, id),
            *_events(connection, kind, one),
        ),
    )


def _facts(one: Actor | Place | Source) -> str:
    facts = [one.kind.value.replace("-", " ")]
    if isinstance(one, Actor) and one.position:
        facts.append(one.position)
    if isinstance(one, Place):
        where = f"{one.latitude:.4f} {one.longitude:.4f}" if one.latitude is not None else ""
        facts += [where or "no coordinates", PRECISIONS[one.precision - 1]]
    return " · ".join(facts)


def _line(heading: str, title: str, aside: str, leads_to: LeadsTo, id: str) -> PageLine:
    return PageLine(heading, title, aside, leads_to, id)


# whole and parts

_PARTS = "Whole and parts"


def _parts(connection: Reader, one: Actor | Place | Source) -> Iterator[PageLine]:
    """The records that it belongs to, was, or speaks for, and the reverse."""

    def lines(ids: Iterable[str], what: str) -> Iterator[PageLine]:
        for id in ids:
            yield _line(_PARTS, judgements.title(connection, id), what, LeadsTo.PAGE, id)

    def naming(table: str, field: str) -> list[str]:
        quoted = msgspec.json.encode(one.id).decode()
        rows = numbered(connection, table, "instr(body, ?)", quoted)
        found = [(each.id, getattr(each, field)) for _, each in rows]
        return [id for id, value in found if value == one.id or one.id in (value or ())][:LISTED]

    match one:
        case Actor():
            yield from lines(one.part_of, "it is part of")
            yield from lines(one.formerly, "what it was before")
            yield from lines(naming("actors", "part_of"), "part of it")
            yield from lines(naming("actors", "formerly"), "what it is called later")
            yield from lines(naming("sources", "speaks_for"), "speaks for it")
            yield from lines(naming("sources", "actor"), "it as a source")
        case Place():
            yield from lines(filter(None, (one.within,)), "it lies in")
            yield from lines(naming("places", "within"), "in it")
        case Source():
            yield from lines(filter(None, (one.speaks_for,)), "it speaks for")
            yield from lines(filter(None, (one.actor,)), "it as an actor")


# events


def _events(connection: Reader, kind: NamedKind, one: Actor | Place | Source) -> Iterator[PageLine]:
    """Its events by time, the first of them; before these a line that leads to all."""
    numbers = [
        n
        for (n,) in connection.execute(
            f"SELECT n FROM events WHERE n IN ({EVENTS_OF[kind]}) ORDER BY {STARTS} IS NULL,"
            f" {STARTS}, n",
            {"id": one.id},
        )
    ]
    heading = f"Events ({len(numbers):,})"
    if not numbers:
        return
    more = f", the first {LISTED:,} here" if len(numbers) > LISTED else ""
    everything = f"All in the timeline{more}"
    yield _line(heading, everything, "", LeadsTo.EVENTS, one.id)
    roles = _roles(connection, one) if isinstance(one, Actor) else {}
    for row in timeline.rows(connection, numbers[:LISTED]):
        day = long_or_latest(row.edtf, row.at_latest)
        aside = " · ".join(filter(None, (roles.get(row.n, ""), day)))
        yield _line(heading, row.title, aside, LeadsTo.EVENT, row.id)


def _roles(connection: Reader, one: Actor) -> dict[int, str]:
    rows = connection.execute(
        f"""SELECT event, {checked("event_actors", "role")}, stance FROM event_actors
        WHERE actor = (SELECT n FROM actors WHERE id = ?)""",
        (one.id,),
    )
    found: dict[int, list[str]] = {}
    for event, role, stance in rows:
        found.setdefault(event, []).append(role_text(role, Stance(stance)))
    return {event: ", ".join(roles) for event, roles in found.items()}


def _at_odds(
    connection: Reader, kind: NamedKind, one: Actor | Place | Source
) -> Iterator[PageLine]:
    """Its own claims at odds, and its events with claims at odds."""
    heading = "At odds"
    own = connection.execute(
        "SELECT contradicts + stale + differs + apart FROM disputes WHERE subject = ?", (one.id,)
    ).fetchone()
    if own:
        brief = compare(connection, one.id).brief()
        yield _line(heading, brief or "claims at odds", "about it", LeadsTo.COMPARE, one.id)
    rows = connection.execute(
        f"""SELECT events.id, {checked("events", "title")}, events.edtf FROM events
        WHERE n IN ({EVENTS_OF[kind]}) AND contradicts > 0
        ORDER BY contradicts DESC, {STARTS}, n LIMIT :most""",
        {"id": one.id, "most": DISPUTED},
    )
    for id, title, edtf in rows.fetchall():
        yield _line(heading, title, long(edtf), LeadsTo.COMPARE, id)


# who says so


def _sources(kind: NamedKind, id: str, sources: Iterable[SayingSource]) -> Iterator[PageLine]:
    """The origins of the claims about it, by their number; of a source, those who print it."""
    heading = "Who prints it" if kind is NamedKind.SOURCE else "Who says so"
    for one in sources:
        if one.id != id:
            leads_to = LeadsTo.PAGE if one.id else LeadsTo.EVENTS
            yield _line(heading, one.name, one.counts.brief, leads_to, one.id or id)


def _said(connection: Reader, id: str) -> Iterator[PageLine]:
    for one in judgements.about(connection, [id]):
        text = judgement_text(one.judgement)
        aside = f"{one.judgement.by}, {one.judgement.at[:10]}"
        yield _line("Notes and judgements", text, aside, LeadsTo.NOTES, id)
