"""The order of two publications, and how sure it is."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

EARLIEST_ZONE = timedelta(hours=14)
LATEST_ZONE = timedelta(hours=12)
"""Clocks are at most 14 hours ahead of UTC and 12 behind it (IANA time zone database)."""

DAY = len("2024-12-06")
"""The length of the text of a time that is known to the day."""


class Order(StrEnum):
    """The position of the first of two times relative to the second."""

    BEFORE = "before"
    AFTER = "after"
    PERHAPS_BEFORE = "perhaps before"
    PERHAPS_AFTER = "perhaps after"
    UNKNOWN = "unknown"


REVERSED = {
    Order.BEFORE: Order.AFTER,
    Order.AFTER: Order.BEFORE,
    Order.PERHAPS_BEFORE: Order.PERHAPS_AFTER,
    Order.PERHAPS_AFTER: Order.PERHAPS_BEFORE,
    Order.UNKNOWN: Order.UNKNOWN,
}
"""The same order, with the two times swapped."""


def order_of(first: str, first_stated: bool, second: str, second_stated: bool) -> Order:
    """The order of two times in ISO 8601; an empty text is an unknown time.

    `…_stated` says whether the time's zone is certain. Days without a time of
    day are ordered as days. If the order would differ in some time zone, it is
    `perhaps`.
    """
    if not first or not second or first == second:
        return Order.UNKNOWN
    if len(first) == len(second) == DAY:
        return Order.BEFORE if first < second else Order.AFTER
    first_span, second_span = _span(first, first_stated), _span(second, second_stated)
    if first_span[1] < second_span[0]:
        return Order.BEFORE
    if second_span[1] < first_span[0]:
        return Order.AFTER
    if first[:DAY] == second[:DAY] and DAY in (len(first), len(second)):
        return Order.UNKNOWN
    before, after = _nominal(first), _nominal(second)
    if before == after:
        return Order.UNKNOWN
    return Order.PERHAPS_BEFORE if before < after else Order.PERHAPS_AFTER


@lru_cache(4096)
def _nominal(at: str) -> datetime:
    """The time as printed, in UTC if it has no zone."""
    found = datetime.fromisoformat(at)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@lru_cache(4096)
def _span(at: str, stated: bool) -> tuple[datetime, datetime]:
    """The earliest and the latest moment that the time can be."""
    found = datetime.fromisoformat(at)
    last = found + timedelta(days=1) - timedelta(seconds=1) if len(at) == DAY else found
    if found.tzinfo and stated:
        return found, last
    first, last = found.replace(tzinfo=UTC), last.replace(tzinfo=UTC)
    return first - EARLIEST_ZONE, last + LATEST_ZONE
