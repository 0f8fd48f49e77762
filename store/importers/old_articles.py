"""The articles of old rows of UCDP GED: citations in free words, as people wrote them.

A new row lists its articles as `"OFFICE,2014-02-03,HEADLINE"`. An old one (its number of
sources is −1) cites them: `Reuters 2/3/1994 HEADLINE.`, `AFP 2009-07-28 "Headline"; BBC …`.
A citation is an office with a day, a headline or both. One without an office cannot be read.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from store.importers.date_cells import date_cell, iso

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_TOKEN = re.compile(
    r"(?<![A-Za-z.!?])[\"“](?P<quote>(?:[^\"“”]|(?<=\s)[\"“](?=\w)[^\"“”]*[\"”])*)(?:[\"”]|\Z)"
    r"|(?P<ymd>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<mdy>\d{1,2}/\d{1,2}/\d{4})(?!\d)"
    r"|(?<![\d/])(?P<dmy>\d{1,2}/\d{1,2}[- ](?:\d{4}|\d{2}))(?![\d/])"
    rf"|(?<![\d:])(?P<words>\d{{1,2}}[ -]{_MONTH},?[ -](?:\d{{4}}|\d{{2}}))(?!\d)"
    rf"|\b(?P<month>{_MONTH} \d{{1,2}},? \d{{4}})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
"""A quotation, which may hold another, or a day: 2003-01-23, 1/23/2003, 23/1-03, 23/1 2003,
23 January 2003.
"""
_BETWEEN = re.compile(r";|///|\n+|(?<=[\s\"”])/\s*(?:\(\d+\)\s*)?|\s/(?=[A-Z])|\sAND\s")
"""What parts two citations, where it is not within a quotation."""
_MARKS = " ,:;.()–-\"“”'/"
_BROADCAST = re.compile(r"(?:(?:^|,? )in [A-Z][a-z]+)?(?: \d{4} gmt)?$")
"""The language and hour of a broadcast: ", in Pashto 0657 gmt"."""
_ISSUE = re.compile(rf"(?:,? {_MONTH})?,? \d{{2,6}}$|,? ?\d{{1,2}}(?: {_MONTH})?$")
"""The month or number of an issue, or its first day: "HRW July 2003", "Nigeria Watch 9154"."""
_CARRIED = re.compile(
    r"^(?:reported|quoted|carried) (?:by|in) |^(?:in|via) |^for \w+\), ", re.IGNORECASE
)
_NO_OFFICE = re.compile(r"^(?:citing|at https?:|https?:|quoting|for date|referring)", re.IGNORECASE)
_CITES = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}-\d{2}\b", re.ASCII)
"""A day as only citations have it: a quotation that holds one was not closed where it ends."""
_SENTENCE = re.compile(r"[.!?]\s+")
_LONGEST, _MOST_WORDS = 80, 9
"""The most characters and words of an office."""
_LONGEST_CELL = 20_000
"""The most characters of a cell that is read; real ones have a few thousand."""
_SOON = 90
"""Days within which an event is reported, for a day whose order its form leaves open."""


class Citation(NamedTuple):
    """One article as an old row cites it; `day` and `headline` are empty where it has none."""

    office: str
    day: str = ""
    headline: str = ""


class Citations(NamedTuple):
    """The articles of an old cell, and how many of its citations could not be read."""

    read: tuple[Citation, ...]
    unread: int


def citations(cell: str, start: str) -> Citations:
    """The articles that an old row cites; `start` is the first day of its event, or ""."""
    return _citations(cell, start) if len(cell) <= _LONGEST_CELL else Citations((), 1)


@lru_cache(1024)
def _citations(cell: str, start: str) -> Citations:
    found: list[Citation] = []
    unread, before = 0, True
    for part in _parts(cell):
        read = _Part(part, start, found[-1] if found else None).read()
        found += read
        # lines that follow each other are one citation that cannot be read
        unread += before and not read
        before = bool(read)
    return Citations(tuple(dict.fromkeys(found)), unread)


def _parts(cell: str) -> Iterator[str]:
    """The parts of a cell; one without a day or quotation belongs to the headline before it."""
    parts: list[str] = []
    for part in _outside_quotations(cell):
        words = " ".join(part.split())
        if not any(letter.isalnum() for letter in words):
            continue
        if parts and not _TOKEN.search(words) and _ends_in_words(parts[-1]):
            parts[-1] += f"; {words}"
        else:
            parts.append(words)
    yield from parts


def _ends_in_words(part: str) -> bool:
    """True if a part ends in a headline without quotation marks, which may go on."""
    tokens = list(_TOKEN.finditer(part))
    if not tokens or any(one["quote"] is not None for one in tokens):
        return False
    return len(part[tokens[-1].end() :].split()) > 2


def _outside_quotations(cell: str) -> Iterator[str]:
    quoted = [one.span() for one in _TOKEN.finditer(cell) if one["quote"] is not None]
    starts = [start for start, _ in quoted]
    begin = 0
    for found in _BETWEEN.finditer(cell):
        before = bisect_left(starts, found.start())
        if not before or found.start() >= quoted[before - 1][1]:
            yield cell[begin : found.start()]
            begin = found.end()
    yield cell[begin:]


class _Part:
    """One part of a cell while its citations are read."""

    def __init__(self, words: str, start: str, before: Citation | None) -> None:
        """`before` is the citation before it, whose office a mere quotation shares."""
        self._words = words
        self._start = start
        self._before = before
        self._found: list[Citation] = []

    def read(self) -> list[Citation]:
        """The citations of the part."""
        begin = 0
        for token in _TOKEN.finditer(self._words):
            text = self._words[begin : token.start()]
            if token["quote"] is not None:
                self._quoted(text, token["quote"])
            else:
                self._dated(text, _day(token, self._start))
            begin = token.end()
        self._headline(self._words[begin:])
        return self._found

    def _dated(self, text: str, day: str) -> None:
        """A day, after these words: the headline of the citation before, and an office."""
        *sentences, name = _SENTENCE.split(text.strip())
        if sentences:
            self._headline(text[: text.rindex(name)] if name else text)
        office = _office(name)
        if not office and "," in name:
            before, _, name = name.rpartition(",")
            self._headline(before)
            office = _office(name)
        last = self._found[-1] if self._found else None
        if office:
            self._found.append(Citation(office, day))
        elif last and not last.day and not name.strip(_MARKS):
            self._found[-1] = last._replace(day=day)

    def _quoted(self, text: str, quote: str) -> None:
        """A quotation, after these words: an office, or nothing if its citation has begun."""
        headline = quote.strip()
        office = _office(text)
        last = self._found[-1] if self._found else self._before
        if not headline or _CITES.search(headline):
            return
        if office:
            self._found.append(Citation(office, "", headline))
        elif last is None or text.strip(_MARKS):
            return
        elif self._found and not last.headline:
            self._found[-1] = last._replace(headline=headline)
        else:
            self._found.append(last._replace(headline=headline))

    def _headline(self, text: str) -> None:
        """Words after a day, which are a headline unless they are too few."""
        words = re.split('["”]', text.strip(_MARKS))[0].strip(_MARKS)
        last = self._found[-1] if self._found else None
        if last and not last.headline and len(words.split()) > 2 and not _NO_OFFICE.match(words):
            self._found[-1] = last._replace(headline=words)


def _office(text: str) -> str:
    """The office that words name, without the issue and hour; "" if they name none."""
    name = _BROADCAST.sub("", text.strip(_MARKS))
    name = _ISSUE.sub("", _CARRIED.sub("", name)).strip(_MARKS)
    if "," in name and (len(name) > _LONGEST or any(letter.isdigit() for letter in name)):
        name = name.rpartition(",")[2].strip(_MARKS)
    if "(" in name and ")" not in name:
        name += ")"
    letters = sum(letter.isalpha() for letter in name)
    long = len(name) > _LONGEST or len(name.split()) > _MOST_WORDS
    return "" if letters < 2 or long or _NO_OFFICE.match(name) else name


def _day(found: "re.Match[str]", start: str) -> str:
    """The day of a date, in ISO 8601; "" if there is none such.

    1/23/2003 has the month first and 23/1-03 the day, unless only the other way is a day, or
    is soon after the event.
    """
    kind, text = found.lastgroup, found[0].replace(".", "")
    if kind == "ymd":
        year, month, day = map(int, text.split("-"))
        return iso(year, month, day)
    if kind in ("mdy", "dmy"):
        first, second, year = (int(number) for number in re.findall(r"\d+", text))
        both = [iso(_whole(year), first, second), iso(_whole(year), second, first)]
        likely = [day for day in (both if kind == "mdy" else both[::-1]) if day]
        soon = (day for day in likely if start and 0 <= _apart(start, day) <= _SOON)
        return next(soon, likely[0] if likely else "")
    read = date_cell(text)
    if read and read.words:
        year, month, day = read.words
        return iso(_whole(year), month, day)
    return read.day if read else ""


def _whole(year: int) -> int:
    """A year in four digits; the rows are of 1975 and later."""
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _apart(start: str, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(start)).days
