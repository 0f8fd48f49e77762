"""Cells as values: dates, numbers, degrees. An error names the field, and says why."""

import re
from functools import lru_cache

from store.importers.date_cells import date_cell
from store.importers.draft import Rejected
from store.importers.missing import is_missing

MOST = 10**9
"""The greatest number that is accepted as a number of people."""
_LONGEST = 40
"""The most characters of a cell that may be a number."""
_YEARS = ("1000", "2999")
"""The first and the last year of the days that a data set can have."""
_FLOAT = re.compile(r"\s*(-?\d+)(?:\.0+|,0{1,2})\s*", re.ASCII)
_EXPONENT = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+(\d{1,2})", re.ASCII)
"""A long number as a spreadsheet shows it: 2.01403050001E+11."""
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d*)?(?:[eE][+-]?\d{1,2})?", re.ASCII)


class BadCell(ValueError):
    """A cell that a row needs, and that does not hold what it should."""

    def __init__(self, field: str, reason: str, kind: str = "", value: str = "") -> None:
        """`reason`, `kind` and `value` as `Rejected` has them."""
        super().__init__(reason)
        self.field = field
        self.reason = reason
        self.kind = kind
        self.value = value


def unfit(field: str, cell: str, kind: str) -> BadCell:
    """The error for a cell that is of no use; `kind` says what it is not: "not a date"."""
    return BadCell(field, f"{quoted(cell)} is {kind}", kind, quoted(cell))


def rejected(number: int, line: int, error: BadCell) -> Rejected:
    """The rejection of a row for a cell of it."""
    return Rejected(number, line, error.field, error.reason, error.kind, value=error.value)


def day(field: str, cell: str) -> str:
    """A day in ISO 8601, of a cell that can be read in one way only: `27 November 2024`.

    `CellReader` also reads those of which other cells say which number is the month.
    Raises `BadCell`.
    """
    found = day_or_none(cell)
    if found is None:
        raise unfit(field, cell, "not a date")
    return found


def day_or_none(cell: str) -> str | None:
    """A day as `day` reads it; None if a cell holds none, such as 2014-02-29."""
    found = date_cell(cell)
    return found.day if found and _YEARS[0] <= found.day[:4] <= _YEARS[1] else None


def people(field: str, cell: str) -> int:
    """A number of people; "1.000" is none, as it may be one or a thousand. Raises `BadCell`."""
    if len(cell) > _LONGEST:
        raise unfit(field, cell, "not a number of people")
    return _people(field, cell)


@lru_cache(4096)
def _people(field: str, cell: str) -> int:
    text = cell.strip()
    text = text if text.endswith(".000") else code(text)
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > MOST:
        raise unfit(field, cell, "not a number of people")
    return int(text)


def degrees(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Degrees north and east (WGS84), None if there are none. Raises `BadCell`."""
    if not latitude.strip() and not longitude.strip():
        return None
    found = []
    for field, cell, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if not _DEGREES.fullmatch(cell.strip()) or abs(float(cell)) > most:
            raise unfit(field, cell, "not in degrees")
        found.append(float(cell))
    return found[0], found[1]


def code(cell: str) -> str:
    """A code or an id; `1.0` or `1,0`, as a table of floats writes it, is 1."""
    whole = _FLOAT.fullmatch(cell) if "." in cell or "," in cell else None
    return whole[1] if whole else cell.strip()


def identifier(field: str, cell: str) -> str:
    """The id of a row. Raises `BadCell`."""
    found = code(cell)
    if rounded := _EXPONENT.fullmatch(found):
        whole, decimals = rounded[1], rounded[2] or ""
        if len(decimals) != int(rounded[3]):
            raise unfit(field, cell, "not a row id: a spreadsheet has rounded it")
        found = whole + decimals
    if is_missing(found) or len(found) > 100 or not found.isprintable():
        raise unfit(field, cell, "not a row id")
    return found


def quoted(cell: str) -> str:
    """A cell as a message quotes it, cut to 40 characters."""
    return repr(cell if len(cell) <= 40 else f"{cell[:39]}…")


def one_line_of(cell: str) -> str:
    """A cell on one line, as the article of a row has it."""
    return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip()
