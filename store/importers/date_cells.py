"""Dates as cells write them: the forms of people, spreadsheets and statistics programs."""

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Order(StrEnum):
    """The order of day, month and year in a date of three numbers."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Days(StrEnum):
    """The day from which a spreadsheet counts days (Excel's two date systems)."""

    FROM_1900 = "1900"
    FROM_1904 = "1904"


class DateCell(NamedTuple):
    """A date as a cell writes it: exactly one of its fields is set.

    `day` is a day that can be read in one way only, in ISO 8601. `numbers` are three numbers as
    printed, whose order the cell does not say; the year among them may have two digits.
    `words` are a year of two digits, a month and a day, in this order, where the month was a
    word. `serial` is a day number of a spreadsheet. `zero` is true for a date with a month or
    day 0, which programs write where there is none.
    """

    day: str = ""
    numbers: tuple[str, str, str] | None = None
    words: tuple[int, int, int] | None = None
    serial: int | None = None
    zero: bool = False


_LONGEST = 80
"""The most characters of a cell that may be a date."""
_TIME = re.compile(
    r"(?:T|,?\s+)\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.ASCII | re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[.,]0+)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]*([^\W\d_]{3,10})[-/., ]*([0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,10})[-/., ]*([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]+([0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(
    r"(\d{4})[-/., ]*([^\W\d_]{3,10})[-/., ]*(\d{1,2})", re.ASCII | re.IGNORECASE
)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_MONTHS = (
    "january januar janvier enero janeiro gennaio januari",
    "february februar fevrier febrero fevereiro febbraio februari",
    "march marz mrz mars marzo marco maart",
    "april avril abril aprile",
    "may mai mayo maio maggio mei",
    "june juni juin junio junho giugno",
    "july juli juillet julio julho luglio",
    "august aout agosto augustus",
    "september septembre septiembre setiembre setembro settembre",
    "october oktober octobre octubre outubro ottobre",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dezembro dicembre",
)
"""The months in English, German, French, Spanish, Portuguese, Italian and Dutch, without accents.

Spreadsheets write them in the language of their user.
"""
_FIRST_DAYS = {Days.FROM_1900: date(1899, 12, 30), Days.FROM_1904: date(1904, 1, 1)}


def date_cell(cell: str) -> DateCell | None:
    """The date that a cell writes; None if it is none, such as 2014-02-29."""
    return _date_cell(cell) if len(cell) <= _LONGEST else None


@lru_cache(65536)
def _date_cell(cell: str) -> DateCell | None:
    text = _TIME.sub("", _WEEKDAY.sub("", cell.strip(), count=1))
    if found := _YEAR_FIRST.fullmatch(text):
        return _dated(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(text):
        return _dated(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(text):
        return _numbered(found[1], found[3], found[4])
    for form, (year, month, day) in _FORMS:
        if found := form.fullmatch(text):
            return _worded(found[year], found[month], found[day])
    if found := _SERIAL.fullmatch(text):
        return DateCell(serial=int(found[1]))
    return DateCell(zero=True) if text in ("0", "0.0", "0,0") else None


_FORMS = ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_YEAR_MONTH, (1, 2, 3)))


def _numbered(first: str, second: str, third: str) -> DateCell:
    """Three numbers, of which the first may be the year 00; none of the others may be 0."""
    zero = int(second) == 0 or third == "0000"
    if zero or (int(first) == 0 and (len(third) == 4 or int(third) == 0)):
        return DateCell(zero=True)
    return DateCell(numbers=(first, second, third))


def _dated(year: str, month: str, day: str) -> DateCell | None:
    if 0 in (int(month), int(day)) or int(year) == 0:
        return DateCell(zero=True)
    found = iso(int(year), int(month), int(day))
    return DateCell(day=found) if found else None


def _worded(year: str, word: str, day: str) -> DateCell | None:
    month = 9 if word.lower() == "sept" else _month(word.lower())
    if not month:
        return None
    if len(year) == 2:
        return DateCell(words=(int(year), month, int(day)))
    return _dated(year, str(month), day)


@lru_cache(1024)
def _month(word: str) -> int:
    """The number of a month by its name, or by a beginning of it that no other month has."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )
    found = {
        at
        for at, names in enumerate(_MONTHS, 1)
        if any(name.startswith(plain) for name in names.split())
    }
    return found.pop() if len(found) == 1 else 0


def iso(year: int, month: int, day: int) -> str:
    """A day in ISO 8601; "" if there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def in_order(numbers: tuple[str, str, str], order: Order) -> tuple[str, int, int]:
    """The year as printed, the month and the day of three numbers in an order."""
    first, second, third = numbers
    if order is Order.YMD:
        return first, int(second), int(third)
    day, month = (first, second) if order is Order.DMY else (second, first)
    return third, int(month), int(day)


def of_serial(serial: int, days: Days) -> str:
    """The day of a day number, in ISO 8601."""
    return (_FIRST_DAYS[days] + timedelta(days=serial)).isoformat()
