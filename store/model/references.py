"""Which records a record refers to."""

from collections.abc import Iterator

from store.model.judgements import Judgement, Ruling
from store.model.records import Actor, AnyRecord, Article, Claim, Event, Passage, Place, Source
from store.model.values import Control, Participant, Where

TABLE_OF = {
    "evt": "events",
    "act": "actors",
    "plc": "places",
    "src": "sources",
    "art": "articles",
    "psg": "passages",
    "clm": "claims",
}
"""The table of a record by the beginning of its id, for what claims and persons speak of."""


Reference = tuple[str, str, str]
"""The field that refers to something, the id there, and the table that must hold it."""


def references(record: AnyRecord) -> Iterator[Reference]:
    """Every record that this one refers to."""
    match record:
        case Actor():
            yield from (("part_of", actor, "actors") for actor in record.part_of)
            yield from (("formerly", actor, "actors") for actor in record.formerly)
        case Place(within=str(place)):
            yield ("within", place, "places")
        case Source(actor=str(actor)):
            yield ("actor", actor, "actors")
        case Article(publisher=str(source)):
            yield ("publisher", source, "sources")
        case Passage():
            yield ("article", record.article, "articles")
        case Event(part_of=str(event)):
            yield ("part_of", event, "events")
        case Claim():
            yield ("subject", record.subject, TABLE_OF[record.subject[:3]])
            yield ("passage", record.passage, "passages")
            yield from (("chain", source, "sources") for source in record.chain)
            yield from _of_value(record)
        case Ruling():
            yield ("about", record.about, "claims")
            yield ("other", record.other, "claims")
        case Judgement():
            yield ("about", record.about, TABLE_OF[record.about[:3]])
        case _:
            return


def _of_value(claim: Claim) -> Iterator[Reference]:
    match claim.value:
        case Participant(actor=actor):
            yield ("value.actor", actor, "actors")
        case Where(place=place):
            yield ("value.place", place, "places")
        case Control(holder=holder):
            yield ("value.holder", holder, "actors")
        case _:
            return
