"""Whose dead a number counts, in the words that a headline has for them."""

import re
from functools import lru_cache

from store.analysis.scopes import GROUPS, group_of

_I = re.IGNORECASE
_MODIFIERS = re.compile(
    r"^(?:(?:of|other|others|the|suspected|alleged|unarmed|innocent|new|from|its|their|his|mostly"
    r"|more|unidentified|unknown|female|male|civilian(?=\s+\w))\s+)+",
    _I,
)
_LOYAL = re.compile(
    r"(?:,|\s+and)\s+(?:the |their |its )?(?:allied |loyal )?(?:militiamen|militias?|gunmen"
    r"|militants|allies|loyalists)"
    r"(?:\s+loyal\s+to\s+(?:them|it|the\s+regime))?$",
    _I,
)
_GROUP = re.compile("|".join(rf"\b(?:{group.words})\b" for group in GROUPS.values()), _I)


@lru_cache(8192)
def scope_of(whom: str) -> str:
    """Whose dead they are, in the words of the headline; of a mixed lot nobody's in particular."""
    words = _LOYAL.sub(
        "", " ".join(re.sub(r"[\"“”‘]|\s+mostly\b.*", " ", whom).split()).strip(" '’-")
    )
    words = _MODIFIERS.sub("", words + " ").strip(" '’-")
    if (
        not words
        or "famil" in words.lower()
        or words.lower() in ("others", "other", "bodies", "lives")
    ):
        return ""
    if re.search(r",|\band\b|&", words):
        groups = {
            group_of(part.strip()) for part in re.split(r",|\band\b|&", words) if part.strip()
        }
        if len(groups) == 1:
            return words
        return "" if "" in groups or "civilians" in groups or len(groups) > 2 else "armed men"
    if first := _GROUP.search(words):
        words = words[: first.end()]
    return words if group_of(words) else ""
