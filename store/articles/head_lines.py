"""Lines of a text that say when it was published, and from whom it is."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from store.articles.line_kinds import byline
from store.articles.read_article import ReadTime
from store.articles.stamps import HALF_DAYS, LONGEST, stamp_of
from store.extraction.arabic_signs import any_vowels, without_vowels
from store.extraction.calendar_names import WEEKDAYS
from store.extraction.dates import dates_in
from store.model.text import normalised
from store.model.vocabulary import FieldBasis

TIME_LABEL = r"(?:(?:first|originally|last)\s+)?(?:published|posted|updated|modified|edited|issued)"
"""The words before a time of publication within a line of several parts."""
_LABEL = (
    r"(?:this\s+(?:article|story|report|piece|post|page)\s+was\s+)?"
    rf"(?P<label>{TIME_LABEL}|publication\s+date|release\s+date|date"
    + any_vowels(r"|آخر\s+تحديث|تاريخ\s+التحديث|تم\s+التحديث|(?:حدث|تحديث)(?!\w)")
    + any_vowels(r"|تاريخ\s+النشر|تم\s+النشر|(?:نشر|التاريخ)(?!\w))")
    + r"(?:\s+(?:on|at|في|بتاريخ))?\s*[:\-–]?\s*"
)
_STAMPED = re.compile(_LABEL + r"(?P<time>.*\d.*)", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?P<name>title|headline|source|publisher|publication|outlet|author|byline|by|url|link"
    r"|language)\s*:\s*(?P<value>\S.{0,600})",
    re.IGNORECASE,
)
_FIELDS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("source", "publisher", "publication", "outlet"), "publisher"),
    **dict.fromkeys(("author", "byline", "by"), "author"),
    **dict.fromkeys(("url", "link"), "url"),
    "language": "language",
}
_ADDRESS = re.compile(r"https?://\S{4,2000}")
_PIPES = re.compile(
    r"(?P<head>(?:[^|•·\n]{0,60}[|•·]\s*){1,5}"
    r"(?:\d[\d,.]*\s*)?(?:views?|comments?|shares?|reads?|min(?:ute)?s?\s+read)?)(?P<rest>.*)",
    re.DOTALL,
)
_ZONE_WORDS = r"بتوقيت\s+\w+(?:\s+المكرمة)?"
_ARABIC_WEEKDAYS = "|".join(name for name in WEEKDAYS if "\u0621" <= name[0] <= "\u064a")
_AROUND = re.compile(
    r"(?i:\d{1,2}[:.h]\d\d(?::\d\d)?|(?<![^\W\d_])[ap]\.?m\b\.?|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\b(?:at|on|updated|published|\d* ?views?|\d* ?comments?|world|news|middle east"
    r"|\d+ min(?:ute)?s? read|hrs?)\b)"
    rf"|(?<!\w)(?:ال)?(?:ساعة|يوم|في|{HALF_DAYS}|{_ZONE_WORDS}|{_ARABIC_WEEKDAYS})(?!\w)"
    r"|\b(?:[A-Z]{2,4}|GMT|UTC)(?:[+-]\d+(?::\d\d)?)?\b|[\s|/•·,،()–—:-]"
)
"""What stands beside the date in a line that states a time and nothing else."""
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|(?<!\d)\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_WRAPPED = 84
"""The most code points of a line of a text with hard line breaks."""


class Line(NamedTuple):
    """A paragraph or line of a text, and the reason why it is not part of it, empty if it is."""

    text: str
    reason: str = ""
    tight: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """The paragraphs of a text: its lines, or those between empty lines if it is wrapped."""
    lines = normalised(text).split("\n")
    if not _is_wrapped(lines):
        yield from (Line(line.strip()) for line in lines if line.strip())
        return
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            yield Line(" ".join(paragraph))
            paragraph = []


def _is_wrapped(lines: list[str]) -> bool:
    """True if paragraphs stand between empty lines, and their lines are broken at one width."""
    full = [line for line in lines if line.strip()]
    inside = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(inside) < 4 or max(map(len, full)) > _WRAPPED or len(full) == len(lines):
        return False
    wide = sum(len(line) > 50 and not line.rstrip().endswith((".", "!", "?")) for line in inside)
    return wide * 2 > len(inside)


_UPDATED = frozenset(("updated", "modified", "edited", "تحديث", "التحديث", "حدث"))


def stamp_line(text: str) -> tuple[str, ReadTime] | None:
    """The time that a line states and nothing else: `published` or `updated`, and the time."""
    if len(text) > LONGEST or not any(letter.isdigit() for letter in text):
        return None
    found = _STAMPED.fullmatch(text)
    if found is not None:
        words = found["time"]
    else:
        words = text
        if not _is_date_alone(text):
            return None
    stamp = stamp_of(words)
    return (_field_of(found), ReadTime(stamp, FieldBasis.STATED)) if stamp else None


_PLACE = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w.'’ -]{1,30})?,?\s+")
"""A place, perhaps with its region, before a day: "Trin, Velmora, 6 December 2024"."""


def placed_stamp(text: str) -> tuple[str, ReadTime] | None:
    """The place and the time of a line that has both and nothing else."""
    days = dates_in(text) if len(text) <= LONGEST else []
    place = _PLACE.fullmatch(text[: days[0].start]) if len(days) == 1 else None
    if place is None or not _is_date_alone(text[days[0].start :]):
        return None
    stamp = stamp_of(text[days[0].start :])
    if stamp is None or label_of(text) is not None:
        return None
    return place[0].strip(" ,"), ReadTime(stamp, FieldBasis.STATED)


def clock_alone(text: str) -> bool:
    """True if a text is a clock, perhaps with a zone, and no day."""
    return bool(_CLOCK.search(text)) and not dates_in(text) and not _AROUND.sub("", text).strip()


def time_label(text: str) -> str:
    """The time that a line names by a word such as "Published" before a figure; empty if none."""
    found = _STAMPED.fullmatch(text)
    return _field_of(found) if found else ""


def _field_of(found: re.Match[str] | None) -> str:
    """The field that a label names; without a label it is the time of publication."""
    if found is None:
        return "published"
    last = without_vowels(found["label"]).lower().split()[-1]
    return "updated" if last in _UPDATED else "published"


def _is_date_alone(text: str) -> bool:
    """True if a line has a date, and besides it a clock, a weekday, a zone or a section only."""
    days = dates_in(text)
    if len(days) != 1 or days[0].start > 40:
        return False
    rest = text[: days[0].start] + " " + text[days[0].end :]
    return not _AROUND.sub("", rest).strip()


def label_of(text: str) -> tuple[str, str] | None:
    """The field that a line names with its value: "Source: …", "By …", or a bare address."""
    if found := _LABELLED.fullmatch(text):
        return _FIELDS[found["name"].lower()], found["value"].strip()
    if written := byline(text):
        return "author", written[0]
    if _ADDRESS.fullmatch(text):
        return "url", text
    return None


def glued_head(text: str) -> tuple[str, str, ReadTime] | None:
    """A line of section, time and views, the words glued to it, and the time; None if it is none.

    For example "World | December 4, 2024 // 14:45| viewsRebels have …".
    """
    found = _PIPES.match(text[:400])
    if found is None:
        return None
    head = found["head"].rstrip()
    words = "".join(one for one in head.split("|") if any(letter.isdigit() for letter in one))
    stamp = stamp_of(words.strip(" |•·"))
    if stamp is None:
        return None
    return head, text[len(found["head"]) :].strip(), ReadTime(stamp, FieldBasis.STATED)
