"""Who supports an event: its articles, publishers and independent roots.

An article supports an event if something in it asserts or doubts it without
denying that it happened. A row of a data set does so only by what it says of
the occurrence: it counts what reports say that are there already. Copies of
one text count once. Roots that nobody knows (`statement.root_of`) count, too,
and are told apart as unknown.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.analysis.sourced_claim import UNKNOWN
from store.model.vocabulary import Kind, Stance


class SupportClaim(NamedTuple):
    """One claim about an event, with what its support depends on.

    `copy` is the same for articles that are copies of one text. `publisher` is
    what stands for its house, None where it is not stated; an unknown `root` begins with `?`.
    """

    article: str
    copy: str
    publisher: str | None
    root: str
    kind: Kind
    stance: Stance
    implies: bool = True
    """Whether claims of another kind tell that the event happened."""


class Support(NamedTuple):
    """How many support an event; some of the roots and publishers have no name.

    Origins that only hedge it (`hedges`), and those that deny it, stand apart.
    """

    articles: int
    publishers: int
    unknown_publishers: int
    roots: int
    unknown_roots: int
    hedges: int
    denials: int


def stance_of(said: Iterable[SupportClaim]) -> Stance:
    """What one article does with an event, from all that it says about it.

    What it says of the occurrence decides; a claim of another kind asserts the
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


def denials_of(said: Iterable[SupportClaim]) -> int:
    """How many independent roots deny that the event happened."""
    return len(
        {
            claim.root
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
    roots: set[str] = set()
    hedging: set[str] = set()
    for claims in by_article.values():
        if stance_of(claims) is Stance.DENIES:
            continue
        occurrence = [claim for claim in claims if claim.kind is Kind.OCCURRENCE]
        for claim in occurrence or [claim for claim in claims if claim.implies]:
            if claim.stance is Stance.HEDGES:
                hedging.add(claim.root)
            if claim.stance is not Stance.ASSERTS:
                continue
            copies.add(claim.copy)
            publishers.add(claim.publisher or UNKNOWN + claim.copy)
            roots.add(claim.root)
    return Support(
        articles=len(copies),
        publishers=len(publishers),
        unknown_publishers=sum(publisher.startswith(UNKNOWN) for publisher in publishers),
        roots=len(roots),
        unknown_roots=sum(root.startswith(UNKNOWN) for root in roots),
        hedges=len(hedging - roots),
        denials=denials_of(said),
    )
