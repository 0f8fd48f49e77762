"""The data of a comparison: the groups of a subject and all claims about them, lined up."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from store.analysis.comparison import SlotLine, lined_up
from store.analysis.readings import DISPUTES
from store.analysis.relations import Wholes
from store.analysis.sourced_claim import Statement, happened_of, statements
from store.database.read_records import wholes_of
from store.queries.actor_acts import acts_of
from store.queries.claims import SubjectClaims, told_about
from store.queries.compare_groups import CompareGroup, groups_of
from store.queries.event_orders import (
    OutOfOrder,
    by_claim,
    found_out_of_order,
    others_of,
    pairs_about,
    pairs_among,
)
from store.queries.siblings import Sibling, siblings_of
from store.reader import Reader


class ComparisonData(NamedTuple):
    """The parts of a `store.queries.compare.Comparison`."""

    groups: Sequence[CompareGroup]
    telling: SubjectClaims
    lines: Sequence[SlotLine]
    left_off: int
    orders: Sequence[OutOfOrder]
    siblings: Sequence[Sibling]


def compared(connection: Reader, subject: str) -> ComparisonData:
    """All that is said about a subject and what belongs to it.

    Of the events in which an actor acts, only its acts and statements and what is at
    odds with them; of other events in an order with this one, only dates out of order.
    """
    about = groups_of(connection, subject)
    acts = acts_of(connection, about) if about[0].kind == "actor" else None
    pairs = pairs_about(connection, about) if about[0].kind == "event" else []
    groups = [*(acts.groups if acts else about), *others_of(connection, about, pairs)]
    telling = told_about(connection, [group.id for group in groups])
    found = statements(telling.told, happened_of(telling.told))
    wholes = _wholes(connection, found)
    lines = lined_up(found, wholes)
    orders = found_out_of_order(pairs, telling.told, lines)
    if len(groups) > len(about):
        themselves = {one.id for one in about}
        chosen = {one.claim for one in found if one.subject in themselves}
        chosen |= acts.claims if acts else by_claim(orders).keys()
        chosen |= _at_odds_with(chosen, lines) if acts else set()
        found = [one for one in found if one.claim in chosen]
        telling, lines = telling.only(chosen), lined_up(found, wholes)
    spoken = {one.subject for one in found}
    kept = [group for group in groups if group.id in spoken or group.id == subject]
    siblings = siblings_of(connection, subject) if about[0].kind == "event" else ()
    return ComparisonData(kept, telling, lines, acts.left_off if acts else 0, orders, siblings)


def _at_odds_with(chosen: Collection[str], lines: Iterable[SlotLine]) -> set[str]:
    """The claims in these lines that are at odds with the chosen ones."""
    return {
        other.claim
        for line in lines
        for voice in line.voices
        if voice.claim in chosen
        for other, read in line.against(voice)
        if read.reading in DISPUTES
    }


def compared_events(connection: Reader, groups: Sequence[CompareGroup]) -> ComparisonData:
    """All that is said about these events alone, and their dates that are out of order."""
    telling = told_about(connection, [group.id for group in groups])
    found = statements(telling.told, happened_of(telling.told))
    lines = lined_up(found, _wholes(connection, found))
    orders = found_out_of_order(pairs_among(connection, groups), telling.told, lines)
    return ComparisonData(groups, telling, lines, 0, orders, ())


def restated(connection: Reader, of: ComparisonData, chosen: Collection[str]) -> ComparisonData:
    """The same as if only these claims, by their ids, had been made."""
    telling = of.telling.only(chosen)
    found = statements(telling.told, happened_of(telling.told))
    spoken = {one.subject for one in found}
    return of._replace(
        groups=[group for group in of.groups if group.id in spoken],
        telling=telling,
        lines=lined_up(found, _wholes(connection, found)),
        orders=[
            one
            for one in of.orders
            if all(said.claim in chosen for said in (*one.dispute.one, *one.dispute.other))
        ],
        siblings=(),
    )


def _wholes(connection: Reader, found: Iterable[Statement]) -> Wholes:
    """The wholes of all that the values of statements name."""
    ids = {id_ for one in found for id_ in (one.code, getattr(one.value, "holder", ""))}
    return wholes_of(connection, ids)
