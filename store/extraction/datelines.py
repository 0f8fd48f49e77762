"""Datelines: the place, and perhaps the day, with which a text begins."""

import re
from collections.abc import Iterable
from itertools import islice

from store.extraction.emphasis import SIGNS

_WORD = r"[A-Z\u0600-\u06ff][^\W\d_]*"
_LINK = r"(?:(?:al|el|as|ad|ar|ez|de|la|du|des|of|the|bin)[ -])?"
_DATELINE = re.compile(
    rf"{SIGNS}(?P<place>{_WORD}\.?(?:[ \-'’.]{_LINK}{_WORD}\.?){{0,3}}"
    r"(?:\s*[\[(][^\])\n]{2,30}[\])])?(?:/[A-Z][^\W\d_]+)?(?:, [A-Z][A-Za-z. ]{2,20}?)?)"
    rf"{SIGNS}"
    r"(?P<day>, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?:\s*\([A-Z][\w /.&-]{1,30}\))?"
    rf"{SIGNS}"
    r"\s*(?:[—–]|:(?=\s*[^\sa-z])|--?(?=\s))\s*(?=\S)"
)
_NO_PLACE = frozenset(
    [
        *("note", "update", "updated", "correction", "watch", "read", "exclusive", "breaking"),
        *("analysis", "opinion", "explainer", "live", "video", "photo", "photos", "editor"),
        *("editors", "editor's note", "source", "sources", "timeline", "factbox", "q", "a"),
        *("rebels", "army", "police", "officials", "residents", "witnesses", "government", "media"),
        *("opposition", "monitor", "report", "reports", "minister", "ministry", "president"),
        *("analysts", "experts", "rescuers", "doctors", "activists", "un", "who", "what", "why"),
        *("background", "summary", "key points", "highlights", "reporter", "question", "answer"),
    ]
)


def dateline_of(text: str) -> tuple[str, int]:
    """The place of the dateline of a paragraph, and the code point after it; empty and 0 if none.

    A word such as "Note" before a colon is no place.
    """
    found = _DATELINE.match(text)
    if found is None:
        return "", 0
    place = found["place"].strip()
    if place.casefold() in _NO_PLACE or len(place) > 60:
        return "", 0
    return place, found.end()


def dateline(paragraphs: Iterable[str]) -> str:
    """The place with which one of the first paragraphs begins, empty if none does."""
    for text in islice(paragraphs, 3):
        place, end = dateline_of(text)
        if place and len(text) - end >= 40:
            return place
    return ""
