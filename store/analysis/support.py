"""The support of an event: its articles, publishers and independent origins.

An article supports an event if something in it asserts or doubts it without
denying that it happened. A row of a data set does so only by what it says of
the occurrence: it counts what reports say that are there already. Copies of
one text count once. Origins that are not known (`sourced_claim.origin_of`) count,
too, and are listed apart as unknown.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.analysis.sourced_claim import UNKNOWN
from store.model.records import Claim
from store.model.vocabulary import Kind, Stance


class SupportClaim(NamedTuple):
    """One claim about an event, with the facts on which the event's support depends.

    `copy` is the same for articles that are copies of one text. `publisher` is the id
    that represents its house, None if it is not stated; an unknown `origin` begins with `?`.
    """

    article: str
    copy: str
    publisher: str | None
    origin: str
    kind: Kind
    stance: Stance
    implies: bool = True
    """True if a claim of another kind than occurrence implies that the event happened."""


class Support(NamedTuple):
    """Counts of what supports an event; some of the origins and publishers have no name.

    Origins that only hedge it (`hedges`) and those that deny it are counted apart.
    """

    articles: int
    publishers: int
    unknown_publishers: int
    origins: int
    unknown_origins: int
    hedges: int
    denials: int


def stance_of(said: Iterable[SupportClaim | Claim]) -> Stance:
    """The stance of one article on an event, from all that it says about it.

    Its claims of the occurrence decide; a claim of another kind asserts the
    event by implication. One assertion outweighs a denial that the same
    article reports, as the article then gives both sides.
    """
    claims = list(said)
    occurrence = {claim.stance for claim in claims if claim.kind is Kind.OCCURRENCE}
    stances = occurrence or {
        Stance.ASSERTS if claim.stance is Stance.DENIES else claim.stance for claim in claims
    }
    for stance in (Stance.ASSERTS, Stance.HEDGES, Stance.DOUBTS):
        if stance in stances:
            return stance
    return Stance.DENIES


def strongest(stance: Stance, other: Stance | None) -> Stance:
    """The first of two stances in the order asserts, hedges, doubts, denies."""
    return stance if other is None else min(stance, other, key=_STRENGTHS.index)


_STRENGTHS = tuple(Stance)


def denials_of(said: Iterable[SupportClaim]) -> int:
    """The number of independent origins that deny that the event happened."""
    return len(
        {
            claim.origin
            for claim in said
            if claim.kind is Kind.OCCURRENCE and claim.stance is Stance.DENIES
        }
    )


def support_of(said: Sequence[SupportClaim]) -> Support:
    """The support of an event from all claims about it."""
    by_article: dict[str, list[SupportClaim]] = {}
    for claim in said:
        by_article.setdefault(claim.article, []).append(claim)
    copies: set[str] = set()
    publishers: set[str] = set()
    origins: set[str] = set()
    hedging: set[str] = set()
    for claims in by_article.values():
        if stance_of(claims) is Stance.DENIES:
            continue
        occurrence = [claim for claim in claims if claim.kind is Kind.OCCURRENCE]
        for claim in occurrence or [claim for claim in claims if claim.implies]:
            if claim.stance is Stance.HEDGES:
                hedging.add(claim.origin)
            if claim.stance is not Stance.ASSERTS:
                continue
            copies.add(claim.copy)
            publishers.add(claim.publisher or UNKNOWN + claim.copy)
            origins.add(claim.origin)
    return Support(
        articles=len(copies),
        publishers=len(publishers),
        unknown_publishers=sum(publisher.startswith(UNKNOWN) for publisher in publishers),
        origins=len(origins),
        unknown_origins=sum(origin.startswith(UNKNOWN) for origin in origins),
        hedges=len(hedging - origins),
        denials=denials_of(said),
    )
