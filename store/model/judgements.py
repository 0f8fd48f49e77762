"""What a person adds to a case: notes, tags, marks, grades, assessments, rulings, kinships, saved
filters.

Each says who made it and when (ISO 8601, UTC), and is never mixed with what the
reports say.
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from store.model.record import Record

OF_ANYTHING = "^(evt|act|plc|src|art|psg|clm)_"
"""What the id of a record begins with that a person can say something about."""

When = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]


class Judgement(Record, frozen=True, kw_only=True):
    """What one person said about one record, and when."""

    about: Annotated[str, Meta(pattern=OF_ANYTHING)]
    by: str
    at: When


class Note(Judgement, frozen=True, kw_only=True):
    """Some lines of Markdown."""

    text: str


class Tag(Judgement, frozen=True, kw_only=True):
    """A word by which the record is found again."""

    name: Annotated[str, Meta(min_length=1)]


class MarkKind(StrEnum):
    """What a mark says."""

    STAR = "star"
    READ = "read"


class Mark(Judgement, frozen=True, kw_only=True):
    """A sign on the record: starred, or read."""

    kind: MarkKind


UNGRADED = ("F", "6")
"""Reliability of a source and credibility of a claim that nobody has graded: cannot be judged."""


class Grade(Judgement, frozen=True, kw_only=True):
    """A grade of the NATO system: reliability A-F of a source, credibility 1-6 of a claim.

    F and 6 mean that it cannot be judged, which holds where there is no grade.
    """

    about: Annotated[str, Meta(pattern="^(src|clm)_")]
    grade: Annotated[str, Meta(pattern=r"^[A-F1-6]\Z")]
    reason: str

    def __post_init__(self) -> None:
        if self.grade.isdigit() != self.about.startswith("clm_"):
            raise ValueError("grade: a source has one of A-F, a claim one of 1-6")


class Verdict(StrEnum):
    """What a person holds of an event."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class Assessment(Judgement, frozen=True, kw_only=True):
    """A person's word on an event, with a reason."""

    about: Annotated[str, Meta(pattern="^evt_")]
    verdict: Verdict
    reason: str


class RulingKind(StrEnum):
    """What a person holds of two claims."""

    SAME = "same"
    REFINES = "refines"
    COMPATIBLE = "compatible"
    CONTRADICTS = "contradicts"


class Ruling(Judgement, frozen=True, kw_only=True):
    """A person's word on two claims, with a reason: `about` is to `other` as `verdict` says."""

    about: Annotated[str, Meta(pattern="^clm_")]
    other: Annotated[str, Meta(pattern="^clm_")]
    verdict: RulingKind
    reason: str


class KinshipKind(StrEnum):
    """What a person holds of two articles."""

    SAME_TEXT = "same text"
    ONE_HOUSE = "one house"
    APART = "apart"


class Kinship(Judgement, frozen=True, kw_only=True):
    """A person's finding on two articles, with a reason; the order of the two says nothing.

    Articles of the same text count as one. Those of one house have one
    publisher, and where they speak for themselves they are one origin. Articles
    that are apart are not proposed again.
    """

    about: Annotated[str, Meta(pattern="^art_")]
    other: Annotated[str, Meta(pattern="^art_")]
    verdict: KinshipKind
    reason: str

    def __post_init__(self) -> None:
        if self.about == self.other:
            raise ValueError("other: is the article itself")


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
"""The tables of what persons say about other records."""
