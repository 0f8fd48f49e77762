"""Dates with their uncertainty: the part of EDTF that reports need.

ISO 8601-2:2019 (EDTF) level 1, and `[a,b]` for "one of". A day, a month, a
year or a season; `X` for unspecified digits; `~ ? %` for approximate,
uncertain, both; `a/b` for an interval with an open (`..`) or unknown (empty)
end. Unknown parts are never filled in: an unknown date has no bounds.
"""

import re
from calendar import monthrange
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

FIRST_DAY = "0000-01-01"
"""The earliest bound of an interval with an open start."""
LAST_DAY = "9999-12-31"
"""The latest bound of an interval with an open end."""
AT_LATEST = "≤"
"""The prefix of an undated event's latest possible day, that of its first report."""

_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}
_PART = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%])?", re.ASCII)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
"""The months as they are printed."""


class Precision(StrEnum):
    """The precision of a date."""

    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    YEAR = "year"
    YEARS = "years"
    UNKNOWN = "unknown"


class Bounds(NamedTuple):
    """The earliest and latest day (ISO 8601, inclusive) that a date allows, and its precision."""

    earliest: str | None
    latest: str | None
    precision: Precision
    approximate: bool


UNKNOWN = Bounds(None, None, Precision.UNKNOWN, False)


@lru_cache(4096)
def bounds(edtf: str) -> Bounds:
    """Parse an EDTF text into its bounds; an empty text is an unknown date.

    Raises `ValueError` for a text that is not a date of the forms above.
    """
    if not edtf:
        return UNKNOWN
    if edtf.startswith("[") and edtf.endswith("]"):
        parts = [bounds(part.strip()) for part in edtf[1:-1].split(",")]
        if any(part.earliest is None for part in parts):
            raise ValueError(f"{edtf!r}: each choice must be a date")
        return _span(
            min(part.earliest or "" for part in parts),
            max(part.latest or "" for part in parts),
            any(part.approximate for part in parts),
        )
    if "/" in edtf:
        return _interval(edtf)
    return _single(edtf)


def _interval(edtf: str) -> Bounds:
    start_text, _, end_text = edtf.partition("/")
    if "/" in end_text:
        raise ValueError(f"{edtf!r}: an interval has two ends")
    start = _single(start_text) if start_text not in ("", "..") else None
    end = _single(end_text) if end_text not in ("", "..") else None
    if start is None and end is None:
        raise ValueError(f"{edtf!r}: an interval needs one known end")
    earliest = start.earliest if start else FIRST_DAY
    latest = end.latest if end else LAST_DAY
    if (earliest or "") > (latest or ""):
        raise ValueError(f"{edtf!r}: the interval ends before it starts")
    return _span(
        earliest or "", latest or "", any(part.approximate for part in (start, end) if part)
    )


def _single(edtf: str) -> Bounds:
    match = _PART.fullmatch(edtf)
    if not match:
        raise ValueError(f"{edtf!r} is not a date of EDTF level 1")
    year, month, day, mark = match.groups()
    approximate = mark is not None
    if "X" in year:
        if month:
            raise ValueError(f"{edtf!r}: an unspecified year has no month")
        return Bounds(
            f"{year.replace('X', '0')}-01-01",
            f"{year.replace('X', '9')}-12-31",
            Precision.YEARS,
            approximate,
        )
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(f"{edtf!r}: a day needs its month")
        return Bounds(f"{year}-01-01", f"{year}-12-31", Precision.YEAR, approximate)
    if month in _SEASONS:
        if day is not None:
            raise ValueError(f"{edtf!r}: a season has no day")
        first, last = _SEASONS[month]
        return _span(f"{year}-{first:02}-01", _month_end(year, last), approximate)
    if not 1 <= int(month) <= 12:
        raise ValueError(f"{edtf!r}: there is no month {month}")
    if day is None or day == "XX":
        return Bounds(
            f"{year}-{month}-01", _month_end(year, int(month)), Precision.MONTH, approximate
        )
    if not f"{year}-{month}-01" <= f"{year}-{month}-{day}" <= _month_end(year, int(month)):
        raise ValueError(f"{edtf!r}: {year}-{month} has no day {day}")
    if day == "00":
        raise ValueError(f"{edtf!r}: {year}-{month} has no day {day}")
    date = f"{year}-{month}-{day}"
    return Bounds(date, date, Precision.DAY, approximate)


def _month_end(year: str, month: int) -> str:
    # the proleptic Gregorian calendar repeats every 400 years; monthrange starts at year 1
    return f"{year}-{month:02}-{monthrange(int(year) or 400, month)[1]:02}"


def _span(earliest: str, latest: str, approximate: bool) -> Bounds:
    if earliest == latest:
        return Bounds(earliest, latest, Precision.DAY, approximate)
    long = earliest[:4] != latest[:4] or earliest == FIRST_DAY or latest == LAST_DAY
    return Bounds(earliest, latest, Precision.YEARS if long else Precision.DAYS, approximate)


