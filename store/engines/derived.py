"""What follows from the claims, as rows of the index."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from store.analysis.lineage import said
from store.analysis.resolve import resolved_date, resolved_place
from store.analysis.statement import Told
from store.analysis.support import Said, denials_of, stance_of, support_of
from store.model.dates import bounds
from store.model.records import Event
from store.model.values import Participant, When, Where
from store.model.vocabulary import Kind, Stance

V = TypeVar("V")


class EventRows(NamedTuple):
    """The derived rows of one event, after the columns of their tables."""

    figures: tuple[object, ...]
    evidence: Sequence[tuple[object, ...]]
    actors: Sequence[tuple[object, ...]]
    places: Sequence[tuple[object, ...]]
    sources: Sequence[tuple[object, ...]]


def event_rows(
    n: int,
    event: Event,
    told: Sequence[Told],
    number: Callable[[str], int],
) -> EventRows:
    """What follows from all that is told about event `n`; `number` turns an id into its number."""
    asserted = [one for one in told if one.claim.stance is Stance.ASSERTS]
    edtf = resolved_date(
        event.date_rule,
        ((value.edtf, one.root) for one, value in _valued(asserted, Kind.DATE, When)),
    )
    placed = [(value.place, one.root) for one, value in _valued(asserted, Kind.PLACE, Where)]
    place = resolved_place(placed)
    claimed = [said(one) for one in told]
    support = support_of(claimed)
    found = bounds(edtf)
    by_article: dict[str, list[Said]] = {}
    for one_said in claimed:
        by_article.setdefault(one_said.article, []).append(one_said)
    acting = {
        (number(value.actor), value.role.value)
        for _, value in _valued(told, Kind.PARTICIPANT, Participant)
    }
    quoted = {source for one in told for source in one.claim.chain}
    quoted |= {one.article.publisher for one in told if one.article.publisher}
    return EventRows(
        figures=(
            edtf,
            found.earliest,
            found.latest,
            number(place) if place else None,
            *support,
            n,
        ),
        evidence=[
            (n, number(article), stance_of(together), denials_of(together))
            for article, together in by_article.items()
        ],
        actors=[(n, actor, role) for actor, role in sorted(acting)],
        places=[(n, place) for place in sorted({number(place) for place, _ in placed})],
        sources=[(n, source) for source in sorted(number(source) for source in quoted)],
    )


def _valued(told: Iterable[Told], kind: Kind, value_type: type[V]) -> Iterator[tuple[Told, V]]:
    """The claims of one kind with their values."""
    for one in told:
        if one.claim.kind is kind and isinstance(one.claim.value, value_type):
            yield one, one.claim.value


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
