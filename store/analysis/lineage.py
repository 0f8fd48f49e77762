"""The ways by which a statement came from its origins into print, as a tree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from store.analysis.sourced_claim import SourcedClaim
from store.analysis.support import SupportClaim
from store.model.vocabulary import Kind, Stance, TextKind

STANCES = tuple(Stance)


@dataclass(slots=True)
class Branch:
    """One source on the way, or an article at its end, and what came through it.

    `key` is the id of the source or article. `told` is set for an article only:
    the first passage there that says so. `copies` holds the texts below.
    """

    key: str
    told: SourcedClaim | None = None
    below: dict[str, "Branch"] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)


class Origin(NamedTuple):
    """One origin with one stance, and the ways from it into print."""

    origin: str
    stance: Stance
    branch: Branch


def said(told: SourcedClaim) -> SupportClaim:
    """The facts of a claim on which the support of its subject depends."""
    return SupportClaim(
        article=told.article.id,
        copy=told.copy,
        publisher=told.house,
        origin=told.counts_as,
        kind=told.claim.kind,
        stance=told.claim.stance,
        implies=implies(told),
    )


def implies(told: SourcedClaim) -> bool:
    """True if a claim of another kind than occurrence implies that its subject happened."""
    return told.article.text_kind is not TextKind.ROW


def telling(told: Iterable[SourcedClaim]) -> Iterator[SourcedClaim]:
    """The claims that decide what an article does with a subject.

    Those of its occurrence if the article makes one, else all that imply it.
    """
    by_article: dict[str, list[SourcedClaim]] = {}
    for one in told:
        by_article.setdefault(one.article.id, []).append(one)
    for together in by_article.values():
        occurrence = [one for one in together if one.claim.kind is Kind.OCCURRENCE]
        yield from occurrence or filter(implies, together)


def lineage(told: Iterable[SourcedClaim]) -> list[Origin]:
    """The origins: those that assert first, those that deny last, the most articles first."""
    return _origins(_deciding(told))


def lineage_of_details(told: Sequence[SourcedClaim]) -> list[Origin]:
    """The origins of the claims that decide nothing: of details, in the same order.

    Left out are those who say something with the same stance in the same article that decides.
    """
    known = {_way(one) for one in _deciding(told)}
    return _origins(one for one in told if _way(one) not in known)


def _way(told: SourcedClaim) -> tuple[str, Stance, str]:
    return told.origin, told.claim.stance, told.article.id


def _deciding(told: Iterable[SourcedClaim]) -> Iterator[SourcedClaim]:
    """The claims that support the subject or deny it; a denial of a detail does neither."""
    return (
        one
        for one in telling(told)
        if one.claim.stance is not Stance.DENIES or one.claim.kind is Kind.OCCURRENCE
    )


def _origins(told: Iterable[SourcedClaim]) -> list[Origin]:
    origins: dict[tuple[str, Stance], Origin] = {}
    for one in told:
        stance = one.claim.stance
        key = one.origin, stance
        if key not in origins:
            origins[key] = Origin(one.origin, stance, Branch(one.origin))
        _add(origins[key].branch, one)
    return sorted(
        origins.values(),
        key=lambda one: (STANCES.index(one.stance), -len(one.branch.copies), one.origin),
    )


def _add(branch: Branch, told: SourcedClaim) -> None:
    """Add one claim below its origin: through the sources of its chain to its article."""
    copy = told.copy
    branch.copies.add(copy)
    for source in reversed(told.claim.chain[:-1]):
        branch = branch.below.setdefault(source, Branch(source))
        branch.copies.add(copy)
    leaf = branch.below.setdefault(told.article.id, Branch(told.article.id, told))
    leaf.copies.add(copy)


class Carrier(NamedTuple):
    """The known origin on which most texts depend, and their number."""

    origin: str
    texts: int


def carrier(origins: Sequence[Origin], known: Mapping[str, str]) -> Carrier | None:
    """The known origin on which most asserting texts depend; None if none has more than one.

    `known` holds the names of the origins that have one.
    """
    asserting = [one for one in origins if one.stance is Stance.ASSERTS and one.origin in known]
    best = max(asserting, key=lambda one: len(one.branch.copies), default=None)
    if best is None or len(best.branch.copies) < 2:
        return None
    return Carrier(best.origin, len(best.branch.copies))
