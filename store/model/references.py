"""Which records a record refers to."""

from collections.abc import Iterator

from store.model.records import Actor, AnyRecord, Article, Claim, Event, Passage, Place, Source
from store.model.values import Control, Participant, Where


def references(record: AnyRecord) -> Iterator[tuple[str, str]]:
    """The `(field, id)` pairs of every record that this one refers to."""
    match record:
        case Actor():
            yield from (("part_of", actor) for actor in record.part_of)
            yield from (("formerly", actor) for actor in record.formerly)
        case Place(within=str(place)):
            yield "within", place
        case Source(actor=str(actor)):
            yield "actor", actor
        case Article(publisher=str(source)):
            yield "publisher", source
        case Passage():
            yield "article", record.article
        case Event(part_of=str(event)):
            yield "part_of", event
        case Claim():
            yield "subject", record.subject
            yield "passage", record.passage
            yield from (("chain", source) for source in record.chain)
            yield from _of_value(record)
        case _:
            return


def _of_value(claim: Claim) -> Iterator[tuple[str, str]]:
    match claim.value:
        case Participant(actor=actor):
            yield "value.actor", actor
        case Where(place=place):
            yield "value.place", place
        case Control(holder=holder):
            yield "value.holder", holder
        case _:
            return
