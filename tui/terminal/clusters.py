"""A text as the cells that it fills, and which of them all terminals fill alike."""

import unicodedata
from functools import lru_cache

from rich.cells import split_graphemes

_WIDE = (
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x20000, 0x3FFFD),
)
"""Where letters are two cells wide since long; elsewhere they are emoji, or parts of syllables."""

_PICTURES = 0x1F000
"""From here on narrow signs may be emoji, and letters are those of rare scripts."""

_SIGNS = (0x2600, 0x27BF)
"""Signs some of which some terminals draw as emoji."""

_PLAIN_SIGNS = frozenset("★✓✎")
"""Those of them that no terminal draws so, as the program writes them in every row."""


@lru_cache(4096)
def cells(text: str) -> tuple[str, ...]:
    """The cells of a text: each a letter with its marks, or empty right of a wide one.

    Marks before the first letter are left out: they would sit on what is left of the text.
    """
    found: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        if width:
            found += (text[start:end], *[""] * (width - 1))
    return tuple(found)


@lru_cache(4096)
def certain(cluster: str) -> bool:
    """True if every terminal gives a cluster as many cells as `cells` does."""
    if cluster.isascii():
        return True
    if len(cluster) > 1:
        return False
    if unicodedata.category(cluster)[0] not in "LNPSZ":
        return False
    code = ord(cluster)
    if unicodedata.east_asian_width(cluster) in "WF":
        return any(first <= code <= last for first, last in _WIDE)
    if _SIGNS[0] <= code <= _SIGNS[1]:
        return cluster in _PLAIN_SIGNS
    return code < _PICTURES
