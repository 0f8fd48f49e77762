"""Times of publication and capture, read from printed words and from metadata."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from store.articles.time_zones import AMBIGUOUS, OFFSETS
from store.extraction.arabic_signs import any_vowels
from store.extraction.dates import dates_in
from store.model.records import Stamp
from store.model.vocabulary import StampBasis

DATE_ORDER: ContextVar[str] = ContextVar("the order of dates in digits", default="")
"""The order of day, month and year in a date in digits: "dmy", "mdy", "ymd" or not known."""

LONGEST = 160
"""The most code points in which a time of publication is looked for."""

HALF_DAYS = any_vowels("صباحا|صباح|ص|قبل الظهر|مساء|مساءا|ظهرا|بعد الظهر|م")
"""The words and letters of Arabic for the halves of a day."""
_AFTER_NOON = ("p", "م", "ظ", "ب")
_ARABIC_DIGITS = {ord(digit): str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_GREENWICH = re.compile(any_vowels(r"\s*بتوقيت\s+[غج]رينتش"))

_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<hour>2[0-3]|[01]?\d)(?!\d)(?:[:.hH](?P<minute>[0-5]\d)(?::[0-5]\d)?)?\s*"
    rf"(?P<half>[ap]\.?\s?m\b\.?|(?:{HALF_DAYS})(?![\u0621-\u064a]))?",
    re.IGNORECASE | re.ASCII,
)
_BARE_CLOCK = re.compile(r"(?<!\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s+(?:GMT|UTC)\b)")
"""A clock without a point, which is one before a zone alone: "0915 GMT"."""
_ZONE = re.compile(
    r"\s*\(?(?:(?P<name>[A-Z]{1,4})\b)?\s*(?P<offset>[+-−]\d{1,2}(?::?\d\d)?)?\)?(?!\w)"
)
_MAIL_TIME = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)?"
    r" (?:[+-]\d{4}|GMT|UTC)(?: \(.*\))?"
)
"""A time of RFC 5322."""
_IN_DIGITS = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?![\d./-])", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)(Z?)")


def stamp_of(words: str, *, basis: StampBasis = StampBasis.STATED, note: str = "") -> Stamp | None:
    """The time that words state, with the zone if one is stated; None if they state no day.

    Read are ISO 8601, RFC 5322, and what texts print. An abbreviation that may mean
    several zones gives none, and the note names them.
    """
    words = " ".join(words.split())
    if not words or len(words) > LONGEST:
        return None
    ordered = _in_order(words)
    at, zone_note = _machine_time(ordered), ""
    if not at:
        at, zone_note = _printed_time(ordered)
    if not at:
        return None
    notes = "; ".join(filter(None, (note, zone_note)))
    try:
        return Stamp(at=at, printed=words, basis=basis, note=notes)
    except ValueError:
        return None


@contextmanager
def date_order(*, day_first: bool | None) -> Iterator[None]:
    """Read dates in digits in this order, if it is known and nobody stated another."""
    if day_first is None or DATE_ORDER.get():
        yield
        return
    token = DATE_ORDER.set("dmy" if day_first else "mdy")
    try:
        yield
    finally:
        DATE_ORDER.reset(token)


def _in_order(words: str) -> str:
    """The words, a date in digits among them as ISO 8601 where the order of its parts is known."""
    order = DATE_ORDER.get()
    if order not in ("dmy", "mdy"):
        return words

    def iso(found: re.Match[str]) -> str:
        one, other, year = found.groups()
        day, month = (one, other) if order == "dmy" else (other, one)
        known = 1 <= int(month) <= 12 and 1 <= int(day) <= 31
        return f"{year}-{int(month):02}-{int(day):02}" if known else found[0]

    return _IN_DIGITS.sub(iso, words)


def is_of_unknown_order(words: str) -> bool:
    """True if a date in digits may be day first or month first."""
    found = _IN_DIGITS.search(words)
    return found is not None and max(int(found[1]), int(found[2])) <= 12


def _machine_time(words: str) -> str:
    """A time in ISO 8601, RFC 5322, or the compact form of archives; empty if it is in none."""
    if compact := _COMPACT.fullmatch(words):
        year, month, day, hour, minute, second, zone = compact.groups()
        words = f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
    if not words[:4].isdecimal() and not words.isascii():
        return ""
    try:
        if re.match(r"\d{4}-?\d\d-?\d\d", words, re.ASCII):
            if len(words) in (8, 10):
                return datetime.fromisoformat(words).date().isoformat()
            return _iso(datetime.fromisoformat(words.replace(" UTC", "Z").replace(" Z", "Z")))
        if _MAIL_TIME.fullmatch(words):
            return _iso(parsedate_to_datetime(words))
    except (ValueError, TypeError, OverflowError):
        pass
    return ""


def _iso(moment: datetime) -> str:
    """A time to the second, or to the minute where the seconds are none."""
    zone = moment.utcoffset()
    if zone is not None and (zone % timedelta(minutes=1) or abs(zone) >= timedelta(hours=24)):
        moment = moment.replace(tzinfo=None)
    precision = "seconds" if moment.second else "minutes"
    return moment.isoformat(timespec=precision)


def _printed_time(words: str) -> tuple[str, str]:
    """A day that is printed with its year, with the clock and zone beside it, and a note."""
    days = [one for one in dates_in(words) if len(one.when.edtf) == 10]
    if len(days) != 1:
        return "", ""
    start, end = days[0].start, days[0].end
    words = words.translate(_ARABIC_DIGITS)
    day = days[0].when.edtf
    if bare := _BARE_CLOCK.search(words):
        return f"{day}T{bare['hour']}:{bare['minute']}+00:00", ""
    for clock in _CLOCK.finditer(words):
        if clock.start() < end and clock.end() > start:
            continue
        if clock["minute"] is None and clock["half"] is None:
            continue
        hour = int(clock["hour"])
        if clock["half"]:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if clock["half"].lower().startswith(_AFTER_NOON) else 0)
        zone, note = _zone(words, clock.end())
        return f"{day}T{hour:02}:{clock['minute'] or '00'}{zone}", note
    return day, days[0].when.note


def _zone(words: str, start: int) -> tuple[str, str]:
    """The offset after a clock, empty where none is stated or several are meant, and a note."""
    if _GREENWICH.match(words, start):
        return "+00:00", ""
    found = _ZONE.match(words, start)
    if found is None:
        return "", "no time zone is stated"
    name, offset = found["name"], found["offset"]
    if offset and (name is None or name in OFFSETS):
        sign, digits = ("-" if offset[0] in "-−" else "+"), offset[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        if int(hours) <= 14 and int(minutes) < 60:
            return f"{sign}{int(hours):02}:{minutes}", ""
    if name in OFFSETS:
        return OFFSETS[name], ""
    if name in AMBIGUOUS:
        return "", f"{name} may be {AMBIGUOUS[name]}; none is assumed"
    return "", "no time zone is stated"
