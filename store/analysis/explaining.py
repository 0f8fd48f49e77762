"""The rule by which two claims are read as they are, in words for a person."""

from collections.abc import Mapping
from typing import NamedTuple

from store.analysis.moments import Order
from store.analysis.reading import STALE, Read, Reading, Voices
from store.analysis.relation import Relation
from store.analysis.statement import Printed
from store.model.dates import long
from store.model.records import Claim
from store.model.wording import times_words, value_words, when_words

APART_FROM = 1.5
"""From how many times one number is the other it is said how far they are apart."""


class Teller(NamedTuple):
    """One of two claims in words: its value, its root, when it was true, when it was published."""

    value: str
    root: str
    as_of: str
    published: str

    @property
    def time(self) -> str:
        """When it was true, else when it was published."""
        return self.as_of or self.published


def teller(claim: Claim, article: Printed, names: Mapping[str, str], root: str) -> Teller:
    """A claim in words; `names` holds the name of every id in its value."""
    published = "at a time that is not stated"
    if article.published:
        day, _, clock = article.published.at.partition("T")
        published = f"published {long(day)} {clock}".rstrip()
    return Teller(
        value=value_words(claim.value, names) or "that it happened",
        root=root,
        as_of=f"as of {when_words(claim.as_of)}" if claim.as_of else "",
        published=published,
    )


class Rule(NamedTuple):
    """Why two claims are read so: how their values compare, and who says them."""

    values: str
    who: str

    def __str__(self) -> str:
        return f"{self.values}; {self.who}"


def rule(read: Read, a: Teller, b: Teller) -> Rule:
    """The rule by which two claims are read so."""
    values = f"not compared: {read.why}" if read.why is not None else _values(read, a, b)
    return Rule(values, _who(read, a, b))


def _values(read: Read, a: Teller, b: Teller) -> str:
    inner, outer = (a, b) if read.first else (b, a)
    match read.relation:
        case Relation.EQUAL:
            return "both say the same"
        case Relation.INSIDE if read.reading is Reading.REFINES:
            return f"{inner.value} lies within {outer.value}"
        case Relation.OPEN:
            return f"{a.value} and {b.value} are compatible{_apart(read)}"
        case Relation.BESIDE:
            return "one need not exclude the other"
        case Relation.GREW:
            return f"{outer.value} {outer.time}, then {inner.value} {inner.time}{_apart(read)}"
        case Relation.BEHIND:
            return _states(read, a, b)
        case Relation.DISJOINT:
            return f"{a.value} and {b.value} do not meet{_apart(read)}"
        case Relation.ANOTHER:
            return f"{a.value}, or {b.value}: a person has to rule"
        case Relation.DOUBTED:
            return "one asserts what the other doubts: a person has to rule"
        case Relation.DENIED:
            return "one asserts what the other denies"
        case _:
            return f"{a.value} and {b.value} overlap{_apart(read)}"


def _apart(read: Read) -> str:
    return f", {times_words(read.times)} apart" if read.times >= APART_FROM else ""


def _states(read: Read, a: Teller, b: Teller) -> str:
    """An earlier and a further state of one holder."""
    if read.reading in STALE:
        late, further = (a, b) if read.first else (b, a)
        words = f"{late.value} {late.time}, but {further.value} already {further.time}"
        if read.reading is Reading.PERHAPS_STALE:
            words += (
                f"; the one {late.published}, the other {further.published},"
                " and not both time zones are stated"
            )
        return words
    if read.order in (Order.BEFORE, Order.PERHAPS_BEFORE):
        return f"{a.value} {a.time}, then {b.value} {b.time}"
    if read.order in (Order.AFTER, Order.PERHAPS_AFTER):
        return f"{b.value} {b.time}, then {a.value} {a.time}"
    return f"{a.value}, and {b.value}: which was first is not known"


def _who(read: Read, a: Teller, b: Teller) -> str:
    match read.voices:
        case Voices.ONE_TEXT:
            return f"{a.root} says both in one text"
        case Voices.ONE_ROOT if read.reading is Reading.UPDATE:
            return f"both from {a.root}{_LATER[read.order]}"
        case Voices.ONE_ROOT:
            return f"both from {a.root}"
        case Voices.TWO_ROOTS:
            return f"{a.root} and {b.root} are two roots"
        case _ if a.root == b.root:
            return f"each text has a root of its own ({a.root})"
        case _:
            return f"{a.root} and {b.root} count as two roots, as not both are known"


_LATER = {
    Order.BEFORE: ", the second later: an update",
    Order.AFTER: ", the first later: an update",
    Order.PERHAPS_BEFORE: ", the second perhaps later: an update",
    Order.PERHAPS_AFTER: ", the first perhaps later: an update",
    Order.UNKNOWN: ": an update, and which is later is not known",
}
