"""The words of titles and places in the facet index, by which a text is found in them.

A title is split at its blanks alone, so a text without a blank stands in a title exactly
if it stands in one of its words; a text with blanks can stand only where its pieces do.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from store.database.facet_index import FacetIndex

MOST_WORDS = 2_000
"""The most words of titles that are looked up for one text; more take as long as all titles."""

_BLANK = b" "


class Holding(NamedTuple):
    """A set of events of which some hold a text, and all others do not.

    `exact` says that all of them hold it.
    """

    events: int
    exact: bool


def packed_words(words: Iterable[str]) -> bytes:
    """Words as the index stores them, each between two blanks."""
    return b"".join((_BLANK, *(word.encode() + _BLANK for word in words)))


def events_holding(held: FacetIndex, text: str, *, fold: bool) -> Holding | None:
    """The events whose title or place may hold a text; None where the index cannot tell.

    `fold` says that capitals of ASCII do not matter, as for `lower` of SQL; the text has none.
    """
    words = held.packed("words", "")
    if fold:
        words = words.lower()
    pieces = text.encode().split(_BLANK)
    if not words or not any(pieces):
        return None
    last, events = len(pieces) - 1, held.all_events
    for at, piece in enumerate(pieces):
        if not piece:
            continue
        sought = (_BLANK if at else b"") + piece + (_BLANK if at < last else b"")
        found = list(islice(_words_with(words, sought), MOST_WORDS + 1))
        if len(found) > MOST_WORDS:
            return None
        events &= held.any_of("word", found)
    return Holding(events, exact=not last)


def _words_with(words: bytes, sought: bytes) -> Iterator[int]:
    """The indexes of the packed words in which these bytes occur; blanks are their ends."""
    index = counted = 0
    at = words.find(sought)
    while at >= 0:
        letter = at + sought.startswith(_BLANK)
        index += words.count(_BLANK, counted, letter)
        counted = letter
        yield index - 1
        end = words.find(_BLANK, letter)
        at = words.find(sought, end) if end >= 0 else -1
