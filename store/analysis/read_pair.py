"""The reading of two values, from their relation, who says them and when: the third step.

The first step, which tests whether two claims can be compared at all, is here, too.
"""

from typing import NamedTuple

from store.analysis.compare_values import related
from store.analysis.publication_order import DAY, REVERSED, Order, order_of
from store.analysis.readings import (
    ACROSS_PARTS,
    DISPUTES,
    FAR,
    READINGS,
    STALE,
    Doubt,
    NotComparable,
    Reading,
    Voices,
)
from store.analysis.relations import BESIDE, Related, Relation, Wholes, days_earlier, days_related
from store.analysis.scopes import Scopes, scopes_related
from store.analysis.sourced_claim import UNKNOWN, Statement
from store.analysis.tolls import (
    before_the_end,
    bombers_may_differ,
    hardly_one_incident,
    only_a_word,
    perhaps_before_it_rose,
    perhaps_later,
    perhaps_rounded,
    whole_is_compared,
)
from store.model.values import COUNT_KINDS, TOLLS, Control, When
from store.model.vocabulary import DateBasis, Kind, Stance


class PairReading(NamedTuple):
    """The reading of two claims, and its grounds.

    `first` is true, where it matters, if the first of the two is stale or superseded,
    is the finer one, says more, or is the later one that grew. `order` is, where it
    matters, that of the first to the second: by the times at which they were true
    if `by_as_of`, else by publication. It is `assumed` if the higher of two figures
    of one day is taken for the later.
    """

    reading: Reading
    relation: Relation
    voices: Voices
    order: Order = Order.UNKNOWN
    by_as_of: bool = False
    first: bool = False
    times: float = 0
    why: NotComparable | None = None
    doubt: Doubt | None = None
    assumed: bool = False

    def reversed(self) -> "PairReading":
        """The same reading, with the two claims swapped."""
        return self._replace(order=REVERSED[self.order], first=self._is_directed and not self.first)

    @property
    def _is_directed(self) -> bool:
        return self.reading in _DIRECTED or self.relation is Relation.DEGREE


_DIRECTED = (*STALE, Reading.REFINES, Reading.SUPERSEDED, Reading.GROWN)


def comparable(a: Statement, b: Statement, wholes: Wholes) -> NotComparable | None:
    """The first step: why two claims cannot be compared; None if they can.

    What two origins say about how two parts of one event went can be compared:
    one of the two may be wrong about both. The count of a data set is not a
    voice among the reports from which it is made.
    """
    if a.subject != b.subject and not _parts(a, b):
        return NotComparable.SUBJECT
    if a.slot != b.slot:
        return NotComparable.SLOT
    if a.aggregate or b.aggregate:
        return NotComparable.AGGREGATE
    if a.compiled is not b.compiled and a.slot.kind in COUNT_KINDS:
        return NotComparable.COMPILED
    if a.compiled and b.compiled and a.article == b.article and a.slot.kind in TOLLS:
        return NotComparable.SCOPES
    if a.slot.kind in TOLLS and not _same_people(a, b):
        return NotComparable.SCOPES
    if a.slot.kind is Kind.DATE:
        return None if a.code and b.code else NotComparable.VALUE_UNKNOWN
    if a.slot.kind is Kind.DISTANCE and related(a, b, wholes).relation is Relation.DISJOINT:
        return _at_one_time(a, b)
    return _in_time(a, b, wholes) if a.slot.kind is Kind.CONTROL else None


def _same_people(a: Statement, b: Statement) -> bool:
    """True if two tolls count the same people, some of the same, or as many of others."""
    scopes = scopes_related(a.scope, b.scope)
    if scopes is Scopes.DISJOINT:
        return related(a, b, {}).relation is Relation.PEOPLE
    return scopes is not Scopes.UNKNOWN


def _parts(a: Statement, b: Statement) -> bool:
    """True if two origins give different values for parts of one event, or for it and a part."""
    if a.slot.kind not in ACROSS_PARTS or a.code == b.code:
        return False
    if voices_of(a, b) in (Voices.ONE_TEXT, Voices.ONE_ORIGIN):
        return False
    return a.whole == b.whole != "" or a.whole == b.subject or b.whole == a.subject


