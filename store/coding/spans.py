"""Words, sentences and paragraphs of a text, as spans of code points, end exclusive."""

import re
from collections.abc import Iterator
from enum import StrEnum, auto

from store.extraction.sentences import sentences

Span = tuple[int, int]


class Unit(StrEnum):
    """The units by which a selection grows."""

    WORD = auto()
    SENTENCE = auto()
    PARAGRAPH = auto()


_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_LINE = re.compile(r"[^\n]+")


def spans(text: str, unit: Unit) -> Iterator[Span]:
    """The units of a text in their order, without the white space around them."""
    match unit:
        case Unit.WORD:
            yield from (found.span() for found in _WORD.finditer(text))
        case Unit.SENTENCE:
            yield from sentences(text)
        case Unit.PARAGRAPH:
            lines = (trimmed(text, *found.span()) for found in _LINE.finditer(text))
            yield from (line for line in lines if line[0] < line[1])


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


def beside(text: str, at: int, by: int) -> Span | None:
    """The first sentence that begins after a position (`by` 1), or the last that ends before it.

    None where there is none.
    """
    found = spans(text, Unit.SENTENCE)
    if by > 0:
        return next((span for span in found if span[0] >= at), None)
    before = None
    for span in found:
        if span[1] > at:
            break
        before = span
    return before


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
