"""Dates as people type them, and as the program prints them, in EDTF.

`29 Nov 2024`, `~29 Nov`, `28 Oct-4 Nov 2016`, `29/30 Nov 2024` (one of them), `Nov 2024`, `1982`,
`from 2011`, `until 6 Dec 2024`, `2024-11-29..30`, `November 29, 2024`, and EDTF itself.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.model.dates import AT_LATEST, bounds

LONGEST = 200
"""Code points of a date at most; no printed one has so many."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DASHES = str.maketrans("–—−", "---")

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?:-(?P<number>\d{2})(?:-(?P<day>\d{2}))?)?",
        r"(?:(?P<day>\d{1,2}) ?)?(?P<month>[a-z]{3,9})\.?(?: ?(?P<year>\d{4}))?",
        r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?",
        r"(?P<number>\d{2})-(?P<day>\d{2})",
        r"(?P<day>\d{1,2})",
    )
)
"""The forms of a single date, with every part but one left out where another date has it."""

_ABOUT = re.compile(r"about |~ ?")
_UNTIL = re.compile(rf"until |{AT_LATEST} ?|\.\.|-")
_FROM = re.compile(r"from (?P<since>.+)|(?P<open>.+?)(?:\.\.|-)")
_TO = re.compile(r"\.\.| to | ?- ?")
_OR = re.compile(r", | or |/")

_UNKNOWN = "it is not understood"


class _Day(NamedTuple):
    """The parts of a date; None for one that was not typed."""

    year: str | None
    month: int | None
    day: int | None
    about: bool = False

    def filled(self, other: "_Day") -> "_Day":
        """The date with the month and the year of another, where it has none."""
        month = other.month if self.month is None and self.day is not None else self.month
        return self._replace(month=month, year=self.year or other.year)

    def edtf(self) -> str:
        """The date in EDTF; raises `ValueError` where a part is missing."""
        if self.year is None:
            raise ValueError("its year is missing")
        if self.day is not None and self.month is None:
            raise ValueError("its month is missing")
        parts = (f"{part:02}" for part in (self.month, self.day) if part is not None)
        return "-".join((self.year, *parts)) + "~" * self.about


def edtf_of(words: str, year: str = "") -> str:
    """The EDTF text of a date in words; `year` is the year of a date that names none.

    Raises `ValueError`, saying why, for words that are no date.
    """
    text = " ".join(words.split())
    if len(text) > LONGEST:
        raise ValueError("it is too long")
    if _is_edtf(text):
        return text
    text = text.lower().translate(_DASHES)
    edtf = _read(text, _Day(year or None, None, None))
    try:
        bounds(edtf)
    except ValueError as error:  # a day does not exist, or an interval ends before it starts
        raise ValueError(str(error).rpartition(": ")[2]) from error
    return edtf


def in_year(words: str, year: str) -> str:
    """The EDTF text of a date in words, in this year if it names none; other words as they are."""
    try:
        return edtf_of(words, year)
    except ValueError:
        return words


def _is_edtf(text: str) -> bool:
    try:
        return bounds(text).earliest is not None
    except ValueError:
        return False


def _read(text: str, here: _Day) -> str:
    if (until := _UNTIL.match(text)) is not None:
        return f"../{_one(text[until.end() :], here)}"
    if _partial(text) is not None:
        return _one(text, here)
    for start, end in _ends(text.removeprefix("from ")):
        return _interval(start, end, here)
    if (since := _FROM.fullmatch(text)) is not None:
        return f"{_one(since['since'] or since['open'], here)}/.."
    return _choices(_OR.split(text), here)


def _ends(text: str) -> Iterator[tuple[_Day, _Day]]:
    """The first and the last day of an interval, split where both are dates."""
    for between in _TO.finditer(text):
        start, end = _partial(text[: between.start()]), _partial(text[between.end() :])
        if start is not None and end is not None:
            yield start, end


def _interval(start: _Day, end: _Day, here: _Day) -> str:
    if start.month is not None and start.day is None and end.month is None and end.day is not None:
        end = end._replace(month=end.day, day=None)  # 2024-11..12
    last = end.filled(start).filled(here)
    first = start.filled(last)
    if start.year is None and (first.month or 0) > (last.month or 12):
        first = first._replace(year=f"{int(last.year or 0) - 1:04}")  # 28 Dec-3 Jan 2017
    return f"{first.edtf()}/{last._replace(about=last.about or first.about).edtf()}"


def _choices(parts: list[str], here: _Day) -> str:
    """One of some days, of which the last names what others leave out."""
    days = [_partial(part) for part in parts]
    last = days[-1].filled(here) if days[-1] is not None else None
    if last is None or None in days:
        raise ValueError(_UNKNOWN)
    return f"[{','.join(day.filled(last).edtf() for day in days if day is not None)}]"


def _one(text: str, here: _Day) -> str:
    found = _partial(text)
    if found is None:
        raise ValueError(_UNKNOWN)
    return found.filled(here).edtf()


def _partial(text: str) -> _Day | None:
    """A single date with the parts that it names; None for other words."""
    bare = _ABOUT.sub("", text.strip(), count=1)
    about = bare != text.strip() or bare.endswith("~")
    for form in _FORMS:
        found = form.fullmatch(bare.removesuffix("~"))
        if found is None:
            continue
        named, number, day = map(found.groupdict().get, ("month", "number", "day"))
        month = _month(named) if named else int(number) if number else None
        if month is not None or not named:
            return _Day(found.groupdict().get("year"), month, int(day) if day else None, about)
    return None


def _month(name: str) -> int | None:
    """The number of a month by at least its first three letters."""
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)
