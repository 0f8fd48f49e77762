"""The readings of two claims, with their signs and words, and the reading of each relation."""

from collections.abc import Mapping
from enum import StrEnum

from store.analysis.relations import Relation
from store.model.vocabulary import Kind, Stance


class Reading(StrEnum):
    """The reading of two claims, the most urgent first."""

    CONTRADICTS = "contradicts"
    PERHAPS_CONTRADICTS = "perhaps contradicts"
    ORDER = "out of order"
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
    Reading.ORDER: "⇄",
    Reading.STALE: "◁",
    Reading.PERHAPS_STALE: "◁",
    Reading.ONE_PARTY: "∥",
    Reading.ITSELF: "↺",
    Reading.PEOPLE_DIFFER: "≇",
    Reading.DIFFERS: "◇",
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
"""The glyph of every reading, which is shown beside its word."""

CONVERSE: Mapping[Reading, tuple[str, str]] = {
    Reading.STALE: ("▷", "overtakes"),
    Reading.PERHAPS_STALE: ("▷", "perhaps overtakes"),
    Reading.SUPERSEDED: ("↓", "against superseded"),
    Reading.REFINES: ("⊃", "refined"),
}
"""Glyph and word for the other of the two claims, if the reading is about one of them."""


def in_words(reading: Reading, *, itself: bool) -> tuple[str, str]:
    """Glyph and word for one of two claims; `itself` if the reading is about this one."""
    if itself or reading not in CONVERSE:
        return GLYPHS[reading], reading.value
    return CONVERSE[reading]


MEANINGS: Mapping[Reading, str] = {
    Reading.CONTRADICTS: "they cannot both be true, and come from different origins",
    Reading.PERHAPS_CONTRADICTS: "as contradicts, but doubtful, for example hearsay or an unnamed"
    " source",
    Reading.ORDER: "the dates put two events in an impossible order",
    Reading.STALE: "an earlier state of the same holder, reported after a later one",
    Reading.PERHAPS_STALE: "as stale, if the time zones are as assumed, or if a distance was exact",
    Reading.ONE_PARTY: "they cannot both be true, and come from two voices of one party",
    Reading.ITSELF: "they cannot both be true, and one text says both",
    Reading.PEOPLE_DIFFER: "the same toll, but of people who cannot be the same",
    Reading.DIFFERS: "not the same; both may be true, so judge it yourself",
    Reading.PARTLY: "two lists that share some items, but each has others",
    Reading.GROWN: "a higher toll for a later day, or from a text that says it rose",
    Reading.FAR_APART: "both can be true, but one is more than twice the other",
    Reading.ANOTHER_EVENT: "the figures do not fit: probably two different incidents",
    Reading.SUPERSEDED: "its origin replaced it later, so it no longer counts",
    Reading.REFINES: "the same, more exactly",
    Reading.COMPATIBLE: "both can be true",
    Reading.AGREES: "the same, from another origin",
    Reading.REPEAT: "the same, from the same origin: it adds nothing",
    Reading.INCOMPARABLE: "they are about different things, so they are not compared",
}
"""The meaning of each reading, for the help and the documents."""

RANK: Mapping[Reading, int] = {reading: rank for rank, reading in enumerate(Reading)}
"""The readings by urgency, the most urgent 0."""

AS_CONTRADICTIONS = (Reading.CONTRADICTS, Reading.ORDER)
"""Readings of what cannot both be true and comes from separate origins."""

STALE = (Reading.STALE, Reading.PERHAPS_STALE)

WEAKER = (Reading.GROWN, Reading.FAR_APART, Reading.ANOTHER_EVENT)
"""Readings of figures that differ, with an explanation that a person may check."""

DISPUTES = tuple(one for one in Reading if RANK[one] < RANK[Reading.SUPERSEDED])
"""The readings that a person should look at."""

SHOWN = (*DISPUTES, Reading.SUPERSEDED)
"""The disputes, and those that a replaced claim would be in if it were current."""

FAR = 2.0
"""The ratio of two numbers above which they are far apart.

Though one is open both can be true; if an origin is not known they may be of two incidents.
"""


ACROSS_PARTS = frozenset((Kind.MANNER,))
"""The kinds of claim that are compared between the parts of one event, too."""


class NotComparable(StrEnum):
    """The reason why two claims cannot be compared."""

    AGGREGATE = "one covers several events"
    COMPILED = "one is a data set's own count, compiled from such reports"
    SCOPES = "they count different people, or perhaps different people"
    VALUE_UNKNOWN = "the value of one is not known"
    TIMES = "they are about different times"
    TIME_UNKNOWN = "the time of one is not stated"
    SLOT = "they are about different things"
    SUBJECT = "they are about different events, actors or places"


