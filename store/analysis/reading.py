"""What it means that two values compare as they do, given who says them and when: the third step.

The first step is here, too: whether two claims can be compared at all.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from store.analysis.comparing import related
from store.analysis.moments import DAY, REVERSED, Order, order_of
from store.analysis.relation import Related, Relation, Wholes, days_earlier, days_related
from store.analysis.scopes import Scopes, scopes_related
from store.analysis.statement import UNKNOWN, Statement, code_of
from store.model.values import COUNTED, TOLLS, Control
from store.model.vocabulary import Kind, Stance


class Reading(StrEnum):
    """What two claims are to each other, the most urgent first."""

    CONTRADICTS = "contradicts"
    PERHAPS_CONTRADICTS = "perhaps contradicts"
    STALE = "stale"
    PERHAPS_STALE = "perhaps stale"
    ONE_PARTY = "one party, two voices"
    ITSELF = "at odds with itself"
    PEOPLE_DIFFER = "who the dead were differs"
    DIFFERS = "differs"
    PARTLY = "partly"
    GROWN = "grown"
    FAR_APART = "far apart"
    ANOTHER_EVENT = "perhaps another event"
    SUPERSEDED = "superseded"
    REFINES = "refines"
    COMPATIBLE = "compatible"
    AGREES = "agrees"
    REPEAT = "repeat"
    INCOMPARABLE = "incomparable"


GLYPHS: Mapping[Reading, str] = {
    Reading.CONTRADICTS: "≠",
    Reading.PERHAPS_CONTRADICTS: "≟",
    Reading.STALE: "◁",
    Reading.PERHAPS_STALE: "◁",
    Reading.ONE_PARTY: "∥",
    Reading.ITSELF: "↺",
    Reading.PEOPLE_DIFFER: "≇",
    Reading.DIFFERS: "≁",
    Reading.PARTLY: "≃",
    Reading.GROWN: "↗",
    Reading.FAR_APART: "≪",
    Reading.ANOTHER_EVENT: "∤",
    Reading.SUPERSEDED: "↑",
    Reading.REFINES: "⊂",
    Reading.COMPATIBLE: "≈",
    Reading.AGREES: "=",
    Reading.REPEAT: "″",
    Reading.INCOMPARABLE: "·",
}
"""Every reading has its glyph; its word stands beside it."""

CONVERSE: Mapping[Reading, tuple[str, str]] = {
    Reading.STALE: ("▷", "overtakes"),
    Reading.PERHAPS_STALE: ("▷", "perhaps overtakes"),
    Reading.SUPERSEDED: ("↓", "against a superseded claim"),
    Reading.REFINES: ("⊃", "refined"),
}
"""Glyph and word for the other one of the two, where the reading speaks of one of them."""


def in_words(reading: Reading, *, itself: bool) -> tuple[str, str]:
    """Glyph and word for one of two claims; `itself` says that the reading speaks of this one."""
    if itself or reading not in CONVERSE:
        return GLYPHS[reading], reading.value
    return CONVERSE[reading]


MEANINGS: Mapping[Reading, str] = {
    Reading.CONTRADICTS: "both cannot be true, and different origins say so",
    Reading.PERHAPS_CONTRADICTS: "as contradicts, but one is hedged or has an origin that may be"
    " anybody",
    Reading.STALE: "told later than a further state of the same holder, but true earlier",
    Reading.PERHAPS_STALE: "as stale, if the time zones are as assumed",
    Reading.ONE_PARTY: "both cannot be true, and two who speak for one party say so",
    Reading.ITSELF: "both cannot be true, and one text says both",
    Reading.PEOPLE_DIFFER: "the same toll, of people who cannot be the same",
    Reading.DIFFERS: "not the same, and only a person can say whether both can be true",
    Reading.PARTLY: "they name some in common, and each or one names others besides",
    Reading.GROWN: "a higher toll of a later day within a week: it may have grown",
    Reading.FAR_APART: "both can be true, as one end is open, but one is more than twice the other",
    Reading.ANOTHER_EVENT: "the figures differ, and the words tell of different incidents",
    Reading.SUPERSEDED: "its origin replaced it by another figure or word: it is no voice any more",
    Reading.REFINES: "the same, more exactly",
    Reading.COMPATIBLE: "both can be true",
    Reading.AGREES: "the same, from another origin",
    Reading.REPEAT: "the same, from the same origin: it adds nothing",
    Reading.INCOMPARABLE: "they do not speak of the same",
}
"""What each reading means, for the help and the documents."""

RANK: Mapping[Reading, int] = {reading: rank for rank, reading in enumerate(Reading)}
"""The readings by how much they ask for a person, the most urgent 0."""

STALE = (Reading.STALE, Reading.PERHAPS_STALE)

WEAKER = (Reading.GROWN, Reading.FAR_APART, Reading.ANOTHER_EVENT)
"""Figures that are apart, for which there is an explanation that a person may look at."""

DISPUTES = tuple(one for one in Reading if RANK[one] < RANK[Reading.SUPERSEDED])
"""The readings that a person should look at."""

SHOWN = (*DISPUTES, Reading.SUPERSEDED)
"""The disputes, and those that a replaced claim would be in if it stood."""

FAR = 2.0
"""From above how many times one number is the other they are far apart, though one is open."""


ACROSS_PARTS = frozenset((Kind.MANNER,))
"""The kinds of claim that are compared between the parts of one event, too."""


class Why(StrEnum):
    """Why two claims cannot be compared."""

    SUBJECT = "they speak of different events, actors or places"
    SLOT = "they speak of different things"
    AGGREGATE = "one counts several events together"
    COMPILED = "one is the count of a data set, which is made from such reports"
    VALUE_UNKNOWN = "the value of one is not known"
    SCOPES = "they count different people, or it is not known whether the same"
    TIMES = "they tell of different times"
    TIME_UNKNOWN = "it is not said when one of them was so"


class Voices(StrEnum):
    """How those who say two things are to each other."""

    ONE_TEXT = "one text"
    ONE_ROOT = "one origin"
    ONE_PARTY = "one party"
    TWO_ROOTS = "two origins"
    UNKNOWN_ROOT = "an origin that is not known"


class Read(NamedTuple):
    """How two claims stand to each other, and by what.

    `first` says, where it matters, that it is the first of the two that is
    stale or superseded, is the finer one, or is the later one that grew.
    `order` is, where it matters, that of the first to the second, by the times at
    which they were true where `by_as_of` says so, else by publication; it is `assumed` where the
    higher of two figures of one day is taken for the later.
    """

    reading: Reading
    relation: Relation
    voices: Voices
    order: Order = Order.UNKNOWN
    by_as_of: bool = False
    first: bool = False
    times: float = 0
    why: Why | None = None
    assumed: bool = False

    def reversed(self) -> "Read":
        """The same, named the other way round."""
        return self._replace(order=REVERSED[self.order], first=self._is_directed and not self.first)

    @property
    def _is_directed(self) -> bool:
        return self.reading in _DIRECTED


_DIRECTED = (*STALE, Reading.REFINES, Reading.SUPERSEDED, Reading.GROWN)


def comparable(a: Statement, b: Statement, wholes: Wholes) -> Why | None:
    """The first step: why two claims cannot be compared; None if they can.

    What two roots say of how two parts of one event went can be set side by
    side: one of the two may be wrong about both. The count of a data set is no
    voice among the reports that it is made from.
    """
    if a.subject != b.subject and not _parts(a, b):
        return Why.SUBJECT
    if a.slot != b.slot:
        return Why.SLOT
    if a.aggregate or b.aggregate:
        return Why.AGGREGATE
    if a.compiled is not b.compiled and a.slot.kind in COUNTED:
        return Why.COMPILED
    if a.slot.kind in TOLLS and not _same_people(a, b):
        return Why.SCOPES
    if a.slot.kind is Kind.DATE:
        return None if code_of(a.value) and code_of(b.value) else Why.VALUE_UNKNOWN
    return _in_time(a, b, wholes) if a.slot.kind is Kind.CONTROL else None


def _same_people(a: Statement, b: Statement) -> bool:
    """Whether two tolls count the same people, some of the same, or as many of others."""
    scopes = scopes_related(a.scope, b.scope)
    if scopes is Scopes.DISJOINT:
        return related(a, b, {}).relation is Relation.PEOPLE
    return scopes is not Scopes.UNKNOWN


def _parts(a: Statement, b: Statement) -> bool:
    """Whether two roots tell of parts of one event, or of it and a part, in values that differ."""
    if a.slot.kind not in ACROSS_PARTS or code_of(a.value) == code_of(b.value):
        return False
    if voices_of(a, b) in (Voices.ONE_TEXT, Voices.ONE_ROOT):
        return False
    return a.whole == b.whole != "" or a.whole == b.subject or b.whole == a.subject


def _in_time(a: Statement, b: Statement, wholes: Wholes) -> Why | None:
    """Two holders can only be compared if both are said to hold the place at one time."""
    assert isinstance(a.value, Control)
    assert isinstance(b.value, Control)
    one, other = a.value.holder, b.value.holder
    if one == other or other in wholes.get(one, ()) or one in wholes.get(other, ()):
        return None
    if not a.as_of or not b.as_of:
        return Why.TIME_UNKNOWN
    return Why.TIMES if _apart(a.as_of, b.as_of) else None


def _apart(one: str, other: str) -> bool:
    return days_related(one, other).relation is Relation.DISJOINT


def voices_of(a: Statement, b: Statement) -> Voices:
    """Whether one or two say so. A root that is not known is equal to none of another text."""
    if a.root == b.root:
        return Voices.ONE_TEXT if a.copy == b.copy else Voices.ONE_ROOT
    if a.speaker.party and a.speaker.party == b.speaker.party:
        return Voices.ONE_PARTY
    unknown = a.root.startswith(UNKNOWN) or b.root.startswith(UNKNOWN)
    return Voices.UNKNOWN_ROOT if unknown else Voices.TWO_ROOTS


_OTHER_ROOT = {
    Relation.EQUAL: Reading.AGREES,
    Relation.INSIDE: Reading.REFINES,
    Relation.OVERLAPPING: Reading.COMPATIBLE,
    Relation.OPEN: Reading.COMPATIBLE,
    Relation.BESIDE: Reading.COMPATIBLE,
    Relation.PARTLY: Reading.PARTLY,
    Relation.PEOPLE: Reading.PEOPLE_DIFFER,
    Relation.INCIDENT: Reading.ANOTHER_EVENT,
    Relation.GREW: Reading.GROWN,
    Relation.BEHIND: Reading.COMPATIBLE,
    Relation.DISJOINT: Reading.CONTRADICTS,
    Relation.ANOTHER: Reading.DIFFERS,
    Relation.DOUBTED: Reading.DIFFERS,
    Relation.HEARSAY: Reading.DIFFERS,
    Relation.DENIED: Reading.CONTRADICTS,
}
_ONE_PARTY = _OTHER_ROOT | {
    Relation.EQUAL: Reading.REPEAT,
    Relation.DISJOINT: Reading.ONE_PARTY,
    Relation.ANOTHER: Reading.ONE_PARTY,
    Relation.DENIED: Reading.ONE_PARTY,
}
_ONE_ROOT = _OTHER_ROOT | {
    Relation.EQUAL: Reading.REPEAT,
    Relation.DISJOINT: Reading.DIFFERS,
    Relation.DENIED: Reading.DIFFERS,
}
_ONE_TEXT = dict.fromkeys(Relation, Reading.COMPATIBLE) | {
    Relation.EQUAL: Reading.REPEAT,
    Relation.INSIDE: Reading.REFINES,
    Relation.DISJOINT: Reading.ITSELF,
    Relation.ANOTHER: Reading.ITSELF,
    Relation.DOUBTED: Reading.DIFFERS,
    Relation.HEARSAY: Reading.DIFFERS,
    Relation.DENIED: Reading.ITSELF,
}
READINGS: Mapping[Voices, Mapping[Relation, Reading]] = {
    Voices.ONE_TEXT: _ONE_TEXT,
    Voices.ONE_ROOT: _ONE_ROOT,
    Voices.ONE_PARTY: _ONE_PARTY,
    Voices.TWO_ROOTS: _OTHER_ROOT,
    Voices.UNKNOWN_ROOT: _OTHER_ROOT,
}
"""What a relation means, by who says so; an earlier state told later is stale besides."""


MOST_URGENT: Mapping[Relation, int] = {
    relation: RANK[Reading.STALE]
    if relation.depends_on_time
    else RANK[Reading.FAR_APART]
    if relation is Relation.OPEN
    else min(RANK[readings[relation]] for readings in READINGS.values())
    for relation in Relation
}
"""The rank of the most urgent reading that a relation can come to."""

MOST_URGENT_OF: Mapping[Stance, int] = {
    Stance.ASSERTS: 0,
    Stance.HEDGES: RANK[Reading.PERHAPS_CONTRADICTS],
    Stance.DOUBTS: MOST_URGENT[Relation.DOUBTED],
    Stance.DENIES: MOST_URGENT[Relation.DENIED],
}
"""The rank of the most urgent reading that a claim of a stance can come to."""


def read(a: Statement, b: Statement, wholes: Wholes) -> Read:
    """How two claims stand to each other: all three steps."""
    voices = voices_of(a, b)
    why = comparable(a, b, wholes)
    if why is not None:
        return Read(Reading.INCOMPARABLE, Relation.BESIDE, voices, why=why)
    return read_values(a, b, related(a, b, wholes), voices)


def read_values(a: Statement, b: Statement, values: Related, voices: Voices) -> Read:
    """The third step: what the relation of two comparable values means."""
    relation = values.relation
    if relation is Relation.BEHIND and voices is not Voices.ONE_TEXT:
        return _behind(a, b, values, voices)
    reading = _weaker(READINGS[voices][relation], a, b, values)
    if relation is Relation.BEHIND:  # one text tells of two states: neither is stale
        order = order_of(a.published, a.zone_stated, b.published, b.zone_stated)
        return Read(reading, relation, voices, order, times=values.times)
    if (a.superseded_by or b.superseded_by) and (
        reading in _SUPERSEDABLE or (relation is Relation.OPEN and voices is Voices.ONE_ROOT)
    ):
        first = _is_the_replaced(a, b)
        assumed = (a if first else b).order_assumed
        if relation is Relation.GREW:
            relation = Relation.DISJOINT  # what was replaced grows into nobody else's
        return Read(
            *(Reading.SUPERSEDED, relation, voices),
            first=first,
            times=values.times,
            assumed=assumed,
        )
    if relation is Relation.GREW:
        order = Order.AFTER if values.first else Order.BEFORE
        by_as_of = bool(a.as_of and b.as_of)
        return Read(reading, relation, voices, order, by_as_of, values.first, values.times)
    return Read(reading, relation, voices, first=values.first, times=values.times)


def _is_the_replaced(a: Statement, b: Statement) -> bool:
    """Whether it is the first that was replaced; of two that were, the one of the earlier time."""
    if a.superseded_by and b.superseded_by:
        if a.published != b.published:
            return a.published < b.published
        return _age(a) < _age(b)
    return bool(a.superseded_by)


def _age(one: Statement) -> tuple[str, ...]:
    """What sorts claims of one time somehow, but always alike."""
    said = code_of(one.value), one.scope, one.stance.value, one.as_of
    return *said, one.article, one.root, one.claim


_SUPERSEDABLE = frozenset(DISPUTES) - {*STALE, Reading.ITSELF, Reading.PARTLY}
"""The readings in which a claim that its origin replaced has no part."""


def _weaker(reading: Reading, a: Statement, b: Statement, values: Related) -> Reading:
    """The reading where one end is open, one is hedged, or one origin may be anybody."""
    if reading is Reading.COMPATIBLE and values.relation is Relation.OPEN and values.times > FAR:
        return Reading.FAR_APART
    if reading is not Reading.CONTRADICTS:
        return reading
    hedged = Stance.HEDGES in (a.stance, b.stance)
    anybody = a.slot.kind in COUNTED and (a.speaker.vague or b.speaker.vague)
    return Reading.PERHAPS_CONTRADICTS if hedged or anybody else reading


def _behind(a: Statement, b: Statement, values: Related, voices: Voices) -> Read:
    """An earlier state is stale where it is told of a later time than a further state."""
    order, by_as_of = _order_in_time(a, b)
    behind = order if values.first else REVERSED[order]
    if behind is Order.AFTER:
        reading, first = Reading.STALE, values.first
    elif behind is Order.PERHAPS_AFTER:
        reading, first = Reading.PERHAPS_STALE, values.first
    elif voices is Voices.ONE_ROOT and not by_as_of and order is not Order.UNKNOWN:
        reading, first = Reading.SUPERSEDED, values.first
    else:
        reading, first = Reading.COMPATIBLE, False
    return Read(reading, Relation.BEHIND, voices, order, by_as_of, first)


def _order_in_time(a: Statement, b: Statement) -> tuple[Order, bool]:
    """Which was true first, and whether an as-of time says so; else publication decides.

    A claim without an as-of time is told of the day of its publication.
    """
    if a.as_of or b.as_of:
        earlier = _true_earlier(a, b)
        if earlier is not None:
            return Order.BEFORE if earlier else Order.AFTER, True
        if not (a.as_of and b.as_of):
            return Order.UNKNOWN, True
    return order_of(a.published, a.zone_stated, b.published, b.zone_stated), False


def _true_earlier(a: Statement, b: Statement) -> bool | None:
    """Whether the first was true earlier, each on its day or else on that of its publication."""
    one, other = (x.as_of or x.published[:DAY] for x in (a, b))
    return days_earlier(one, other) if one and other else None


def known_in_time(a: Statement, b: Statement) -> bool:
    """Whether which of two was true first is known, whenever they were published."""
    return bool(a.as_of and b.as_of) and _true_earlier(a, b) is not None
