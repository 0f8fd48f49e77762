"""The events of a filter: from the facet index of a large database, else by SQL."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property, reduce
from operator import and_, or_

from store.database.facet_index import FacetIndex, Key, numbers_in, read_facet_index
from store.model.dates import FIRST_DAY, LAST_DAY, bounds
from store.model.vocabulary import Kind
from store.queries.filters import Filter, FilterKind, Filters, SqlCondition, where
from store.queries.full_text import match_text
from store.queries.toll_filter import read_condition
from store.reader import Reader

RECORDS = {FilterKind.ACTOR: "actors", FilterKind.PLACE: "places", FilterKind.SOURCE: "sources"}
"""The kinds of filter whose value is the id of a record, with its table."""

PAIRS = {
    FilterKind.ACTOR: "SELECT DISTINCT whole AS key, event"
    " FROM event_actors JOIN actor_within ON member = actor",
    FilterKind.PLACE: "SELECT DISTINCT whole AS key, event"
    " FROM event_places JOIN place_within ON member = place",
    FilterKind.SOURCE: "SELECT source AS key, event FROM event_sources",
    FilterKind.TYPE: "SELECT type AS key, n AS event FROM events",
}
"""Every actor, place, source and type with each event of it or of what is within it, in SQL.

The columns are `key` and `event`.
"""

TOLL_KINDS = {
    FilterKind.KILLED: Kind.FATALITIES,
    FilterKind.INJURED: Kind.INJURIES,
    FilterKind.MISSING: Kind.MISSING,
    FilterKind.DISPLACED: Kind.DISPLACED,
}
"""The kinds of filter by a number of victims, with the kind of claim of each."""

_KEY = {FilterKind.ACTOR: "whole", FilterKind.PLACE: "whole", FilterKind.SOURCE: "source"}


class Selection:
    """A filter and its events, computed once for all questions about them."""

    def __init__(self, connection: Reader, asked: Filters) -> None:
        self.connection = connection
        self.held = read_facet_index(connection)
        """The facet index, None where there is none."""
        self.summed: dict[Kind, tuple[int, SqlCondition | None]] = {}
        """What `store.queries.toll_sums.summed` has found, by kind."""
        self._asked = asked

    @cached_property
    def condition(self) -> SqlCondition:
        """The filter in SQL."""
        return where(self._asked)

    @cached_property
    def rest(self) -> SqlCondition | None:
        """The events of the filter that SQL must find: None where the facet index has all.

        All of them without a facet index, else those that were changed since it was built.
        """
        if self.held is None:
            return self.condition
        if not self.held.changed:
            return None
        changed = "events.n IN (SELECT event FROM answers_changed)"
        return SqlCondition(f"{changed} AND {self.condition.sql}", self.condition.parameters)

    @cached_property
    def kept(self) -> int:
        """The events of the filter in the facet index, a bit for each rank; 0 without an index."""
        held = self.held
        if held is None:
            return 0
        found = held.all_events
        for kind in FilterKind:
            wanted = [one for one in self._asked.filters if one.kind is kind and not one.negated]
            unwanted = [one for one in self._asked.filters if one.kind is kind and one.negated]
            if wanted:
                join = and_ if kind.row.narrows else or_
                found &= reduce(join, (self._of_filter(held, filter_) for filter_ in wanted))
            for filter_ in unwanted:
                found &= ~self._of_filter(held, filter_)
        return found

    def _of_filter(self, held: FacetIndex, filter_: Filter) -> int:
        """The events that match a filter, as if it were not negated."""
        if filter_.kind is FilterKind.DATE:
            dates = bounds(filter_.value)
            assert dates.earliest is not None
            assert dates.latest is not None
            within = held.between(dates.earliest, dates.latest)
            if within is not None:
                return within
        elif filter_.kind in TOLL_KINDS:
            within = _of_toll(held, filter_)
            if within is not None:
                return within
        elif filter_.kind is not FilterKind.WORDS:
            key = self._key(filter_)
            found = None if key is None else held.chosen(filter_.kind, key)
            if found is not None:
                return found
        return held.events_numbered(numbers_in(self._asked_in_sql(filter_)))

    def _key(self, filter_: Filter) -> Key | None:
        if filter_.kind not in RECORDS:
            return filter_.value
        row = self.connection.execute(
            f"SELECT n FROM {RECORDS[filter_.kind]} WHERE id = ?", (filter_.value,)
        ).fetchone()
        return row[0] if row else None

    def _asked_in_sql(self, filter_: Filter) -> str | None:
        asked = "SELECT group_concat(n) FROM events WHERE {}"
        condition = where(Filters((Filter(filter_.kind, filter_.value, ""),)))
        if filter_.kind is FilterKind.WORDS:  # does not read every event that matches
            asked = "SELECT group_concat(rowid) FROM event_words WHERE event_words MATCH ?"
            condition = SqlCondition("", (match_text(filter_.value),))
        row = self.connection.execute(asked.format(condition.sql), condition.parameters).fetchone()
        return row[0] if row else None

    @cached_property
    def size(self) -> int:
        """The number of events."""
        found = self.kept.bit_count()
        if self.rest is not None:
            (more,) = self.connection.execute(
                f"SELECT count(*) FROM events WHERE {self.rest.sql}", self.rest.parameters
            ).fetchone()
            found += more
        return found

    @cached_property
    def dates(self) -> tuple[str, str]:
        """The first and the last day (ISO 8601) of the filters by date; all days without one."""
        wanted = [
            bounds(one.value)
            for one in self._asked.filters
            if one.kind is FilterKind.DATE and not one.negated
        ]
        first = min((one.earliest or FIRST_DAY for one in wanted), default=FIRST_DAY)
        last = max((one.latest or LAST_DAY for one in wanted), default=LAST_DAY)
        return first, last

    def among(self, numbers: Collection[int]) -> set[int]:
        """Those of these events, by their numbers, that are in the selection."""
        found = self.held.among(self.kept, numbers) if self.held is not None else set()
        if self.rest is not None:
            marks = json.dumps(list(numbers))
            found |= {
                n
                for (n,) in self.connection.execute(
                    f"SELECT n FROM events WHERE {self.rest.sql}"
                    " AND n IN (SELECT value FROM json_each(?))",
                    (*self.rest.parameters, marks),
                )
            }
        return found

    def counts(self, kind: FilterKind, keys: Sequence[Key] | None = None) -> dict[Key, int]:
        """The number of these events of each actor, place or source, by its number, or type.

        Only those of these `keys`, if they are given.
        """
        found: Counter[Key] = Counter()
        if self.held is not None:
            found.update(dict(self.held.counts(kind, self.kept, keys)))
        if self.rest is not None:
            condition, parameters = self.rest
            anew = self.connection.execute(
                f"{PAIRS[kind]} WHERE event IN (SELECT n FROM events WHERE {condition})",
                parameters,
            )
            found.update(key for key, _ in anew)
        return found


def is_selected(connection: Reader, asked: Filters, number: int) -> bool:
    """True if a filter selects the event with this number."""
    return bool(Selection(connection, asked).among([number]))


def _of_toll(held: FacetIndex, filter_: Filter) -> int | None:
    """The events of a filter by number of victims; None for a group, which is looked up in SQL."""
    asked = read_condition(filter_.value)
    planes = held.tolls(TOLL_KINDS[filter_.kind].value)
    if asked.scope or planes.known is None:
        return None
    if not asked.known:
        return held.all_events & ~planes.known
    return planes.between(asked.bound, asked.least, asked.most)


def counts_of(connection: Reader, kind: FilterKind, keys: Sequence[int]) -> dict[int, int]:
    """The number of events of the case of each of these actors, places or sources."""
    held = read_facet_index(connection)
    found = {key: held.count(kind, key) if held else 0 for key in keys}
    if held is None or held.changed:
        changed = "AND event IN (SELECT event FROM answers_changed)" if held else ""
        for key in keys:
            (number,) = connection.execute(
                f"SELECT count(*) FROM ({PAIRS[kind]} WHERE {_KEY[kind]} = ? {changed})", (key,)
            ).fetchone()
            found[key] += number
    return found
