"""Dates that a text states in words, each as a date with the basis on which it follows.

A date without a year is the last such day not after the publication, or where the words tell of
what "will" be the first after it; a weekday
that is the publication's own is that day; a bare number is no date. What cannot be
resolved is returned with an empty date, never filled in. Conventions: "last week" is
Monday to Sunday, "the weekend" Saturday and Sunday.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from store.extraction import date_patterns as patterns
from store.extraction.calendar_dates import (
    CALENDAR_READERS,
    DateReader,
    FoundDate,
    checked,
    made,
    unresolved,
)
from store.extraction.calendar_names import NEAR_DAYS, WEEKDAYS
from store.extraction.dates_ahead import ahead
from store.extraction.day_arithmetic import (
    Anchor,
    anchor_of,
    calendar_day,
    last_month,
    last_weekday,
    months_ago,
    weekend,
)
from store.importers.numbers import numbers_in
from store.model.records import Stamp
from store.model.values import When
from store.model.vocabulary import DateBasis, Qualifier


def dates_in(text: str, published: Stamp | None = None) -> list[FoundDate]:
    """The dates that a text states, in their order, resolved against its time of publication."""
    anchor = anchor_of(published)
    found = [one for read in _READERS for one in read(text, anchor)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[FoundDate] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return [ahead(text, _with_part_of_day(text, one), anchor) for one in _joined(text, kept)]


def date_of(words: str, published: Stamp | None = None) -> When | None:
    """The one date that words state, None where they state none or several."""
    found = dates_in(words, published)
    return found[0].when if len(found) == 1 else None


def _joined(text: str, found: list[FoundDate]) -> Iterator[FoundDate]:
    """Join a weekday with the date beside it: "Wednesday, November 27" is one date."""
    waiting: FoundDate | None = None
    for one in found:
        if waiting is None:
            waiting = one
        elif patterns.JOINS.fullmatch(text[waiting.end : one.start]) and (
            joined := _one_date(text, waiting, one)
        ):
            waiting = joined
        else:
            yield waiting
            waiting = one
    if waiting is not None:
        yield waiting


def _one_date(text: str, one: FoundDate, other: FoundDate) -> FoundDate | None:
    days = [WEEKDAYS.get(text[part.start : part.end].lower()) for part in (one, other)]
    if (days[0] is None) == (days[1] is None):
        return None
    weekday, dated = (days[0], other) if days[0] is not None else (days[1], one)
    if not any(letter.isdigit() for letter in text[dated.start : dated.end]):
        return None
    end = other.end + (
        text[one.end : other.start].endswith("(") and text[other.end : other.end + 1] == ")"
    )
    return FoundDate(one.start, end, checked(dated.when, weekday, text[one.start : end]))


def _with_part_of_day(text: str, found: FoundDate) -> FoundDate:
    """The date with the words before it that say when in the day: "early Saturday"."""
    before = patterns.EARLY.search(text, max(0, found.start - 20), found.start)
    if before is None:
        return found
    words = text[before.start() : found.end]
    return FoundDate(before.start(), found.end, replace(found.when, printed=words))


def _weekdays(text: str, anchor: Anchor) -> Iterator[FoundDate]:
    for match in patterns.OF_WEEK.finditer(text):
        if match["weekday"].isascii() and match["weekday"][0].islower() and _is_english(match):
            continue
        if anchor.day is None:
            yield unresolved(match, anchor.why)
            continue
        number = WEEKDAYS[match["weekday"].lower()]
        which = (match["which"] or "").lower()
        edtf, note = _weekday(number, which, anchor)
        yield made(match, edtf, DateBasis.RELATIVE_TO_PUBLICATION, note)
    for match in patterns.WEEKDAY_RANGE.finditer(text):
        if anchor.day is None:
            yield unresolved(match, anchor.why)
            continue
        end = last_weekday(anchor.day, WEEKDAYS[match["weekday2"].lower()])
        start = last_weekday(end, WEEKDAYS[match["weekday"].lower()])
        yield made(
            match,
            f"{start}/{end}",
            DateBasis.RELATIVE_TO_PUBLICATION,
            f"counted from {anchor.words}",
        )


def _is_english(match: re.Match[str]) -> bool:
    return match["weekday"].lower().endswith("day")


def _weekday(number: int, which: str, anchor: Anchor) -> tuple[str, str]:
    """The date of a weekday, and how it was found; two days where "last" or "next" leaves two."""
    assert anchor.day is not None
    week = timedelta(days=7)
    last = last_weekday(anchor.day, number)
    if which == "next":
        first = last + week
        return (
            f"[{first},{first + week}]",
            f"after {anchor.words}: the nearest, or of the next week",
        )
    if which == "last" and last.isocalendar()[:2] == anchor.day.isocalendar()[:2]:
        if last == anchor.day:
            return str(last - week), f"the last such day before {anchor.words}"
        return f"[{last - week},{last}]", f"before {anchor.words}: the nearest, or of the last week"
    return str(last), f"the last such day not after {anchor.words}"


def _near_days(text: str, anchor: Anchor) -> Iterator[FoundDate]:
    for match in patterns.NEAR.finditer(text):
        if anchor.day is None:
            yield unresolved(match, anchor.why)
            continue
        first, last = NEAR_DAYS[match[0].lower()]
        start, end = (anchor.day + timedelta(days=n) for n in (first, last))
        edtf = str(start) if start == end else f"{start}/{end}"
        yield made(match, edtf, DateBasis.RELATIVE_TO_PUBLICATION, f"counted from {anchor.words}")


def _periods(text: str, anchor: Anchor) -> Iterator[FoundDate]:
    for match in patterns.PERIOD.finditer(text):
        which = (match["which"] or "").lower()
        if anchor.day is None:
            yield unresolved(match, anchor.why)
            continue
        edtf, basis, note = _period(which, match["period"] or "weekend", anchor.day)
        yield made(match, edtf, basis, f"{note} {anchor.words}")


def _period(which: str, period: str, day: date) -> tuple[str, DateBasis, str]:
    """The date of "last week" and the like, its basis and note, before the publication's words."""
    by_publication = DateBasis.RELATIVE_TO_PUBLICATION
    shift = -1 if "last" in which else 1 if which == "next" else 0
    period = period.lower()
    if period == "weekend":
        start = weekend(day, shift)
        edtf = f"{start}/{start + timedelta(days=1)}"
        return edtf, DateBasis.CONVENTION, "Saturday and Sunday, counted from"
    if which == "the past":
        days = {"week": 7, "month": 30, "year": 365}[period]
        return f"{day - timedelta(days=days)}~/{day}", by_publication, "up to"
    if period == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * shift)
        return f"{monday}/{monday + timedelta(days=6)}", by_publication, "Monday to Sunday, by"
    if period == "month":
        year, month = last_month(day, -shift)
        return f"{year}-{month:02}", by_publication, "the month, by"
    return f"{day.year + shift}", by_publication, "the year, by"


