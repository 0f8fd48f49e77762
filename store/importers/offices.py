"""Who an office is: spellings, and lineage that stands in its name.

`offices.txt` holds the spellings. "Al Jazeera (in SOHR)" is Al Jazeera's
report as SOHR carries it: SOHR published it, and Al Jazeera is its origin. So
is "Daily Star/AFP" of the wire.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from store.model.vocabulary import SourceKind


class Office(NamedTuple):
    """A publisher by its name, and the origin that its name tells, empty where it tells none."""

    publisher: str
    origin: str = ""


_CARRIED = re.compile(r"(?P<origin>.+?)\s*\((?:in|on|via)\s+(?P<by>[^()]+)\)")
_WIRE = re.compile(r"(?P<by>[^/]+?)\s*/\s*(?P<origin>AFP|AP|Reuters|DPA)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?syriahr\.com(?:/.*)?")


@lru_cache(1)
def table() -> Mapping[str, tuple[str, SourceKind]]:
    """The name and the kind of an office by each of its spellings, folded."""
    found = {}
    for _, name, kind, spellings in _lines():
        for spelling in (name, *spellings):
            found[_folded(spelling)] = name, kind
    return found


def _lines() -> Iterator[tuple[int, str, SourceKind, list[str]]]:
    text = files("store.importers").joinpath("offices.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            name, kind, *spellings = (part.strip() for part in line.split(" | "))
            yield number, name, SourceKind(kind), spellings


@lru_cache(4096)
def office(printed: str) -> Office:
    """Whose office this is."""
    for lineage in (_CARRIED, _WIRE):
        if found := lineage.fullmatch(printed.strip()):
            return Office(_name(found["by"]), _name(found["origin"]))
    return Office("SOHR" if _ADDRESS.fullmatch(printed.strip()) else _name(printed))


def _name(spelling: str) -> str:
    known = table().get(_folded(spelling))
    return known[0] if known else " ".join(spelling.split()) or "unnamed office"


@lru_cache(4096)
def kind_of(name: str) -> SourceKind:
    """What kind of a source a name of `office` is; one that nobody knows is an outlet."""
    known = table().get(_folded(name))
    return known[1] if known else SourceKind.OUTLET


def _folded(spelling: str) -> str:
    return " ".join(spelling.split()).rstrip(".").casefold()
