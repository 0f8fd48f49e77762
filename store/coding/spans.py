"""Words, sentences and paragraphs of a text, as spans of code points, end exclusive."""

import re
from collections.abc import Iterator
from enum import StrEnum, auto

Span = tuple[int, int]


class Unit(StrEnum):
    """The units by which a selection grows."""

    WORD = auto()
    SENTENCE = auto()
    PARAGRAPH = auto()


_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_STOP = re.compile(r"[.!?…؟۔。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
"""The end of a sentence, with the quotation marks and brackets that it closes."""
_SHORTENED = """
    mr mrs ms dr prof st gen col lt maj capt sgt cpl brig adm gov sen rep rev hon pres jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun no nos vs etc
    approx est dept inc ltd co al ca cf fig vol pp jr sr u.s u.k u.n e.u u.s.a d.c a.m p.m i.e e.g
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Words after which a full stop ends no sentence, in small letters without their last stop."""
_LAST_WORD = re.compile(r"[\w.]+$")
_SMALL_NEXT = re.compile(r"\s+[\"'“‘«(\[]*[a-zà-öø-ÿ]")


def spans(text: str, unit: Unit) -> Iterator[Span]:
    """The units of a text in their order, without the white space around them."""
    if unit is Unit.WORD:
        yield from (found.span() for found in _WORD.finditer(text))
        return
    for found in _PARAGRAPH.finditer(text):
        start, end = trimmed(text, *found.span())
        if unit is Unit.PARAGRAPH:
            yield start, end
        else:
            yield from _sentences(text, start, end)


def span_at(text: str, at: int, unit: Unit) -> Span | None:
    """The unit that holds a position, else the next one; the last where there is none after it.

    None for a text without any.
    """
    last = None
    for span in spans(text, unit):
        last = span
        if at < span[1]:
            return span
    return last


def stepped(text: str, at: int, unit: Unit, by: int) -> int:
    """The next end of a unit after a position (`by` 1), or the previous beginning of one (-1).

    The end or the beginning of the text where there is none.
    """
    if by > 0:
        return next((end for _, end in spans(text, unit) if end > at), len(text))
    before = 0
    for start, _ in spans(text, unit):
        if start >= at:
            break
        before = start
    return before


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty where it holds nothing else."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, end - (len(words) - len(words.rstrip())))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _goes_on(text, begin, stop):
            continue
        yield trimmed(text, begin, stop.end())
        begin = stop.end()
    if text[begin:end].strip():
        yield trimmed(text, begin, end)


def _goes_on(text: str, begin: int, stop: re.Match[str]) -> bool:
    """True if a sentence goes on after its stop: an abbreviation, an initial, small letters."""
    if _SMALL_NEXT.match(text, stop.end()):
        return True
    if stop[0] != ".":
        return False
    last = _LAST_WORD.search(text, begin, stop.start())
    if last is None:
        return False
    word = last[0].lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())
