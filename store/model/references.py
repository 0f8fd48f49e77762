"""Which records a record refers to."""

from collections.abc import Iterator

from store.model.judgements import Judgement, Kinship, Ruling
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
        case Place():
            yield from _set(("within", record.within, "places"))
        case Source():
            yield from _set(("actor", record.actor, "actors"))
            yield from _set(("speaks_for", record.speaks_for, "actors"))
        case Article():
            yield from _set(("publisher", record.publisher, "sources"))
            yield from _set(("dataset", record.dataset, "datasets"))
            yield from (("sources", source, "sources") for source in record.sources)
        case Passage():
            yield ("article", record.article, "articles")
        case Event():
            yield from _set(("part_of", record.part_of, "events"))
            yield from _set(("row.dataset", record.row.dataset if record.row else None, "datasets"))
        case Claim():
            yield ("subject", record.subject, TABLE_OF[record.subject[:3]])
            yield ("passage", record.passage, "passages")
            yield from (("chain", source, "sources") for source in record.chain)
            yield from _of_value(record)
        case Ruling():
            yield ("about", record.about, "claims")
            yield ("other", record.other, "claims")
        case Kinship():
            yield ("about", record.about, "articles")
            yield ("other", record.other, "articles")
        case Judgement():
            yield ("about", record.about, TABLE_OF[record.about[:3]])
        case _:
            return


def _set(reference: tuple[str, str | None, str]) -> Iterator[Reference]:
    """The reference, where the field is set."""
    field, target, table = reference
    if target is not None:
        yield field, target, table


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
