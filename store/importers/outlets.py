"""Offices resolved to publishers: their spellings, and the lineage that a name contains.

`offices.txt` holds the spellings. "Al Jazeera (in SOHR)" is Al Jazeera's
report as SOHR carries it: SOHR published it, and Al Jazeera is its origin. So
is "Daily Star/AFP" of the wire.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.importers.word_lists import OFFICES, lines_of
from store.model.vocabulary import SourceKind


class Outlet(NamedTuple):
    """A publisher by its name, and the origin that the name states, empty if it states none."""

    publisher: str
    origin: str = ""


_CARRIED = re.compile(r"(?P<origin>.+?)\s*\((?:in|on|via)\s+(?P<by>[^()]+)\)")
_WIRE = re.compile(r"(?P<by>[^/]+?)\s*/\s*(?P<origin>AFP|AP|Reuters|DPA)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?syriahr\.com(?:/.*)?")


@lru_cache(1)
def table() -> Mapping[str, tuple[str, SourceKind]]:
    """The name and the kind of an office by each of its spellings, folded."""
    found = {}
    for name, kind, spellings in _offices():
        for spelling in (name, *spellings):
            found[_folded(spelling)] = name, kind
    return found


def _offices() -> Iterator[tuple[str, SourceKind, list[str]]]:
    for line in lines_of(OFFICES):
        name, kind, *spellings = (part.strip() for part in line.split(" | "))
        yield name, SourceKind(kind), spellings


_ARTICLE = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)
_CHANNEL = re.compile(
    r"['’]s?\s+(?:official\s+)?(?:twitter|facebook|x)(?:\s+(?:account|page|feed))?$"
    r"|\s*\((?:on\s+)?(?:facebook|twitter|x|online|website|web)\)$"
    r"|\s+(?:on\s+)?(?:twitter|facebook)(?:\s+(?:account|page|feed))?$",
    re.IGNORECASE,
)
"""An addition to the name of a publisher that says where it was read."""


_SITE = re.compile(r"https?://(?:www\.)?(?P<site>[^/\s]+)/?", re.IGNORECASE)
"""The address of a site, of which the name is enough."""
_CODE = re.compile(r"\s*\(?\b[A-Z]{2,4}\d{4,}\)?$")
"""The number of a record that a spelling ends in."""

DATED_AS_ITS_EVENT = frozenset(("Nigeria Watch",))
"""Offices whose articles are records of a database: their day is the event's, not their own."""


class Outlets:
    """The offices of one file: all spellings of an unknown name are one publisher."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._names: dict[str, str] = {}

    def count(self, printed: str) -> None:
        """Take note of a spelling; the plainest of all is the publisher's name."""
        if printed in self._seen:
            return
        self._seen.add(printed)
        name = _without_channel(printed)
        key = _key(name)
        known = self._names.get(key)
        if known is None or _plainness(name) < _plainness(known):
            self._names[key] = name

    def office(self, printed: str) -> Outlet:
        """The publisher of an office, and the origin that its name states."""
        found = office(printed)
        if found.publisher.casefold() in table():
            return found
        name = self._names.get(_key(found.publisher))
        return found._replace(publisher=name) if name else found


def _plainness(name: str) -> tuple[bool, bool, int, str]:
    """The sort key of spellings: small letters last, capitals before them, the shortest first."""
    return name.islower(), name.isupper(), len(name), name


def _key(name: str) -> str:
    """A key that is equal for the spellings of one name."""
    return _ARTICLE.sub("", name).casefold()


@lru_cache(4096)
def _without_channel(printed: str) -> str:
    """A spelling without the channel on which it was read."""
    whole = _CODE.sub("", " ".join(printed.split()))
    if site := _SITE.fullmatch(whole):
        whole = site["site"]
    name, before = whole, ""
    while name != before:
        before, name = name, _CHANNEL.sub("", name).strip()
    return name or whole


@lru_cache(4096)
def office(printed: str) -> Outlet:
    """The publisher of an office, and the origin that its name states, by this name alone."""
    for lineage in (_CARRIED, _WIRE):
        if found := lineage.fullmatch(printed.strip()):
            return Outlet(_name(found["by"]), _name(found["origin"]))
    return Outlet("SOHR" if _ADDRESS.fullmatch(printed.strip()) else _name(printed))


def _name(spelling: str) -> str:
    name = _without_channel(spelling)
    for one in (spelling, name, _ARTICLE.sub("", name)):
        if known := table().get(_folded(one)):
            return known[0]
    return name or "unnamed office"


@lru_cache(4096)
def kind_of(name: str) -> SourceKind:
    """The kind of source of a name from `office`; one that is not known is an outlet."""
    return known_kind(name) or SourceKind.OUTLET


def known_kind(name: str) -> SourceKind | None:
    """The kind of source of a known office; None for another name."""
    known = table().get(_folded(name))
    return known[1] if known else None


def _folded(spelling: str) -> str:
    return " ".join(spelling.split()).rstrip(".").casefold()
