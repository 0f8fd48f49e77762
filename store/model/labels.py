"""Values, chains and numbers in the words that the screen and the commands share.

Nothing here is made showable: the words may hold text from outside.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from store.model.dates import long
from store.model.records import Claim
from store.model.values import AnyValue, Coded, Control, Count, Distance, Participant, When, Where
from store.model.vocabulary import FLAGS, DateBasis, Flag, Qualifier, ReadBy, Stance

STANCE_GLYPHS = {Stance.ASSERTS: "●", Stance.HEDGES: "◔", Stance.DOUBTS: "◐", Stance.DENIES: "○"}
"""Every stance has its glyph; its word stands beside it wherever there is room."""

NOT_STATED = "publisher not stated"
NO_TITLE = "without a title"

PRECISIONS = (
    "exact",
    "within 25 km",
    "district",
    "province",
    "line or area",
    "country",
    "international",
)
"""UCDP GED's `where_prec` in words, 1 first."""

_NOUNS = (Qualifier.DOZENS, Qualifier.HUNDREDS, Qualifier.THOUSANDS)

_VAGUE = (Qualifier.SOME, *_NOUNS)

_NO_DAY = ("until ", "from ", "date unknown")
"""How a time begins that no "as of" can stand before."""


def counted(number: int, what: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class SupportFigures(Protocol):
    """What has a support: the figures of `analysis.support`."""

    @property
    def articles(self) -> int:
        """Articles that assert it."""

    @property
    def publishers(self) -> int:
        """Their publishers."""

    @property
    def unknown_publishers(self) -> int:
        """How many of them are not stated."""

    @property
    def roots(self) -> int:
        """Independent origins."""

    @property
    def unknown_roots(self) -> int:
        """How many of them are not known."""

    @property
    def hedges(self) -> int:
        """Origins that only hedge it."""

    @property
    def denials(self) -> int:
        """Origins that deny it."""


def support_words(of: SupportFigures) -> str:
    """`4 articles · publishers: 1 named, 3 unnamed · origins: 2 known, 3 unknown · 1 denial`."""
    parts = [
        counted(of.articles, "article"),
        _known(of.publishers - of.unknown_publishers, "publisher", of.unknown_publishers, "named"),
        _known(of.roots - of.unknown_roots, "origin", of.unknown_roots, "known"),
    ]
    parts += [f"{counted(of.hedges, 'origin')} only as hearsay"] * bool(of.hedges)
    return " · ".join(parts + [counted(of.denials, "denial")] * bool(of.denials))


def _known(number: int, what: str, others: int, how: str) -> str:
    """How many are known, and how many more there may be."""
    if not others:
        return counted(number, what)
    if not number:
        return f"{counted(others, what)}, un{how}"
    return f"{what}s: {number:,} {how}, {others:,} un{how}"


def sure_words(confidence: int | None) -> str:
    """How sure a machine was: `40 %`, empty where it does not say."""
    return "" if confidence is None else f"{confidence} %"


def read_words(
    read_by: ReadBy, confidence: int | None, dataset: str, *, from_headline: bool
) -> str:
    """Who read a claim out of the words; empty where a person did.

    `dataset` is the name of the data set whose article or row holds it.
    """
    match read_by:
        case ReadBy.RULE:
            return "read by rule from the headline" if from_headline else "read by rule"
        case ReadBy.DATA_SET:
            return f"as {dataset or 'the data set'} codes it"
        case ReadBy.MACHINE:
            sure = sure_words(confidence)
            return "read by a machine" + (f", confidence {sure}" if sure else "")
        case _:
            return ""


def hint_words(dataset: str, hint: str) -> str:
    """Whom a data set names as the origin of the reports of an event; empty for nobody."""
    return f"{dataset or 'the data set'} names as origin: {hint}" if hint else ""


def flag_words(flags: Sequence[Flag]) -> list[str]:
    """What each flag says of a row of a data set."""
    return [FLAGS[flag] for flag in flags]


def times_words(times: float) -> str:
    """`×5.6`, `×25`, `×1,200`."""
    return f"×{times:.2g}" if times < 10 else f"×{times:,.0f}"


def chain_words(publisher: str, chain: Sequence[str]) -> str:
    """The names from the publisher to the origin: `Times of Oman → Al Jazeera → SANA`."""
    return " → ".join((publisher or NOT_STATED, *chain))


def claim_words(claim: Claim, names: Mapping[str, str]) -> str:
    """The value of a claim with its scope and the time at which it was true.

    `names` gives the name of every id in it. Empty where the claim has no
    value.
    """
    scope = f" ({claim.scope})" if claim.scope else ""
    as_of = f", {as_of_words(when_words(claim.as_of))}" if claim.as_of else ""
    return f"{value_words(claim.value, names)}{scope}{as_of}"


def scoped_words(claim: Claim, names: Mapping[str, str]) -> str:
    """The value of a claim with whose number it is: `27 civilians`, `dozens of civilians`."""
    return value_words(claim.value, names) + whose_words(claim)


_SAID = {
    Stance.ASSERTS: "that it happened",
    Stance.HEDGES: "that it is said to have happened",
    Stance.DOUBTS: "a doubt that it happened",
    Stance.DENIES: "that it did not happen",
}
_HOW = {
    Stance.ASSERTS: "{}",
    Stance.HEDGES: "{} (as hearsay)",
    Stance.DOUBTS: "{} (doubted)",
    Stance.DENIES: "{} (denied)",
}


def said_words(claim: Claim, value: str) -> str:
    """What is said with how: `thousands (as hearsay)`, `21 (denied)`, `that it did not happen`."""
    return _HOW[claim.stance].format(value) if value else _SAID[claim.stance]


def whose_words(claim: Claim) -> str:
    """Whose number it is, to stand after it: ` civilians`, ` of civilians`; empty if not said."""
    vague = isinstance(claim.value, Count) and claim.value.qualifier in _NOUNS
    return claim.scope and f"{' of' * vague} {claim.scope}"


def value_words(value: AnyValue, names: Mapping[str, str]) -> str:
    """What a claim says, in words; "dozens" stay dozens, and nothing is filled in."""
    match value:
        case When():
            return when_words(value)
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


def cell_words(value: AnyValue, names: Mapping[str, str]) -> str:
    """What a claim says in few words: without how a date is known, or how precise a place is."""
    match value:
        case When():
            return long(value.edtf)
        case Where():
            return names.get(value.place, value.place)
        case Participant():
            return names.get(value.actor, value.actor)
        case _:
            return value_words(value, names)


def as_of_words(time: str) -> str:
    """`as of 4 Dec 2024`; `until 4 Dec 2024` stays as it is."""
    return time if time.startswith(_NO_DAY) else f"as of {time}"


_BASES = {
    DateBasis.STATED: "",
    DateBasis.YEAR_ASSUMED: "the year is assumed",
    DateBasis.RELATIVE_TO_PUBLICATION: "counted from the publication",
    DateBasis.RELATIVE_TO_EVENT: "counted from another date",
    DateBasis.CONVENTION: "our reading of {}",
    DateBasis.UNRESOLVED: "not resolved",
}
"""How a date is known, in words."""


def when_words(value: When) -> str:
    """A date in words, and how it is known where that is not stated."""
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
