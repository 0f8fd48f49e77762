"""The events and the victims of a filter over time, in all or by actor, place, source or type."""

import json
from collections import Counter
from collections.abc import Sequence

import msgspec

from store.database.toll_planes import counts_within
from store.model.vocabulary import Kind
from store.queries.filters import Filters
from store.queries.frequency import KIND_OF, Field, FrequencyRow, Value, frequency_of
from store.queries.histogram import Bin, Dead, TimeScale, add_dead, dated_within, scale_of
from store.queries.selection import PAIRS, Selection
from store.queries.toll_sums import summed, sums_of
from store.reader import Reader

SHOWN = 12
"""The most values that have a series of their own."""


class Series(msgspec.Struct, frozen=True):
    """The events of one value over time; `row` is the value, None for all events of the filter."""

    row: FrequencyRow | None
    bins: tuple[Bin, ...]


class Trend(msgspec.Struct, frozen=True):
    """The dated events of a filter over time: all of them, and those of the foremost values.

    All series have the same bins. `more` values have no series. Without a dated event
    there is none. `unplaced` events are in no bin, as `histogram` says, with so many
    victims: background, undated, begun before, or dated too widely.
    """

    by: Field | None
    series: tuple[Series, ...]
    more: int = 0
    unplaced: int = 0
    unplaced_best: int = 0


def trend(
    connection: Reader,
    asked: Filters,
    most: int,
    kind: Kind,
    by: Field | None = None,
    *,
    by_toll: bool = False,
) -> Trend:
    """Count the events of a filter, and their victims of one kind, in at most `most` bins.

    With `by` the values of that field with most events, or most victims, have a series each.
    """
    return trend_of(Selection(connection, asked), most, kind, by, by_toll=by_toll)


def trend_of(
    choice: Selection, most: int, kind: Kind, by: Field | None = None, *, by_toll: bool = False
) -> Trend:
    """The same as `trend`, for a selection."""
    scale = scale_of(choice, most)
    if scale is None:
        return Trend(by, (), unplaced=choice.size, unplaced_best=sums_of(choice, kind)[0].best)
    whole = Series(None, scale.bins(choice, kind))
    unplaced = choice.size - sum(one.count for one in whole.bins)
    unplaced_best = sums_of(choice, kind)[0].best - sum(one.best for one in whole.bins)
    if by is None:
        return Trend(None, (whole,), 0, unplaced, unplaced_best)
    values = frequency_of(choice, by, kind, SHOWN, by_toll=by_toll)
    shown = values.rows
    bins = _bins_of(choice, scale, kind, by, [row.key for row in shown])
    series = (Series(row, bins[row.key]) for row in shown)
    return Trend(by, (whole, *series), values.more, unplaced, unplaced_best)


def _bins_of(
    choice: Selection, scale: TimeScale, kind: Kind, by: Field, values: Sequence[Value]
) -> dict[Value, tuple[Bin, ...]]:
    """The bins of each of these values."""
    counted, rest = summed(choice, kind)
    counts: dict[Value, Counter[str]] = {value: Counter() for value in values}
    sums: dict[Value, dict[str, Dead]] = {value: {} for value in values}
    if choice.held is not None:
        spans = scale.ranks
        ranks = list(spans.values())
        dated = choice.held.chosen("dated", scale.widest) or 0
        planes = choice.held.tolls(kind.value)
        for value in values:
            within = dated & (choice.held.chosen(KIND_OF[by], value) or 0)
            counts[value].update(
                dict(zip(spans, counts_within(within & choice.kept, ranks), strict=True))
            )
            sums[value] = dict(zip(spans, planes.best_within(within & counted, ranks), strict=True))
    if rest is not None and choice.rest is not None:
        _add_in_sql(choice, scale, kind, by, counts, sums)
    return {value: scale.made(counts[value], sums[value]) for value in values}


def _add_in_sql(
    choice: Selection,
    scale: TimeScale,
    kind: Kind,
    by: Field,
    counts: dict[Value, Counter[str]],
    sums: dict[Value, dict[str, Dead]],
) -> None:
    """Add the events that are not in the facet index."""
    _, counted = summed(choice, kind)
    assert choice.rest is not None
    assert counted is not None
    wanted = json.dumps(list(counts))
    of_value = f"({PAIRS[KIND_OF[by]]}) AS of_value JOIN events ON events.n = of_value.event"
    dated = dated_within(choice, scale.widest)
    only = "key IN (SELECT value FROM json_each(?))"
    for value, day, number in choice.connection.execute(
        f"SELECT key, earliest, count(*) FROM {of_value}"
        f" WHERE {only} AND {choice.rest.sql} AND {dated} GROUP BY 1, 2",
        (wanted, *choice.rest.parameters),
    ):
        counts[value][scale.start_of(day)] += number
    for value, day, known, best in choice.connection.execute(
        f"""SELECT key, earliest, count(best), sum(best) FROM {of_value}
        JOIN event_tolls AS toll ON toll.event = events.n AND toll.kind = ? AND scope = ''
        WHERE {only} AND {counted.sql} AND {dated} GROUP BY 1, 2""",
        (kind.value, wanted, *counted.parameters),
    ):
        add_dead(sums[value], scale.start_of(day), (known, best))
