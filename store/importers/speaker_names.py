"""The names of unknown speakers: with their capitals, without a desk's initials."""

import re
from functools import lru_cache

from store.importers.word_lists import SMALL_WORDS, lines_of

_SLUG = re.compile(r"\s+[a-z]{2,4}(?:-[a-z]{2,4})*(?:/[a-z]{2,4}){1,4}$", re.IGNORECASE)
"""Initials of writers and desks at the end of a wire's headline: "abc-de/fg"."""
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


@lru_cache(1)
def _small() -> frozenset[str]:
    """The words that are written in small letters unless they are part of a name."""
    return frozenset(word for line in lines_of(SMALL_WORDS) for word in line.split())


def without_slug(phrase: str) -> str:
    """A phrase without the initials of its writers."""
    return _SLUG.sub("", phrase)


def name_of(phrase: str, *, shouted: bool = False) -> str:
    """The name of an unresolved speaker.

    "Local Sources" are local sources, and "governor Ortom" is Governor Ortom. A
    headline that is all in capitals (`shouted`) does not show which words are names.
    """
    words = _ARTICLE.sub("", " ".join(without_slug(phrase).split()).strip(" '\"“”.")).split()
    named = [_cased(word, shouted=shouted) for word in words]
    for at in range(len(named) - 1):
        # a title goes with the name that follows it
        if named[at] in _TITLES and named[at + 1][:1].isupper():
            named[at] = named[at].capitalize()
    return " ".join(named)


_TITLES = frozenset(
    ("governor", "gov", "senator", "general", "president", "bishop", "pastor", "minister", "mayor")
)


def _cased(word: str, *, shouted: bool) -> str:
    folded = word.lower()
    if folded in _small() or (folded.endswith("'s") and folded[:-2] in _small()):
        return folded
    if shouted and len(word) > 3:
        return word.capitalize()
    return word
