"""Facts of one toll that follow from the others: its bombers, its incident, its first report."""

from collections import Counter
from collections.abc import Sequence

from store.analysis.publication_order import DAY
from store.analysis.scopes import Scopes, group_of, scopes_related
from store.analysis.sourced_claim import UNKNOWN, Statement
from store.model.values import Count
from store.model.vocabulary import Qualifier, Stance


def surrounded(voices: Sequence[Statement]) -> list[Statement]:
    """The voices of one toll, in their order, with the facts that follow from the others.

    Reports of one figure are of one incident: of the one way of dying that they give,
    else of that of most reports of the event. "8" is at least 8 if the same publisher
    says so.
    """
    subjects: dict[str, list[Statement]] = {}
    for voice in voices:
        if not voice.compiled:
            subjects.setdefault(voice.subject, []).append(voice)
    told = {subject: _EventTolls(of) for subject, of in subjects.items()}
    return [told[one.subject].around(one) if not one.compiled else one for one in voices]


class _EventTolls:
    """The facts that the reports of one event give together."""

    def __init__(self, voices: Sequence[Statement]) -> None:
        ways = Counter(one.incident for one in voices if one.incident)
        most = ways.most_common(1)
        self._incident = most[0][0] if most and 2 * most[0][1] > ways.total() > 1 else ""
        self._ways: dict[_Figure, set[str]] = {}
        for one in voices:
            if one.incident:
                self._ways.setdefault(_figure(one), set()).add(one.incident)
        self._report = min((day for one in voices if (day := one.published[:DAY])), default="")
        self._bombers = max((one.bombers for one in voices), default=0)
        self._first: dict[_Figure, str] = {}
        self._least: set[tuple[object, ...]] = set()
        self._in_texts: dict[tuple[str, str], list[Statement]] = {}
        self._given: dict[tuple[str, str], list[Statement]] = {}
        self._all: set[str] = set()
        for one in voices:
            if one.aggregate or one.stance is Stance.DENIES or not isinstance(one.value, Count):
                continue
            self._in_texts.setdefault(_text(one), []).append(one)
            if one.publisher and one.published:
                self._given.setdefault(_giver(one), []).append(one)
            figure, day = _figure(one), one.published[:DAY]
            if day:
                self._first[figure] = min(day, self._first.get(figure, day))
            if not group_of(one.scope) and one.value.qualifier is Qualifier.EXACT:
                self._all.add(_origin(one))
            if one.value.qualifier is Qualifier.AT_LEAST:
                self._least.add(_said(one))

    def around(self, one: Statement) -> Statement:
        """A voice with the facts that follow from the others."""
        exact = isinstance(one.value, Count) and one.value.qualifier is Qualifier.EXACT
        ways = self._ways.get(_figure(one), set())
        return one._replace(
            incident=next(iter(ways)) if len(ways) == 1 else self._incident,
            bombers=self._bombers,
            first_told=self._first.get(_figure(one), ""),
            first_report=self._report,
            whole_told=bool(one.scope) and _origin(one) in self._all,
            in_all=self._in_all(one),
            given_before=self._given_before(one),
            at_least=exact and bool(one.publisher) and _said(one) in self._least,
        )

    def _given_before(self, one: Statement) -> frozenset[float]:
        """The lower numbers of the same people that the same publisher gave until that day."""
        return frozenset(
            _least_of(other)
            for other in self._given.get(_giver(one), ())
            if other.article != one.article
            and other.published[:DAY] <= one.published[:DAY]
            and _least_of(other) < _least_of(one)
        )

    def _in_all(self, one: Statement) -> float:
        """The number of all dead by the text of a number of some: its own total, or the sum."""
        most = beside = 0.0
        for other in self._in_texts.get(_text(one), ()):
            scopes = scopes_related(one.scope, other.scope)
            if scopes is Scopes.DISJOINT:
                beside += _least_of(other)
            elif scopes in (Scopes.EQUAL, Scopes.PART):
                most = max(most, _least_of(other))
        return max(most, _least_of(one) + beside)


_Figure = tuple[str, str]


def _figure(one: Statement) -> _Figure:
    """A key that is equal for voices with one number of the same people."""
    return one.code, group_of(one.scope)


def _giver(one: Statement) -> tuple[str, str]:
    """A key that is equal for numbers of the same people by one publisher."""
    return one.publisher, group_of(one.scope)


def _text(one: Statement) -> tuple[str, str]:
    """A key that is equal for what one origin says in one article."""
    return one.article, one.origin


def _least_of(one: Statement) -> float:
    return one.value.min if isinstance(one.value, Count) else 0


def _origin(one: Statement) -> str:
    """The origin of a voice; for one that is not known, the part of its id without the text."""
    return one.origin.removeprefix(UNKNOWN + one.copy) or one.origin


def _said(one: Statement) -> tuple[object, ...]:
    """A key of publisher, day of publication, scope and least number."""
    least = one.value.min if isinstance(one.value, Count) else 0
    return one.publisher, one.published[:DAY], one.scope, least
