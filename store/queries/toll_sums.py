"""Sums of the numbers of victims over the events of a filter, and their median."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from store.database.facet_index import numbers_in
from store.database.kept_while_unchanged import kept
from store.database.toll_planes import Sums, TollPlanes
from store.model.vocabulary import Kind
from store.queries.filters import Filters, SqlCondition
from store.queries.selection import Selection
from store.reader import Reader


class TollSummary(msgspec.Struct, frozen=True):
    """The victims of one kind of the events of a filter.

    `known` events have a number, of which `low`, `best` and `high` are the sums
    and `median` that of the best ones (None where none is known); of `unknown`
    events nothing is known. A high number that is open counts with its best, and
    then the sum `is_open`.

    Background events, such as the dead of the whole war, are left out. So are
    sub-events of which a whole is in the filter and has a number, as that includes theirs.
    """

    kind: Kind
    known: int
    unknown: int
    low: int
    best: int
    high: int
    is_open: bool
    median: float | None


def toll_summary(connection: Reader, asked: Filters, kind: Kind) -> TollSummary:
    """Sum up the victims of one kind of the events of a filter."""
    return summary_of(Selection(connection, asked), kind)


def summary_of(choice: Selection, kind: Kind) -> TollSummary:
    """The same as `toll_summary`, for a selection."""
    counted, rest = summed(choice, kind)
    sums, number = sums_of(choice, kind)
    return TollSummary(
        kind,
        sums.known,
        number - sums.known,
        *sums[1:4],
        is_open=sums.is_open,
        median=_median(choice, counted, rest, kind, sums.known),
    )


def sums_of(choice: Selection, kind: Kind) -> tuple[Sums, int]:
    """The sums of the numbers of a selection, and of how many events they are, known or not."""
    counted, rest = summed(choice, kind)
    sums, number = Sums(), 0
    if choice.held is not None:
        sums = choice.held.tolls(kind.value).sums(counted)
        number = counted.bit_count()
    if rest is not None:
        more, of_rest = sums_in_sql(choice.connection, rest, kind)
        sums, number = sums.plus(more), number + of_rest
    return sums, number


def summed(choice: Selection, kind: Kind) -> tuple[int, SqlCondition | None]:
    """The events of a selection whose numbers are summed: those in the facet index, and others."""
    if kind not in choice.summed:
        choice.summed[kind] = _summed(choice, kind)
    return choice.summed[kind]


def _summed(choice: Selection, kind: Kind) -> tuple[int, SqlCondition | None]:
    held, rest = choice.held, choice.rest
    parts = _parts_within(choice, kind)
    counted = 0
    if held is not None:
        counted = choice.kept & ~(held.chosen("background", "") or 0)
        counted &= ~held.events_numbered(parts) if parts else -1
    if rest is not None:
        without = f" AND events.n NOT IN ({', '.join(map(str, parts))})" if parts else ""
        rest = SqlCondition(f"{rest.sql} AND NOT background{without}", rest.parameters)
    return counted, rest


def _parts_within(choice: Selection, kind: Kind) -> list[int]:
    """The sub-events with a number of which a whole is in the selection and has one, too.

    It may be the whole of their whole, if that has none.
    """
    parts, wholes = kept(choice.connection, _read_parts(kind))
    if not parts:
        return []
    chosen = choice.among(set(wholes))
    return [part for part, whole in zip(parts, wholes, strict=True) if whole in chosen]


@cache
def _read_parts(kind: Kind) -> Callable[[Reader], tuple["array[int]", "array[int]"]]:
    """The question for the sub-events with a number, and a whole of each that has one, too.

    It is the same function each time, so that its result can be kept.
    """
    has_toll = (
        f"EXISTS (SELECT 1 FROM event_tolls WHERE event = {{}}.n AND kind = '{kind}'"
        " AND scope = '')"
    )
    asked = (
        "WITH RECURSIVE within (part, whole) AS ("
        "SELECT n, part_of FROM events AS part WHERE part_of IS NOT NULL"
        f" AND {has_toll.format('part')}"
        " UNION SELECT part, part_of FROM within JOIN events ON events.n = whole"
        " WHERE part_of IS NOT NULL)"
        " SELECT part, whole.n FROM within JOIN events AS whole"
        " ON whole.n = within.whole AND part <> within.whole"
        f" WHERE {has_toll.format('whole')} AND NOT whole.background"
    )

    def read(connection: Reader) -> tuple["array[int]", "array[int]"]:
        pairs = connection.execute(asked).fetchall()
        return array("i", (part for part, _ in pairs)), array("i", (whole for _, whole in pairs))

    return read


SUMMED = (
    "count(best), total(low), total(best), total(coalesce(high, best)),"
    " total(best IS NOT NULL AND high IS NULL)"
)
"""The columns of `Sums`, in SQL, of events joined with their tolls."""


def sums_in_sql(connection: Reader, condition: SqlCondition, kind: Kind) -> tuple[Sums, int]:
    """The sums over the events for which a condition holds, and how many events these are."""
    number, *sums = connection.execute(
        f"""SELECT count(*), {SUMMED} FROM events
        LEFT JOIN event_tolls AS toll ON toll.event = events.n AND kind = ? AND scope = ''
        WHERE {condition.sql}""",
        (kind.value, *condition.parameters),
    ).fetchone()
    return sums_from(sums), number


def sums_from(columns: Sequence[float]) -> Sums:
    """The sums from the columns of `SUMMED`."""
    known, low, best, high, opened = columns
    return Sums(int(known), int(low), int(best), int(high), bool(opened))


def _median(
    choice: Selection, counted: int, rest: SqlCondition | None, kind: Kind, known: int
) -> float | None:
    if not known:
        return None
    of_rest: list[int] = []
    if rest is not None:
        (text,) = choice.connection.execute(
            f"""SELECT group_concat(best) FROM events
            JOIN event_tolls ON event = events.n AND kind = ? AND scope = '' WHERE {rest.sql}""",
            (kind.value, *rest.parameters),
        ).fetchone()
        of_rest = sorted(numbers_in(text))
    middle = ((known - 1) // 2, known // 2)
    if choice.held is None or len(of_rest) == known:
        return sum(of_rest[at] for at in middle) / 2
    planes = choice.held.tolls(kind.value)
    return sum(_nth(planes, counted, of_rest, at) for at in middle) / 2


def _nth(planes: TollPlanes, chosen: int, others: Sequence[int], at: int) -> int:
    """The number at a place among those of the chosen events and others, which are in order."""
    low, high = 0, max(planes.highest, others[-1] if others else 0)
    while low < high:
        middle = (low + high) // 2
        if planes.number_up_to(chosen, middle) + bisect_right(others, middle) > at:
            high = middle
        else:
            low = middle + 1
    return low
