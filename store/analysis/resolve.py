"""One value from the many that are claimed, by a named rule."""

from collections.abc import Iterable
from datetime import date

from store.model.dates import FIRST_DAY, LAST_DAY, bounds
from store.model.vocabulary import DateRule


def resolved_date(rule: DateRule, dated: Iterable[tuple[str, str]]) -> str:
    """The date of an event as EDTF text, from the `(EDTF text, origin)` pairs asserted of it.

    Majority: the date of most independent origins, then the narrowest, then the
    earliest. Range: from the earliest to the latest day that any of them
    allows. Unknown (an empty text) if no claim has a date, or the range has no end.
    """
    origins: dict[str, set[str]] = {}
    for edtf, origin in dated:
        if edtf:
            origins.setdefault(edtf, set()).add(origin)
    if not origins:
        return ""
    if len(origins) == 1:
        return next(iter(origins))
    if rule is DateRule.RANGE:
        earliest = min(bounds(edtf).earliest or FIRST_DAY for edtf in origins)
        latest = max(bounds(edtf).latest or LAST_DAY for edtf in origins)
        if (earliest, latest) == (FIRST_DAY, LAST_DAY):
            return ""
        start = ".." if earliest == FIRST_DAY else earliest
        end = ".." if latest == LAST_DAY else latest
        return earliest if earliest == latest else f"{start}/{end}"
    return min(
        origins, key=lambda edtf: (-len(origins[edtf]), _days(edtf), bounds(edtf).earliest, edtf)
    )


def resolved_place(placed: Iterable[tuple[str, str]]) -> str | None:
    """The id of the place that most independent origins name, from `(place, origin)` pairs.

    Of places named by equally many it is the first by its id: the order in which claims
    were imported does not matter.
    """
    origins: dict[str, set[str]] = {}
    for place, origin in placed:
        origins.setdefault(place, set()).add(origin)
    if not origins:
        return None
    return min(origins, key=lambda place: (-len(origins[place]), place))


def _days(edtf: str) -> int:
    found = bounds(edtf)
    if found.earliest is None or found.latest is None:
        return 10**9
    if found.earliest == FIRST_DAY or found.latest == LAST_DAY:
        return 10**8
    return (date.fromisoformat(found.latest) - date.fromisoformat(found.earliest)).days
