"""The numbers of victims of an event: low, best and high, worked out from its claims by a rule.

A figure is of a kind (killed, injured, missing, displaced) and of a scope: all
people, or a group of `store.analysis.scopes`. Without a claim there is no figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.analysis.comparison import SlotLine, lined_up
from store.analysis.readings import Reading
from store.analysis.scopes import GROUPS, Scopes, group_of, scopes_related, with_wholes
from store.analysis.sourced_claim import SourcedClaim, happened_of, statements
from store.analysis.tolls import count_range, printed_number
from store.model.judgements import Grade, Ruling, RulingKind
from store.model.values import TOLLS, Count
from store.model.vocabulary import GIVES, Kind, Qualifier, ReadBy, TextKind


class TollFigure(NamedTuple):
    """A number of victims; `scope` is empty for all people, `high` None where it is open."""

    kind: Kind
    scope: str
    low: int
    best: int
    high: int | None


class Verdicts(NamedTuple):
    """The claims that persons have confirmed, and those that they have set aside, by id.

    A claim is confirmed by the grade 1, and set aside by the grade 5 (improbable)
    or by a ruling that another claim refines it. Of several judgements on the same
    the newest counts.
    """

    confirmed: frozenset[str] = frozenset()
    set_aside: frozenset[str] = frozenset()


NO_VERDICTS = Verdicts()
"""The verdicts of a case in which nobody has judged a claim."""


def verdicts_of(judged: Iterable[Grade | Ruling]) -> Verdicts:
    """The verdicts that follow from all grades and rulings of a case."""
    grades: dict[str, str] = {}
    rulings: dict[frozenset[str], Ruling] = {}
    for one in sorted(judged, key=lambda one: (one.at, one.id)):
        if isinstance(one, Grade):
            grades[one.about] = one.grade
        else:
            rulings[frozenset((one.about, one.other))] = one
    refined = {one.other for one in rulings.values() if one.verdict is RulingKind.REFINES}
    return Verdicts(
        frozenset(id for id, grade in grades.items() if grade == _CONFIRMED),
        frozenset({id for id, grade in grades.items() if grade == _IMPROBABLE} | refined),
    )


_CONFIRMED, _IMPROBABLE = "1", "5"


class _Counted(NamedTuple):
    """A number of victims as one origin gives it in one text."""

    claim: str
    group: str
    value: Count
    origin: str
    text: str
    compiled: bool
    read_by: ReadBy


def toll_figures(
    claims: Sequence[SourcedClaim], verdicts: Verdicts = NO_VERDICTS
) -> list[TollFigure]:
    """The figures of an event, from all claims about it, by kind and scope.

    Counted are numbers that are asserted or hedged, and are current: their origin
    did not replace them, and they did not grow into a later one. Of these, those
    that a person confirmed count alone; else a row's own number counts before what the
    program read. What a report says of several events at once
    does not count; the number of a row is of its event, whatever the row covers.
    """
    tolls: dict[Kind, list[SourcedClaim]] = {}
    for one in claims:
        claim = one.claim
        if claim.kind not in TOLLS or claim.stance not in GIVES:
            continue
        if not claim.aggregate or _is_compiled(one):
            tolls.setdefault(claim.kind, []).append(one)
    return [
        figure
        for kind, of in sorted(tolls.items())
        for figure in _figures(kind, _chosen(_current(of, claims, verdicts), verdicts))
    ]


def _current(
    tolls: Sequence[SourcedClaim], claims: Sequence[SourcedClaim], verdicts: Verdicts
) -> Iterator[_Counted]:
    """The numbers of one kind that are current and that no person has set aside."""
    gone = _outdated(tolls, claims) | verdicts.set_aside
    for told in tolls:
        claim = told.claim
        assert isinstance(claim.value, Count)
        if claim.id not in gone:
            yield _Counted(
                claim.id,
                group_of(claim.scope),
                claim.value,
                told.origin,
                told.article.id,
                _is_compiled(told),
                claim.read_by,
            )


def _is_compiled(told: SourcedClaim) -> bool:
    """True if a data set says it itself in one of its rows."""
    return told.article.text_kind is TextKind.ROW and not told.claim.chain


def _outdated(tolls: Sequence[SourcedClaim], claims: Sequence[SourcedClaim]) -> frozenset[str]:
    """The claims that their origin replaced, or whose number grew into a later one."""
    reported = [one for one in tolls if not _is_compiled(one)]
    if len({one.article.id for one in reported}) < 2:
        return frozenset()  # within one text nothing is replaced
    happened = happened_of(one for one in claims if one.claim.kind is Kind.DATE)
    lines = lined_up(statements(reported, happened), {})
    return frozenset(claim for line in lines for claim in _outdated_in(line))


def _outdated_in(line: SlotLine) -> Iterator[str]:
    for voice in line.voices:
        if voice.superseded_by:
            yield from (one.claim for one in line.spoken(voice))
    for dispute in line.disputes(past=False):
        if dispute.read.reading is Reading.GROWN:
            earlier = dispute.other if dispute.read.first else dispute.one
            yield from (one.claim for one in earlier)


def _chosen(counted: Iterable[_Counted], verdicts: Verdicts) -> dict[str, list[_Counted]]:
    """The numbers that count for each group of people; what a person confirmed counts alone.

    Where a data set gives a number, those that the program read by rule, such as from the
    headlines that the row names, do not count unless a person confirmed them.
    """
    groups: dict[str, list[_Counted]] = {}
    for one in counted:
        groups.setdefault(one.group, []).append(one)
    return {
        group: [one for one in of if one.claim in verdicts.confirmed] or _without_read(of)
        for group, of in groups.items()
    }


def _without_read(of: list[_Counted]) -> list[_Counted]:
    if not any(one.compiled for one in of):
        return of
    return [one for one in of if one.compiled or one.read_by not in _BY_PROGRAM]


_BY_PROGRAM = (ReadBy.RULE, ReadBy.MACHINE)


def _figures(kind: Kind, groups: Mapping[str, Sequence[_Counted]]) -> Iterator[TollFigure]:
    """The figure of all people, and of each group of the table that anybody counts.

    Where nobody counts a whole, it is at least what single texts count of its parts.
    """
    scopes = {""} if groups else set()
    for group in groups:
        if group in GROUPS:
            scopes |= with_wholes(group)
    for scope in sorted(scopes):
        counted = groups.get(scope) or _at_least(scope, groups)
        if counted:
            yield TollFigure(kind, scope, *_range_of(counted))


def _range_of(counted: Sequence[_Counted]) -> tuple[int, int, int | None]:
    """Low, best and high of numbers of the same people.

    From the lowest to the highest that anybody gives: open where that is open itself.
    The best is a data set's own estimate; else the number that fits what most origins
    say; of several that fit as many, the lowest.
    """
    ranges = [count_range(one.value) for one in counted]
    low = min(least for least, _ in ranges)
    least, _ = max(ranges, key=lambda of: of[0])
    most = max((most for _, most in ranges if most is not None), default=None)
    high = None if most is None or (least > most) else most
    best = printed_number(counted[0].value) if len(counted) == 1 else _best(counted)
    return round(low), best, None if high is None else round(high)


def _best(counted: Sequence[_Counted]) -> int:
    own = [one for one in counted if one.compiled and one.value.best is not None]
    among = own or counted
    origins: dict[int, set[str]] = {}
    for number in {printed_number(one.value) for one in among}:
        for one in among:
            least, most = count_range(one.value)
            if least <= number and (most is None or number <= most):
                origins.setdefault(number, set()).add(one.origin)
    return min(origins, key=lambda number: (-len(origins[number]), number))


def _at_least(scope: str, groups: Mapping[str, Sequence[_Counted]]) -> list[_Counted]:
    """The parts of a whole that each text counts, as so many at least of the whole."""
    texts: dict[tuple[str, str], list[_Counted]] = {}
    for group, counted in groups.items():
        if group != scope and (not scope or scope in with_wholes(group)):
            for one in counted:
                texts.setdefault((one.text, one.origin), []).append(one)
    return [
        of[0]._replace(group=scope, value=Count(min=_sum_apart(of), qualifier=Qualifier.AT_LEAST))
        for of in texts.values()
    ]


def _sum_apart(counted: Sequence[_Counted]) -> int:
    """The sum of the numbers of groups of which nobody is in two, the greatest first."""
    taken: list[_Counted] = []
    for one in sorted(counted, key=lambda one: -count_range(one.value)[0]):
        if all(scopes_related(one.group, of.group) is Scopes.DISJOINT for of in taken):
            taken.append(one)
    return round(sum(count_range(one.value)[0] for one in taken))
