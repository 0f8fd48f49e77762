"""Dates as people write them in tables: in any order, in words, as spans, as numbers.

Nothing is filled in: `March 2024` is a month. A cell that can be read in two ways is
read in the order that the mapping gives, and in no other.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store.importers.date_cells import Order
from store.importers.date_order import LAST_YEAR, century
from store.importers.mapping import DateNumbers
from store.model.dates import bounds

_MONTH_NAMES = (
    "january jan janvier janv enero ene",
    "february feb fevrier fevr febrero",
    "march mar mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juin junio",
    "july jul juillet juil julio",
    "august aug aout agosto ago",
    "september sept sep septembre septiembre setiembre",
    "october oct octobre octubre",
    "november nov novembre noviembre",
    "december dec decembre diciembre dic",
)
"""The months in English, French and Spanish, with their abbreviations, without accents."""
_MONTHS = {word: number for number, words in enumerate(_MONTH_NAMES, 1) for word in words.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_GAP = r"[ .,/-]*(?:(?:de|del|of) +)?"
_IN_WORDS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_DAY}{_GAP}(?P<month>{_MONTH})\b{_GAP}{_YEAR}",
        rf"(?P<month>{_MONTH})\b{_GAP}{_DAY}{_GAP}(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}){_GAP}(?P<month>{_MONTH})\b{_GAP}(?P<day>\d{{1,2}})",
        rf"(?:(?:early|mid|late)[ -]+)?(?P<month>{_MONTH})\b{_GAP}(?P<year>\d{{4}})(?P<day>)",
    )
)
_IN_DIGITS = re.compile(
    r"(?P<a>\d{1,4})(?P<by>[-/. ])(?P<b>\d{1,2})(?P=by)(?P<c>\d{1,4})", re.ASCII
)
_MONTH_ALONE = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_TIME = re.compile(
    r"[T ,]+(?:at +)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?"
    r"(?: *(?P<half>[ap])\.?m\.?)?"
    r" *(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)?$",
    re.ASCII | re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,14}(?:\.\d+)?", re.ASCII)
_ABOUT = re.compile(r"^(?:c\.?|ca\.?|circa|about|around|approx(?:imately|\.)?|vers|hacia) +|^~")
_EDTF = re.compile(r"[\dX][\dX~?%/.-]+")
_DAYS_OF_MONTH = re.compile(
    rf"(?:(?:between|from|du|del) +)?(?:(?P<month>{_MONTH})\b{_GAP})?"
    r"(?P<first>\d{1,2}) *(?:-|to|and|au|al|y|et) *"
    rf"(?P<last>\d{{1,2}})(?:{_GAP}(?P<after>{_MONTH})\b)?{_GAP}(?P<year>\d{{4}})",
    re.ASCII,
)
"""Days of one month: "3-5 March 2024", "March 3-5, 2024"."""
_SPAN = re.compile(r" +(?:to|until|and|au|al|et|y|hasta) +| +[-/] +|/")
_FIRST_YEAR = 1000
_PLACEHOLDERS = frozenset(("1753-01-01", "1900-01-01"))
"""Days that databases write where there is none."""
_LONGEST = 100
"""The most characters of a cell that is read as a date."""
_EXCEL = date(1899, 12, 30)
"""The day before the first of Excel's, as it takes 1900 for a leap year."""


class Moment(NamedTuple):
    """A date in EDTF, with the time of day (`14:22`) and its zone (`Z`, `+03:00`), if any."""

    edtf: str
    time: str = ""
    zone: str = ""


def zone_of(name: str) -> tzinfo:
    """A time zone by its offset (+03:00) or its name (Asia/Damascus). Raises `ValueError`."""
    if found := re.fullmatch(r"([+-])(\d\d):([0-5]\d)", name, re.ASCII):
        minutes = int(found[2]) * 60 + int(found[3])
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    try:
        return ZoneInfo(name)
    except (OSError, LookupError) as error:
        raise ValueError(f"{name!r} is no time zone") from error


def moment_in(
    cell: str,
    order: Order | None = None,
    numbers: DateNumbers | None = None,
    zone: tzinfo | None = None,
) -> Moment | None:
    """The date of a cell, None if it holds none that can be read.

    A time that states its zone is converted to `zone`, if there is one, as the day
    may be another there.
    """
    return _moment_in(cell, order, numbers, zone) if len(cell) <= _LONGEST else None


@lru_cache(65536)
def _moment_in(
    cell: str, order: Order | None, numbers: DateNumbers | None, zone: tzinfo | None
) -> Moment | None:
    text = _plain(cell)
    about = _ABOUT.match(text)
    if about:
        text = text[about.end() :]
    found = (
        _of_number(text, numbers, zone)
        or _one(text, order, zone)
        or _edtf(text)
        or _days(text)
        or _span(text, order, zone)
    )
    if found and about and "/" not in found.edtf and found.edtf[-1].isdigit():
        return found._replace(edtf=f"{found.edtf}~")
    return found


def decides(cell: str) -> Order | None:
    """The order that a cell proves, as only a day can be above 12; None if it proves none."""
    found = _IN_DIGITS.match(_plain(cell[:_LONGEST]))
    if not found or len(found["a"]) > 2 or len(found["c"]) not in (2, 4):
        return None
    first, second = int(found["a"]), int(found["b"])
    if first > 31 and len(found["a"]) == len(found["c"]) == 2 and 1 <= second <= 12:
        return Order.YMD
    if 12 < first <= 31 and 1 <= second <= 12:
        return Order.DMY
    if 12 < second <= 31 and 1 <= first <= 12:
        return Order.MDY
    return None


