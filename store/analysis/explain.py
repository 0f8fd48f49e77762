"""The rule behind the reading of two claims, in words for a person."""

from collections.abc import Mapping
from typing import NamedTuple

from store.analysis.publication_order import Order
from store.analysis.read_pair import PairReading
from store.analysis.readings import STALE, NotComparable, Reading, Voices
from store.analysis.relations import Relation
from store.analysis.sourced_claim import ArticleFacts, Statement
from store.analysis.time_bounds import reported_by
from store.model.dates import long
from store.model.labels import (
    NOT_STATED,
    as_of_text,
    date_text,
    ratio_text,
    scoped_text,
    stance_text,
)
from store.model.records import Claim
from store.model.vocabulary import Stance

APART_FROM = 1.5
"""The ratio of two numbers from which the text says how far apart they are."""


class ClaimInWords(NamedTuple):
    """One of two claims in words: its value, its origin, when it was true and published.

    `replaced_by` is the value that replaced it, empty if none did, and `by_whom`
    the origin of that value.
    """

    value: str
    origin: str
    as_of: str
    published: str
    replaced_by: str = ""
    by_whom: str = ""
    stance: Stance = Stance.ASSERTS

    @property
    def time(self) -> str:
        """The time at which it was true, else the time of publication."""
        return self.as_of or self.published


def teller(
    claim: Claim, article: ArticleFacts, names: Mapping[str, str], origin: str
) -> ClaimInWords:
    """A claim in words; `names` holds the name of every id in its value."""
    published = "at an unstated time"
    if article.published and not reported_by(article.published):
        published = "at a guessed time"
    elif article.published:
        day, _, clock = article.published.at.partition("T")
        published = f"published {long(day)} {clock}".rstrip()
    return ClaimInWords(
        value=stance_text(claim, scoped_text(claim, names)),
        origin=origin,
        stance=claim.stance,
        as_of=as_of_text(date_text(claim.as_of)) if claim.as_of else "",
        published=published,
    )


class Rule(NamedTuple):
    """The reason for a reading of two claims: how their values compare, and who says them."""

    values: str
    who: str

    def __str__(self) -> str:
        return f"{self.values}. {self.who[:1].upper()}{self.who[1:]}."


def rule(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> Rule:
    """The rule behind this reading of two claims."""
    values = f"Not compared: {read.why}" if read.why is not None else _values(read, a, b)
    return Rule(values, _who(read, a, b))


def why_not(why: NotComparable | None, one: Statement, other: Statement) -> str:
    """The reason why one claim is not compared, in words about it; empty if it is compared."""
    match why:
        case NotComparable.AGGREGATE if one.aggregate:
            return "it covers several events"
        case NotComparable.AGGREGATE:
            return "the others cover several events"
        case NotComparable.COMPILED if one.compiled:
            return "a data set's own count, compiled from such reports"
        case NotComparable.COMPILED:
            return "only a data set's own count is there to compare"
        case _:
            return why or ""


def _values(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    if read.reading is Reading.SUPERSEDED and read.relation is not Relation.BEHIND:
        return _superseded(read, a, b)
    words = _RELATIONS.get(read.relation)
    if words is not None:
        doubt = f" ({read.doubt})" if read.doubt is not None else ""
        against = "doubts" if Stance.DOUBTS in (a.stance, b.stance) else "denies"
        apart, but = _apart(read), _but(read)
        return words.format(a=a.value, b=b.value, apart=apart, but=but, against=against) + doubt
    inner, outer = (a, b) if read.first else (b, a)
    match read.relation:
        case Relation.INSIDE if read.reading is Reading.REFINES:
            return f"{inner.value} lies within {outer.value}"
        case Relation.GREW:
            words = f"{outer.value} {outer.time}, then {inner.value} {inner.time}{_apart(read)}"
            rose = " (its text says that the toll rose)" if inner.time == outer.time else ""
            return words + rose
        case Relation.DEGREE:
            return f"“{inner.value}” is a higher degree than “{outer.value}”"
        case Relation.BEHIND:
            return _states(read, a, b)
        case _:
            return f"{a.value} and {b.value} overlap{_apart(read)}"


_RELATIONS: Mapping[Relation, str] = {
    Relation.EQUAL: "Both say the same",
    Relation.OPEN: "{a} and {b}: both can be true{but}",
    Relation.BESIDE: "Both can be true",
    Relation.PARTLY: "Both lists share some items; only the first has “{a}”, only the second “{b}”",
    Relation.PEOPLE: "{a} and {b} are the same number, but cannot be the same people",
    Relation.INCIDENT: "{a} and {b} do not fit{apart}: probably two different incidents",
    Relation.LATE: "{a} and {b} do not fit{apart}, and one was published more than two weeks after"
    " the event: perhaps it is about another one",
    Relation.DISJOINT: "{a} and {b} cannot both be true{apart}",
    Relation.ANOTHER: "{a} or {b}? Both may be true; judge it yourself",
    Relation.WORDING: "{a} and {b}: two wordings of one quotation; at most one is exact",
    Relation.DOUBTED: "One asserts what the other doubts; judge it yourself",
    Relation.HEARSAY: "One reports it as alleged; the other {against} it",
    Relation.DENIED: "One asserts what the other denies",
}
"""The relation of the values of two claims, in words."""


def _apart(read: PairReading) -> str:
    return f", {ratio_text(read.times)} apart" if read.times >= APART_FROM else ""


def _but(read: PairReading) -> str:
    far = read.times >= APART_FROM
    return f", but one is {ratio_text(read.times).removeprefix('×')} times the other" if far else ""


def _superseded(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    """A phrase: which of the two its origin replaced, by what, and whether that is assumed."""
    old = a if read.first else b
    assumed = " (the higher figure of one day is assumed to be the later)" if read.assumed else ""
    if not old.replaced_by:
        return f"{old.origin} no longer says {old.value}{assumed}"
    if old.by_whom in ("", old.origin):
        return f"{old.origin} replaced {old.value} with {old.replaced_by}{assumed}"
    new = f"{old.replaced_by}, from {old.by_whom}"
    return f"{old.value} from {old.origin} was replaced by {new}{assumed}"


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
    return f"{a.value}, and {b.value}: it is not known which came first"


def _who(read: PairReading, a: ClaimInWords, b: ClaimInWords) -> str:
    match read.voices:
        case Voices.ONE_TEXT:
            return f"One text says both, from {a.origin}"
        case Voices.ONE_ORIGIN:
            return f"Both are from {a.origin}"
        case Voices.ONE_PARTY:
            return f"{a.origin} and {b.origin} speak for one party"
        case Voices.TWO_ORIGINS:
            return f"{a.origin} and {b.origin} are two different origins"
        case _ if a.origin == b.origin == NOT_STATED:
            return "Two different reports; neither names its publisher"
        case _ if a.origin == b.origin:
            return f"Two different reports, each from {a.origin}; counted as two"
        case _:
            return f"{_who_unknown(a, b)}; they are counted as two"


def _who_unknown(a: ClaimInWords, b: ClaimInWords) -> str:
    """A sentence saying that it is not known whether the two origins are independent."""
    one, other = (
        x.origin if x.origin != NOT_STATED else "a report without a publisher" for x in (a, b)
    )
    return f"It is not known whether {other} is independent of {one}"
