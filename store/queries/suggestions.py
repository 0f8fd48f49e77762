"""The arguments that a filter can have; names with the number of their events."""

from collections.abc import Iterator, Sequence

from store.model.labels import count_text
from store.queries.filter_row import Suggestion
from store.queries.filters import FilterKind, matching_choices
from store.queries.selection import RECORDS, counts_of
from store.reader import Reader

COUNTED = 20
"""The suggestions whose events are counted; nobody reads more before typing on."""


def suggestions(connection: Reader, kind: FilterKind, begun: str) -> tuple[Suggestion, ...]:
    """The arguments of a filter that a text that was begun can become."""
    suggest = kind.row.suggest
    if suggest is None:
        return matching_choices(kind, begun)
    found = tuple(suggest(connection, begun))
    return tuple(_counted(connection, kind, found)) if kind in RECORDS else found


def _counted(
    connection: Reader, kind: FilterKind, found: Sequence[Suggestion]
) -> Iterator[Suggestion]:
    """The suggestions, the first with what they are and the number of their events."""
    first = [one.value for one in found[:COUNTED] if one.value is not None]
    marks = ", ".join("?" * len(first))
    rows = {
        id_: (n, what)
        for n, id_, what in connection.execute(
            f"SELECT n, id, kind FROM {RECORDS[kind]} WHERE id IN ({marks})", first
        )
    }
    counts = counts_of(connection, kind, [n for n, _ in rows.values()])
    for one in found:
        if one.value not in rows or one.aside != kind:
            yield one  # it says so already, among others of its name
            continue
        n, what = rows[one.value]
        events = count_text(counts[n], "event")
        yield one._replace(aside=f"{what.replace('-', ' ')}, {events}")
