"""Kinds of lines above a text by their words alone: masthead, section, navigation, byline.

A line that is none of them for certain is not guessed at.
"""

import re

from store.importers.outlets import table
from store.model.text import folded
from store.model.vocabulary import SourceKind

_PUBLISHING = (SourceKind.OUTLET, SourceKind.WIRE, SourceKind.MONITOR)
_SECTION_WORDS = frozenset(
    (
        *("world", "news", "middle", "east", "north", "south", "west", "central", "near", "far"),
        *("africa", "asia", "europe", "america", "americas", "international", "national", "local"),
        *("home", "live", "breaking", "latest", "updates", "top", "stories", "story", "featured"),
        *("politics", "war", "wars", "conflict", "conflicts", "security", "defence", "defense"),
        *("opinion", "analysis", "region", "regional", "global", "human", "rights", "crisis"),
        *("business", "economy", "exclusive", "explainer", "reports", "and", "&", "the", "in"),
    )
)
_MASTHEAD = re.compile(
    r"(?:the (?:[^\W\d_][\w.'’&-]* ){0,3}"
    r"(?:post|mail|star|sun|record|standard|mirror|monitor|observer|guardian|press|voice|news"
    r"|independent|examiner|register|review)"
    r"|(?:[^\W\d_][\w.'’&-]* ){1,4}"
    r"(?:herald|times|gazette|tribune|courier|chronicle|telegraph|news agency|press agency)"
    r"|the (?:herald|times|gazette|tribune|courier|chronicle|telegraph)"
    r"|(?:herald|times|gazette|tribune|courier|chronicle) of [^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S|(?:[\w-]{2,}\.){1,4}[a-z]{2,}/?$", re.IGNORECASE)
_INVITATION = re.compile(
    r"(?:subscribe|sign (?:in|up)|log ?in|skip to (?:the )?(?:main )?content|newsletters?)\b",
    re.IGNORECASE,
)
_LINK_WIDTH = 30
"""The most code points of a link in a line of links."""
_ROLES = (
    r"(?:stringers?|correspondents?|reporters?|writers?|staff|agencies|editors?|bureau|desk"
    r"|journalists?|contributors?)"
)
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[.'’-][^\W\d_]*)*"
_BYLINE = re.compile(
    r"by (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
    r"(?P<name>(?-i:"
    rf"{_NAME}(?:,? (?:{_NAME}|and|with|in|for|of|at|the|de|da|di|du|la|le|van|von|der|bin|al|el"
    rf"|&|{_ROLES})){{0,8}})"
    rf"|(?:an?|our|the|staff) (?:[\w'’-]+ ){{0,3}}?{_ROLES}(?: in (?-i:{_NAME}))?|{_ROLES})"
    r"(?: \((?P<agency>[^()]{2,40})\))?\.?",
    re.IGNORECASE,
)
_BYLINE_WIDTH = 120


def byline(text: str) -> tuple[str, str] | None:
    """The author and the publisher of a line "By NAME (REUTERS)"; None if it is no byline.

    The publisher is empty where none is named. Other words in brackets may be a place, and
    stay with the author.
    """
    found = _BYLINE.fullmatch(text) if len(text) <= _BYLINE_WIDTH else None
    if found is None:
        return None
    name, agency = found["name"], found["agency"]
    if agency and is_masthead(agency):
        return name, agency
    before, _, last = name.rpartition(", ")
    if not agency and _is_listed(last):
        return before or last, last
    return (f"{name} ({agency})" if agency else name), ""


def _is_listed(text: str) -> bool:
    """True if a text is the name of an outlet, wire or monitor in the list of offices."""
    known = table().get(text.strip().rstrip(".").casefold()) if len(text) > 1 else None
    return known is not None and known[1] in _PUBLISHING


def is_masthead(text: str) -> bool:
    """True if a line is a name in the manner of newspapers: THE ZED HERALD, Times of Zed."""
    words = text.split()
    capital = all(word in ("of", "the") or not word[0].islower() for word in words)
    return _is_listed(text) or (capital and _MASTHEAD.fullmatch(text) is not None)


def is_section(text: str) -> bool:
    """True if a line has words of sections only, such as World or Middle East."""
    words = folded(text).split()
    return 0 < len(words) <= 4 and _SECTION_WORDS.issuperset(words)


def is_navigation(text: str) -> bool:
    """True if a line is links: an address, an invitation to subscribe, short words between bars."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > 1:
        return all(len(part) <= _LINK_WIDTH and len(part.split()) <= 3 for part in parts)
    return bool(_ADDRESS.match(text) or (_INVITATION.match(text) and len(text.split()) <= 8))
