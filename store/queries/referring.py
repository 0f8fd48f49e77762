"""The records that refer to an actor, a place, a source or an event: what its merge moves."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from store.database.read_records import IN_JSON_LIST, numbered, record
from store.database.record_lookup import find_record
from store.errors import UnknownRecord
from store.model.judgements import AnyJudgement, SavedFilter
from store.model.records import Actor, AnyRecord, Claim, Entity, Event, Place, Source
from store.model.references import references
from store.queries.dependents import counts_of, said_of
from store.queries.membership import wholes_of
from store.reader import Reader

ENTITY_TABLES = ("actors", "places", "sources", "events")
"""The tables of the records that can be merged and split."""

_NAMING = {
    "actors": ("actors", "sources", "claims"),
    "places": ("places", "claims"),
    "sources": ("articles", "claims"),
    "events": ("events", "claims"),
}
"""The tables that may refer to a record of a table, beside those of judgements."""


class Referring(NamedTuple):
    """An entity with all records that refer to it, each with its table.

    `beside` are all claims by the passages of its claims, and `said` the judgements on these.
    """

    entity: Entity
    records: tuple[tuple[str, AnyRecord], ...]
    beside: tuple[Claim, ...]
    said: tuple[AnyJudgement, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that refer to it."""
        return tuple(one for _, one in self.records if isinstance(one, Claim))

    @property
    def judgements(self) -> tuple[AnyJudgement, ...]:
        """The judgements on it."""
        return tuple(one for _, one in self.records if isinstance(one, AnyJudgement))

    @property
    def counts(self) -> str:
        """The number of records of each kind: `12 claims, 1 source and 2 notes`."""
        return counts_of(self.records)


def entity(connection: Reader, id: str) -> Entity:
    """The actor, place, source or event with an id. Raises `UnknownRecord`."""
    found = find_record(connection, id)
    one = record(connection, found[0], id) if found else None
    if not isinstance(one, Actor | Place | Source | Event):
        raise UnknownRecord(f"{id} is no actor, place, source or event", "it may be gone")
    return one


def referring(connection: Reader, id: str) -> Referring:
    """An entity with all that refers to it. Raises `UnknownRecord` where there is none."""
    one = entity(connection, id)
    table = find_record(connection, id)
    assert table is not None
    found = [
        (naming, other)
        for naming in _NAMING[table[0]]
        for other in _naming(connection, naming, id)
        if other.id != id
    ]
    found += said_of(connection, [id])
    found += [
        ("filters", other)
        for other in _naming(connection, "filters", id)
        if isinstance(other, SavedFilter) and any(chip.value == id for chip in other.chips)
    ]
    claims = [one for of, one in found if of == "claims"]
    beside = tuple(
        claim
        for _, claim in numbered(
            connection,
            "claims",
            f"passage IN (SELECT passage FROM claims WHERE id {IN_JSON_LIST})",
            _listed(one.id for one in claims),
        )
        if isinstance(claim, Claim)
    )
    said = tuple(
        judgement
        for _, judgement in said_of(connection, [claim.id for claim in beside])
        if isinstance(judgement, AnyJudgement)
    )
    return Referring(one, tuple(found), beside, said)


def _naming(connection: Reader, table: str, id: str) -> Iterator[AnyRecord]:
    """The records of a table that refer to an id; of saved filters those that hold it."""
    quoted = msgspec.json.encode(id).decode()
    for _, one in numbered(connection, table, "instr(body, ?)", quoted):
        if isinstance(one, SavedFilter) or any(to == id for _, to, _ in references(one)):
            yield one


def whole_way(connection: Reader, one: Entity, to: frozenset[str]) -> tuple[str, ...]:
    """The ids from a part up to one of those `to`, empty where it is a part of none of them."""
    ways: list[tuple[str, ...]] = [(id,) for id in _wholes(one)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] in to:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, id) for id in _wholes(entity(connection, way[-1]))]
    return ()


def _wholes(one: Entity) -> Iterable[str]:
    if isinstance(one, Event):
        return filter(None, (one.part_of,))
    return wholes_of(one)


def _listed(ids: Iterable[str]) -> str:
    return msgspec.json.encode(list(ids)).decode()
