"""Suggestions that two events may be one that was recorded twice; nothing is merged by them.

They are of one type, at one place, on one day, and one side acts in both. Targets
and tolls are compared if both have them: other victims, or numbers that exclude
each other, make them two events. So do texts that report both.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from store.analysis.relations import Relation, Wholes, days_related
from store.analysis.scopes import Scopes, scopes_related
from store.analysis.sourced_claim import SourcedClaim, Statement, copy_of, statements
from store.analysis.tolls import numbers_disjoint
from store.model.dates import FIRST_DAY, LAST_DAY, bounds
from store.model.values import TOLLS, Participant
from store.model.vocabulary import Kind, Role, Stance

CLOSE = 2
"""The most days, beyond the first, that the date of a sibling may leave open."""

PERHAPS_ONE_EVENT = "perhaps one event"


class Candidate(NamedTuple):
    """An event that may be the same as another: its date (EDTF), and the claims about it."""

    edtf: str
    told: Sequence[SourcedClaim]


def perhaps_one(a: Candidate, b: Candidate, wholes: Wholes) -> str:
    """The reason why two events of one type and place are perhaps one, in words; else empty."""
    if not on_one_day(a.edtf, b.edtf) or not _meet(a, b, _ACTS, wholes) or _told_apart(a, b):
        return ""
    shared = ["type", "place", "day", "perpetrator"]
    targets = _actors(a, _STRUCK), _actors(b, _STRUCK)
    if all(targets):
        if not _meet(a, b, _STRUCK, wholes):
            return ""
        shared.append("target")
    tolls = _tolls(a), _tolls(b)
    if all(tolls):
        alike = [(x, y) for x in tolls[0] for y in tolls[1] if _comparable(x, y)]
        if any(numbers_disjoint(x, y) for x, y in alike):
            return ""
        shared += ["toll"] * bool(alike)
    return "of one " + ", ".join(shared)


def _told_apart(a: Candidate, b: Candidate) -> bool:
    """True if all texts that report one event also report the other, as two events."""
    one, other = ({copy_of(told.article) for told in of.told} for of in (a, b))
    return one <= other or other <= one


def on_one_day(a: str, b: str) -> bool:
    """True if two dates are known to within a few days (`CLOSE`), and can be the same day."""
    if not (_is_close(a) and _is_close(b)):
        return False
    return days_related(a, b).relation is not Relation.DISJOINT


def _is_close(edtf: str) -> bool:
    found = bounds(edtf)
    if found.earliest is None or found.latest is None:
        return False
    if found.earliest == FIRST_DAY or found.latest == LAST_DAY:
        return False
    days = date.fromisoformat(found.latest) - date.fromisoformat(found.earliest)
    return days.days <= CLOSE


_ACTS = frozenset((Role.ATTACKER,))
_STRUCK = frozenset((Role.TARGET, Role.VICTIM))


def _actors(of: Candidate, roles: frozenset[Role]) -> set[str]:
    return {
        one.claim.value.actor
        for one in of.told
        if isinstance(one.claim.value, Participant)
        and one.claim.value.role in roles
        and one.claim.stance is not Stance.DENIES
    }


def _meet(a: Candidate, b: Candidate, roles: frozenset[Role], wholes: Wholes) -> bool:
    """True if one actor, or an actor and its part, has such a role in both."""
    return any(
        x == y or y in wholes.get(x, ()) or x in wholes.get(y, ())
        for x in _actors(a, roles)
        for y in _actors(b, roles)
    )


def _tolls(of: Candidate) -> list[Statement]:
    return [
        one
        for one in statements(told for told in of.told if told.claim.kind in TOLLS)
        if one.stance in (Stance.ASSERTS, Stance.HEDGES) and not one.aggregate
    ]


def _comparable(a: Statement, b: Statement) -> bool:
    same = a.slot.kind is b.slot.kind is not Kind.DISPLACED
    return same and scopes_related(a.scope, b.scope) is Scopes.EQUAL


def actors_of(candidates: Iterable[Candidate]) -> set[str]:
    """The ids of the actors that have a role in them."""
    return {actor for one in candidates for actor in _actors(one, frozenset(Role))}
