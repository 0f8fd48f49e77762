"""The rule by which two claims are read as they are, in words for a person."""

from collections.abc import Mapping
from typing import NamedTuple

from store.analysis.publication_order import Order
from store.analysis.read_pair import PairReading
from store.analysis.readings import STALE, Reading, Voices
from store.analysis.relations import Relation
from store.analysis.sourced_claim import ArticleFacts
from store.model.dates import long
from store.model.labels import as_of_words, scoped_words, times_words, when_words
from store.model.records import Claim

APART_FROM = 1.5
"""From how many times one number is the other it is said how far they are apart."""


class ClaimInWords(NamedTuple):
    """One of two claims in words: its value, its origin, when it was true and published.

    `replaced_by` is what its origin put in its place, empty where it stands.
    """

    value: str
    root: str
    as_of: str
    published: str
    replaced_by: str = ""

    @property
    def time(self) -> str:
        """When it was true, else when it was published."""
        return self.as_of or self.published


def teller(
    claim: Claim, article: ArticleFacts, names: Mapping[str, str], root: str
) -> ClaimInWords:
    """A claim in words; `names` holds the name of every id in its value."""
    published = "at a time that is not stated"
    if article.published:
        day, _, clock = article.published.at.partition("T")
        published = f"published {long(day)} {clock}".rstrip()
    return ClaimInWords(
        value=scoped_words(claim, names) or "that it happened",
        root=root,
        as_of=as_of_words(when_words(claim.as_of)) if claim.as_of else "",
        published=published,
    )


class Rule(NamedTuple):
    """Why two claims are read so: how their values compare, and who says them."""

    values: str
    who: str

    def __str__(self) -> str:
        return f"{self.values}. {self.who[:1].upper()}{self.who[1:]}."


def rule(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> Rule:
    """The rule by which two claims are read so."""
    values = f"Not compared: {read.why}" if read.why is not None else _values(read, a, b)
    return Rule(values, _who(read, a, b))


def _values(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    if read.reading is Reading.SUPERSEDED and read.relation is not Relation.BEHIND:
        return _superseded(read, a, b)
    words = _RELATIONS.get(read.relation)
    if words is not None:
        doubt = f" ({read.doubt})" if read.doubt is not None else ""
        return words.format(a=a.value, b=b.value, apart=_apart(read)) + doubt
    inner, outer = (a, b) if read.first else (b, a)
    match read.relation:
        case Relation.INSIDE if read.reading is Reading.REFINES:
            return f"{inner.value} lies within {outer.value}"
        case Relation.GREW:
            return f"{outer.value} {outer.time}, then {inner.value} {inner.time}{_apart(read)}"
        case Relation.DEGREE:
            return f"“{inner.value}” is a higher degree than “{outer.value}”"
        case Relation.BEHIND:
            return _states(read, a, b)
        case _:
            return f"{a.value} and {b.value} overlap{_apart(read)}"


_RELATIONS: Mapping[Relation, str] = {
    Relation.EQUAL: "Both say the same",
    Relation.OPEN: "{a} and {b} are compatible{apart}",
    Relation.BESIDE: "Both can be true",
    Relation.PARTLY: "Some both name, but “{a}” only the one and “{b}” only the other",
    Relation.PEOPLE: "{a} and {b} are as many, of people who cannot be the same",
    Relation.INCIDENT: "{a} and {b} do not overlap{apart}, and hardly tell of one incident",
    Relation.LATE: "{a} and {b} do not overlap{apart}, and one was published more than two weeks"
    " after the event",
    Relation.DISJOINT: "{a} and {b} do not overlap{apart}",
    Relation.ANOTHER: "{a}, or {b}: a person has to rule",
    Relation.WORDING: "{a}, or {b}: of one saying at most one is word for word",
    Relation.DOUBTED: "One asserts what the other doubts: a person has to rule",
    Relation.HEARSAY: "One reports as hearsay what the other does not: a person has to rule",
    Relation.DENIED: "One asserts what the other denies",
}
"""How the values of two claims compare, in words."""


def _apart(read: PairReading) -> str:
    return f", {times_words(read.times)} apart" if read.times >= APART_FROM else ""


def _superseded(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    """Which of the two its origin replaced, by what, and whether that is assumed."""
    old, new = (a, b) if read.first else (b, a)
    by = old.replaced_by or new.value
    assumed = " (order assumed: of one day the higher counts)" if read.assumed else ""
    return f"{old.root} replaced {old.value} by {by}{assumed}"


_CERTAIN = (Order.BEFORE, Order.AFTER)


def _states(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    """An earlier and a further state of one holder."""
    if read.reading in STALE:
        late, further = (a, b) if read.first else (b, a)
        words = f"{late.value} {late.time}, but {further.value} already {further.time}"
        if read.reading is Reading.PERHAPS_STALE and read.order not in _CERTAIN:
            words += (
                f" (the one {late.published}, the other {further.published},"
                " and not both time zones are stated)"
            )
        return words
    if read.order in (Order.BEFORE, Order.PERHAPS_BEFORE):
        return f"{a.value} {a.time}, then {b.value} {b.time}"
    if read.order in (Order.AFTER, Order.PERHAPS_AFTER):
        return f"{b.value} {b.time}, then {a.value} {a.time}"
    return f"{a.value}, and {b.value}: which was first is not known"


def _who(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    match read.voices:
        case Voices.ONE_TEXT:
            return f"One text says both, from {a.root}"
        case Voices.ONE_ROOT:
            return f"Both are from {a.root}"
        case Voices.ONE_PARTY:
            return f"{a.root} and {b.root} speak for one party"
        case Voices.TWO_ROOTS:
            return f"{a.root} and {b.root} are separate origins"
        case _ if a.root == b.root:
            return f"The reports have separate origins ({a.root})"
        case _:
            return f"{a.root} and {b.root} count as two origins because one is unknown"
