"""The relations of two values, whoever says them and whenever they were published.

The relations, and the comparison of two dates; `tolls` has the numbers of people, and
`compare_values` the table of the kinds of value.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from store.model.dates import FIRST_DAY, LAST_DAY, bounds

Wholes = Mapping[str, frozenset[str]]
"""The ids of the wholes to which each actor and place belongs, by its id."""


class Relation(StrEnum):
    """The relation of two values."""

    EQUAL = "equal"
    INSIDE = "inside"
    OVERLAPPING = "overlapping"
    OPEN = "open"
    BESIDE = "beside"
    PARTLY = "partly"
    PEOPLE = "people"
    INCIDENT = "incident"
    LATE = "late"
    GREW = "grew"
    BEHIND = "behind"
    DEGREE = "degree"
    WORDING = "wording"
    DISJOINT = "disjoint"
    ANOTHER = "another"
    DOUBTED = "doubted"
    HEARSAY = "hearsay"
    DENIED = "denied"

    @property
    def may_dispute(self) -> bool:
        """True if two origins can be in dispute over values with this relation."""
        return self in _MAY_DISPUTE

    @property
    def depends_on_time(self) -> bool:
        """True if it matters which of the two was reported first."""
        return self is Relation.BEHIND


_MAY_DISPUTE = frozenset(
    (
        *(Relation.BEHIND, Relation.DISJOINT, Relation.ANOTHER, Relation.DOUBTED),
        *(Relation.HEARSAY, Relation.DENIED, Relation.PARTLY, Relation.PEOPLE),
        *(Relation.INCIDENT, Relation.LATE, Relation.GREW, Relation.OPEN),
        *(Relation.DEGREE, Relation.WORDING),
    )
)


class Related(NamedTuple):
    """The relation of two values, and its direction.

    `first` is true, where it matters, if the first of the two is inside the other, is
    behind it, says more, or was counted later. `times` is the ratio of the greater number
    to the smaller one, 0 where that does not apply.
    """

    relation: Relation
    first: bool = False
    times: float = 0

    def reversed(self) -> "Related":
        """The same relation, with the two values swapped."""
        if self.relation not in _DIRECTED:
            return self
        return Related(self.relation, not self.first, self.times)


_DIRECTED = (Relation.INSIDE, Relation.BEHIND, Relation.GREW, Relation.DEGREE)

BESIDE = Related(Relation.BESIDE)
"""One value need not exclude the other."""

Days = tuple[str, str]


# dates


def days_related(a: str, b: str) -> Related:
    """The relation of two known dates (EDTF); an approximate one gains its length on each side."""
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
    """True if the first of two known dates is the earlier; None if that is not certain."""
    first, second = _choices(a), _choices(b)
    if max(last for _, last in first) < min(start for start, _ in second):
        return True
    if max(last for _, last in second) < min(start for start, _ in first):
        return False
    return None


@lru_cache(4096)
def _choices(edtf: str) -> tuple[Days, ...]:
    """The stretches of days that a date allows."""
    parts = edtf[1:-1].split(",") if edtf.startswith("[") else [edtf]
    return tuple(_stretch(part.strip()) for part in parts)


def _stretch(edtf: str) -> Days:
    found = bounds(edtf)
    first, last = found.earliest or FIRST_DAY, found.latest or LAST_DAY
    if not found.approximate or first < "0002" or last == LAST_DAY:
        return first, last
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    wider = min(end - start + timedelta(days=1), start - date.min, date.max - end)
    return (start - wider).isoformat(), (end + wider).isoformat()


def _all_inside(inner: Iterable[Days], outer: Collection[Days]) -> bool:
    return all(any(o[0] <= i[0] and i[1] <= o[1] for o in outer) for i in inner)
