"""How two values compare, whoever says them and whenever they were published.

The relations, and how two dates relate; `tolls` has the numbers of people, and
`comparing` one table for each kind of value.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from store.model.dates import FIRST_DAY, LAST_DAY, bounds

Wholes = Mapping[str, frozenset[str]]
"""What each actor and place belongs to, by its id."""


class Relation(StrEnum):
    """How two values compare."""

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
        """Whether two roots can be at odds over values that compare so."""
        return self in _MAY_DISPUTE

    @property
    def depends_on_time(self) -> bool:
        """Whether it matters which of the two was told first."""
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
    """How two values compare.

    `first` says, where it matters, that it is the first of the two that lies
    inside the other, is behind it, says more, or was counted later. `times` says how many
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


_DIRECTED = (Relation.INSIDE, Relation.BEHIND, Relation.GREW, Relation.DEGREE)

BESIDE = Related(Relation.BESIDE)
"""One value need not exclude the other."""

Days = tuple[str, str]


# dates


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
