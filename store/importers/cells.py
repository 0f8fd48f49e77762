"""Cells as values: dates, numbers, degrees. An error names the field, and says why."""

import re
from datetime import date
from functools import lru_cache

MOST = 10**9
"""The greatest number that is accepted as a number of people."""
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d\d)[-/.](\d\d)[-/.](\d{4})", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]*\.? (\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = ("1000", "2999")
"""The first and the last year of the days that a data set can have."""
_FLOAT = re.compile(r"\s*(-?\d+)\.0+\s*", re.ASCII)
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d*)?", re.ASCII)


class BadCell(ValueError):
    """A cell that a row needs, and that does not hold what it should."""

    def __init__(self, field: str, reason: str, kind: str = "") -> None:
        """`reason` and `kind` as `Rejected` has them."""
        super().__init__(reason)
        self.field = field
        self.reason = reason
        self.kind = kind


def day(field: str, cell: str) -> str:
    """A day in ISO 8601, of `2024-11-27` (and 00:00), `27-11-2024` or `27 November 2024`.

    Raises `BadCell`.
    """
    found = day_or_none(cell)
    if found is None:
        raise BadCell(field, f"{_short(cell)} is not a date", "not a date")
    return found


@lru_cache(65536)
def day_or_none(cell: str) -> str | None:
    """A day as `day` reads it; None if a cell holds none, such as 2014-02-29."""
    if iso := _ISO.fullmatch(cell.strip()):
        text = iso[1]
    elif first := _DAY_FIRST.fullmatch(cell.strip()):
        text = f"{first[3]}-{first[2]}-{first[1]}"
    elif words := _IN_WORDS.fullmatch(cell.strip()):
        if words[2].lower() not in _MONTHS:
            return None
        text = f"{words[3]}-{_MONTHS.index(words[2].lower()) + 1:02}-{int(words[1]):02}"
    else:
        return None
    try:
        date.fromisoformat(text)
    except ValueError:
        return None
    return text if _YEARS[0] <= text[:4] <= _YEARS[1] else None


@lru_cache(4096)
def people(field: str, cell: str) -> int:
    """A number of people. Raises `BadCell`."""
    text = code(cell)
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > MOST:
        raise BadCell(field, f"{_short(cell)} is not a number of people", "not a number of people")
    return int(text)


def degrees(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Degrees north and east (WGS84), None if there are none. Raises `BadCell`."""
    if not latitude.strip() and not longitude.strip():
        return None
    found = []
    for field, cell, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if not _DEGREES.fullmatch(cell.strip()) or abs(float(cell)) > most:
            raise BadCell(field, f"{_short(cell)} is not in degrees", "not in degrees")
        found.append(float(cell))
    return found[0], found[1]


def code(cell: str) -> str:
    """A code or an id; `1.0`, as a table of floats writes it, is 1."""
    whole = _FLOAT.fullmatch(cell) if "." in cell else None
    return whole[1] if whole else cell.strip()


def identifier(field: str, cell: str) -> str:
    """The id of a row. Raises `BadCell`."""
    found = code(cell)
    if not found or len(found) > 100 or not found.isprintable():
        raise BadCell(field, f"{_short(cell)} is not a row id", "not a row id")
    return found


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else f"{cell[:39]}…")


def one_line_of(cell: str) -> str:
    """A cell on one line, as the article of a row has it."""
    return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip()
