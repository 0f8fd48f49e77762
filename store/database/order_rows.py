"""Pairs of events whose order is fixed, and their dates that are out of order, found in SQL."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from store.analysis.comparison import Disputed, disputed
from store.analysis.event_order import COURSES, NEAR, OrderedPair, OrderRule, told_out_of_order
from store.analysis.sourced_claim import SourcedClaim
from store.database.read_records import by_parts
from store.model.vocabulary import GIVES, EventType, Role
from store.reader import Reader

_COURSES = ", ".join(f"'{one.value}'" for one in sorted(COURSES))

_FROM_PARTS = {
    "": "events AS other JOIN events AS subject ON subject.n = other.part_of",
    "subject": "events AS subject CROSS JOIN events AS other ON other.part_of = subject.n",
    "other": "events AS other CROSS JOIN events AS subject ON subject.n = other.part_of",
}
_PARTS = f"""
    SELECT subject.id, other.id, subject.n, other.n FROM {{}}
    WHERE NOT other.planned AND NOT subject.planned AND subject.type IN ({_COURSES})"""
"""SQL for every course of events with each of its sub-events."""

_ADVANCE, _CAPTURE = (f"'{one.value}'" for one in (EventType.ADVANCE, EventType.CAPTURE))

_JUST_BEFORE = f"""
    its.type = {_ADVANCE} AND same.first < its.last
    AND same.last >= date(its.first, '-{NEAR} days')"""
_TAKEN_BEFORE = f"same.place = its.place AND same.type = {_CAPTURE} AND {_JUST_BEFORE}"
"""SQL for a capture that a claim may date before an advance, of one course of events with it."""

_FROM_BESIDE = {
    "": f"""event_moves AS its
        CROSS JOIN event_moves AS same ON {_TAKEN_BEFORE}
        JOIN events AS subject ON subject.n = its.event
        JOIN events AS other ON other.n = same.event""",
    "subject": f"""events AS subject
        CROSS JOIN event_moves AS its ON its.event = subject.n
        CROSS JOIN event_moves AS same ON {_TAKEN_BEFORE}
        CROSS JOIN events AS other ON other.n = same.event""",
    "other": f"""events AS other
        CROSS JOIN event_moves AS same ON same.event = other.n AND same.type = {_CAPTURE}
        CROSS JOIN event_moves AS its ON its.place = same.place AND {_JUST_BEFORE}
        CROSS JOIN events AS subject ON subject.n = its.event""",
}
"""SQL joins for an advance and a capture at one place, starting from the one that is known."""

_GIVES = "({})".format(", ".join(f"'{one.value}'" for one in GIVES))

_ENTRIES = f"""
    SELECT DISTINCT subject.id, other.id, subject.n, other.n FROM {{}}
    WHERE EXISTS (
        SELECT 1 FROM event_actors AS x JOIN event_actors AS y ON y.event = other.n
        WHERE x.event = subject.n AND x.role = '{Role.ATTACKER.value}' AND y.role = x.role
        AND x.stance IN {_GIVES} AND y.stance IN {_GIVES}
        AND EXISTS (SELECT 1 FROM actor_within WHERE (member = x.actor AND whole = y.actor)
            OR (member = y.actor AND whole = x.actor)))"""
"""SQL for every advance with each capture of the same place by the same side."""

_ASKED = (
    (OrderRule.PART, _PARTS, _FROM_PARTS),
    (OrderRule.ENTRY, _ENTRIES, _FROM_BESIDE),
)


def pairs_of(connection: Reader, subjects: Collection[str]) -> list[OrderedPair]:
    """The pairs in which one of these events is the subject: the whole, or the advance."""
    return _pairs(connection, "subject", subjects)


def pairs_against(connection: Reader, events: Collection[str]) -> list[OrderedPair]:
    """The pairs in which one of these events is the other: the sub-event, or the capture."""
    return _pairs(connection, "other", events)


_FEW = 500
"""The number of events up to which the pairs of each are looked up, be they all of the case."""

_AT_ONCE = 200
"""The number of pairs whose claims are read at once."""

ClaimsAbout = Callable[[Collection[str]], Mapping[str, Sequence[SourcedClaim]]]
"""Reads all claims about each of some events, by their ids."""

_Row = tuple[str, str, int, int]


def _pairs(connection: Reader, side: str, ids: Collection[str]) -> list[OrderedPair]:
    find = _scanned if _are_most(connection, len(ids)) else _looked_up
    return [
        OrderedPair(rule, subject, other)
        for rule, asked, come_from in _ASKED
        for subject, other, *_ in sorted(
            find(connection, asked, come_from, side, ids), key=_in_order
        )
    ]


def _are_most(connection: Reader, number: int) -> bool:
    """Tell if these are so many that scanning all is faster. A new index has no SQL indexes."""
    (half,) = connection.execute("SELECT coalesce(max(n), 0) / 2 FROM events").fetchone()
    return number > max(_FEW, int(half))


def _in_order(row: _Row) -> tuple[int, int]:
    return row[2:]


def _scanned(
    connection: Reader, asked: str, come_from: Mapping[str, str], side: str, ids: Collection[str]
) -> Iterator[_Row]:
    """The pairs among those of the whole case."""
    wanted = frozenset(ids)
    at = ("subject", "other").index(side)
    return (row for row in connection.execute(asked.format(come_from[""])) if row[at] in wanted)


def _looked_up(
    connection: Reader, asked: str, come_from: Mapping[str, str], side: str, ids: Collection[str]
) -> Iterator[_Row]:
    """The pairs of each event, found through the SQL indexes."""
    return by_parts(connection, f"{asked.format(come_from[side])} AND {side}.id {{}}", ids)


def advances_at(connection: Reader, events: Iterable[str]) -> set[str]:
    """The ids of the advances that a capture among these events may be in an order with."""
    asked = f"SELECT subject.id FROM {_FROM_BESIDE['other']} WHERE other.id {{}}"
    return {id for (id,) in by_parts(connection, asked, events)}


def out_of_order(
    connection: Reader, subjects: Collection[str], claims_about: ClaimsAbout
) -> dict[str, Disputed]:
    """Count the pairs of dates of each subject and another event that are out of order."""
    found: dict[str, Disputed] = {}
    waiting = iter(pairs_of(connection, subjects))
    while part := [*islice(waiting, _AT_ONCE)]:
        claims = claims_about({id for pair in part for id in (pair.subject, pair.other)})
        for pair in part:
            disputes = told_out_of_order(pair, claims[pair.subject], claims[pair.other])
            if disputes:
                sums = zip(found.get(pair.subject, Disputed()), disputed(disputes), strict=True)
                found[pair.subject] = Disputed(*map(sum, sums))
    return found
