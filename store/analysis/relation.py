"""How two values compare: the second of the three steps, one table for each kind of value.

Who says them and when they were published plays no part here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from store.analysis.statement import Statement, code_of
from store.model.dates import FIRST_DAY, LAST_DAY, bounds
from store.model.values import Control, Count, Distance, When
from store.model.vocabulary import ControlState, Kind, Qualifier, Stance

Wholes = Mapping[str, frozenset[str]]
"""What each actor and place belongs to, by its id."""


class Relation(StrEnum):
    """How two values compare."""

    EQUAL = "equal"
    INSIDE = "inside"
    OVERLAPPING = "overlapping"
    OPEN = "open"
    BESIDE = "beside"
    GREW = "grew"
    BEHIND = "behind"
    DISJOINT = "disjoint"
    ANOTHER = "another"
    DOUBTED = "doubted"
    DENIED = "denied"

    @property
    def may_dispute(self) -> bool:
        """Whether two roots can be at odds over values that compare so."""
        return self in _MAY_DISPUTE

    @property
    def depends_on_time(self) -> bool:
        """Whether it matters which of the two was told first."""
        return self is Relation.BEHIND


_MAY_DISPUTE = frozenset(
    (Relation.BEHIND, Relation.DISJOINT, Relation.ANOTHER, Relation.DOUBTED, Relation.DENIED)
)


class Related(NamedTuple):
    """How two values compare.

    `first` says, where it matters, that it is the first of the two that lies
    inside the other, is behind it, or was counted later. `times` says how many
    times the greater number is the smaller one, 0 where that is not a question.
    """

    relation: Relation
    first: bool = False
    times: float = 0

    def reversed(self) -> "Related":
        """The same, named the other way round."""
        if self.relation not in _DIRECTED:
            return self
        return Related(self.relation, not self.first, self.times)


_DIRECTED = (Relation.INSIDE, Relation.BEHIND, Relation.GREW)

_BESIDE = Related(Relation.BESIDE)

ABOUT = 0.1
"""How far from a number "about" that number may be, as a part of it: our own convention."""

CUMULATIVE = frozenset((Kind.FATALITIES, Kind.INJURIES, Kind.MISSING, Kind.DISPLACED))
"""Counts that can only grow as time passes."""

Days = tuple[str, str]


def related(a: Statement, b: Statement, wholes: Wholes) -> Related:
    """How the values of two statements of one slot compare."""
    if a.stance is Stance.ASSERTS is b.stance:
        return _VALUES[a.slot.kind](a, b, wholes)
    if a.stance is b.stance:
        same = code_of(a.value) == code_of(b.value)
        return Related(Relation.EQUAL if same else Relation.BESIDE)
    stances = (a.stance, b.stance)
    if Stance.ASSERTS not in stances or not _asserted_inside(a, b, wholes):
        return _BESIDE
    return Related(Relation.DENIED if Stance.DENIES in stances else Relation.DOUBTED)


def _asserted_inside(a: Statement, b: Statement, wholes: Wholes) -> bool:
    """Whether what one asserts is a case of what the other denies or doubts."""
    said, against = (a, b) if a.stance is Stance.ASSERTS else (b, a)
    one, other = said.value, against.value
    if isinstance(one, Count) and isinstance(other, Count):
        (low, high), (least, most) = _range(one), _range(other)
        return least <= low and (most is None or (high is not None and high <= most))
    if isinstance(one, Control) and isinstance(other, Control):
        within = one.holder == other.holder or other.holder in wholes.get(one.holder, ())
        return one.state is other.state and within
    found = _VALUES[said.slot.kind](said, against, wholes)
    return found.relation is Relation.EQUAL or (found.relation is Relation.INSIDE and found.first)


def _occurred(_a: Statement, _b: Statement, _wholes: Wholes) -> Related:
    return Related(Relation.EQUAL)


# dates


def _dated(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    assert isinstance(a.value, When)
    assert isinstance(b.value, When)
    return days_related(a.value.edtf, b.value.edtf)


def days_related(a: str, b: str) -> Related:
    """How two known dates (EDTF) compare; an approximate one is taken as wide again as it is."""
    if a == b:
        return Related(Relation.EQUAL)
    first, second = _choices(a), _choices(b)
    inside, around = _all_inside(first, second), _all_inside(second, first)
    if inside or around:
        same = inside and around  # the same choices, in another order or one of them twice
        return Related(Relation.EQUAL) if same else Related(Relation.INSIDE, first=inside)
    met = any(x[0] <= y[1] and y[0] <= x[1] for x in first for y in second)
    return Related(Relation.OVERLAPPING if met else Relation.DISJOINT)


def days_earlier(a: str, b: str) -> bool | None:
    """Whether the first of two known dates is the earlier; None where that is not certain."""
    first, second = _choices(a), _choices(b)
    if max(last for _, last in first) < min(start for start, _ in second):
        return True
    if max(last for _, last in second) < min(start for start, _ in first):
        return False
    return None


def _choices(edtf: str) -> list[Days]:
    """The stretches of days that a date allows."""
    parts = edtf[1:-1].split(",") if edtf.startswith("[") else [edtf]
    return [_stretch(part.strip()) for part in parts]


def _stretch(edtf: str) -> Days:
    found = bounds(edtf)
    first, last = found.earliest or FIRST_DAY, found.latest or LAST_DAY
    if not found.approximate or first < "0002" or last == LAST_DAY:
        return first, last
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    wider = min(end - start + timedelta(days=1), start - date.min, date.max - end)
    return (start - wider).isoformat(), (end + wider).isoformat()


def _all_inside(inner: Iterable[Days], outer: list[Days]) -> bool:
    return all(any(o[0] <= i[0] and i[1] <= o[1] for o in outer) for i in inner)


# numbers


def _counted(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    assert isinstance(a.value, Count)
    assert isinstance(b.value, Count)
    low, high = _range(a.value), _range(b.value)
    if low == high and (low[1] is not None or code_of(a.value) == code_of(b.value)):
        return Related(Relation.EQUAL)
    times = _times(a.value, b.value)
    if low[1] is None or high[1] is None:
        meet = (low[1] is None or low[1] >= high[0]) and (high[1] is None or high[1] >= low[0])
        relation = Relation.OPEN
    else:
        if high[0] <= low[0] and low[1] <= high[1]:
            return Related(Relation.INSIDE, first=True)
        if low[0] <= high[0] and high[1] <= low[1]:
            return Related(Relation.INSIDE)
        meet = low[0] <= high[1] and high[0] <= low[1]
        relation = Relation.OVERLAPPING
    if meet:
        return Related(relation, times=times)
    if a.slot.kind in CUMULATIVE and (later := _later(a, b)) is not None:
        greater = low[0] > high[0]
        if greater is later:
            return Related(Relation.GREW, first=later, times=times)
    return Related(Relation.DISJOINT, times=times)


@lru_cache(4096)
def _range(count: Count) -> tuple[float, float | None]:
    """The least and the most that the number can be; None is open upwards."""
    known = [number for number in (count.min, count.max, count.best) if number is not None]
    low, high = min(known), max(known)
    if count.qualifier is Qualifier.ABOUT:
        return low * (1 - ABOUT), high * (1 + ABOUT)
    is_open = count.max is None and (count.best is None or count.qualifier in _OPEN)
    return low, None if is_open else high


_WORDS = frozenset((Qualifier.DOZENS, Qualifier.HUNDREDS, Qualifier.THOUSANDS))
_OPEN = (Qualifier.AT_LEAST, Qualifier.SOME, *_WORDS)


def _number(count: Count) -> int:
    """The number that is printed, or the lowest of several; a data set's own estimate."""
    if count.best is not None:
        return count.best
    at_most = count.max if count.qualifier is Qualifier.AT_MOST else None
    return count.min if at_most is None else at_most