class Voices(StrEnum):
    """The relation of the origins of two claims."""

    ONE_TEXT = "one text"
    ONE_ORIGIN = "one origin"
    ONE_PARTY = "one party"
    TWO_ORIGINS = "two origins"
    UNKNOWN_ORIGIN = "an origin that is not known"


class Doubt(StrEnum):
    """The reason why two claims only perhaps contradict each other."""

    HEDGED = "one is only hearsay"
    CONVENTION = "a date of one is only our reading of its words"
    ANYBODY = "the unnamed source of one may be the source of the other"
    WORD = "a word such as dozens is not an exact number"
    ROUNDED = "an approximate number may be the other one, rounded"
    INCIDENT = "one source is not named, and these may be two incidents"
    UNDATED = "the higher figure has no date: it may be a later count"
    RAISED = "the publisher of the higher figure gave the lower one first, and raised it"
    DAYS = "one was published before the event was over, and may count other days"
    BOMBERS = "the difference may be the bombers, if one report counts them"


_OTHER_ORIGIN = {
    Relation.EQUAL: Reading.AGREES,
    Relation.INSIDE: Reading.REFINES,
    Relation.OVERLAPPING: Reading.COMPATIBLE,
    Relation.OPEN: Reading.COMPATIBLE,
    Relation.BESIDE: Reading.COMPATIBLE,
    Relation.PARTLY: Reading.PARTLY,
    Relation.PEOPLE: Reading.PEOPLE_DIFFER,
    Relation.INCIDENT: Reading.ANOTHER_EVENT,
    Relation.LATE: Reading.ANOTHER_EVENT,
    Relation.GREW: Reading.GROWN,
    Relation.BEHIND: Reading.COMPATIBLE,
    Relation.DEGREE: Reading.DIFFERS,
    Relation.WORDING: Reading.DIFFERS,
    Relation.DISJOINT: Reading.CONTRADICTS,
    Relation.ANOTHER: Reading.DIFFERS,
    Relation.DOUBTED: Reading.DIFFERS,
    Relation.HEARSAY: Reading.DIFFERS,
    Relation.DENIED: Reading.CONTRADICTS,
}
_ONE_PARTY = _OTHER_ORIGIN | {
    Relation.EQUAL: Reading.REPEAT,
    Relation.DISJOINT: Reading.ONE_PARTY,
    Relation.ANOTHER: Reading.ONE_PARTY,
    Relation.DEGREE: Reading.ONE_PARTY,
    Relation.DENIED: Reading.ONE_PARTY,
}
_ONE_ORIGIN = _OTHER_ORIGIN | {
    Relation.EQUAL: Reading.REPEAT,
    Relation.DISJOINT: Reading.DIFFERS,
    Relation.DENIED: Reading.DIFFERS,
}
_ONE_TEXT = dict.fromkeys(Relation, Reading.COMPATIBLE) | {
    Relation.EQUAL: Reading.REPEAT,
    Relation.INSIDE: Reading.REFINES,
    Relation.DISJOINT: Reading.ITSELF,
    Relation.ANOTHER: Reading.ITSELF,
    Relation.DEGREE: Reading.ITSELF,
    Relation.DOUBTED: Reading.DIFFERS,
    Relation.HEARSAY: Reading.DIFFERS,
    Relation.DENIED: Reading.ITSELF,
}
READINGS: Mapping[Voices, Mapping[Relation, Reading]] = {
    Voices.ONE_TEXT: _ONE_TEXT,
    Voices.ONE_ORIGIN: _ONE_ORIGIN,
    Voices.ONE_PARTY: _ONE_PARTY,
    Voices.TWO_ORIGINS: _OTHER_ORIGIN,
    Voices.UNKNOWN_ORIGIN: _OTHER_ORIGIN,
}
"""The reading of each relation, by who says so; an earlier state reported later is stale, too."""


MOST_URGENT: Mapping[Relation, int] = {
    relation: RANK[Reading.STALE]
    if relation.depends_on_time
    else RANK[Reading.FAR_APART]
    if relation is Relation.OPEN
    else min(RANK[readings[relation]] for readings in READINGS.values())
    for relation in Relation
}
"""The rank of the most urgent reading that a relation can have."""

MOST_URGENT_OF: Mapping[Stance, int] = {
    Stance.ASSERTS: 0,
    Stance.HEDGES: RANK[Reading.PERHAPS_CONTRADICTS],
    Stance.DOUBTS: MOST_URGENT[Relation.DOUBTED],
    Stance.DENIES: MOST_URGENT[Relation.DENIED],
}
"""The rank of the most urgent reading that a claim of a stance can have."""
