"""Rows of the index that are derived from claims: dates, places, support, participants."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.analysis.event_order import is_move
from store.analysis.lineage import said
from store.analysis.resolve import resolved_date, resolved_place
from store.analysis.sourced_claim import UNKNOWN, SourcedClaim
from store.analysis.support import Support, denials_of, stance_of, strongest, support_of
from store.analysis.time_bounds import by_latest
from store.analysis.toll_figures import NO_VERDICTS, Verdicts, toll_figures
from store.model.dates import bounds
from store.model.records import Event
from store.model.values import Participant, When, Where
from store.model.vocabulary import GIVES, Kind, Stance, TextKind


class EventRows(NamedTuple):
    """The derived rows of one event, in the order of the columns of their tables."""

    figures: tuple[object, ...]
    evidence: Sequence[tuple[object, ...]]
    actors: Sequence[tuple[int, int, str, str]]
    places: Sequence[tuple[int, int]]
    moves: Sequence[tuple[int, int, str, str, str]]
    sources: Sequence[tuple[int, int]]
    tolls: Sequence[tuple[int, str, str, int, int, int | None]]


def event_rows(
    n: int,
    event: Event,
    claims: Sequence[SourcedClaim],
    number: Callable[[str], int],
    verdicts: Verdicts = NO_VERDICTS,
) -> EventRows:
    """Derive the rows of event `n` from all claims about it; `number` maps an id to its number."""
    told = _gathered(claims, number)
    edtf = resolved_date(event.date_rule, told.dated)
    place = resolved_place(told.placed)
    found = bounds(edtf)
    places = [(n, place) for place in sorted({number(place) for place, _ in told.placed})]
    support, evidence = (_asserted_support if told.plain else _mixed_support)(told.by_article)
    reports = (
        told.by_article[article][0].article.published
        for article, (stance, _) in evidence.items()
        if stance != Stance.DENIES.value
    )
    return EventRows(
        figures=(
            edtf,
            found.earliest,
            found.latest,
            by_latest(event, edtf, reports),
            number(place) if place else None,
            *support,
            n,
        ),
        evidence=[(n, number(article), *does) for article, does in evidence.items()],
        actors=[(n, *acting, stance._value_) for acting, stance in sorted(told.acting.items())],
        places=places,
        moves=_moves(event, places, claims) if is_move(event) else [],
        sources=[(n, source) for source in sorted(map(number, told.quoted))],
        tolls=[
            (n, one.kind._value_, one.scope, one.low, one.best, one.high)
            for one in toll_figures(claims, verdicts)
        ],
    )


def _moves(
    event: Event, places: Sequence[tuple[int, int]], claims: Sequence[SourcedClaim]
) -> list[tuple[int, int, str, str, str]]:
    """The places of a move with the first and the last day on which any claim dates it."""
    dates = (one.claim.value for one in claims if one.claim.stance in GIVES)
    days = [bounds(date.edtf) for date in dates if isinstance(date, When)]
    found = [(day.earliest, day.latest) for day in days if day.earliest and day.latest]
    if not found:
        return []  # it is in no order with others
    first, last = (of(one) for of, one in zip((min, max), zip(*found, strict=True), strict=True))
    return [(*place, event.type._value_, first, last) for place in places]


class _Told(NamedTuple):
    """The claims about one event by what they tell.

    `dated` and `placed` are the asserted dates and places, each with its origin,
    `acting` the stance of each participant by number and role, `quoted` the ids of all sources.
    `plain` says that every claim is an assertion.
    """

    dated: list[tuple[str, str]]
    placed: list[tuple[str, str]]
    acting: dict[tuple[int, str], Stance]
    quoted: set[str]
    by_article: dict[str, list[SourcedClaim]]
    plain: bool


def _gathered(claims: Sequence[SourcedClaim], number: Callable[[str], int]) -> _Told:
    dated: list[tuple[str, str]] = []
    placed: list[tuple[str, str]] = []
    acting: dict[tuple[int, str], Stance] = {}
    quoted: set[str] = set()
    by_article: dict[str, list[SourcedClaim]] = {}
    plain = True
    for one in claims:
        claim, article = one.claim, one.article
        kind, value = claim.kind, claim.value
        if kind is Kind.PARTICIPANT:
            assert isinstance(value, Participant)
            has = number(value.actor), value.role._value_
            acting[has] = strongest(claim.stance, acting.get(has))
        if claim.stance is not Stance.ASSERTS:
            plain = False
        elif kind is Kind.DATE:
            assert isinstance(value, When)
            dated.append((value.edtf, one.origin))
        elif kind is Kind.PLACE:
            assert isinstance(value, Where)
            placed.append((value.place, one.origin))
        if claim.chain:
            quoted.update(claim.chain)
        if article.publisher:
            quoted.add(article.publisher)
        if article.id in by_article:
            by_article[article.id].append(one)
        else:
            by_article[article.id] = [one]
    return _Told(dated, placed, acting, quoted, by_article, plain)


_Evidence = tuple[Support, dict[str, tuple[str, int]]]
"""The support of an event, and the stance and number of denials of each article."""


def _mixed_support(by_article: Mapping[str, Sequence[SourcedClaim]]) -> _Evidence:
    claimed = {article: [said(one) for one in of] for article, of in by_article.items()}
    return support_of([one for of in claimed.values() for one in of]), {
        article: (stance_of(of)._value_, denials_of(of)) for article, of in claimed.items()
    }


def _asserted_support(by_article: Mapping[str, Sequence[SourcedClaim]]) -> _Evidence:
    """Count the support of claims that are all assertions, the usual case, in fewer steps."""
    copies: set[str] = set()
    publishers: set[str] = set()
    origins: set[str] = set()
    for claims in by_article.values():
        article = claims[0].article
        telling = [one.counts_as for one in claims if one.claim.kind is Kind.OCCURRENCE]
        if not telling:
            if article.text_kind is TextKind.ROW:
                continue
            telling = [one.counts_as for one in claims]
        copies.add(claims[0].copy)
        publishers.add(claims[0].house)
        origins.update(telling)
    support = Support(
        articles=len(copies),
        publishers=len(publishers),
        unknown_publishers=sum(one.startswith(UNKNOWN) for one in publishers),
        origins=len(origins),
        unknown_origins=sum(one.startswith(UNKNOWN) for one in origins),
        hedges=0,
        denials=0,
    )
    return support, dict.fromkeys(by_article, _ASSERTS)


_ASSERTS = (Stance.ASSERTS.value, 0)


def closure(parents: Mapping[int, Iterable[int]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs `(member, whole)` of the transitive closure, each member also in itself.

    A cycle is followed once.
    """
    for member in parents:
        seen = {member}
        waiting = [member]
        while waiting:
            whole = waiting.pop()
            yield member, whole
            for parent in parents.get(whole, ()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
