"""Whose word a headline is, where it says so: "…: monitor", "Turkey says …", "… - Anadolu".

A headline that names nobody is its publisher's own word. Whoever is nobody in
particular ("officials", "a medic") is an unnamed source.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.model.vocabulary import SourceKind


class Named(NamedTuple):
    """Who is named as the origin of what a headline says."""

    name: str
    kind: SourceKind


_SOHR = Named("SOHR", SourceKind.MONITOR)
_TURKEY = Named("Turkish government", SourceKind.OFFICIAL)
_KNOWN: Mapping[str, Named] = {
    "sohr": _SOHR,
    "observatory": _SOHR,
    "syrian observatory": _SOHR,
    "syrian observatory for human rights": _SOHR,
    "ankara": _TURKEY,
    "turkey": _TURKEY,
    "turkish army": _TURKEY,
    "turkish military": _TURKEY,
    "turkish defence ministry": _TURKEY,
    "turkish defense ministry": _TURKEY,
    "turkey's defence ministry": _TURKEY,
    "turkey's defense ministry": _TURKEY,
    "turkish government": _TURKEY,
    "moscow": Named("Russian government", SourceKind.OFFICIAL),
    "russian defence ministry": Named("Russian government", SourceKind.OFFICIAL),
    "russian defense ministry": Named("Russian government", SourceKind.OFFICIAL),
    "pentagon": Named("US government", SourceKind.OFFICIAL),
    "sana": Named("SANA", SourceKind.WIRE),
    "anadolu": Named("Anadolu", SourceKind.WIRE),
    "anadolu agency": Named("Anadolu", SourceKind.WIRE),
    "reuters": Named("Reuters", SourceKind.WIRE),
    "afp": Named("AFP", SourceKind.WIRE),
    "ypg": Named("YPG", SourceKind.BELLIGERENT),
    "sdf": Named("SDF", SourceKind.BELLIGERENT),
    "un": Named("UN", SourceKind.OFFICIAL),
    "u.n.": Named("UN", SourceKind.OFFICIAL),
}
"""Those who are somebody, wherever they are named."""
_MONITORS = {"Syria": _SOHR}
"""Whom the agencies mean by "monitor", by country."""
_NOBODY = (
    r"(?:(?:war|local|security|military|army|police|government|defen[cs]e|interior|hospital|medical|official|rebel"
    r"|state"
    r"|syrian|turkish|kurdish|kurdish-led|opposition|senior|town|tribal|district|provincial)\s+)*"
    r"(?:monitors?|monitoring groups?|officials?|police|army|military|medics?|doctors?|sources?"
    r"|residents?|witness(?:es)?|activists?|media|reports?|spokes(?:man|woman|person)|governor|rescuers"
    r"|forces|rebels|kurds|local council|council|authorities|ministry|tv|television|agency"
    r"|militants)"
)
_WHO = rf"(?:{'|'.join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))}|{_NOBODY})"
_ENDS = re.compile(
    rf"(?:\s*[:;,–—]\s*|\s+-+\s*|\s-)(?P<who>(?:a |the )?{_WHO}(?:\s*(?:,|and|&)\s*"
    rf"{_WHO})*)(?:\s+says?)?\s*(?:\(.*\))?\.?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    rf"(?:^|[,:;]\s+|\bupdate \d+-)(?P<who>{_WHO})\s+(?:says?|said|reports?|condemns)\b"
    rf"|\b(?P<last>{_WHO})\s+says?$",
    re.IGNORECASE,
)
_STARTS = re.compile(r"^(?P<who>SOHR|(?:Syrian )?Observatory)\s*[:)]", re.IGNORECASE)
_TAIL = 80
"""Characters at the end of a headline in which it may say whose word it is."""
_TOLD_BY = {
    _STARTS: ("observatory", "sohr"),
    _ENDS: (":", "-", ",", ";", "–", "—"),
    _SAYS: (" say", " said", " report", " condemn"),
}
"""What a headline must hold before it is looked at closely; few do."""


@lru_cache(65536)
def attributed_to(headline: str, country: str) -> tuple[tuple[Named, ...], ...]:
    """The ways to whom a headline names as the origin of what it says; none where it names nobody.

    A wire at its end carries what somebody says before it: "X says … -Anadolu".
    """
    words = " ".join(headline.replace("\u2019", "'").split()).removesuffix("CR РИАН").strip()
    told = words.lower()
    found = {
        pattern: tuple(_all_named(match, country))
        for pattern, marks in _TOLD_BY.items()
        if any(mark in (told[-_TAIL:] if pattern is _ENDS else told) for mark in marks)
        and (match := pattern.search(words[-_TAIL:] if pattern is _ENDS else words))
    }
    ends, says = found.get(_ENDS, ()), found.get(_SAYS, ())
    if len(ends) == 1 and ends[0].kind is SourceKind.WIRE and says and says != ends:
        return tuple((ends[0], named) for named in says)
    roots = found.get(_STARTS) or ends or says
    return tuple((named,) for named in roots)


def _all_named(match: re.Match[str], country: str) -> Iterator[Named]:
    who = next(filter(None, match.groupdict().values()))
    named = (_named(one, country) for one in re.split(r"\s*(?:,|\band\b|&)\s*", who))
    yield from dict.fromkeys(named)


def _named(who: str, country: str) -> Named:
    words = re.sub(r"^(?:a|the)\s+", "", " ".join(who.lower().split()))
    if words in _KNOWN:
        return _KNOWN[words]
    if re.fullmatch(r"(?:war )?monitor(?:s|ing groups?)?", words) and country in _MONITORS:
        return _MONITORS[country]
    return Named(words, SourceKind.UNNAMED)
