"""Numbers of people as people write them in tables: "12", "3 – 5", "at least 12", "dozens"."""

import re
from functools import lru_cache

from store.importers.cells import MOST
from store.importers.numbers import numbers_in
from store.model.values import Count
from store.model.vocabulary import Qualifier

_WHOLE = re.compile(r"(\d{1,10})(?:[.,]0{1,2})?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+", re.ASCII)
_DASHES = re.compile(r"\s*[‐-―−]\s*|\s+-\s+|(?<=\d)\s+(?:à|a|y|et|o|ou)\s+(?=\d)")
_SIGNS = (
    (re.compile(r"^(?:>=|≥|=>)\s*"), "at least "),
    (re.compile(r"^>\s*"), "more than "),
    (re.compile(r"^(?:<=|≤|=<)\s*"), "at most "),
    (re.compile(r"^<\s*"), "fewer than "),
    (re.compile(r"^(?:~|≈|c\.|ca\.?|circa|approx\.?)\s*", re.IGNORECASE), "about "),
    (re.compile(r"^(?:min(?:imum)?\.?|a minimum of)\s+(?=\d)", re.IGNORECASE), "at least "),
    (re.compile(r"^(?:max(?:imum)?\.?)\s+(?=\d)", re.IGNORECASE), "at most "),
    (re.compile(r"^(?:au moins|al menos|por lo menos|mínimo|minimum)\s+", re.I), "at least "),
    (re.compile(r"^(?:plus de?|más de|mas de)\s+", re.IGNORECASE), "more than "),
    (re.compile(r"^(?:moins de|menos de)\s+", re.IGNORECASE), "fewer than "),
    (re.compile(r"^(?:jusqu['’]à|hasta|au plus|máximo)\s+", re.IGNORECASE), "up to "),
    (re.compile(r"^(?:environ|unos|unas|alrededor de|cerca de|près de)\s+", re.I), "about "),
)
_PEOPLE = re.compile(
    r"\s*(?:(?:people|persons?|individuals?|civilians?|men|women|children|others?|killed|dead"
    r"|deaths?|fatalit(?:y|ies)|victims?|injured|wounded|displaced|missing|reported|confirmed|in"
    r"|total|morts?|tués|blessés|personnes?|muertos|heridos|personas?)\b[\s.]*)*",
    re.IGNORECASE,
)
"""Words beside a number that change nothing of it, as the header says who is counted."""
_INCLUDED = re.compile(
    r"\s*[(\[,;]\s*(?:incl(?:uding|\.)?|of (?:whom|them|which))\b.*$", re.I | re.S
)
_ASIDE = re.compile(r"\s*(?:\[\w{1,12}\]|\(\+\s*\d{1,4}[^()]*\))")
"""A footnote, and the dead that a list counts apart: 12 (+1 attacker)[3]."""
_LONGEST = 120
"""The most characters of a cell that is read as a number in words."""


def count_in(cell: str) -> Count | None:
    """The number of people of a cell, with its words as printed if they are more than digits.

    None if it holds no number, or several of which none is the whole.
    """
    return _count_in(cell) if len(cell) <= _LONGEST else None


@lru_cache(16384)
def _count_in(cell: str) -> Count | None:
    text = " ".join(cell.split())
    bare = _ASIDE.sub("", text)
    if bare != text and (counted := _WHOLE.fullmatch(bare)):
        number = int(counted[1])
        return Count(min=number, max=number, best=number, printed=text)
    if found := _WHOLE.fullmatch(text):
        return _exact(int(found[1]))
    if _GROUPED.fullmatch(text):
        return _exact(int(re.sub(r"\D", "", text)))
    words = _DASHES.sub("-", _INCLUDED.sub("", bare))
    for sign, phrase in _SIGNS:
        words = sign.sub(phrase, words)
    numbers = list(numbers_in(words))
    if len(numbers) != 1 or numbers[0].more:
        return None
    around = f"{words[: numbers[0].begins]} {words[numbers[0].end :]}"
    return _printed(numbers[0].dead, text) if _PEOPLE.fullmatch(around) else None


def _exact(number: int) -> Count | None:
    return Count(min=number, max=number, best=number) if number <= MOST else None


def _printed(count: Count, text: str) -> Count:
    exact = count.qualifier is Qualifier.EXACT
    return Count(
        min=count.min,
        max=count.max,
        best=count.min if exact else None,
        qualifier=count.qualifier,
        printed=text,
    )
