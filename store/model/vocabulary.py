"""The controlled vocabularies: types of event, kinds of claim, stances, roles.

Event types have their equivalents in other schemes: the ACLED sub-event
(codebook of 2023), the type of violence of UCDP GED (codebook 23.1) and the
PLOVER event type (manual of 2023).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class EventType(StrEnum):
    """The type of an event."""

    OFFENSIVE = "offensive"
    ADVANCE = "advance"
    CAPTURE = "capture"
    WITHDRAWAL = "withdrawal"
    CLASH = "clash"
    AIR_STRIKE = "air-strike"
    SHELLING = "shelling"
    ATTACK = "attack"
    EXPLOSION = "explosion"
    CASUALTIES = "casualties"
    DISPLACEMENT = "displacement"
    REINFORCEMENT = "reinforcement"
    SUPPORT = "support"
    STATEMENT = "statement"
    DIPLOMACY = "diplomacy"
    SANCTION = "sanction"
    CONTROL = "control"
    PRISON_RELEASE = "prison-release"
    ARREST = "arrest"
    PROTEST = "protest"
    REPRESSION = "repression"
    DISRUPTION = "disruption"
    AGREEMENT = "agreement"
    OTHER = "other"


class TypeRow(NamedTuple):
    """The label and glyph of an event type, and its equivalents in other schemes."""

    label: str
    glyph: str
    acled: str = ""
    ged: str = ""
    plover: str = ""


EVENT_TYPES: dict[EventType, TypeRow] = {
    EventType.OFFENSIVE: TypeRow("offensive", "»", "Armed clash", "1", "ASSAULT"),
    EventType.ADVANCE: TypeRow("advance", "›", "Armed clash", "1", "ASSAULT"),
    EventType.CAPTURE: TypeRow(
        "capture", "▲", "Non-state actor overtakes territory", "1", "ASSAULT"
    ),
    EventType.WITHDRAWAL: TypeRow(
        "withdrawal", "▽", "Non-violent transfer of territory", "", "RETREAT"
    ),
    EventType.CLASH: TypeRow("clash", "×", "Armed clash", "1", "ASSAULT"),
    EventType.AIR_STRIKE: TypeRow("air strike", "↓", "Air/drone strike", "1", "ASSAULT"),
    EventType.SHELLING: TypeRow(
        "shelling", "⁖", "Shelling/artillery/missile attack", "1", "ASSAULT"
    ),
    EventType.ATTACK: TypeRow("attack on civilians", "!", "Attack", "3", "ASSAULT"),
    EventType.EXPLOSION: TypeRow("explosion", "*", "Remote explosive/landmine/IED", "1", "ASSAULT"),
    EventType.CASUALTIES: TypeRow("casualties", "†", "", "", ""),
    EventType.DISPLACEMENT: TypeRow("displacement", "→", "Other", "", "RETREAT"),
    EventType.REINFORCEMENT: TypeRow("reinforcement", "+", "Other", "", "MOBILIZE"),
    EventType.SUPPORT: TypeRow("support", "∪", "Other", "", "AID"),
    EventType.STATEMENT: TypeRow("statement", "“", "", "", "ACCUSE"),
    EventType.DIPLOMACY: TypeRow("diplomacy", "=", "", "", "CONSULT"),
    EventType.SANCTION: TypeRow("sanction or designation", "§", "", "", "SANCTION"),
    EventType.CONTROL: TypeRow("control", "■", "", "", ""),
    EventType.PRISON_RELEASE: TypeRow("prison release", "⌂", "Other", "", "CONCEDE"),
    EventType.ARREST: TypeRow("arrest", "#", "Arrests", "", "COERCE"),
    EventType.PROTEST: TypeRow("protest", "p", "Peaceful protest", "", "PROTEST"),
    EventType.REPRESSION: TypeRow("repression", "r", "Attack", "3", "COERCE"),
    EventType.DISRUPTION: TypeRow("disruption of services", "≠", "Disrupted weapons use", "", ""),
    EventType.AGREEMENT: TypeRow("agreement", "≈", "Agreement", "", "AGREE"),
    EventType.OTHER: TypeRow("other", "·", "Other", "", ""),
}


class Stance(StrEnum):
    """The stance of a claim's origin towards it."""

    ASSERTS = "asserts"
    HEDGES = "hedges"
    DOUBTS = "doubts"
    DENIES = "denies"


GIVES = (Stance.ASSERTS, Stance.HEDGES)
"""The stances in which an origin gives a value; a doubt and a denial give none."""


class Kind(StrEnum):
    """The kind of a claim: the attribute of the subject that it states."""

    OCCURRENCE = "occurrence"
    DATE = "date"
    PLACE = "place"
    PARTICIPANT = "participant"
    FATALITIES = "fatalities"
    INJURIES = "injuries"
    MISSING = "missing"
    DISPLACED = "displaced"
    POPULATION = "population"
    CONTROL = "control"
    MANNER = "manner"
    CAUSE = "cause"
    AIM = "aim"
    SUPPORT = "support"
    DESIGNATION = "designation"
    NAME = "name"
    DISTANCE = "distance"
    WORDS = "words"


