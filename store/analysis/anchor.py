"""The words of a passage found again in another version of its text, exactly or folded.

Folded are capitals, white space and the shapes of quotation marks, apostrophes and
dashes: nothing else, so that a changed number or name is never taken for the same
(W3C Web Annotation Data Model, TextQuoteSelector).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

_SAME = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_SHORT = 24
"""The code points of a quote below which its neighbours must be the same, too."""
_NEAR = 8
"""The code points of a neighbour that must be the same, at least."""


class Match(StrEnum):
    """The way in which a quote was found again."""

    EXACT = "exact"
    FOLDED = "folded"


class Anchor(NamedTuple):
    """The place of a quote in a text (code points, end exclusive), and how it was found."""

    start: int
    end: int
    match: Match


def anchor(text: str, exact: str, prefix: str = "", suffix: str = "") -> Anchor | None:
    """Find a quote in a text; None where it is not there, or in several places alike.

    Of several places the one counts whose neighbours are those of the quote. A short
    quote needs a neighbour that is the same, wherever it is.
    """
    for match in Match:
        if match is Match.EXACT:
            places = list(_places(text, exact))
            words, before, after = text, prefix, suffix
        else:
            folded, starts = fold(text)
            quote = fold(exact)[0].strip()
            places = list(_places(folded, quote))
            words, before, after = folded, fold(prefix)[0], fold(suffix)[0]
        length = len(exact) if match is Match.EXACT else len(quote)
        found = _chosen(words, places, length, before, after)
        if found is None:
            continue
        if match is Match.EXACT:
            return Anchor(found, found + length, match)
        return Anchor(starts[found], starts[found + length - 1] + 1, match)
    return None


def _places(text: str, quote: str) -> Iterator[int]:
    """The places of a quote that does not begin or end within a word."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        end = at + len(quote)
        inside = _joined(text[at - 1 : at], quote[:1]) or _joined(quote[-1:], text[end : end + 1])
        if not inside:
            yield at
        at = text.find(quote, at + 1)


def _joined(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _chosen(text: str, places: list[int], length: int, before: str, after: str) -> int | None:
    """The only place, or the only one among the same neighbours."""
    if len(places) == 1 and length >= _SHORT:
        return places[0]
    same = [at for at in places if _is_among(text, at, length, before, after)]
    return same[0] if len(same) == 1 else None


def _is_among(text: str, at: int, length: int, before: str, after: str) -> bool:
    before, after = before.lstrip(), after.rstrip()
    near = [
        (before, text[max(0, at - len(before)) : at]),
        (after, text[at + length : at + length + len(after)]),
    ]
    return any(len(one) >= _NEAR and one == other for one, other in near)


def fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and the place in the text of each of its code points."""
    letters: list[str] = []
    starts: list[int] = []
    for place, letter in enumerate(text):
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                starts.append(place)
            continue
        for one in _SAME.get(letter, letter.casefold()):
            letters.append(one)
            starts.append(place)
    return "".join(letters), starts