def month_in(cell: str) -> str:
    """The number of a month, of its name or its number; what is neither stays as it is."""
    word = _plain(cell[:_LONGEST]).rstrip(".")
    return str(_MONTHS[word]) if word in _MONTHS else cell


def needs_order(cell: str) -> bool:
    """True if a cell is a date in digits with the year last."""
    found = _IN_DIGITS.match(_plain(cell[:_LONGEST]))
    return found is not None and len(found["a"]) <= 2


def _plain(cell: str) -> str:
    """A cell in small letters, without accents, with one kind of hyphen and single blanks."""
    if cell.isascii():
        return " ".join(cell.split()).lower()
    letters = unicodedata.normalize("NFKD", cell)
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.sub(r"[‐-―−]", "-", kept).split()).lower()


def _of_number(text: str, numbers: DateNumbers | None, zone: tzinfo | None) -> Moment | None:
    if numbers is None or not _NUMBER.fullmatch(text):
        return None
    try:
        if numbers is DateNumbers.EXCEL:
            return _day_of(_EXCEL + timedelta(days=int(float(text))))
        seconds = float(text) / (1000 if numbers is DateNumbers.UNIX_MS else 1)
        at = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return _at(at, zone)


def _one(text: str, order: Order | None, zone: tzinfo | None) -> Moment | None:
    """One date, with or without a time."""
    timed = _TIME.search(text)
    on = _edtf_of(text[: timed.start()] if timed else text, order)
    if on is None or timed is None:
        return Moment(on) if on else None
    hour = int(timed["hour"])
    if timed["half"]:
        hour = hour % 12 + (12 if timed["half"].lower() == "p" else 0)
    if hour > 23 or timed["minute"] > "59" or len(on) != 10:
        return Moment(on)
    given = (timed["zone"] or "").upper()
    if not given:
        return Moment(on, f"{hour:02}:{timed['minute']}")
    offset = "+00:00" if given[0] not in "+-" else f"{given[:3]}:{given[-2:]}"
    try:
        at = datetime.fromisoformat(f"{on}T{hour:02}:{timed['minute']}:00{offset}")
    except ValueError:
        return Moment(on)
    return _at(at, zone or at.tzinfo)


def _at(at: datetime, zone: tzinfo | None) -> Moment | None:
    try:
        local = at.astimezone(zone or UTC)
    except (OverflowError, ValueError):
        return None
    found = _day_of(local.date())
    shift = local.strftime("%z")
    named = "Z" if shift == "+0000" else f"{shift[:3]}:{shift[3:5]}"
    return found and found._replace(time=f"{local:%H:%M}", zone=named)


def _day_of(day: date) -> Moment | None:
    return Moment(day.isoformat()) if _exists(day.isoformat()) else None


def _edtf_of(text: str, order: Order | None) -> str | None:
    """One date without a time, in EDTF."""
    if found := _IN_DIGITS.fullmatch(text):
        return _in_order(found["a"], found["b"], found["c"], order)
    if found := _EIGHT.fullmatch(text):
        return _checked(found[1], found[2], found[3])
    for form in _IN_WORDS:
        if found := form.fullmatch(text):
            return _checked(found["year"], str(_MONTHS[found["month"]]), found["day"])
    for form in (_MONTH_ALONE, _YEAR_MONTH):
        if found := form.fullmatch(text):
            return _checked(found["year"], found["month"], "")
    return None


def _in_order(a: str, b: str, c: str, order: Order | None) -> str | None:
    if len(a) == 4:
        return _checked(a, b, c) if len(c) <= 2 else None
    if len(a) > 2 or len(c) not in (2, 4):
        return None
    if order is Order.YMD and len(c) == 2:
        return _checked(a, b, c)
    if order is Order.DMY:
        return _checked(c, b, a)
    return _checked(c, a, b) if order is Order.MDY else None


def _checked(year: str, month: str, day: str) -> str | None:
    """A date that can be, in EDTF."""
    if len(year) == 2:
        year = str(century(int(year), ""))
    text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return text if _exists(text) else None


def _exists(edtf: str) -> bool:
    try:
        found = bounds(edtf)
    except ValueError:
        return False
    if not found.earliest or edtf in _PLACEHOLDERS:
        return False
    return _FIRST_YEAR <= int(found.earliest[:4]) <= LAST_YEAR


def _edtf(text: str) -> Moment | None:
    """A cell that is EDTF as it stands: 2024, 2024-03, 2024-03-01/2024-03-04, 2024-03-01~."""
    given = text.upper()
    return Moment(given) if _EDTF.fullmatch(given) and _exists(given) else None


def _days(text: str) -> Moment | None:
    found = _DAYS_OF_MONTH.fullmatch(text)
    if not found or bool(found["month"]) == bool(found["after"]):
        return None
    month = str(_MONTHS[found["month"] or found["after"]])
    return _between(
        _checked(found["year"], month, found["first"]),
        _checked(found["year"], month, found["last"]),
    )


def _span(text: str, order: Order | None, zone: tzinfo | None) -> Moment | None:
    """Two dates; the first may leave its year to the second."""
    text = re.sub(r"^(?:from|between|du|del?|entre) +", "", text)
    for parted in _SPAN.finditer(text):
        first, last = text[: parted.start()], text[parted.end() :]
        end = _one(last, order, zone) or _edtf(last)
        if end is None:
            continue
        start = (
            _one(first, order, zone) or _edtf(first) or _one(f"{first} {end.edtf[:4]}", order, zone)
        )
        if start and (found := _between(start.edtf, end.edtf)):
            return found
    return None


def _between(start: str | None, end: str | None) -> Moment | None:
    if start is None or end is None or "/" in start or "/" in end:
        return None
    if start == end:
        return Moment(start)
    return Moment(f"{start}/{end}") if _exists(f"{start}/{end}") else None
