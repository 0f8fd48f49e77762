"""Texts for values, source chains and counts, shared by the screen and the commands.

They may hold text from outside, which the caller makes showable.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from store.model.dates import long
from store.model.records import Claim
from store.model.values import AnyValue, Coded, Control, Count, Distance, Participant, When, Where
from store.model.vocabulary import (
    FLAGS,
    DateBasis,
    Flag,
    Qualifier,
    ReadBy,
    SourceKind,
    Stance,
    TextKind,
)

STANCE_GLYPHS = {Stance.ASSERTS: "●", Stance.HEDGES: "◔", Stance.DOUBTS: "◐", Stance.DENIES: "○"}
"""The glyph of every stance; its name is shown beside it where there is room."""

NOT_STATED = "publisher not stated"
NO_TITLE = "without a title"
MIXED_SCRIPTS = "mixed scripts"


def source_kind_text(kind: str) -> str:
    """The kind of a source, for beside its name: `data set`, or `kind unknown`."""
    return "kind unknown" if kind == SourceKind.UNKNOWN else kind.replace("-", " ")


TEXT_KINDS = {
    TextKind.FULL: "",
    TextKind.SUMMARY: "summary",
    TextKind.DIGEST: "digest",
    TextKind.HEADLINE: "headline only",
    TextKind.ROW: "row of a data set",
}
"""Labels for the part of an article that the case holds; none for the whole text."""

PRECISIONS = (
    "exact",
    "within 25 km",
    "district",
    "province",
    "line or area",
    "country",
    "international",
)
"""Labels for UCDP GED's `where_prec`, from 1."""

_NOUNS = (Qualifier.DOZENS, Qualifier.HUNDREDS, Qualifier.THOUSANDS)

_VAGUE = (Qualifier.SOME, *_NOUNS)

_NO_DAY = ("until ", "from ", "date unknown")
"""The beginnings of times that cannot follow "as of"."""


