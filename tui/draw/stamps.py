"""Times of publication."""

from store.model.dates import long, short


def day_of(published: str) -> str:
    """`2 Dec` from an ISO 8601 time; empty if there is none."""
    return short(published[:10]) if published else ""


def full_day_of(published: str) -> str:
    """`2 Dec 2024` from an ISO 8601 time, with the time of day and zone if they are known."""
    if not published:
        return ""
    day, _, time = published.partition("T")
    return f"{long(day)} {time}".rstrip()
