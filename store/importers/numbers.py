"""The numbers that a headline prints: in digits or words, rounded, open, or as a range."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.model.values import Count
from store.model.vocabulary import Qualifier


class Number(NamedTuple):
    """A number and the place of its words in the line.

    `start` is the place of the number itself, `begins` that of the words before it
    that belong to it ("more than"); `more` is true if it adds to an earlier
    number ("two more", "another two").
    """

    dead: Count
    begins: int
    start: int
    end: int
    more: bool


_UNITS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        1,
    )
}
_TENS: Mapping[str, int] = {
    word: number * 10
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
} | {"fourty": 40}
_VAGUE: Mapping[str, tuple[int, Qualifier]] = {
    "dozens": (24, Qualifier.DOZENS),
    "scores": (40, Qualifier.DOZENS),
    "tens": (20, Qualifier.DOZENS),
    "hundreds": (200, Qualifier.HUNDREDS),
    "thousands": (2000, Qualifier.THOUSANDS),
}
"""The least that a word can mean, as a count needs a number; the words themselves are kept."""

_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_SMALL = rf"(?:(?:{_TEN})(?:[- ](?:{_UNIT})\b)?|(?:{_UNIT}))"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?![\d,]| \d)|\d+"
_LARGE = rf"(?:(?:{_DIGITS}|{_SMALL}|a)\s+(?:hundred|thousand)\b(?:\s+(?:and\s+)?{_SMALL}\b)?)"
_DOZEN = rf"(?:(?:{_SMALL}|half a|a|\d+)\s+)?dozen\b"
_ONE = rf"(?:{_LARGE}|{_DOZEN}|{_SMALL}\b|{_DIGITS})"
_RANGE = (
    rf"(?:between\s+(?P<low>{_ONE})\s+and\s+(?P<high>{_ONE})"
    rf"|(?P<from>{_ONE})(?:(?<=\d)\s*[-–—]\s*(?=\d)|\s+(?:to|or)\s+)(?P<to>{_ONE}))"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/#$€£-])(?:{_RANGE}|(?P<vague>{'|'.join(_VAGUE)})\b|(?P<one>{_ONE}))(?P<plus>\+)?"
    r"(?![\w.,:/]*\d|[-'’](?![\s'’]|$)|\s*%|(?:st|nd|rd|th|km|kg|mm|am|pm)\b)",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"(?P<low>)(?P<high>)(?P<from>)(?P<to>)(?P<vague>)(?P<one>{_ONE})(?P<plus>\+)?"
    r"(?![\w.,:/]*\d)",
    re.IGNORECASE,
)
"""A single number, of which "from 23 to 25" has two."""
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"\d+|[A-Za-z]+")
_IN_DIGITS = re.compile(r"\d+")
_BEGINS = frozenset((*_UNITS, *_TENS, *_VAGUE, "fourty", "between", "a", "half", "dozen"))
"""The words with which a number in words can begin."""
_TELLING = frozenset((*_UNITS, *_TENS, *_VAGUE, "dozen", "hundred", "thousand"))
"""The words of which every number in words has one."""
_PARTED = str.maketrans(dict.fromkeys("-–—.,;:()'\"“”‘’/…+", " "))

_OPEN = "more than|more then|no less than|not less than|no fewer than|at least|over|upwards of"
_CLOSED = "at most|up to|as many as|less than|fewer than|under"
_ABOUT = (
    "about|around|nearly|almost|approximately|an estimated|estimated|roughly|close to|some|only"
    "|just"
)
_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:(?P<more>another|additional|further|extra)|(?P<open>{_OPEN})"
    rf"|(?P<closed>{_CLOSED})|(?P<about>{_ABOUT}))\s+)+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<more>\s+(?:more|additional|further)\b(?!\s+than))"
    r"|(?P<open>(?P<of>\s+[a-z]+(?=\s+(?:at least|until)))?\s+(?:or more|at least(?!\s+(?:half"
    r"|\d|one|two|three|most))"
    r"|until (?:the moment|now)|so far))\b|(?P<closed>\s+(?:[a-z]+ )?at most)\b",
    re.IGNORECASE,
)
_BEFORE_ENDS = frozenset(
    word.split()[-1]
    for words in (_OPEN, _CLOSED, _ABOUT, "another|additional|further|extra")
    for word in words.split("|")
)
"""The last words of the phrases that belong to a number after them."""
LARGEST = 1_000_000
"""The largest number of dead that a headline can report of one event."""
_MOST_DIGITS = 9
_PARTED_DIGITS = re.compile(r"(?<=\d)[ ,](?=\d{3}(?!\d))")
_MONTHS = frozenset(
    [
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug"),
        *("sep", "sept", "oct", "nov", "dec"),
    ]
)
_NOT_ONE = frozenset(("from", "of", "no", "any", "every", "the"))
_ONE_IN = re.compile(r"\b(?:one|1) in $", re.IGNORECASE)
"""A part of so many: "one in 200"."""
_NO_NUMBER = frozenset(("no", "no.", "page", "year", "day", "update", "part"))
"""Words before a number that counts nobody: "No. 2", "Day 5"."""


def may_hold_number(folded: str) -> bool:
    """True if a line in small letters has a digit, or a word of numbers in words."""
    return _DIGIT.search(folded) is not None or _tells_in_words(folded)


def _tells_in_words(folded: str) -> bool:
    return not _TELLING.isdisjoint(folded.translate(_PARTED).split())


def numbers_in(words: str) -> Iterator[Number]:
    """The numbers of a line, in their order, without numbers that are part of another."""
    end = 0
    in_words = _tells_in_words(words.lower())
    tokens = _WORDS if in_words or "etween" in words or "ETWEEN" in words else _IN_DIGITS
    for token in tokens.finditer(words):
        start = token.start()
        first = token[0]
        if start < end or not (first.lower() in _BEGINS or first.isdigit()):
            continue
        found = _NUMBER.match(words, start)
        if found is None:
            continue
        end = found.end()
        before = words[max(0, start - 32) : start]
        last = before.split()[-1:]
        word = last[0].lower() if last else ""
        if found["one"] and word in _NOT_ONE and found["one"].lower() == "one":
            continue
        if word == "in" and _ONE_IN.search(before):
            continue
        if word in _NO_NUMBER or word.endswith("#"):
            continue
        if word in ("from", "by") and found["from"]:
            found = _SINGLE.match(words, start) or found
            end = found.end()
        if " " in found[0] and found[0][0].isdigit() and found[0].replace(" ", "").isdigit():
            if word in _MONTHS:
                end = start + len(first)
                continue
            if last and last[0][0].isupper() and not _COUNTS.match(word):
                continue
        if _no_count(found[0]):
            continue
        joined = _BEFORE.search(before) if word in _BEFORE_ENDS else None
        yield _printed(words, found, joined, _AFTER.match(words, end))


_COUNTS = re.compile(r"kill|leav|left|claim|dead|toll|total|" + "|".join(sorted(_BEFORE_ENDS)))
"""A word after which digits in groups are a number of people, not a name and a number."""


def _no_count(printed: str) -> bool:
    """True if digits are too many for a count, or begin with a zero."""
    if len(printed) < _MOST_DIGITS - 2 and printed[0] != "0":
        return False
    for digits in _IN_DIGITS.findall(_PARTED_DIGITS.sub("", printed)):
        if len(digits) > _MOST_DIGITS or (digits[0] == "0" and len(digits) > 1):
            return True
        if int(digits) > LARGEST:
            return True
    return False


def _printed(
    words: str,
    found: re.Match[str],
    before: re.Match[str] | None,
    after: re.Match[str] | None,
) -> Number:
    begins = found.start() - len(before[0]) if before else found.start()
    more = bool((before and before["more"]) or (after and after["more"]))
    end = after.end() if after else found.end()
    printed = " ".join(words[begins:end].split())
    if after and after["of"]:
        end = found.end()
    count = _count(found, before, after, printed)
    return Number(count, begins, found.start(), end, more)


def _count(
    found: re.Match[str], before: re.Match[str] | None, after: re.Match[str] | None, printed: str
) -> Count:
    if found["vague"]:
        least, qualifier = _VAGUE[found["vague"].lower()]
        return Count(min=least, qualifier=qualifier, printed=printed)
    low, high = found["low"] or found["from"], found["high"] or found["to"]
    if low and high:
        first, second = value_of(low), value_of(high)
        if first < second:
            return Count(min=first, max=second, qualifier=Qualifier.BETWEEN, printed=printed)
        return Count(min=second, max=first, qualifier=Qualifier.BETWEEN, printed=printed)
    number = value_of(found["one"])
    if (after and after["closed"]) or (before and before["closed"]):
        return Count(min=0, max=number, qualifier=Qualifier.AT_MOST, printed=printed)
    if found["plus"] or (after and after["open"]) or (before and before["open"]):
        return Count(min=number, qualifier=Qualifier.AT_LEAST, printed=printed)
    words = before["about"] if before else None
    if "dozen" in found["one"].lower() or (words and words.lower() not in ("some", "only", "just")):
        return Count(min=number, max=number, qualifier=Qualifier.ABOUT, printed=printed)
    return Count(min=number, max=number, printed=printed)


@lru_cache(4096)
def value_of(words: str) -> int:
    """The number that words or digits mean: "1,200", "forty-nine", "a hundred and two"."""
    total = current = 0
    words = _PARTED_DIGITS.sub("", words)
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("and", ""):
            continue
        if word == "half":
            return 6
        if word in ("dozen", "hundred", "thousand"):
            factor = {"dozen": 12, "hundred": 100, "thousand": 1000}[word]
            total += (current or 1) * factor
            current = 0
        elif word == "a":
            current = 1
        else:
            current += _UNITS.get(word) or _TENS.get(word) or int(word)
    return total + current
