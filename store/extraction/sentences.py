"""Sentences of a text, by their ends, without breaking at abbreviations and initials."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?:[.!?…]+|[؟۔])[\"'”’»)\]]*(?=\s)|[。！？]+[」』”’）]*|\n+"  # the line ends one, too
)
_ABBREVIATED = frozenset(
    [
        *("mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "adm"),
        *("gov", "sen", "rep", "st", "no", "vs", "inc", "ltd", "co", "corp", "jr", "sr", "al"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("a.m", "p.m", "e.g", "i.e", "cf", "approx", "est", "u.s", "u.k", "u.n", "d.c"),
    ]
)
_LAST_WORD = re.compile(r"[\w.]+$")
_LETTER = re.compile(r"\w")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences of a text: code points, end exclusive, without white space.

    What has neither letter nor digit is part of the sentence before it.
    """
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == "." and _goes_on(text, start, end):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each in one line."""
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    """True if a point ends an abbreviation or an initial, and the sentence goes on."""
    before = _LAST_WORD.search(text, max(start, end.start() - 24), end.start())
    after = text[end.end() : end.end() + 4].lstrip()[:1]
    if after.islower():
        return True
    if before is None or len(end[0]) > 1:
        return False
    word = before[0]
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    return initial or word.lower() in _ABBREVIATED


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _LETTER.search(text, start, end):
        yield start, end
