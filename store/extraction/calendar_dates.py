"""Dates of the calendar as texts print them: days, ranges of days, months, years."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from store.extraction import date_patterns as patterns
from store.extraction.calendar_names import ALSO_WORDS, MONTHS, SHORT_WEEKDAYS
from store.extraction.day_arithmetic import Anchor, calendar_day, day_of_month
from store.model.values import When
from store.model.vocabulary import DateBasis


class FoundDate(NamedTuple):
    """A date of a text, with the place of its words: code points, end exclusive."""

    start: int
    end: int
    when: When


def made(match: re.Match[str], edtf: str, basis: DateBasis, note: str = "") -> FoundDate:
    """The date that matched words mean, without the blanks around them."""
    when = When(edtf=edtf, basis=basis, note=note, printed=match[0].strip())
    lead = len(match[0]) - len(match[0].lstrip())
    return FoundDate(match.start() + lead, match.start() + len(match[0].rstrip()), when)


def unresolved(match: re.Match[str], note: str) -> FoundDate:
    """The date that matched words leave open; `note` says why."""
    return made(match, "", DateBasis.UNRESOLVED, note)


def checked(when: When, weekday: int | None, printed: str) -> When:
    """The date with the words of both, and a note where the weekday is another."""
    note = when.note
    if weekday is not None and len(when.edtf) == 10 and when.edtf.isascii():
        day = date.fromisoformat(when.edtf)
        if day.weekday() != weekday:
            note = f"{note}; " if note else ""
            note += f"{when.edtf} is a {day:%A}"
    return replace(when, note=note, printed=printed)


def _month(printed: str) -> int | None:
    """The number of a month; None for a word such as "may" in small letters."""
    name = " ".join(printed.lower().split())
    if name in ALSO_WORDS and printed[0].islower():
        return None
    return MONTHS[name]


def _year(printed: str) -> int:
    """A year of four digits, without the letter of its era."""
    return int(printed[:4])


def _number(printed: str) -> int:
    return int("".join(letter for letter in printed if letter.isdigit()))


def _calendar(pattern: re.Pattern[str]) -> "DateReader":
    """A reader of days and ranges of days with the names of their months."""

    def read(text: str, anchor: Anchor) -> Iterator[FoundDate]:
        for match in pattern.finditer(text):
            one, other = match["month"], match["month2"]
            months = [_month(name) for name in (one or other, other or one) if name]
            days = [_number(words) for words in (match["day"], match["day2"]) if words]
            if None in months or not all(1 <= day <= 31 for day in days):
                continue
            parts = [(month or 0, day) for month, day in zip(months, days, strict=False)]
            if len(days) == 2 and _is_list(text, match):
                yield from _each_of(match, parts, anchor)
            elif (found := _of_parts(match, parts, match["year"], anchor)) is not None:
                yield _with_short_weekday(text, found)

    return read


def _is_list(text: str, match: re.Match[str]) -> bool:
    """True for two days, "November 27 and 30", and false for "between November 27 and 30"."""
    words = text[match.end("day") : match.start("day2")].lower().split()
    return "and" in words and not text[: match.start()].rstrip().lower().endswith("between")


def _each_of(
    match: re.Match[str], parts: list[tuple[int, int]], anchor: Anchor
) -> Iterator[FoundDate]:
    """The two days of a list, each with its own words."""
    middle = match.end("day")
    for part, start, end in zip(
        parts, (match.start(), match.start("day2")), (middle, match.end()), strict=True
    ):
        found = _of_parts(match, [part], match["year"], anchor)
        if found is not None:
            when = replace(found.when, printed=match.string[start:end])
            yield FoundDate(start, end, when)


def _with_short_weekday(text: str, found: FoundDate) -> FoundDate:
    """The date with the abbreviated weekday before it: "Thu, 28 Nov 2024"."""
    weekday = patterns.SHORT_BEFORE.search(text, max(0, found.start - 8), found.start)
    if weekday is None:
        return found
    number = SHORT_WEEKDAYS[weekday["weekday"].lower()]
    words = text[weekday.start() : found.end]
    return FoundDate(weekday.start(), found.end, checked(found.when, number, words))


def _of_parts(
    match: re.Match[str], parts: list[tuple[int, int]], year: str | None, anchor: Anchor
) -> FoundDate | None:
    """The day, or the first and the last day, with the year stated or assumed."""
    first, last = parts[0], parts[-1]
    if year is not None:
        end = calendar_day(_year(year), *last)
        start = calendar_day(_year(year) - (first > last), *first)
        basis, note = DateBasis.STATED, ""
    elif anchor.day is None:
        return unresolved(match, anchor.why)
    else:
        start = day_of_month(anchor.day, *first)
        end = start and calendar_day(start.year + (first > last), *last)
        basis, note = DateBasis.YEAR_ASSUMED, f"the last such day not after {anchor.words}"
    if start is None or end is None:
        return None
    edtf = str(start) if start == end else f"{start}/{end}"
    return made(match, edtf, basis, note)


def _month_years(text: str, _: Anchor) -> Iterator[FoundDate]:
    for match in patterns.MONTH_YEAR.finditer(text):
        if month := _month(match["month"]):
            yield made(match, f"{_year(match['year'])}-{month:02}", DateBasis.STATED)


def _months_alone(text: str, anchor: Anchor) -> Iterator[FoundDate]:
    for match in patterns.MONTH_ALONE.finditer(text):
        name = match["month"]
        month = _month(name)
        if month is None or (name.isascii() and not name[0].isupper()):
            continue
        if anchor.day is None:
            yield unresolved(match, anchor.why)
            continue
        year = anchor.day.year - (month > anchor.day.month)
        note = f"the last such month not after {anchor.words}"
        if patterns.PART_OF_MONTH.match(match[0]):
            note += "; the words mean a part of it"
        yield made(match, f"{year}-{month:02}", DateBasis.YEAR_ASSUMED, note)


def _isos(text: str, _: Anchor) -> Iterator[FoundDate]:
    for match in patterns.ISO.finditer(text):
        if day := calendar_day(int(match["year"]), int(match["month"]), int(match["day"])):
            yield made(match, str(day), DateBasis.STATED)


def _numerics(text: str, _: Anchor) -> Iterator[FoundDate]:
    for match in patterns.NUMERIC.finditer(text):
        year, first, second = (int(match[name]) for name in ("year", "first", "second"))
        days = {
            day for day in (calendar_day(year, second, first), calendar_day(year, first, second))
            if day is not None
        }  # fmt: skip
        if match["by"] == "." or not match["first"].isascii():  # points, or in Arabic
            days = {day for day in days if day.day == first}
        if len(days) == 1:
            yield made(match, str(days.pop()), DateBasis.STATED)
        elif days:
            choices = ",".join(map(str, sorted(days)))
            yield made(match, f"[{choices}]", DateBasis.STATED, "day and month may change places")


def _years(text: str, _: Anchor) -> Iterator[FoundDate]:
    for match in patterns.YEAR_ALONE.finditer(text):
        yield made(match, f"{_year(match['year'])}", DateBasis.STATED)
    for match in patterns.MID_YEAR.finditer(text):
        yield made(match, match["year"], DateBasis.STATED)
    for match in patterns.DECADE.finditer(text):
        yield made(match, f"{match['year']}X", DateBasis.STATED)


DateReader = Callable[[str, Anchor], Iterator[FoundDate]]
"""A reader of dates of one form in a text, given the day of its publication."""

CALENDAR_READERS: tuple[DateReader, ...] = (
    _calendar(patterns.MONTH_FIRST),
    _calendar(patterns.DAY_FIRST),
    _month_years,
    _months_alone,
    _isos,
    _numerics,
    _years,
)