def _times(a: Count, b: Count) -> float:
    """How many times one number is the other; 0 where one is only a word, such as dozens."""
    one, other = _number(a), _number(b)
    if not one or not other or {a.qualifier, b.qualifier} & _WORDS:
        return 0
    return max(one, other) / min(one, other)


def _later(a: Statement, b: Statement) -> bool | None:
    """Whether the first was true later than the second; None where that is not known."""
    if not a.as_of or not b.as_of:
        return None
    return days_earlier(b.as_of, a.as_of)


# distances


def _distant(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    assert isinstance(a.value, Distance)
    assert isinstance(b.value, Distance)
    low, high = (a.value.min, a.value.max), (b.value.min, b.value.max)
    if low == high:
        return Related(Relation.EQUAL)
    inside, around = _within_range(low, high), _within_range(high, low)
    if inside or around:
        return Related(Relation.INSIDE, first=inside)
    meet = (low[1] is None or low[1] >= high[0]) and (high[1] is None or high[1] >= low[0])
    return Related(Relation.OVERLAPPING if meet else Relation.DISJOINT)


_Range = tuple[float, float | None]


def _within_range(inner: _Range, outer: _Range) -> bool:
    ends = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return outer[0] <= inner[0] and ends


# who holds a place

_FAR = list(ControlState)


def _controlled(a: Statement, b: Statement, wholes: Wholes) -> Related:
    assert isinstance(a.value, Control)
    assert isinstance(b.value, Control)
    one, other = a.value, b.value
    if not _akin(one.holder, other.holder, wholes):
        states = {one.state, other.state}
        if states == {ControlState.HELD}:
            return Related(Relation.DISJOINT)
        if ControlState.HELD in states and states & _INTRUDING:
            return Related(Relation.ANOTHER)
        return Related(Relation.BESIDE)
    if one.state is other.state:
        return Related(Relation.EQUAL)
    return Related(Relation.BEHIND, first=_FAR.index(one.state) < _FAR.index(other.state))


_INTRUDING = {ControlState.CONTESTED, ControlState.ENTERED}
"""States of one holder with which another does not simply hold the place."""


# names and codes


def _within(a: Statement, b: Statement, wholes: Wholes) -> Related:
    """Two actors in one role, or two places."""
    one, other = code_of(a.value), code_of(b.value)
    if one == other:
        return Related(Relation.EQUAL)
    if other in wholes.get(one, ()):
        return Related(Relation.INSIDE, first=True)
    if one in wholes.get(other, ()):
        return Related(Relation.INSIDE)
    return _beside_or_another(a, b, wholes)


def _worded(a: Statement, b: Statement, wholes: Wholes) -> Related:
    if code_of(a.value) == code_of(b.value):
        return Related(Relation.EQUAL)
    return _beside_or_another(a, b, wholes)


def _beside_or_another(a: Statement, b: Statement, wholes: Wholes) -> Related:
    """Who names several need not leave out what the other names, if they have one in common."""
    in_common = any(_akin(one, other, wholes) for one in a.also for other in b.also)
    return Related(Relation.BESIDE if in_common else Relation.ANOTHER)


def _akin(one: str, other: str, wholes: Wholes) -> bool:
    return one == other or other in wholes.get(one, ()) or one in wholes.get(other, ())


_VALUES: Mapping[Kind, Callable[[Any, Any, Wholes], Related]] = {
    Kind.OCCURRENCE: _occurred,
    Kind.DATE: _dated,
    Kind.PLACE: _within,
    Kind.PARTICIPANT: _within,
    Kind.FATALITIES: _counted,
    Kind.INJURIES: _counted,
    Kind.MISSING: _counted,
    Kind.DISPLACED: _counted,
    Kind.POPULATION: _counted,
    Kind.CONTROL: _controlled,
    Kind.MANNER: _worded,
    Kind.CAUSE: _worded,
    Kind.AIM: _worded,
    Kind.SUPPORT: _worded,
    Kind.DESIGNATION: _worded,
    Kind.NAME: _worded,
    Kind.DISTANCE: _distant,
    Kind.WORDS: _worded,
}
"""How the values of each kind of claim compare."""
