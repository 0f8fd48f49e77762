"""Circles of wholes and parts that only two copies of a case together have, broken up.

One copy makes a place a part of another, and the other copy the reverse: then the later act
holds, and the earlier one is a conflict.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from store.custody.branch import Touch
from store.custody.shared_redactions import Versions
from store.custody.two_copies import Conflict, Copy
from store.model.records import Actor, AnyRecord, Event, Place

_FIELD: Mapping[type, str] = {Event: "part_of", Place: "within", Actor: "part_of"}
"""The field of a record that names what it is a part of."""

Unedited = Callable[[str], AnyRecord | None]
"""Gives a record that neither copy has edited."""


class _Link(NamedTuple):
    """A part and one of its wholes, by their ids."""

    part: str
    whole: str


def break_circles(
    records: Versions, mine: Copy, theirs: Copy, unedited: Unedited
) -> list[Conflict]:
    """Take the earliest new link out of each circle that neither copy has, and tell of it."""
    conflicts = []

    def present(id: str) -> AnyRecord | None:
        return records[id] if id in records else unedited(id)

    def is_in(copy: Copy, link: _Link) -> bool:
        one = copy.now[link.part] if link.part in copy.now else unedited(link.part)
        return link.whole in _wholes(one)

    for id in sorted(records):
        while circle := _circle(id, present):
            new = [
                (copy.branch.last_touch(link.part, (_FIELD[type(present(link.part))],)), link)
                for copy, other in ((mine, theirs), (theirs, mine))
                for link in circle
                if is_in(copy, link) and not is_in(other, link)
            ]
            if not new or any(all(is_in(copy, link) for link in circle) for copy in (mine, theirs)):
                break  # a copy had it before
            conflicts.append(_broken(records, min(new), max(new)[0]))
    return conflicts


def _broken(records: Versions, earliest: tuple[Touch, _Link], holds: Touch) -> Conflict:
    yields, link = earliest
    one = records[link.part]
    assert one is not None
    field = _FIELD[type(one)]
    value = getattr(one, field)
    left = tuple(of for of in value if of != link.whole) if isinstance(value, tuple) else None
    after = msgspec.structs.replace(one, **{field: left})
    records[link.part] = after
    return Conflict(after, (field,), after, one, holds, yields)


def _circle(start: str, present: Callable[[str], AnyRecord | None]) -> list[_Link]:
    """The links from a record through its wholes back to it; none where there is no way."""
    ways = [[_Link(start, whole)] for whole in _wholes(present(start))]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        end = way[-1].whole
        if end == start:
            return way
        if end not in seen:
            seen.add(end)
            ways += [[*way, _Link(end, whole)] for whole in _wholes(present(end))]
    return []


def _wholes(one: AnyRecord | None) -> tuple[str, ...]:
    value = getattr(one, _FIELD.get(type(one), ""), None)
    return value if isinstance(value, tuple) else (value,) if value else ()