def count_text(number: int, what: str) -> str:
    """Format a count with its noun: `1 article`, `2 articles`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class SupportCounts(Protocol):
    """The counts of `store.analysis.support`."""

    @property
    def articles(self) -> int:
        """The number of articles that assert the event."""

    @property
    def publishers(self) -> int:
        """The number of their publishers."""

    @property
    def unknown_publishers(self) -> int:
        """The number of articles whose publisher is not stated."""

    @property
    def origins(self) -> int:
        """The number of independent origins."""

    @property
    def unknown_origins(self) -> int:
        """The number of articles whose origin is not known."""

    @property
    def hedges(self) -> int:
        """The number of origins that only report it as hearsay."""

    @property
    def denials(self) -> int:
        """The number of origins that deny it."""


def support_text(of: SupportCounts) -> str:
    """Format support: `4 articles · publishers: 1 named, 3 unnamed · origins: 2 known`."""
    parts = [
        count_text(of.articles, "article"),
        _known(of.publishers - of.unknown_publishers, "publisher", of.unknown_publishers, "named"),
        _known(of.origins - of.unknown_origins, "origin", of.unknown_origins, "known"),
    ]
    parts += [f"{count_text(of.hedges, 'origin')} only as hearsay"] * bool(of.hedges)
    return " · ".join(parts + [count_text(of.denials, "denial")] * bool(of.denials))


def _known(number: int, what: str, others: int, how: str) -> str:
    """Format the number of known publishers or origins and that of the unknown ones."""
    if not others:
        return count_text(number, what)
    if not number:
        return f"{count_text(others, what)}, un{how}"
    return f"{what}s: {number:,} {how}, {others:,} un{how}"


def confidence_text(confidence: int | None) -> str:
    """Format the confidence of a machine: `40 %`, empty where it gives none."""
    return "" if confidence is None else f"{confidence} %"


def reader_text(
    read_by: ReadBy, confidence: int | None, dataset: str, *, from_headline: bool
) -> str:
    """Format the reader of a claim: a rule, a data set or a machine; empty for a person.

    `dataset` is the name of the data set whose article or row contains the claim.
    """
    match read_by:
        case ReadBy.RULE:
            return "read by rule from the headline" if from_headline else "read by rule"
        case ReadBy.DATA_SET:
            return f"coded by {dataset or 'the data set'}"
        case ReadBy.MACHINE:
            sure = confidence_text(confidence)
            return "read by a machine" + (f", confidence {sure}" if sure else "")
        case _:
            return ""


def hint_text(dataset: str, hint: str) -> str:
    """Format the origin that a data set names for the reports of an event; empty for none."""
    return f"{dataset or 'the data set'} names as origin: {hint}" if hint else ""


def flag_texts(flags: Sequence[Flag]) -> list[str]:
    """The descriptions of flags of a row of a data set."""
    return [FLAGS[flag] for flag in flags]


def ratio_text(times: float) -> str:
    """Format a ratio: `×5.6`, `×25`, `×1,200`."""
    return f"×{times:.2g}" if times < 10 else f"×{times:,.0f}"


def chain_text(publisher: str, chain: Sequence[str]) -> str:
    """Format a chain from publisher to origin: `Times of Oman → Al Jazeera → SANA`."""
    return " → ".join((publisher or NOT_STATED, *chain))


def claim_text(claim: Claim, names: Mapping[str, str]) -> str:
    """Format the value of a claim with its scope and the time to which it applies.

    `names` maps ids to names. Empty where the claim has no value.
    """
    scope = f" ({claim.scope})" if claim.scope else ""
    as_of = f", {as_of_text(date_text(claim.as_of))}" if claim.as_of else ""
    return f"{value_text(claim.value, names)}{scope}{as_of}"


def scoped_text(claim: Claim, names: Mapping[str, str]) -> str:
    """Format the value of a claim with its scope: `27 civilians`, `dozens of civilians`."""
    return value_text(claim.value, names) + scope_suffix(claim)


_SAID = {
    Stance.ASSERTS: "that it happened",
    Stance.HEDGES: "that it is said to have happened",
    Stance.DOUBTS: "a doubt that it happened",
    Stance.DENIES: "that it did not happen",
}
NOT_ASSERTED = {
    Stance.HEDGES: "as hearsay",
    Stance.DOUBTS: "doubted",
    Stance.DENIES: "denied",
}
"""Labels for a value that nobody asserts."""


def stance_text(claim: Claim, value: str) -> str:
    """Format a value with its stance: `thousands (as hearsay)`, `21 (denied)`."""
    if not value:
        return _SAID[claim.stance]
    how = NOT_ASSERTED.get(claim.stance)
    return f"{value} ({how})" if how else value


def role_text(role: str, stance: Stance) -> str:
    """Format a role with its stance: `attacker`, but `attacker: denied` where it is only denied."""
    how = NOT_ASSERTED.get(stance)
    return f"{role}: {how}" if how else role


def scope_suffix(claim: Claim) -> str:
    """Format the scope of a number as a suffix: ` civilians`, ` of civilians`; empty for none."""
    vague = isinstance(claim.value, Count) and claim.value.qualifier in _NOUNS
    return claim.scope and f"{' of' * vague} {claim.scope}"


def value_text(value: AnyValue, names: Mapping[str, str]) -> str:
    """Format the value of a claim; vague numbers such as "dozens" stay vague."""
    match value:
        case When():
            return date_text(value)
        case Count():
            return _count(value)
        case Distance():
            return _distance(value)
        case Control():
            return f"{value.state} by {names.get(value.holder, value.holder)}"
        case Coded():
            return value.label
        case Where():
            known = value.precision is not None and 1 <= value.precision <= len(PRECISIONS)
            precision = f" ({PRECISIONS[(value.precision or 1) - 1]})" if known else ""
            return names.get(value.place, value.place) + precision
        case Participant():
            return f"{names.get(value.actor, value.actor)} as {value.role}"
        case None:
            return ""


def cell_text(value: AnyValue, names: Mapping[str, str]) -> str:
    """Format the value of a claim briefly, without the basis of a date or precision of a place."""
    match value:
        case When():
            return long(value.edtf)
        case Where():
            return names.get(value.place, value.place)
        case Participant():
            return names.get(value.actor, value.actor)
        case _:
            return value_text(value, names)


def as_of_text(time: str) -> str:
    """Format a time to which a value applies: `as of 4 Dec 2024`, but `until 4 Dec 2024`."""
    return time if time.startswith(_NO_DAY) else f"as of {time}"


_BASES = {
    DateBasis.STATED: "",
    DateBasis.YEAR_ASSUMED: "the year is assumed",
    DateBasis.RELATIVE_TO_PUBLICATION: "counted from the publication",
    DateBasis.RELATIVE_TO_EVENT: "counted from another date",
    DateBasis.CONVENTION: "our reading of {}",
    DateBasis.UNRESOLVED: "not resolved",
}
"""The labels of the bases of dates."""


def date_text(value: When) -> str:
    """Format a date in words, with its basis unless it is stated."""
    basis = _BASES[value.basis].format(f"“{value.printed}”" if value.printed else "its words")
    return long(value.edtf) + (f" ({basis})" if basis else "")


def _distance(value: Distance) -> str:
    if value.max is None:
        return f"{value.min:g} km or more"
    if value.min == 0:
        return f"within {value.max:g} km"
    return f"{value.min:g} km" if value.min == value.max else f"{value.min:g} to {value.max:g} km"


def _count(value: Count) -> str:
    low, high = value.min, value.max
    if value.qualifier in _VAGUE:
        words = value.qualifier.value
    elif value.qualifier is Qualifier.AT_MOST and high is not None:
        words = f"at most {high:,}"
    elif value.qualifier in (Qualifier.AT_LEAST, Qualifier.ABOUT):
        words = f"{value.qualifier} {low:,}"
    elif high is None:
        words = f"{low:,} or more"
    elif value.qualifier is Qualifier.BETWEEN:
        words = f"between {low:,} and {high:,}"
    else:
        words = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return words if value.best is None else f"{words}, best estimate {value.best:,}"
