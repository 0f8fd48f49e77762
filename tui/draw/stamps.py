"""Times of publication."""

from store.model.dates import short


def day_of(published: str) -> str:
    """`2 Dec` from an ISO 8601 time; empty if there is none."""
    return short(published[:10]) if published else ""
