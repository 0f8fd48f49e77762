"""The comparison of the values of two statements: the second of three steps, a table of kinds."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from store.analysis.relations import BESIDE, Related, Relation, Wholes, days_related
from store.analysis.scopes import Scopes, scopes_related
from store.analysis.sourced_claim import Statement
from store.analysis.tolls import count_range, counts_related
from store.model.values import Coded, Control, Count, Distance, When
from store.model.vocabulary import DEGREES, ControlState, Kind, Stance

SETS = frozenset(("listed-by", "backed-by", "aim", "target", "next-target"))
"""The schemes in which one voice names a set.

Two sets agree in part if they share some members and each has others besides.
"""

NESTED = "/"
"""The separator between the code of a whole and that of a part: `civil-war/fighting`."""

_SAYS_SO = (Stance.ASSERTS, Stance.HEDGES)


def related(a: Statement, b: Statement, wholes: Wholes) -> Related:
    """The relation of the values of two statements about one slot."""
    if a.stance in _SAYS_SO and b.stance in _SAYS_SO:
        return _VALUES[a.slot.kind](a, b, wholes)
    if a.stance is b.stance:
        same = a.code == b.code
        return Related(Relation.EQUAL if same else Relation.BESIDE)
    stances = (a.stance, b.stance)
    if not set(_SAYS_SO) & set(stances) or not _asserted_inside(a, b, wholes):
        return BESIDE
    if Stance.HEDGES in stances:
        return Related(Relation.HEARSAY)
    return Related(Relation.DENIED if Stance.DENIES in stances else Relation.DOUBTED)


def _asserted_inside(a: Statement, b: Statement, wholes: Wholes) -> bool:
    """True if what one asserts is a case of what the other denies or doubts."""
    said, against = (a, b) if a.stance in _SAYS_SO else (b, a)
    one, other = said.value, against.value
    if isinstance(one, Count) and isinstance(other, Count):
        if scopes_related(said.scope, against.scope) is not Scopes.EQUAL:
            return False
        (low, high), (least, most) = count_range(one), count_range(other)
        return least <= low and (most is None or (high is not None and high <= most))
    if isinstance(one, Control) and isinstance(other, Control):
        within = one.holder == other.holder or other.holder in wholes.get(one.holder, ())
        return one.state is other.state and within
    found = _VALUES[said.slot.kind](said, against, wholes)
    return found.relation is Relation.EQUAL or (found.relation is Relation.INSIDE and found.first)


def _occurred(_a: Statement, _b: Statement, _wholes: Wholes) -> Related:
    return Related(Relation.EQUAL)


def _dated(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    assert isinstance(a.value, When)
    assert isinstance(b.value, When)
    return days_related(a.value.edtf, b.value.edtf)


def _counted(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    return counts_related(a, b)


# distances


def _distant(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    assert isinstance(a.value, Distance)
    assert isinstance(b.value, Distance)
    low, high = (a.value.min, a.value.max), (b.value.min, b.value.max)
    if low == high:
        return Related(Relation.EQUAL)
    inside, around = _within_range(low, high), _within_range(high, low)
    if inside or around:
        inner, outer = (low, high) if inside else (high, low)
        bound = not outer[0]  # a wider range that is no bound is only less exact
        if bound and inner[1] is not None and outer[1] is not None and inner[1] < outer[1]:
            return Related(Relation.BEHIND, first=around)  # the wider bound is farther off
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
    one, other = a.code, b.code
    if one == other:
        return Related(Relation.EQUAL)
    if other in wholes.get(one, ()):
        return Related(Relation.INSIDE, first=True)
    if one in wholes.get(other, ()):
        return Related(Relation.INSIDE)
    return _beside_or_another(a, b, wholes)


def _worded(a: Statement, b: Statement, wholes: Wholes) -> Related:
    """Two codes: one may be a part of the other, or a degree that says more."""
    one, other = a.code, b.code
    if one == other:
        return Related(Relation.EQUAL)
    inside = one.startswith(other + NESTED)
    if inside or other.startswith(one + NESTED):
        return Related(Relation.INSIDE, first=inside)
    scales = DEGREES.get(a.slot.of, ())
    mine, theirs = ([scale for scale in scales if code in scale] for code in (one, other))
    if not (mine and theirs):
        return _beside_or_another(a, b, wholes)
    if mine != theirs:
        return BESIDE
    (scale,) = mine
    return Related(Relation.DEGREE, first=scale.index(one) > scale.index(other))


def _beside_or_another(a: Statement, b: Statement, wholes: Wholes) -> Related:
    """The relation of two values of which neither includes the other.

    An origin that names several does not exclude what the other names, if they have one in common.

    Of a set, each is taken to name all members: where each names some that the
    other does not, they agree only in part.
    """
    in_common = any(_among(one, b.also, wholes) for one in a.also)
    if not in_common:
        return Related(Relation.ANOTHER)
    if isinstance(a.value, Coded) and a.slot.of in SETS:
        mine, theirs = a.code, b.code
        if not (_among(mine, b.also, wholes) or _among(theirs, a.also, wholes)):
            return Related(Relation.PARTLY)
    return BESIDE


def _among(one: str, others: Iterable[str], wholes: Wholes) -> bool:
    return any(_akin(one, other, wholes) for other in others)


def _akin(one: str, other: str, wholes: Wholes) -> bool:
    return (
        one == other
        or other in wholes.get(one, ())
        or one in wholes.get(other, ())
        or one.startswith(other + NESTED)
        or other.startswith(one + NESTED)
    )


# quoted words

_WORD = re.compile(r"\w+")


def _quoted(a: Statement, b: Statement, _wholes: Wholes) -> Related:
    """Two quotations of one saying; the shorter may be a run of the words of the longer."""
    one, other = (f" {' '.join(_WORD.findall(x.code.lower()))} " for x in (a, b))
    if one == other:
        return Related(Relation.EQUAL)
    if one in other or other in one:
        return Related(Relation.INSIDE, first=one in other)
    return Related(Relation.WORDING)


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
    Kind.WORDS: _quoted,
}
"""The function that compares the values of each kind of claim."""
