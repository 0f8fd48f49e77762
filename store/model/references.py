"""Which records a record refers to."""

from collections.abc import Iterator
from typing import NamedTuple

from store.model.records import Actor, AnyRecord, Article, Claim, Event, Passage, Place, Source
from store.model.values import Control, Participant, Where

_SUBJECTS = {"evt": "events", "act": "actors", "plc": "places"}


class Reference(NamedTuple):
    """The field that refers to something, the id there, and the table that must hold it."""

    field: str
    id: str
    table: str


def references(record: AnyRecord) -> Iterator[Reference]:
    """Every record that this one refers to."""
    match record:
        case Actor():
            yield from (Reference("part_of", actor, "actors") for actor in record.part_of)
            yield from (Reference("formerly", actor, "actors") for actor in record.formerly)
        case Place(within=str(place)):
            yield Reference("within", place, "places")
        case Source(actor=str(actor)):
            yield Reference("actor", actor, "actors")
        case Article(publisher=str(source)):
            yield Reference("publisher", source, "sources")
        case Passage():
            yield Reference("article", record.article, "articles")
        case Event(part_of=str(event)):
            yield Reference("part_of", event, "events")
        case Claim():
            yield Reference("subject", record.subject, _SUBJECTS[record.subject[:3]])
            yield Reference("passage", record.passage, "passages")
            yield from (Reference("chain", source, "sources") for source in record.chain)
            yield from _of_value(record)
        case _:
            return


def _of_value(claim: Claim) -> Iterator[Reference]:
    match claim.value:
        case Participant(actor=actor):
            yield Reference("value.actor", actor, "actors")
        case Where(place=place):
            yield Reference("value.place", place, "places")
        case Control(holder=holder):
            yield Reference("value.holder", holder, "actors")
        case _:
            return
