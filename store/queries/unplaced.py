"""Events that a filter by date hides, or that the bars over time leave out."""

from store.database.facet_index import FacetIndex
from store.queries.filters import FilterKind, Filters
from store.queries.histogram import WIDEST, Bin, dated_in
from store.queries.selection import Selection
from store.reader import Reader


def undated_hidden(connection: Reader, asked: Filters) -> int:
    """The number of events without a date that match all filters but those by date."""
    others = tuple(one for one in asked.filters if one.kind is not FilterKind.DATE)
    choice = Selection(connection, Filters(others))
    found = (choice.kept & _events(choice.held, "undated")).bit_count()
    return found + _counted(choice, "earliest IS NULL")


def unit_of(bins: tuple[Bin, ...]) -> str:
    """`month` or `year`: an event that is dated more widely is in none of these bins."""
    return "year" if bins and bins[0].unit == "year" else "month"


def too_wide(choice: Selection, asked: Filters, unit: str) -> int:
    """The number of events that a filter by date keeps and whose date is longer than this unit.

    Background events are not counted, as no sum has them. 0 without a filter by date.
    """
    if not any(one.kind is FilterKind.DATE for one in asked.filters):
        return 0
    widest = WIDEST[unit]
    held = choice.held
    apart = _events(held, "background") | _events(held, "undated") | _events(held, "dated", widest)
    found = (choice.kept & ~apart).bit_count()
    wide = f"NOT background AND earliest IS NOT NULL AND NOT ({dated_in(widest)})"
    return found + _counted(choice, wide)


def _events(held: FacetIndex | None, kind: str, key: int | str = "") -> int:
    return (held.chosen(kind, key) or 0) if held else 0


def _counted(choice: Selection, condition: str) -> int:
    """The number of events with a condition of those that SQL must find."""
    if choice.rest is None:
        return 0
    (found,) = choice.connection.execute(
        f"SELECT count(*) FROM events WHERE {choice.rest.sql} AND {condition}",
        choice.rest.parameters,
    ).fetchone()
    return int(found)
