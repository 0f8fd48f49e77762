"""A line of the head with several parts: "By Ilan Roe | Trin | Updated: 6 December 2024"."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.articles.head_lines import TIME_LABEL, clock_alone, label_of, stamp_line
from store.articles.line_kinds import byline, is_masthead, is_section
from store.articles.read_article import ReadTime

_SEPARATOR = re.compile(
    r"\s*[|•·]\s*|;\s+|\s+[–—-]{1,2}\s+"
    rf"|(?<!\bfirst)(?<!\boriginally)(?<!\blast)(?<!\bwas),?\s+(?={TIME_LABEL}\b(?!\s+by\b))"
    r"|(?<=[\dTCm.]),?\s+(?=(?-i:[Bb]y\s+[^\W\d_a-z]))",
    re.IGNORECASE,
)
_BY_BETWEEN = re.compile(
    rf"(?P<label>{TIME_LABEL})\s+(?P<by>by\s+.{{2,80}}?)\s+(?P<on>on\s+.*\d.*)", re.IGNORECASE
)
"""The author between the label and the time: "Posted by Ilan Roe on 6 December 2024"."""
_COUNT = re.compile(
    r"(?:\d[\d,.]*k?\s*)?(?:views?|comments?|shares?|reads?|min(?:ute)?s?(?:\s+read)?|share"
    r"|listen|save|print)",
    re.IGNORECASE,
)
_LONGEST = 240
_UNREAD = 32
"""The most code points of a part that is not read, such as the place of an author."""


class HeadParts(NamedTuple):
    """The parts of a line: times by label, fields with their values, and the parts not read.

    `agencies` are publishers of which only the name stands there. `reason` names the parts.
    """

    times: tuple[tuple[str, ReadTime], ...]
    fields: tuple[tuple[str, str], ...]
    agencies: tuple[str, ...]
    unread: tuple[str, ...]
    reason: str


def parts_of_head(text: str, *, titled: bool) -> HeadParts | None:
    """The parts of a line, None if it may be a title or a sentence.

    One of them is a time, an author or a labelled field. Once the title is known, a line
    with one may also have short parts of another kind.
    """
    if len(text) > _LONGEST or (text.endswith(".") and not titled):
        return None
    parts = _joined(_split(text))
    if len(parts) < 2:
        return None
    times: list[tuple[str, ReadTime]] = []
    fields: list[tuple[str, str]] = []
    agencies: list[str] = []
    unread: list[str] = []
    sections = False
    for part in parts:
        if stamp := stamp_line(part):
            times.append(stamp)
        elif written := byline(part):
            fields.append(("author", written[0]))
            agencies += [written[1]] if written[1] else []
        elif labelled := label_of(part):
            fields.append(labelled)
        elif is_masthead(part):
            agencies.append(part)
        elif is_section(part):
            sections = True
        elif not _COUNT.fullmatch(part):
            unread.append(part)
    certain = bool(times or fields)
    if not certain or (unread and not titled) or any(map(_is_long, unread)):
        return None
    found = [name for name, _ in fields] + [f"time: {label}" for label, _ in times]
    reason = ", ".join(f"the {name}" for name in (*(["section"] if sections else []), *found))
    return HeadParts(tuple(times), tuple(fields), tuple(agencies), tuple(unread), reason)


def _is_long(part: str) -> bool:
    return len(part) > _UNREAD or part.endswith((".", "!", "?", ":")) or len(part.split()) > 5


def _split(text: str) -> list[str]:
    if between := _BY_BETWEEN.fullmatch(text):
        return [between["by"], f"{between['label']} {between['on']}"]
    return [part for part in _SEPARATOR.split(text) if part and part.strip(" ,.")]


def _joined(parts: Sequence[str]) -> list[str]:
    """The parts, a clock alone with the day before it."""
    found: list[str] = []
    for part in parts:
        if found and clock_alone(part) and stamp_line(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part.strip(" ,"))
    return found


def words_of_unread(unread: Sequence[str]) -> Iterator[str]:
    """Remarks on parts that were not read as a field."""
    for part in unread:
        yield f"“{part}”, in a line with the author or the time, is not read as a field"
