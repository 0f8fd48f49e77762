"""Dates that are still to come: "will begin on Friday", "was to last until Wednesday"."""

import re
from datetime import date, timedelta

from msgspec.structs import replace

from store.extraction import date_patterns as patterns
from store.extraction.calendar_dates import FoundDate
from store.extraction.day_arithmetic import Anchor, calendar_day
from store.model.values import When
from store.model.vocabulary import DateBasis

_BETWEEN = (
    r"(?:(?!\b(?:who|which|that|after|since|whose|when|where|killed|died|wounded|injured|said|says)\b)"
    r"(?:[ap]\.m\.|[^.;:,\n])){0,60}?"
)
_AHEAD = re.compile(
    rf"\b(?:(?P<sure>will|shall|(?:is|are) (?:to|due|set|expected|scheduled|planned)|plans? to)"
    rf"|would|(?:was|were) (?:to|due|set|expected|scheduled|planned))\b{_BETWEEN}$",
    re.IGNORECASE,
)
_FAR = 80
"""The code points before a date in which a verb of what is to come stands."""
_NEXT_MONTHS = timedelta(days=90)
"""How far ahead a day without a year may lie."""
_SOON = timedelta(days=31)
"""How far ahead one may lie of which no verb says that it is to come: "a truce from 17 May"."""


def ahead(text: str, found: FoundDate, anchor: Anchor) -> FoundDate:
    """The date that comes, where the words before it tell of what is to come; else the same.

    It is left open where the words may tell of a day that is past by now. The printed words begin
    with the verb, so that they alone mean the same date.
    """
    day = anchor.day
    if day is None or found.when.basis not in (
        DateBasis.RELATIVE_TO_PUBLICATION,
        DateBasis.YEAR_ASSUMED,
    ):
        return found
    verb = _AHEAD.search(text, max(0, found.start - _FAR), found.start)
    coming = _coming(found.when, day)
    if verb is None and _is_soon(found.when, coming, day):
        note = f"it may lie before or after {anchor.words}"
        open_ = replace(found.when, edtf="", basis=DateBasis.UNRESOLVED, note=note)
        return FoundDate(found.start, found.end, open_)
    if verb is None or coming is None:
        return found
    note = f"the first such day after {anchor.words}"
    if not verb["sure"]:
        coming, note = "", f"it may lie before or after {anchor.words}"
    elif not coming:
        note = "the words tell of a day to come, and give no year"
    basis = found.when.basis if coming else DateBasis.UNRESOLVED
    printed = text[verb.start() : found.end]
    when = replace(found.when, edtf=coming, basis=basis, note=note, printed=printed)
    return FoundDate(verb.start(), found.end, when)


def _is_soon(when: When, coming: str | None, anchor: date) -> bool:
    """Tell if a day without a year, which is read as one of last year, comes again soon."""
    if when.basis is not DateBasis.YEAR_ASSUMED or not coming or len(coming) != 10:
        return False
    return timedelta(0) < date.fromisoformat(coming) - anchor <= _SOON


def _coming(when: When, anchor: date) -> str | None:
    """The date of the same words after a day; empty if that is too far, None for other dates."""
    if when.basis is DateBasis.RELATIVE_TO_PUBLICATION:
        weekday = patterns.OF_WEEK.search(when.printed)
        if weekday is None or weekday["which"] or len(when.edtf) != 10:
            return None
        last = date.fromisoformat(when.edtf)
        first = last + timedelta(days=7)
        return str(first) if last < anchor else f"[{last},{first}]"
    if len(when.edtf) == 7:
        year, month = map(int, when.edtf.split("-"))
        return (
            f"{year + 1}-{month:02}" if (year, month) < (anchor.year, anchor.month) else when.edtf
        )
    if len(when.edtf) != 10:
        return None
    last = date.fromisoformat(when.edtf)
    if last == anchor:
        return when.edtf
    years = (calendar_day(anchor.year + later, last.month, last.day) for later in (0, 1))
    first_after = next((one for one in years if one and one > anchor), None)
    return str(first_after) if first_after and first_after - anchor <= _NEXT_MONTHS else ""