def _in_time(a: Statement, b: Statement, wholes: Wholes) -> NotComparable | None:
    """The reason why two holders cannot be compared, if not stated to be of one time; else None."""
    assert isinstance(a.value, Control)
    assert isinstance(b.value, Control)
    one, other = a.value.holder, b.value.holder
    if one == other or other in wholes.get(one, ()) or one in wholes.get(other, ()):
        return None
    return _at_one_time(a, b)


def _at_one_time(a: Statement, b: Statement) -> NotComparable | None:
    if not a.as_of or not b.as_of:
        return NotComparable.TIME_UNKNOWN
    return NotComparable.TIMES if _apart(a.as_of, b.as_of) else None


def _apart(one: str, other: str) -> bool:
    return days_related(one, other).relation is Relation.DISJOINT


def voices_of(a: Statement, b: Statement) -> Voices:
    """The relation of two origins. One that is not known is equal to none of another text."""
    if a.origin == b.origin:
        return Voices.ONE_TEXT if a.text == b.text else Voices.ONE_ORIGIN
    if a.speaker.party and a.speaker.party == b.speaker.party:
        return Voices.ONE_PARTY
    unknown = a.origin.startswith(UNKNOWN) or b.origin.startswith(UNKNOWN)
    return Voices.UNKNOWN_ORIGIN if unknown else Voices.TWO_ORIGINS


def read(a: Statement, b: Statement, wholes: Wholes) -> PairReading:
    """The reading of two claims: all three steps."""
    voices = voices_of(a, b)
    why = comparable(a, b, wholes)
    if why is not None:
        return PairReading(Reading.INCOMPARABLE, Relation.BESIDE, voices, why=why)
    return read_values(a, b, related(a, b, wholes), voices)


def read_values(a: Statement, b: Statement, values: Related, voices: Voices) -> PairReading:
    """The third step: the reading that follows from the relation of two comparable values."""
    if a.slot.kind in TOLLS and values.relation in _EXCEEDS and whole_is_compared(a, b):
        values = BESIDE
    relation = values.relation
    if relation is Relation.BEHIND and voices is not Voices.ONE_TEXT:
        return _behind(a, b, values, voices)
    reading = _weaker(READINGS[voices][relation], a, b, values)
    if relation is Relation.BEHIND:  # one text reports two states: neither is stale
        order = order_of(a.published, a.zone_stated, b.published, b.zone_stated)
        return PairReading(reading, relation, voices, order, times=values.times)
    if (a.superseded_by or b.superseded_by) and (
        reading in _SUPERSEDABLE or (relation is Relation.OPEN and voices is Voices.ONE_ORIGIN)
    ):
        first = _is_the_replaced(a, b)
        assumed = (a if first else b).order_assumed
        if relation is Relation.GREW:
            relation = Relation.DISJOINT  # a replaced figure grows into no other origin's
        return PairReading(
            *(Reading.SUPERSEDED, relation, voices),
            first=first,
            times=values.times,
            assumed=assumed,
        )
    if relation is Relation.GREW:
        order = Order.AFTER if values.first else Order.BEFORE
        by_as_of = bool(a.as_of and b.as_of)
        return PairReading(reading, relation, voices, order, by_as_of, values.first, values.times)
    doubt = doubt_of(a, b) if reading is Reading.PERHAPS_CONTRADICTS else None
    return PairReading(
        reading, relation, voices, first=values.first, times=values.times, doubt=doubt
    )


_EXCEEDS = (Relation.DISJOINT, Relation.GREW, Relation.INCIDENT, Relation.LATE)
"""The relations of a part to a whole that it exceeds."""


def _is_the_replaced(a: Statement, b: Statement) -> bool:
    """True if the first was replaced, or, if both were, is of the earlier time."""
    if a.superseded_by and b.superseded_by:
        if a.published != b.published:
            return a.published < b.published
        return _age(a) < _age(b)
    return bool(a.superseded_by)


def _age(one: Statement) -> tuple[str, ...]:
    """An arbitrary but stable sort key for claims of one time."""
    said = one.code, one.scope, one.stance.value, one.as_of
    return *said, one.article, one.origin, one.claim


