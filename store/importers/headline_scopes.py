"""The people whose dead a number counts, in the words of the headline."""

import re
from functools import lru_cache

from store.analysis.scopes import ARMED_MEN, CIVILIANS, GROUPS, Scopes, group_of, scopes_related

_I = re.IGNORECASE
_MODIFIERS = re.compile(
    r"^(?:(?:of|other|others|the|suspected|alleged|unarmed|innocent|new|from|its|their|his|mostly"
    r"|more|\d+|two|three|four|five|six|seven|eight|nine|ten|unidentified|unknown|female|male|civilian(?=\s+\w))\s+)+",
    _I,
)
_AROUND = re.compile(r"[\"“”‘]|\s+(?:mostly|of who)\b.*|(?:^|\s)[-–—]+\s.*", _I)
_LOYAL = re.compile(
    r"(?:,|\s+and)\s+(?:the |their |its )?(?:allied |loyal )?(?:militiamen|militias?|gunmen"
    r"|militants|allies|loyalists)"
    r"(?:\s+loyal\s+to\s+(?:them|it|the\s+regime))?$",
    _I,
)
_ARMED = re.compile(
    r"\b(?:officers?|militia\w*|loyalists?|allies|allied|commanders?|members?|guards?|vigilantes?"
    r"|groups?|factions?|forces?|army|regime|organi[sz]ation|operatives?|leaders?|elements?|units?"
    r"|loyal|personnel)\b",
    _I,
)
"""Words of people who bear arms, though they name no group by themselves."""
_DANGLES = re.compile(r"(?:\s+(?:of|the|from|by|their|its))+$", _I)
_JOINED = re.compile(r",|\band\b|&", _I)
LONGEST_NAME = 5
"""The most letters of a name that is written in capitals: "RSF", "ISWAP"."""
_NAMES = frozenset(("houthi", "houthis", "taliban", "al-shabaab", "islamist", "islamists"))
"""Groups whose word is a name."""
_COMMON = frozenset(("members", "member", "elements", "personnel", "and", "of", "the", "forces"))
_GROUP = re.compile("|".join(rf"\b(?:{group.words})\b" for group in GROUPS.values()), _I)


@lru_cache(8192)
def scope_of(whom: str) -> str:
    """The scope of the dead, in the words of the headline; empty for a mixed group."""
    words = _LOYAL.sub("", " ".join(_AROUND.sub(" ", whom).split()).strip(" '’-"))
    words = _MODIFIERS.sub("", words + " ").strip(" '’-")
    words = _DANGLES.sub("", words)
    if (
        not words
        or "famil" in words.lower()
        or words.lower() in ("others", "other", "bodies", "lives")
    ):
        return ""
    if _JOINED.search(words):
        return _scope_of_several(words)
    if first := _GROUP.search(words):
        words = words[: first.end()]
    return _printed(words) if group_of(words) else ""


def _scope_of_several(words: str) -> str:
    """The scope of one number of several groups; empty for civilians and others together."""
    groups = [group_of(part.strip()) for part in _JOINED.split(words) if part.strip()]
    if "" in groups:
        return ""
    mixed = group_of(words)
    if mixed in GROUPS:
        return _printed(words) if len(set(groups)) == 1 else mixed
    known = [group for group in groups if group in GROUPS]
    armed = all(group in GROUPS or _ARMED.search(group) for group in groups)
    civil = [scopes_related(group, CIVILIANS) in (Scopes.PART, Scopes.EQUAL) for group in known]
    if len(known) < len(groups):
        return ARMED_MEN if known and armed and not any(civil) else _printed(words)
    return _printed(words) if all(civil) else ""


def _printed(words: str) -> str:
    """The words of a scope as printed, with words that are no names in small letters."""
    capitals = words.isupper()
    printed = []
    for word in words.split():
        generic = word.lower() not in _NAMES and _GROUP.fullmatch(word) is not None
        if (generic or word.lower() in _COMMON) and (capitals or word.istitle()):
            printed.append(word.lower())
        else:
            printed.append(word.capitalize() if capitals and len(word) > LONGEST_NAME else word)
    return " ".join(printed)
