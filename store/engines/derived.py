"""What follows from the claims, as rows of the index."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.analysis.lineage import said
from store.analysis.resolve import resolved_date, resolved_place
from store.analysis.statement import Told
from store.analysis.support import Said, denials_of, stance_of, support_of
from store.model.dates import bounds
from store.model.records import Event
from store.model.values import Participant, When, Where
from store.model.vocabulary import Kind, Stance


class EventRows(NamedTuple):
    """The derived rows of one event, after the columns of their tables."""

    figures: tuple[object, ...]
    evidence: Sequence[tuple[object, ...]]
    actors: Sequence[tuple[int, int, str]]
    places: Sequence[tuple[int, int]]
    sources: Sequence[tuple[int, int]]


def event_rows(
    n: int,
    event: Event,
    told: Sequence[Told],
    number: Callable[[str], int],
) -> EventRows:
    """What follows from all that is told about event `n`; `number` turns an id into its number."""
    dated: list[tuple[str, str]] = []
    placed: list[tuple[str, str]] = []
    acting: set[tuple[int, str]] = set()
    quoted: set[str] = set()
    by_article: dict[str, list[Told]] = {}
    for one in told:
        claim, article = one.claim, one.article
        value = claim.value
        if isinstance(value, Participant):
            acting.add((number(value.actor), value.role._value_))
        elif claim.stance is Stance.ASSERTS:
            if isinstance(value, When) and claim.kind is Kind.DATE:
                dated.append((value.edtf, one.root))
            elif isinstance(value, Where) and claim.kind is Kind.PLACE:
                placed.append((value.place, one.root))
        if claim.chain:
            quoted.update(claim.chain)
        if article.publisher:
            quoted.add(article.publisher)
        by_article.setdefault(article.id, []).append(one)
    edtf = resolved_date(event.date_rule, dated)
    place = resolved_place(placed)
    found = bounds(edtf)
    said_by = {article: _said(together) for article, together in by_article.items()}
    return EventRows(
        figures=(
            edtf,
            found.earliest,
            found.latest,
            number(place) if place else None,
            *support_of([one for of in said_by.values() for one in of]),
            n,
        ),
        evidence=[
            (n, number(article), stance_of(of)._value_, denials_of(of))
            for article, of in said_by.items()
        ],
        actors=[(n, actor, role) for actor, role in sorted(acting)],
        places=[(n, place) for place in sorted({number(place) for place, _ in placed})],
        sources=[(n, source) for source in sorted(map(number, quoted))],
    )


def _said(told: Sequence[Told]) -> list[Said]:
    """What one article says, as far as the support of the event depends on it.

    Where it asserts all that it says, one claim of each root is as good as all
    of them: of the occurrence where it makes any, else of what implies it.
    """
    if all(one.claim.stance is Stance.ASSERTS for one in told):
        occurrence = [one for one in told if one.claim.kind is Kind.OCCURRENCE] or told
        told = list({one.root: one for one in occurrence}.values())
    return [said(one) for one in told]


def closure(parents: Mapping[int, Iterable[int]]) -> Iterator[tuple[int, int]]:
    """Every `(member, whole)` pair that follows, each member in itself.

    A circle ends where it closes.
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