def _ordinals(text: str, anchor: Anchor) -> Iterator[FoundDate]:
    for match in patterns.ORDINAL.finditer(text):
        if anchor.day is None:
            yield unresolved(match, anchor.why)
            continue
        found = next(
            (
                day
                for back in range(12)
                if (day := calendar_day(*last_month(anchor.day, back), int(match["day"])))
                and day <= anchor.day
            ),
            None,
        )
        if found:
            note = f"the last such day not after {anchor.words}"
            yield made(match, str(found), DateBasis.RELATIVE_TO_PUBLICATION, note)


def _counted(text: str, anchor: Anchor) -> Iterator[FoundDate]:
    """Days, weeks and years that are counted back: "eight days ago", "a week earlier"."""
    for number in numbers_in(text):
        count = number.dead
        if unit := patterns.AGO.match(text, number.end):
            exact = count.qualifier is Qualifier.EXACT and count.min == count.max
            yield _of_unit(text, number.begins, unit, count.min if exact else None, anchor)
    for match in patterns.A_UNIT.finditer(text):
        if unit := patterns.AGO.match(text, match.end()):
            one = 1 if match["one"] in ("a", "an") else None
            yield _of_unit(text, match.start(), unit, one, anchor)


def _of_unit(
    text: str, start: int, unit: re.Match[str], count: int | None, anchor: Anchor
) -> FoundDate:
    printed = text[start : unit.end()]

    def counted(edtf: str, basis: DateBasis, note: str) -> FoundDate:
        when = When(edtf=edtf, basis=basis, note=note, printed=printed)
        return FoundDate(start, unit.end(), when)

    if unit["way"].lower() != "ago":
        return counted("", DateBasis.RELATIVE_TO_EVENT, "counted from an event of the text")
    if anchor.day is None:
        return counted("", DateBasis.UNRESOLVED, anchor.why)
    name = unit["unit"].lower()
    edtf = months_ago(anchor.day, name, count) if count is not None else ""
    if not edtf:
        return counted("", DateBasis.UNRESOLVED, "the number is not exact")
    return counted(edtf, DateBasis.RELATIVE_TO_PUBLICATION, f"counted back from {anchor.words}")


def _by_events(text: str, _: Anchor) -> Iterator[FoundDate]:
    for match in patterns.BY_EVENT.finditer(text):
        yield made(match, "", DateBasis.RELATIVE_TO_EVENT, "counted from an event of the text")


_READERS: tuple[DateReader, ...] = (
    *CALENDAR_READERS,
    _weekdays,
    _near_days,
    _periods,
    _ordinals,
    _counted,
    _by_events,
)
"""The readers of dates; of words that two of them read the longer ones count."""
