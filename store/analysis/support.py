"""Who supports an event: its articles, publishers and independent roots.

An article supports an event if something in it asserts or doubts it without
denying that it happened. Copies of one text count once. The root of a claim is
the last of its chain; a publisher that is not stated is a root of its own,
equal to no other, and is counted as unknown.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.model.vocabulary import Kind, Stance


class Said(NamedTuple):
    """One claim about an event, with what its support depends on.

    `copy` is the same for articles that are copies of one text. `publisher`
    and `root` are None where the publisher is not stated.
    """

    article: str
    copy: str
    publisher: str | None
    root: str | None
    kind: Kind
    stance: Stance


class Support(NamedTuple):
    """How many support an event; some of the roots and publishers have no name.

    Denials (roots that deny the event) stand apart.
    """

    articles: int
    publishers: int
    unknown_publishers: int
    roots: int
    unknown_roots: int
    denials: int


def stance_of(said: Iterable[Said]) -> Stance:
    """What one article does with an event, from all that it says about it.

    What it says of the occurrence decides; a claim of another kind asserts the
    event by implication. One assertion outweighs a denial that the same
    article reports, as the article then gives both sides.
    """
    claims = list(said)
    occurrence = {claim.stance for claim in claims if claim.kind is Kind.OCCURRENCE}
    stances = occurrence or {
        Stance.DOUBTS if claim.stance is Stance.DOUBTS else Stance.ASSERTS for claim in claims
    }
    for stance in (Stance.ASSERTS, Stance.DOUBTS):
        if stance in stances:
            return stance
    return Stance.DENIES


def denials_of(said: Iterable[Said]) -> int:
    """How many independent roots deny that the event happened."""
    return len(
        {
            claim.root or f"?{claim.copy}"
            for claim in said
            if claim.kind is Kind.OCCURRENCE and claim.stance is Stance.DENIES
        }
    )


def support_of(said: Sequence[Said]) -> Support:
    """The support of an event from all claims about it."""
    by_article: dict[str, list[Said]] = {}
    for claim in said:
        by_article.setdefault(claim.article, []).append(claim)
    copies: set[str] = set()
    publishers: set[str] = set()
    roots: set[str] = set()
    unknown: set[str] = set()
    for claims in by_article.values():
        if stance_of(claims) is Stance.DENIES:
            continue
        occurrence = [claim for claim in claims if claim.kind is Kind.OCCURRENCE]
        for claim in occurrence or claims:
            if claim.stance is not Stance.ASSERTS:
                continue
            copies.add(claim.copy)
            publishers.add(claim.publisher or f"?{claim.copy}")
            if claim.root:
                roots.add(claim.root)
            else:
                unknown.add(f"?{claim.copy}")
    return Support(
        articles=len(copies),
        publishers=len(publishers),
        unknown_publishers=sum(publisher.startswith("?") for publisher in publishers),
        roots=len(roots) + len(unknown),
        unknown_roots=len(unknown),
        denials=denials_of(said),
    )
