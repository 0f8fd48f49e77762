"""Degrees as people write them in tables: in two cells or one, with signs or letters, as WKT."""

import re
from functools import lru_cache

_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_DECIMAL = re.compile(rf"({_NUMBER})\s*°?\s*([NSEW])?", re.ASCII | re.I)
_SEXAGESIMAL = re.compile(
    r"(\d{1,3})\s*[°d]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’m])?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*"
    r"(?:[\"″”s]|''|′′))?\s*([NSEW])",
    re.I,
)
"""Degrees, minutes and seconds: 33°30'15"N."""
_WKT = re.compile(
    r"(?:SRID=4326;)?\s*POINT\s*(?:Z\s*)?\(\s*([+-]?[\d.]+)\s+([+-]?[\d.]+)(?:\s+[+-]?[\d.]+)?\s*\)",
    re.I,
)
_PAIR = re.compile(r"\s*[;,/|]\s+|\s*[;|]\s*|\s+(?=[+-]?\d)|(?<=[NSns])\s*[,/]?\s*")
_LONGEST = 100


Degrees = tuple[float, float]
"""Degrees north and east (WGS84)."""


def degrees_in(latitude: str, longitude: str) -> Degrees | None:
    """The degrees of two cells; None if they hold none.

    Zero degrees in both is no place of a war, and means that they are not known.
    """
    if len(latitude) > _LONGEST or len(longitude) > _LONGEST:
        return None
    return _of_two(latitude, longitude)


@lru_cache(16384)
def _of_two(latitude: str, longitude: str) -> Degrees | None:
    north, east = _degrees(latitude, "NS"), _degrees(longitude, "EW")
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    return None if north == east == 0 else (north, east)


def point_in(cell: str, *, longitude_first: bool = False) -> Degrees | None:
    """The degrees of one cell, as `degrees_in`; WKT has longitude first."""
    return None if len(cell) > _LONGEST else _of_one(cell, longitude_first)


@lru_cache(16384)
def _of_one(cell: str, longitude_first: bool) -> Degrees | None:
    text = cell.strip().replace("−", "-")
    if wkt := _WKT.fullmatch(text):
        return degrees_in(wkt[2], wkt[1])
    text = text.strip("()[]{} ")
    parts = [part for part in _PAIR.split(text) if part]
    if len(parts) != 2 and text.count(",") == 1:
        # a comma alone parts two numbers with points; "12,5" is one number
        parts = [part for part in text.split(",") if "." in part]
    if len(parts) != 2:
        return None
    first, second = parts
    if longitude_first and not re.search("[NS]", first, re.I):
        first, second = second, first
    return degrees_in(first, second)


def _degrees(cell: str, letters: str) -> float | None:
    text = cell.strip().replace("−", "-")
    if found := _DECIMAL.fullmatch(text):
        value, letter = float(found[1].replace(",", ".")), found[2]
    elif found := _SEXAGESIMAL.fullmatch(text):
        whole, minutes, seconds = (
            float((part or "0").replace(",", ".")) for part in found.groups()[:3]
        )
        if minutes >= 60 or seconds >= 60:
            return None
        value, letter = whole + minutes / 60 + seconds / 3600, found[4]
    else:
        return None
    letter = (letter or "").upper()
    if letter and letter not in letters:
        return None
    return -abs(value) if letter in ("S", "W") else value
