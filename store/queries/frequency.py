"""The events of a filter by actor, place, source, type or month, with their victims."""

import json
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from store.database.checksums import checked
from store.database.read_records import IN_JSON_LIST
from store.model.dates import long
from store.model.vocabulary import EVENT_TYPES, EventType, Kind
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind, Filters, SqlCondition
from store.queries.histogram import months_of
from store.queries.selection import PAIRS, Selection
from store.queries.toll_sums import summed
from store.reader import Reader

LISTED = 1_000
"""The most values that are listed, those with most events or victims first."""

FIRST = 60
"""The values that are listed at once: more than a screen has lines."""

Value = int | str
"""A number of an actor, place or source, a type, or a month."""


class Field(StrEnum):
    """A field by whose values events are counted."""

    ACTORS = "actors"
    PLACES = "places"
    SOURCES = "sources"
    TYPES = "types"
    MONTHS = "months"


KIND_OF = {
    Field.ACTORS: FilterKind.ACTOR,
    Field.PLACES: FilterKind.PLACE,
    Field.SOURCES: FilterKind.SOURCE,
    Field.TYPES: FilterKind.TYPE,
    Field.MONTHS: FilterKind.DATE,
}
"""The kind of filter that shows the events of one value."""


class FrequencyRow(msgspec.Struct, frozen=True):
    """One value: how many events have it, and how many victims.

    `key` is its number or name in the index, `value` that of a filter; `kind` says what
    an actor, place or source is. `best` sums up the best numbers, as in `TollSummary`; None
    where no number is known.
    """

    key: Value
    value: str
    label: str
    kind: str
    events: int
    best: int | None


class Frequency(msgspec.Struct, frozen=True):
    """The events of a filter by value; at least `more` values are not listed."""

    field: Field
    rows: tuple[FrequencyRow, ...]
    more: int


def frequency(
    connection: Reader,
    asked: Filters,
    field: Field,
    kind: Kind,
    most: int = LISTED,
    *,
    by_toll: bool = False,
) -> Frequency:
    """Count the events of a filter by the values of a field, with their victims of one kind.

    Listed are `most` values, those with most events first, or with most victims. An
    actor counts for what it is part of, a place for what it lies within, as in the filter
    by it. A month has the dated events that begin in it; months come in their order.
    """
    return frequency_of(Selection(connection, asked), field, kind, most, by_toll=by_toll)


def frequency_of(
    choice: Selection, field: Field, kind: Kind, most: int = LISTED, *, by_toll: bool = False
) -> Frequency:
    """The same as `frequency`, for a selection."""
    if field is Field.MONTHS:
        return _by_month(choice, kind, most)
    tolls = _best(choice, field, kind, None) if by_toll else {}
    known = sorted(
        (value for value, best in tolls.items() if best is not None),
        key=lambda value: (-_sum(tolls[value]), str(value)),
    )
    if len(known) > most:  # the events of all others need not be counted
        listed, more = known[:most], len(known) - most
        events = choice.counts(KIND_OF[field], listed)
    else:
        events = choice.counts(KIND_OF[field])
        first = sorted(
            events, key=lambda value: (-_sum(tolls.get(value)), -events[value], str(value))
        )
        listed, more = first[:most], max(0, len(first) - most)
    tolls = tolls or _best(choice, field, kind, listed)
    names = _names(choice.connection, field, listed)
    rows = (
        FrequencyRow(value, *names[value], events[value], tolls.get(value))
        for value in listed
        if value in names
    )
    return Frequency(field, tuple(rows), more)


def _sum(best: int | None) -> int:
    """The key by which victims are sorted: less than none where they are unknown."""
    return -1 if best is None else best


def _best(
    choice: Selection, field: Field, kind: Kind, values: Sequence[Value] | None
) -> dict[Value, int | None]:
    """The sum of the best numbers of each of these values, or of all."""
    counted, rest = summed(choice, kind)
    found: dict[Value, int | None] = {}
    in_sql = [rest] if rest is not None else []
    if choice.held is not None:
        large = counted & choice.held.tolls(kind.value).large
        found.update(choice.held.best_tolls(KIND_OF[field], counted & ~large, kind.value, values))
        if large:  # few events have so many victims
            numbers = json.dumps(list(choice.held.numbers(large, Sort.DATE) or ()))
            in_sql.append(SqlCondition(f"events.n {IN_JSON_LIST}", (numbers,)))
    wanted = None if values is None else frozenset(values)
    for condition in in_sql:
        for value, best in choice.connection.execute(
            f"""WITH counted (n, best) AS (SELECT events.n, best FROM events
                JOIN event_tolls ON event_tolls.event = events.n AND kind = ? AND scope = ''
                WHERE {condition.sql})
            SELECT key, sum(best) FROM ({PAIRS[KIND_OF[field]]}
                WHERE event IN (SELECT n FROM counted)) JOIN counted ON counted.n = event
            GROUP BY key""",
            (kind.value, *condition.parameters),
        ):
            if wanted is None or value in wanted:
                found[value] = best + (found.get(value) or 0)
    return found


_TABLE = {Field.ACTORS: "actors", Field.PLACES: "places", Field.SOURCES: "sources"}


def _names(
    connection: Reader, field: Field, values: Sequence[Value]
) -> dict[Value, tuple[str, str, str]]:
    """The value of a filter, the label and the kind of each of these values."""
    if field is Field.TYPES:
        return {one: (str(one), EVENT_TYPES[EventType(str(one))].label, "") for one in values}
    marks = ", ".join("?" * len(values))
    found = connection.execute(
        f"SELECT n, id, {checked(_TABLE[field], 'name')}, kind FROM {_TABLE[field]}"
        f" WHERE n IN ({marks})",
        tuple(values),
    )
    return {n: (id, name, kind) for n, id, name, kind in found}


def _by_month(choice: Selection, kind: Kind, most: int) -> Frequency:
    bins = months_of(choice).bins(choice, kind)
    rows = tuple(_month(one.start, one.count, one.best if one.known else None) for one in bins)
    return Frequency(Field.MONTHS, rows[-most:], max(0, len(rows) - most))


def _month(month: str, events: int, best: int | None) -> FrequencyRow:
    return FrequencyRow(month, month, long(month), "", events, best)
