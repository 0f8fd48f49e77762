"""References from records to other records."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from store.model.judgements import Judgement, Kinship, Ruling, SavedFilter
from store.model.records import Actor, AnyRecord, Article, Claim, Event, Passage, Place, Source
from store.model.values import Control, Participant, Where

R = TypeVar("R", bound=msgspec.Struct)

TABLE_OF = {
    "evt": "events",
    "act": "actors",
    "plc": "places",
    "src": "sources",
    "art": "articles",
    "psg": "passages",
    "clm": "claims",
}
"""The table of a record by the prefix of its id, for records that can be annotated."""


Reference = tuple[str, str, str]
"""A referring field, the id in it, and the table of the record that it refers to."""


def references(record: AnyRecord) -> Iterator[Reference]:
    """List every reference of a record."""
    match record:
        case Actor():
            yield from (("part_of", actor, "actors") for actor in record.part_of)
            yield from (("formerly", actor, "actors") for actor in record.formerly)
        case Place():
            yield from _if_set(("within", record.within, "places"))
        case Source():
            yield from _if_set(("actor", record.actor, "actors"))
            yield from _if_set(("speaks_for", record.speaks_for, "actors"))
        case Article():
            yield from _if_set(("publisher", record.publisher, "sources"))
            yield from _if_set(("dataset", record.dataset, "datasets"))
            yield from (("sources", source, "sources") for source in record.sources)
            yield from _if_set(("version_of", record.version_of, "articles"))
        case Passage():
            yield ("article", record.article, "articles")
        case Event():
            yield from _if_set(("part_of", record.part_of, "events"))
            yield from _if_set(
                ("row.dataset", record.row.dataset if record.row else None, "datasets")
            )
        case Claim():
            yield ("subject", record.subject, TABLE_OF[record.subject[:3]])
            yield ("passage", record.passage, "passages")
            yield from (("chain", source, "sources") for source in record.chain)
            yield from _of_value(record)
        case Ruling():
            yield ("about", record.about, "claims")
            yield ("other", record.other, "claims")
        case Kinship():
            yield ("about", record.about, TABLE_OF[record.about[:3]])
            yield ("other", record.other, TABLE_OF[record.other[:3]])
        case Judgement():
            yield ("about", record.about, TABLE_OF[record.about[:3]])
        case _:
            return


def _if_set(reference: tuple[str, str | None, str]) -> Iterator[Reference]:
    """Yield the reference if the field is set."""
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


_REFERRING: Mapping[type, tuple[str, ...]] = {
    Actor: ("part_of", "formerly"),
    Place: ("within",),
    Source: ("actor", "speaks_for"),
    Article: ("publisher", "dataset", "sources", "version_of"),
    Passage: ("article",),
    Event: ("part_of",),
    Claim: ("subject", "passage", "chain", "value"),
}
_OF_VALUE = ("actor", "place", "holder")


def with_references(record: R, ids: Mapping[str, str]) -> R:
    """The record with other ids in place of those that it refers to.

    It refers to no record twice, and an actor, a place or an event to itself not at all. The
    values of a saved filter are replaced, too. A judgement is moved by `moved_judgement`.
    """
    if isinstance(record, SavedFilter):
        return _with_values(record, ids)
    changed = {
        field: _replaced(getattr(record, field), ids, getattr(record, "id", ""))
        for field in _REFERRING.get(type(record), ())
    }
    return msgspec.structs.replace(record, **changed)


def _replaced(value: Any, ids: Mapping[str, str], itself: str) -> Any:
    if isinstance(value, tuple):
        found = (ids.get(one, one) for one in value)
        return tuple(dict.fromkeys(one for one in found if one != itself))
    if isinstance(value, msgspec.Struct):
        inner = {
            field: ids.get(getattr(value, field), getattr(value, field))
            for field in _OF_VALUE
            if hasattr(value, field)
        }
        return msgspec.structs.replace(value, **inner) if inner else value
    new = ids.get(value, value)
    return None if new == itself else new


def _with_values(record: R, ids: Mapping[str, str]) -> R:
    assert isinstance(record, SavedFilter)
    chips = tuple(
        msgspec.structs.replace(one, value=ids.get(one.value, one.value)) for one in record.chips
    )
    return msgspec.structs.replace(record, chips=chips)
