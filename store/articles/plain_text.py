"""Articles in plain text: the lines before and after the text that say what it is.

Title, times, section, source and address are taken out of the text, each with its
words; the dateline stays in it. What a file does not state stays unknown.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from store.articles.field_names import FIELD_OF_NAME
from store.articles.head_lines import (
    Line,
    glued_head,
    label_of,
    lines_of,
    placed_stamp,
    stamp_line,
    time_label,
)
from store.articles.head_parts import HeadParts, parts_of_head, words_of_unread
from store.articles.line_kinds import byline, is_masthead, is_navigation, is_section
from store.articles.read_article import QUOTED, Block, Findings, ReadArticle, Reading, keep
from store.articles.text_encoding import decoded_text
from store.errors import UnfitFile
from store.extraction.datelines import dateline
from store.extraction.sentences import sentences_of
from store.model.text import folded
from store.model.vocabulary import FieldBasis

HEAD, FOOT = 14, 14
"""The lines at the beginning and the end of a file that may say what it is."""
_TITLE = 220
"""The most code points of a title."""
_SECTION = 28
_BETWEEN = 3
"""The most lines from one that is unclear to the time or byline below it."""


class _Reading(Findings):
    """The lines of one text, and what was taken from them so far."""

    def __init__(self, lines: Iterable[Line], found: Findings | None) -> None:
        super().__init__()
        self.lines = list(lines)
        if found is not None:
            self.fields |= found.fields
            self.times |= found.times
            self.remarks += found.remarks
            self.unread |= found.unread

    def drop(self, at: int, reason: str) -> None:
        """Take a line out of the text, for a reason."""
        self.lines[at] = self.lines[at]._replace(reason=reason)

    def take(self, field: str, value: str, basis: FieldBasis) -> bool:
        """Keep a labelled value as a field or a time; False if it is none."""
        if field in ("published", "updated"):
            return self.stated_time(field, value, basis)
        if field in self.fields and self.fields[field].basis is FieldBasis.ASSUMED:
            del self.fields[field]
        self.field(field, value, basis)
        return True


def read_plain_text(content: bytes) -> Reading:
    """The article of a plain text. Raises `UsageError` if there is none."""
    found = decoded_text(content)
    remarks = (f"the file {found.remark}",) if found.remark else ()
    article = article_of_text(found.text, remarks=remarks)
    if not article.text:
        raise UnfitFile("has no text", "")
    return Reading((article,))


def article_of_text(
    text: str, *, remarks: tuple[str, ...] = (), found: Findings | None = None, part: str = ""
) -> ReadArticle:
    """The article of a text whose first and last lines may say what it is.

    What `found` has already, from the container of the text, counts before that.
    """
    reading = _Reading(lines_of(text), found)
    reading.remarks += remarks
    _read_front_matter(reading)
    return _article(reading, part)


def article_of_blocks(blocks: Iterable[Block], found: Findings) -> ReadArticle:
    """The article of blocks, of which the first and the last may say what it is."""
    return _article(_Reading((Line(*block) for block in blocks), found), "")


def _article(reading: "_Reading", part: str) -> ReadArticle:
    _read_head(reading)
    _read_foot(reading)
    kept = keep(Block(line.text, line.reason, line.tight) for line in reading.lines)
    reading.field(
        "dateline",
        dateline(line.text for line in reading.lines if not line.reason),
        FieldBasis.STATED,
    )
    return reading.article(kept, part)


def _read_front_matter(reading: _Reading) -> None:
    """Take the fields between two lines `---`, as Markdown files have them."""
    if not reading.lines or reading.lines[0].text.strip() not in ("---", "+++"):
        return
    fence = reading.lines[0].text.strip()
    end = next((n for n, line in enumerate(reading.lines[1:60], 1) if line.text == fence), None)
    if end is None:
        return
    for number in range(end + 1):
        reading.drop(number, "front matter")
        name, by, value = reading.lines[number].text.replace(" = ", ": ", 1).partition(":")
        value = value.strip().strip("\"'[]").strip()
        field = FIELD_OF_NAME.get(name.strip().lower())
        if by and value and field and field != "text":
            reading.take(field, value, FieldBasis.META)


def _read_head(reading: _Reading) -> None:
    """Take what the first lines say, up to the first that is a paragraph of the text."""
    number = 0
    while number < min(HEAD, len(reading.lines)):
        line = reading.lines[number]
        if line.reason or not line.text:
            number += 1
            continue
        if _take_times(reading, number):
            number += 1
            continue
        if labelled := label_of(line.text):
            field, value = labelled
            if not reading.take(field, value, FieldBasis.STATED):
                return
            reading.drop(number, f"the {field}")
            _, agency = byline(line.text) or ("", "")
            reading.field("publisher", agency, FieldBasis.ASSUMED, "the agency of the byline")
        elif glued := glued_head(line.text):
            head, rest, time = glued
            reading.time("published", time.stamp, time.basis)
            reading.lines[number : number + 1] = [
                Line(head, "the line of section and time"),
                *([Line(rest)] if rest else []),
            ]
            if rest and "title" in reading.fields:
                return
        elif not (_is_above_title(reading, number) or _is_title_line(reading, number)):
            if (label := time_label(line.text)) and not _ends_as_text(line.text):
                reading.stated_time(label, line.text, FieldBasis.STATED)
            elif not _is_before_stamp(reading, number):
                return
            else:
                _keep_unclear(reading, number)
        number += 1


def _take_times(reading: _Reading, number: int) -> bool:
    """Take a line that states a time, perhaps with other parts or a place; False if it is none."""
    text = reading.lines[number].text
    if parts := parts_of_head(text, titled="title" in reading.fields):
        _take_parts(reading, number, parts)
    elif found := stamp_line(text):
        label, time = found
        reading.time(label, time.stamp, time.basis)
        reading.drop(number, f"the time: {label}")
    elif placed := placed_stamp(text):
        reading.field("dateline", placed[0], FieldBasis.STATED)
        reading.time("published", placed[1].stamp, placed[1].basis)
        reading.drop(number, "the place and the time: published")
    else:
        return False
    return True


def _take_parts(reading: _Reading, number: int, parts: HeadParts) -> None:
    """Take the times and fields of a line of several parts."""
    for label, time in parts.times:
        reading.time(label, time.stamp, time.basis)
    for field, value in parts.fields:
        reading.take(field, value, FieldBasis.STATED)
    for agency in parts.agencies:
        reading.field("publisher", agency, FieldBasis.ASSUMED, "a name beside author or time")
    reading.remarks += words_of_unread(parts.unread)
    reading.drop(number, parts.reason)


def _is_above_title(reading: _Reading, number: int) -> bool:
    """Take a line as navigation, masthead or section; False if it may be the title or text."""
    words = reading.lines[number].text.strip()
    titled = "title" in reading.fields
    if not titled and is_navigation(words):
        reading.drop(number, "navigation")
    elif is_masthead(words) and (not titled or _is_before_stamp(reading, number)):
        reading.field("publisher", words, FieldBasis.ASSUMED, "a line of the head by itself")
        reading.drop(number, "the publisher")
    elif not titled and "|" in words and len(words) <= _TITLE:
        _keep_unclear(reading, number)
    elif not titled and is_section(words):
        reading.drop(number, "the section")
    else:
        return False
    return True


def _keep_unclear(reading: _Reading, number: int) -> None:
    """Leave a line of the head in the text, with a remark that it was not read as a field."""
    text = reading.lines[number].text
    words = text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
    reading.remarks.append(
        f"“{words}” stays in the text: it may be a subheading, an author or a publisher,"
        " and none is assumed"
    )


def _is_before_stamp(reading: _Reading, number: int) -> bool:
    """True if a line of the head has a time or a byline below it, after a few short lines at most.

    Below a line that ends as a sentence, a day alone may be a heading of the text.
    """
    left = [line.text for line in reading.lines[number:HEAD] if line.text and not line.reason]
    sentence = False
    for above, below in pairwise(left[: _BETWEEN + 1]):
        sentence |= _ends_as_text(above)
        if len(above) > _TITLE:
            return False
        if byline(below) or (stamp_line(below) and (not sentence or time_label(below))):
            return True
        if parts_of_head(below, titled=True) or placed_stamp(below):
            return True
    return False


def _is_title_line(reading: _Reading, number: int) -> bool:
    """Take a line as the title, the title again, or the section above it; False if it is text."""
    text = reading.lines[number].text
    title = reading.fields.get("title")
    words = text.lstrip("# ").strip()
    if title is not None:
        if folded(words) == folded(title.value):
            reading.drop(number, "the title again")
            return True
        return False
    after = [line for line in reading.lines[number + 1 :] if line.text and not line.reason]
    if not after or len(words) > _TITLE or _ends_as_text(words):
        return False
    if not text.startswith("#") and _is_unlisted_section(words, after[0].text):
        reading.remarks.append(f"“{words}” above the title was read as the section")
        reading.drop(number, "the section")
        return True
    reading.field("title", words, FieldBasis.STATED)
    reading.drop(number, "the title")
    return True


def _is_unlisted_section(words: str, below: str) -> bool:
    """True if a line is a name of one or two words, and a longer one that may be a title follows.

    A line with a time, a byline or another field below it is the title.
    """
    count = len(words.split())
    named = len(words) <= _SECTION and all(not word[0].islower() for word in words.split())
    if not named or count > 2 or len(below.split()) <= count:
        return False
    return not (stamp_line(below) or label_of(below) or len(below) > _TITLE or _ends_as_text(below))


def _ends_as_text(words: str) -> bool:
    """True if a line ends as a paragraph does, or has several sentences."""
    several = len(sentences_of(words)) > 1 and len(words) > 120
    return several or (words.endswith((".", "۔", "。", ":")) and not words.endswith("..."))


def _read_foot(reading: _Reading) -> None:
    """Take what the last lines say: times, source, sources, copyright."""
    listed: list[int] = []
    for number in range(len(reading.lines) - 1, max(-1, len(reading.lines) - 1 - FOOT), -1):
        line = reading.lines[number]
        if line.reason or not line.text:
            continue
        text = line.text
        if found := stamp_line(text):
            label, time = found
            reading.time(label, time.stamp, time.basis)
            reading.drop(number, f"the time: {label}")
        elif re.match(r"(?:©|\(c\)|copyright\b|all rights reserved)", text, re.IGNORECASE):
            reading.drop(number, "copyright")
        elif re.fullmatch(r"sources?\s*:", text, re.IGNORECASE) and listed:
            for one in reversed(listed):
                reading.sources.append(reading.lines[one].text.lstrip("-–—•* ").strip())
                reading.drop(one, "the list of sources")
            reading.drop(number, "the list of sources")
            listed = []
        elif re.match(r"[-–—•*]\s", text) and len(text) < 120:
            listed.append(number)
        elif not listed and (labelled := label_of(text)) and labelled[0] != "title":
            field, value = labelled
            if not reading.take(field, value, FieldBasis.STATED):
                return
            reading.drop(number, f"the {field}")
        else:
            return
