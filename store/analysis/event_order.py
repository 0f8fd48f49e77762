"""A check that the dates of two events allow the order in which they must have happened.

A part is not before its whole began, nor after it ended; an entry is not
after the capture of the same place by the same side. Two dates are out of order
only if no days that they allow fit the order: an open end and an unknown date
exclude nothing.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from store.analysis.comparison import Dispute
from store.analysis.read_pair import PairReading, doubt_of, voices_of
from store.analysis.readings import Reading, Voices
from store.analysis.relations import Relation, days_earlier
from store.analysis.sourced_claim import Slot, SourcedClaim, Statement, statements
from store.model.dates import bounds
from store.model.records import Event
from store.model.values import When
from store.model.vocabulary import GIVES, DateBasis, EventType, Kind


class OrderRule(StrEnum):
    """The fact from which the order of two events follows."""

    PART = "part"
    ENTRY = "entry"


COURSES = frozenset(
    (
        *(EventType.OFFENSIVE, EventType.ADVANCE, EventType.CLASH, EventType.AIR_STRIKE),
        *(EventType.SHELLING, EventType.PROTEST, EventType.REPRESSION),
        *(EventType.REINFORCEMENT, EventType.DISPLACEMENT),
    )
)
"""The types of event that last, and are dated from the day on which they begin.

An event that is dated by its end, such as a capture, has parts before that date.
"""

MOVES = frozenset((EventType.ADVANCE, EventType.CAPTURE))
"""The types of the events of which one can be the entry into a place that the other takes."""


def is_move(event: Event) -> bool:
    """True if an event can be an entry, or the capture, of which it must not be later."""
    return event.type in MOVES and event.row is None and not event.planned


NEAR = 30
"""Days within which an entry and a capture are of one course of events."""


class OrderedPair(NamedTuple):
    """Two events with an order: `subject` is the whole or the entry, `other` a part or the capture.

    Dates that are out of order count for the subject.
    """

    rule: OrderRule
    subject: str
    other: str


class EventDate(NamedTuple):
    """An event with one of its dates, also in words."""

    title: str
    date: str
    edtf: str


_ENTERS = re.compile(r"\b(?:enter\w*|entry|entries|storm(?:s|ed))\b", re.IGNORECASE)


def is_entry(told: Iterable[SourcedClaim]) -> bool:
    """True if the passages about an advance say that it was an entry."""
    return any(_ENTERS.search(one.passage.exact) for one in told)


def order_disputes(
    rule: OrderRule, subject: Iterable[Statement], other: Iterable[Statement]
) -> list[Dispute]:
    """The pairs of dates of two events that cannot both be true; `one` is that of the subject."""
    others = list(filter(_dates, other))
    found: dict[tuple[str, str, Reading], tuple[PairReading, list[Statement], list[Statement]]] = {}
    for a in filter(_dates, subject):
        for b in others:
            if not out_of_order(rule, _when(a), _when(b)):
                continue
            read = _read(a, b)
            key = _when(a).edtf, _when(b).edtf, read.reading
            _, one, against = found.setdefault(key, (read, [], []))
            one.extend([a] * (a not in one))
            against.extend([b] * (b not in against))
    return [
        Dispute(_WHEN, read, tuple(one), tuple(against)) for read, one, against in found.values()
    ]


def told_out_of_order(
    pair: OrderedPair, subject: Sequence[SourcedClaim], other: Sequence[SourcedClaim]
) -> list[Dispute]:
    """The disputes of `order_disputes`, from all claims about the two events."""
    if pair.rule is OrderRule.ENTRY and not is_entry(subject):
        return []
    return order_disputes(
        pair.rule, *(statements(filter(_is_date, told)) for told in (subject, other))
    )


def out_of_order(rule: OrderRule, subject: When, other: When) -> bool:
    """True if a known date of the subject excludes one of the other event."""
    if days_earlier(other.edtf, subject.edtf):
        return rule is OrderRule.PART or not _far(other.edtf, subject.edtf)
    if rule is OrderRule.ENTRY:
        return False
    return _tells_its_end(subject) and days_earlier(subject.edtf, other.edtf) is True


def _tells_its_end(date: When) -> bool:
    """True if a date says when a course of events ended.

    "Last week" is an interval, too, but only of days on one of which it began.
    """
    _, interval, end = date.edtf.partition("/")
    return bool(interval) and end not in ("", "..") and date.basis in _SAID


_SAID = (DateBasis.STATED, DateBasis.YEAR_ASSUMED)


def in_words(rule: OrderRule, subject: EventDate, other: EventDate) -> str:
    """A sentence that says which dates are out of order."""
    its, others = (f"{one.title}, {one.date}" for one in (subject, other))
    if rule is OrderRule.ENTRY:
        return f"These dates put the entry after the capture: {its}; {others}"
    if days_earlier(other.edtf, subject.edtf):
        return f"These dates put a sub-event before the start of its event: {others}; {its}"
    return f"These dates put a sub-event after the end of its event: {others}; {its}"


_WHEN = Slot(Kind.DATE, "")


def _is_date(told: SourcedClaim) -> bool:
    return told.claim.kind is Kind.DATE


def _dates(one: Statement) -> bool:
    return (
        one.slot.kind is Kind.DATE
        and one.stance in GIVES
        and not one.aggregate
        and not one.compiled
        and bool(_when(one).edtf)
    )


def _when(one: Statement) -> When:
    assert isinstance(one.value, When)
    return one.value


_READINGS = {
    Voices.ONE_TEXT: Reading.ITSELF,
    Voices.ONE_ORIGIN: Reading.DIFFERS,
    Voices.ONE_PARTY: Reading.ONE_PARTY,
    Voices.TWO_ORIGINS: Reading.ORDER,
    Voices.UNKNOWN_ORIGIN: Reading.ORDER,
}


def _read(a: Statement, b: Statement) -> PairReading:
    voices = voices_of(a, b)
    reading = _READINGS[voices]
    doubt = doubt_of(a, b) if reading is Reading.ORDER else None
    if doubt is not None:
        reading = Reading.PERHAPS_CONTRADICTS
    return PairReading(reading, Relation.DISJOINT, voices, doubt=doubt)


def _far(earlier: str, later: str) -> bool:
    """True if more than `NEAR` days lie between two dates."""
    first, last = bounds(earlier).latest, bounds(later).earliest
    assert first is not None
    assert last is not None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days > NEAR
