"""The words of a passage that print a typed value, so that no typed word is quoted as its own."""

import re
from typing import Final

import msgspec

from store.model.values import AnyValue, Count
from store.model.vocabulary import Qualifier

_ROUGH: Final = frozenset(
    (Qualifier.SOME, Qualifier.DOZENS, Qualifier.HUNDREDS, Qualifier.THOUSANDS)
)
"""The qualifiers of words that give no figure: "dozens" does not print a 24."""


def as_printed(value: AnyValue, passage: str) -> AnyValue:
    """Give a typed value the printed words of the passage; none where the passage has it not.

    A number is printed by the same figure in digits or words, another value by the same words.
    """
    if value is None or not value.printed:
        return value
    line = " ".join(passage.split())
    found = _number(value, line) if isinstance(value, Count) else _words(value.printed, line)
    return msgspec.structs.replace(value, printed=found)


def _number(count: Count, line: str) -> str:
    from store.importers.numbers import numbers_in  # its patterns, when a number is typed

    printed = [number.dead for number in numbers_in(line)]
    same = [one for one in printed if msgspec.structs.replace(count, printed=one.printed) == one]
    if not same and count.qualifier not in _ROUGH:
        figures = _figures(count)
        same = [one for one in printed if one.qualifier not in _ROUGH and figures <= _figures(one)]
    return same[0].printed if same else ""


def _figures(count: Count) -> frozenset[int]:
    least = () if count.qualifier is Qualifier.AT_MOST else (count.min,)
    return frozenset((*least, *(() if count.max is None else (count.max,))))


def _words(typed: str, line: str) -> str:
    words = re.escape(" ".join(typed.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", line, re.IGNORECASE)
    return found[0] if found else ""