def short(edtf: str) -> str:
    """Format a date in at most eleven cells, without its year unless it has nothing finer.

    `29 Nov`, `~29 Nov`, `29-30 Nov`, `29/30 Nov` (one of them), `30Nov-1Dec`,
    `Nov`, `1982`, `27 Nov-`, and `?` for an unknown date.
    """
    found = bounds(edtf)
    if found.earliest is None or found.latest is None:
        return "?"
    mark = "~" if found.approximate else ""
    year, month, day = found.earliest.split("-")
    last_year, last_month, last_day = found.latest.split("-")
    if found.precision is Precision.YEARS:
        if found.earliest == FIRST_DAY:
            whole_year = found.latest.endswith("-12-31")
            return f"-{last_year}" if whole_year else f"-{_day(last_day, last_month)}"
        if found.latest == LAST_DAY:
            whole_year = found.earliest.endswith("-01-01")
            return f"{mark}{year}-" if whole_year else f"{mark}{_day(day, month)}-"
        return f"{mark}{year}-{last_year}"
    if found.precision is Precision.YEAR:
        return mark + year
    name = MONTHS[int(month) - 1]
    if found.precision is Precision.MONTH:
        return mark + name
    if found.precision is Precision.DAY:
        return f"{mark}{int(day)} {name}"
    join = "/" if edtf.startswith("[") else "-"
    if month == last_month:
        return f"{mark}{int(day)}{join}{int(last_day)} {name}"
    if int(last_month) - int(month) == 1:
        return f"{mark}{int(day)}{name}{join}{int(last_day)}{MONTHS[int(last_month) - 1]}"
    return f"{mark}{name}{join}{MONTHS[int(last_month) - 1]}"


WITH_YEAR = 16
"""The most cells of a date with its year."""


def with_year(edtf: str) -> str:
    """Format a date as `short`, with its year: `29 Nov 2024`, `28Oct-4Nov 2016`, `?`.

    In at most `WITH_YEAR` cells; of days in several years only the years are shown.
    """
    found, words = bounds(edtf), short(edtf)
    first, last = found.earliest or "", found.latest or ""
    year = last[:4] if first == FIRST_DAY else first[:4]
    several = first[:4] != last[:4] and first != FIRST_DAY and last != LAST_DAY
    if not year or several or year in words:
        return words
    opened = "-" if last == LAST_DAY else ""
    whole = f"{words.removesuffix('-') if opened else words} {year}{opened}"
    return whole if len(whole) <= WITH_YEAR else whole.replace(" ", "")


def _day(day: str, month: str) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def long(edtf: str) -> str:
    """Format a date in words with its year, each end at its precision.

    `29 Nov 2024`, `29 Nov to 2 Dec 2024`, `from about 2011`, `date unknown`.
    """
    if not edtf:
        return "date unknown"
    if edtf.startswith("["):
        *others, last = (part.strip() for part in edtf[1:-1].split(","))
        listed = ", ".join(_start(other, last) for other in others)
        return f"{listed} or {_one(last)}" if listed else _one(last)
    start, interval, end = edtf.partition("/")
    if not interval:
        return _one(edtf)
    if start in ("", ".."):
        return f"until {_one(end)}"
    if end in ("", ".."):
        return f"from {_one(start)}"
    return f"{_start(start, end)} to {_one(end)}"


def _one(edtf: str) -> str:
    """Format a single date in words."""
    found = bounds(edtf)
    about = "about " if found.approximate else ""
    year, month, day = (found.earliest or "").split("-")
    match found.precision:
        case Precision.DAY:
            return f"{about}{_day(day, month)} {year}"
        case Precision.MONTH:
            return f"{about}{MONTHS[int(month) - 1]} {year}"
        case Precision.YEAR:
            return about + year
        case _:
            return about + _spanned(edtf)


def long_or_latest(edtf: str, latest: str) -> str:
    """Format a date as `long`, an unknown one by its latest possible day: `≤ 6 Dec 2024`."""
    return f"{AT_LATEST} {long(latest)}" if latest and not edtf else long(edtf)


def _start(start: str, end: str) -> str:
    """Format the first of two dates, without its year where the second has the same."""
    words = _one(start)
    year = (bounds(start).earliest or "")[:4]
    same = (bounds(end).latest or "").startswith(year)
    return words.removesuffix(f" {year}") if same and words != year else words


def _spanned(edtf: str) -> str:
    """Format the span of a date in years if it spans whole years, else in days."""
    found = bounds(edtf)
    first, last = found.earliest or "", found.latest or ""
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return f"{first[:4]} to {last[:4]}"
    return f"{_start(first, last)} to {_one(last)}"
