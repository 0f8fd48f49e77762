"""Records that persons add: notes, tags, marks, grades, assessments, rulings, kinships, filters.

Each names its author and time (ISO 8601, UTC), and is kept apart from the
claims of reports.
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from store.model.record import Record

ANNOTATABLE_ID = "^(evt|act|plc|src|art|psg|clm)_"
"""A pattern for the ids of records that can be annotated."""

When = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]


class Judgement(Record, frozen=True, kw_only=True):
    """A statement of one person about one record, with its time."""

    about: Annotated[str, Meta(pattern=ANNOTATABLE_ID)]
    by: str
    at: When


class Note(Judgement, frozen=True, kw_only=True):
    """A note in Markdown; one that is `private` is left out of what goes to others."""

    text: str
    private: bool = False


class Tag(Judgement, frozen=True, kw_only=True):
    """A keyword for finding a record."""

    name: Annotated[str, Meta(min_length=1)]


class MarkKind(StrEnum):
    """The kind of a mark."""

    STAR = "star"
    READ = "read"


class Mark(Judgement, frozen=True, kw_only=True):
    """A mark on a record: starred, or read."""

    kind: MarkKind


UNGRADED = ("F", "6")
"""The grades of an ungraded source and claim: reliability or credibility cannot be judged."""


class Grade(Judgement, frozen=True, kw_only=True):
    """A grade of the NATO system: reliability A-F of a source, credibility 1-6 of a claim.

    F and 6 mean that it cannot be judged, as if there were no grade.
    """

    about: Annotated[str, Meta(pattern="^(src|clm)_")]
    grade: Annotated[str, Meta(pattern=r"^[A-F1-6]\Z")]
    reason: str

    def __post_init__(self) -> None:
        if self.grade.isdigit() != self.about.startswith("clm_"):
            raise ValueError("grade: a source has one of A-F, a claim one of 1-6")


class Verdict(StrEnum):
    """A person's verdict on an event."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class Assessment(Judgement, frozen=True, kw_only=True):
    """A person's assessment of an event, with a reason."""

    about: Annotated[str, Meta(pattern="^evt_")]
    verdict: Verdict
    reason: str


class RulingKind(StrEnum):
    """A person's verdict on two claims."""

    SAME = "same"
    REFINES = "refines"
    COMPATIBLE = "compatible"
    CONTRADICTS = "contradicts"


class Ruling(Judgement, frozen=True, kw_only=True):
    """A person's ruling on two claims, with a reason: `about` `verdict` `other`."""

    about: Annotated[str, Meta(pattern="^clm_")]
    other: Annotated[str, Meta(pattern="^clm_")]
    verdict: RulingKind
    reason: str


class KinshipKind(StrEnum):
    """A person's verdict on two articles, or on two other records of one kind."""

    SAME_TEXT = "same text"
    ONE_HOUSE = "one house"
    APART = "apart"


class Kinship(Judgement, frozen=True, kw_only=True):
    """A person's finding on two articles, in either order, with a reason.

    Articles of the same text count as one. Those of one house count as one
    publisher, and as one origin where they cite no other. Articles found apart
    are not proposed again, nor are two actors, places, sources or events as one:
    of these nothing else can be found.
    """

    about: Annotated[str, Meta(pattern="^(art|act|plc|src|evt)_")]
    other: Annotated[str, Meta(pattern="^(art|act|plc|src|evt)_")]
    verdict: KinshipKind
    reason: str

    def __post_init__(self) -> None:
        if self.about == self.other:
            raise ValueError("other: is the record itself")
        if self.about[:3] != self.other[:3]:
            raise ValueError("other: is of another kind")
        if not (self.about.startswith("art_") or self.verdict is KinshipKind.APART):
            raise ValueError("verdict: only articles have one but apart")


AnyJudgement = Note | Tag | Mark | Grade | Assessment | Ruling | Kinship


class SavedCondition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One condition of a saved filter."""

    kind: str
    value: str
    label: str
    negated: bool = False


class SavedFilter(Record, frozen=True, kw_only=True):
    """A filter with a name."""

    name: Annotated[str, Meta(min_length=1)]
    by: str
    at: When
    chips: tuple[SavedCondition, ...]


JUDGEMENTS: dict[str, type[Judgement]] = {
    "notes": Note,
    "tags": Tag,
    "marks": Mark,
    "grades": Grade,
    "assessments": Assessment,
    "rulings": Ruling,
    "kinships": Kinship,
}
"""The tables of notes and judgements about other records."""
