"""Dates out of order: pairs of dates that exclude the order that two events have."""

from collections.abc import Sequence
from typing import NamedTuple

from store.analysis.comparison import Dispute, SlotLine
from store.analysis.event_order import (
    EventDate,
    OrderedPair,
    OrderRule,
    in_words,
    is_entry,
    order_disputes,
)
from store.analysis.read_pair import PairReading
from store.analysis.sourced_claim import SourcedClaim, Statement
from store.database.order_rows import pairs_against, pairs_of
from store.model.vocabulary import Kind
from store.queries.compare_groups import CompareGroup, title_of
from store.reader import Reader

_KINDS = {
    OrderRule.PART: ("whole", "part"),
    OrderRule.ENTRY: ("entry", "capture"),
}
"""The kinds of the subject and of the other event of a pair."""


class OutOfOrder(NamedTuple):
    """Two dates of two events that exclude the order of the events."""

    pair: OrderedPair
    dispute: Dispute


def pairs_about(connection: Reader, groups: Sequence[CompareGroup]) -> list[OrderedPair]:
    """The pairs of the event at hand with others, and those among what belongs to it."""
    ids = {one.id for one in groups}
    here = groups[0].id
    within = [one for one in pairs_of(connection, ids) if one.other in ids or one.subject == here]
    return list(dict.fromkeys([*within, *pairs_against(connection, [here])]))


def pairs_among(connection: Reader, groups: Sequence[CompareGroup]) -> list[OrderedPair]:
    """The pairs among these events."""
    ids = {one.id for one in groups}
    return [one for one in pairs_of(connection, ids) if one.other in ids]


def others_of(
    connection: Reader, groups: Sequence[CompareGroup], pairs: Sequence[OrderedPair]
) -> list[CompareGroup]:
    """A group for each event of the pairs that has none yet."""
    ids = {one.id for one in groups}
    found: dict[str, CompareGroup] = {}
    for pair in pairs:
        for id_, kind in zip((pair.subject, pair.other), _KINDS[pair.rule], strict=True):
            if id_ not in ids and id_ not in found:
                found[id_] = CompareGroup(id_, title_of(connection, id_), kind)
    return list(found.values())


def found_out_of_order(
    pairs: Sequence[OrderedPair], told: Sequence[SourcedClaim], lines: Sequence[SlotLine]
) -> list[OutOfOrder]:
    """The dates out of order among the voices of these lines."""
    dates: dict[str, list[Statement]] = {}
    for line in lines:
        for voice in line.voices if line.slot.kind is Kind.DATE else ():
            dates.setdefault(voice.subject, []).append(voice)
    about: dict[str, list[SourcedClaim]] = {}
    for one in told:
        about.setdefault(one.claim.subject, []).append(one)
    return [
        OutOfOrder(pair, dispute)
        for pair in pairs
        if pair.rule is not OrderRule.ENTRY or is_entry(about.get(pair.subject, ()))
        for dispute in order_disputes(
            pair.rule, dates.get(pair.subject, ()), dates.get(pair.other, ())
        )
    ]


class OrderConflict(NamedTuple):
    """A date of another event and the reading of a statement against it; `pair` has the events."""

    other: Statement
    read: PairReading
    pair: OrderedPair


def by_claim(orders: Sequence[OutOfOrder]) -> dict[str, list[OrderConflict]]:
    """The dates that each claim is out of order with, from both sides, by the claim's id."""
    found: dict[str, list[OrderConflict]] = {}
    for pair, dispute in orders:
        for a in dispute.one:
            for b in dispute.other:
                found.setdefault(a.claim, []).append(OrderConflict(b, dispute.read, pair))
                found.setdefault(b.claim, []).append(OrderConflict(a, dispute.read, pair))
    return found


def order_words(pair: OrderedPair, one: EventDate, other: EventDate, *, turned: bool) -> str:
    """Two dates out of order in words; `turned` says that `one` is the part or the capture."""
    subject, against = (other, one) if turned else (one, other)
    return in_words(pair.rule, subject, against)
