"""The places that a headline names: the place of a row, and the provinces of a file."""

import re
from collections.abc import Iterable
from functools import lru_cache

_KINDS = re.compile(
    r"\b(?:town|village|city|lga|state|governorates?|provinces?|regions?|districts?|department"
    r"|suburb"
    r"|oblast|republic|county|municipality|area|camp|hills?|mountains?|base|airbase|market|lake"
    r"|checkpoint|road|border|neighbou?rhood|sub-?district|centre|center|the|of|and|near|north"
    r"|south"
    r"|east|west|northern|southern|eastern|western|central|new|upper|lower|al|el|tall|tell|dayr"
    r"|deir"
    r"|rif|federally|administered)\b",
    re.IGNORECASE,
)
"""Words in the name of a place that do not distinguish it from others."""
_WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")
SHORTEST = 4
"""The fewest letters of a word that can be the name of a place by itself."""


@lru_cache(16384)
def words_of_place(name: str) -> frozenset[str]:
    """The words, folded, by which a headline can name a place."""
    words = _WORD.findall(_KINDS.sub(" ", name.replace("’", "'")))
    return frozenset(word.casefold() for word in words if len(word) >= SHORTEST)


@lru_cache(16384)
def words_in(headline: str) -> frozenset[str]:
    """The words, folded, of a headline."""
    found = _WORD.findall(headline.replace("’", "'"))
    return frozenset(word.casefold().removesuffix("'s") for word in found)


def provinces_of(names: Iterable[str]) -> frozenset[str]:
    """The provinces that one word names, folded: two of them in a headline are two places."""
    words = (_KINDS.sub(" ", name).split() for name in set(names))
    return frozenset(one[0].casefold() for one in words if len(one) == 1 and len(one[0]) > 3)