DEGREES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "degree-of-support": (
        ("thinned", "unchanged", "intensified"),
        ("conditional", "unconditional"),
        ("planned", "under-way"),
    ),
}
"""The ordered scales among the codes of each scheme, each from the least degree.

Codes of one scale are degrees of the same thing; codes of two scales can both be true.
"""


class Role(StrEnum):
    """The role of an actor in an event."""

    ATTACKER = "attacker"
    DEFENDER = "defender"
    TARGET = "target"
    VICTIM = "victim"
    SPEAKER = "speaker"
    ADDRESSEE = "addressee"
    SUPPORTER = "supporter"
    PARTY = "party"
    MEDIATOR = "mediator"
    LEADER = "leader"


class Qualifier(StrEnum):
    """The qualifier of a printed number."""

    EXACT = "exact"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOUT = "about"
    BETWEEN = "between"
    SOME = "some"
    DOZENS = "dozens"
    HUNDREDS = "hundreds"
    THOUSANDS = "thousands"


class ControlState(StrEnum):
    """The degree of a holder's control, from the weakest."""

    APPROACHED = "approached"
    CONTESTED = "contested"
    ENCIRCLED = "encircled"
    ENTERED = "entered"
    HELD = "held"


class ActorKind(StrEnum):
    """The kind of an actor."""

    STATE = "state"
    GOVERNMENT_FORCE = "government-force"
    ARMED_GROUP = "armed-group"
    COALITION = "coalition"
    MILITIA = "militia"
    ORGANISATION = "organisation"
    PERSON = "person"
    CIVILIANS = "civilians"
    GROUP = "group"


class SourceKind(StrEnum):
    """The kind of a source."""

    OUTLET = "outlet"
    WIRE = "wire"
    MONITOR = "monitor"
    OFFICIAL = "official"
    BELLIGERENT = "belligerent"
    NGO = "ngo"
    PERSON = "person"
    UNNAMED = "unnamed"
    DATA_SET = "data-set"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    """The kind of a place."""

    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    SITE = "site"
    BASE = "base"
    HILL = "hill"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"


class TextKind(StrEnum):
    """The part of an article that the case holds."""

    FULL = "full"
    SUMMARY = "summary"
    DIGEST = "digest"
    HEADLINE = "headline"
    ROW = "row"


class StampBasis(StrEnum):
    """The basis of a time of publication."""

    STATED = "stated"
    ZONE_ASSUMED = "zone-assumed"
    GUESSED = "guessed"


class FieldBasis(StrEnum):
    """The basis of a field of an article: printed in it, its page's metadata, its file, a guess."""

    STATED = "stated"
    META = "meta"
    FILE = "file"
    ASSUMED = "assumed"
    PERSON = "person"


class DateBasis(StrEnum):
    """The basis of a claim's date in the printed words."""

    STATED = "stated"
    YEAR_ASSUMED = "year-assumed"
    RELATIVE_TO_PUBLICATION = "relative-to-publication"
    RELATIVE_TO_EVENT = "relative-to-event"
    CONVENTION = "convention"
    UNRESOLVED = "unresolved"


class DateRule(StrEnum):
    """The rule that derives the date of an event from the claimed dates."""

    MAJORITY = "majority"
    RANGE = "range"


class ReadBy(StrEnum):
    """The reader who derived a claim from the text: a person, a data set, a rule, or a machine."""

    PERSON = "person"
    DATA_SET = "data-set"
    RULE = "rule"
    MACHINE = "machine"


class Flag(StrEnum):
    """An inconsistency of a row of a data set, which is kept unchanged."""

    LOW_ABOVE_BEST = "low-above-best"
    BEST_ABOVE_HIGH = "best-above-high"
    SUM_DIFFERS = "sum-differs"
    ARTICLE_BEFORE_EVENT = "article-before-event"
    ARTICLE_LISTED_TWICE = "article-listed-twice"
    ARTICLES_MISCOUNTED = "articles-miscounted"
    DATES_REVERSED = "dates-reversed"
    YEAR_BEFORE_REPORT = "year-before-report"
    UNKNOWN_CODE = "unknown-code"
    NO_COORDINATES = "no-coordinates"
    NO_DATE = "no-date"
    YEAR_DIFFERS = "year-differs"
    NUMBER_UNREAD = "number-unread"


FLAGS: dict[Flag, str] = {
    Flag.LOW_ABOVE_BEST: "the low estimate of the dead is above the best one",
    Flag.BEST_ABOVE_HIGH: "the best estimate of the dead is above the high one",
    Flag.SUM_DIFFERS: "the dead of each side do not add up to the best estimate",
    Flag.ARTICLE_BEFORE_EVENT: "an article is dated before the event",
    Flag.ARTICLE_LISTED_TWICE: "an article is listed twice",
    Flag.ARTICLES_MISCOUNTED: "the number of articles differs from the list",
    Flag.DATES_REVERSED: "it ends before it begins",
    Flag.YEAR_BEFORE_REPORT: "it is dated exactly a year before it was reported",
    Flag.UNKNOWN_CODE: "a code is not in the codebook",
    Flag.NO_COORDINATES: "the place has no coordinates",
    Flag.NO_DATE: "its date is missing, or cannot be true",
    Flag.YEAR_DIFFERS: "its date is not in the year that the row gives",
    Flag.NUMBER_UNREAD: "a number of people cannot be read; the row keeps its words",
}
"""The description of each flag."""
