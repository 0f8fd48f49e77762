"""Days that are counted from the day of a publication."""

from datetime import date, timedelta
from typing import NamedTuple

from store.model.records import Stamp
from store.model.vocabulary import StampBasis


class Anchor(NamedTuple):
    """The day of publication from which dates are counted, None with the reason `why`.

    `words` name it for a note.
    """

    day: date | None
    words: str = ""
    why: str = ""


def anchor_of(published: Stamp | None) -> Anchor:
    """The anchor that a time of publication gives; a guessed one gives none."""
    if published is None:
        return Anchor(None, why="the time of publication is not known")
    if published.basis is StampBasis.GUESSED:
        return Anchor(None, why="the time of publication is a guess")
    try:
        day = date.fromisoformat(published.at[:10])
    except ValueError:  # the year 0 of ISO 8601
        return Anchor(None, why="the time of publication is out of range")
    assumed = published.basis is StampBasis.ZONE_ASSUMED
    words = f"the publication on {day}{', in an assumed time zone' if assumed else ''}"
    return Anchor(day, words)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day of a calendar, None where it has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_month(anchor: date, month: int, day: int) -> date | None:
    """The last such day not after the anchor; None where no year has it."""
    for year in range(anchor.year, max(0, anchor.year - 9), -1):
        found = calendar_day(year, month, day)
        if found and found <= anchor:
            return found
    return None


def last_weekday(anchor: date, weekday: int) -> date:
    """The last such weekday (Monday 0) not after the anchor."""
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def last_month(anchor: date, back: int) -> tuple[int, int]:
    """The year and month that lie so many months back."""
    months = anchor.year * 12 + anchor.month - 1 - back
    return months // 12, months % 12 + 1


def weekend(anchor: date, shift: int) -> date:
    """The Saturday of the last weekend that began not after the anchor.

    A `shift` of -1 is the one before, where the anchor lies in a weekend, 1 the next.
    """
    saturday = last_weekday(anchor, 5)
    if shift > 0:
        return saturday + timedelta(days=7)
    return saturday - timedelta(days=7) if shift < 0 and anchor.weekday() >= 5 else saturday


def months_ago(anchor: date, unit: str, count: int) -> str:
    """The date so many units ago as EDTF: days exactly, longer units about; empty if too long."""
    try:
        if unit == "day":
            return str(anchor - timedelta(days=count))
        if unit == "week":
            return f"{anchor - timedelta(days=7 * count)}~"
        if unit == "month":
            year, month = last_month(anchor, count)
            return f"{year:04}-{month:02}~" if year > 0 else ""
        year = anchor.year - count * (10 if unit == "decade" else 1)
    except OverflowError:
        return ""
    return f"{year:04}~" if year > 0 else ""