_SUPERSEDABLE = frozenset(DISPUTES) - {*STALE, Reading.ITSELF, Reading.PARTLY}
"""The readings that a claim no longer gets once its origin has replaced it."""


def _weaker(reading: Reading, a: Statement, b: Statement, values: Related) -> Reading:
    """The weaker reading if one end is open, one is hedged, or one origin may be anybody."""
    if reading is Reading.COMPATIBLE and values.relation is Relation.OPEN and values.times > FAR:
        return Reading.FAR_APART
    if reading is not Reading.CONTRADICTS:
        return reading
    return Reading.PERHAPS_CONTRADICTS if doubt_of(a, b) is not None else reading


def doubt_of(a: Statement, b: Statement) -> Doubt | None:
    """The reason why two claims only perhaps contradict; None if there is none."""
    denied = Stance.DENIES in (a.stance, b.stance)
    if Stance.HEDGES in (a.stance, b.stance):
        return Doubt.HEDGED
    if not denied and (by_convention(a) or by_convention(b)):
        return Doubt.CONVENTION
    if a.slot.kind not in COUNT_KINDS:
        return None
    if a.speaker.vague or b.speaker.vague:
        return Doubt.ANYBODY
    if only_a_word(a, b) and not denied:
        return Doubt.WORD
    return _doubt_of_toll(a, b) if a.slot.kind in TOLLS else None


def _doubt_of_toll(a: Statement, b: Statement) -> Doubt | None:
    if hardly_one_incident(a, b):
        return Doubt.INCIDENT
    if Stance.DENIES not in (a.stance, b.stance):
        if perhaps_later(a, b):
            return Doubt.UNDATED
        if perhaps_before_it_rose(a, b):
            return Doubt.RAISED
        if before_the_end(a, b):
            return Doubt.DAYS
        if perhaps_rounded(a, b):
            return Doubt.ROUNDED
    return Doubt.BOMBERS if bombers_may_differ(a, b) else None


def by_convention(one: Statement) -> bool:
    """True if a date follows from its words only by a convention, such as "the weekend"."""
    return isinstance(one.value, When) and one.value.basis is DateBasis.CONVENTION


def _behind(a: Statement, b: Statement, values: Related, voices: Voices) -> PairReading:
    """The reading of two states; the earlier one is stale if it is reported for a later time."""
    order, by_as_of = _order_in_time(a, b)
    behind = order if values.first else REVERSED[order]
    if behind is Order.AFTER:
        bound = a.slot.kind is Kind.DISTANCE  # within 10 km may be within 3 km, too
        reading, first = (Reading.PERHAPS_STALE if bound else Reading.STALE), values.first
    elif behind is Order.PERHAPS_AFTER:
        reading, first = Reading.PERHAPS_STALE, values.first
    elif voices is Voices.ONE_ORIGIN and not by_as_of and order is not Order.UNKNOWN:
        reading, first = Reading.SUPERSEDED, values.first
    else:
        reading, first = Reading.COMPATIBLE, False
    return PairReading(reading, Relation.BEHIND, voices, order, by_as_of, first)


def _order_in_time(a: Statement, b: Statement) -> tuple[Order, bool]:
    """The order in which two were true, and whether an as-of time says so, not publication.

    A claim without an as-of time counts for the day of its publication.
    """
    if a.as_of or b.as_of:
        earlier = _true_earlier(a, b)
        if earlier is not None:
            return Order.BEFORE if earlier else Order.AFTER, True
        if not (a.as_of and b.as_of):
            return Order.UNKNOWN, True
    return order_of(a.published, a.zone_stated, b.published, b.zone_stated), False


def _true_earlier(a: Statement, b: Statement) -> bool | None:
    """True if the first was true earlier, by as-of time, else publication; None if not certain."""
    one, other = (x.as_of or x.published[:DAY] for x in (a, b))
    return days_earlier(one, other) if one and other else None


def known_in_time(a: Statement, b: Statement) -> bool:
    """True if it is known which of two was true first, whenever they were published."""
    return bool(a.as_of and b.as_of) and _true_earlier(a, b) is not None
