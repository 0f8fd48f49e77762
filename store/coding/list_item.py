"""An item of a list that counts people: "- 17 civilians" below "It documented 40 deaths:"."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from store.coding.offered_claim import OfferedClaim
from store.coding.read_sentence import offered_counts
from store.importers.headline_words import DEATHS, HURT, KILLED, KILLS
from store.model.values import Count
from store.model.vocabulary import Kind

_I = re.IGNORECASE
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪‣◦]|\(?\d{1,2}[.)])\s+(?=\S)")
_NUMBER_FIRST = re.compile(
    r"(?:at least|about|around|some|more than|over|nearly|almost|up to)?\s*"
    r"(?:\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens)\b)",
    _I,
)
_DEAD = re.compile(rf"\b(?:{KILLED}|{KILLS}|{DEATHS})\b", _I)
_HURT = re.compile(rf"\b{HURT}\b", _I)
_ITEMS = 30
"""The most lines of a list above an item in which the sentence that it belongs to is looked for."""


class ListItem(NamedTuple):
    """An item without its sign, and the sentence above the list, which ends in a colon."""

    words: str
    lead: str


def list_item(line: str, before: str) -> ListItem | None:
    """The item that a line is, given the text before it; None for any other line."""
    sign = _BULLET.match(line)
    if sign is None:
        return None
    above = [one.strip() for one in before.splitlines()[-_ITEMS:] if one.strip()]
    lead = next((one for one in reversed(above) if not _BULLET.match(one)), "")
    return ListItem(line[sign.end() :], lead) if lead.endswith(":") else None


def offered_by_item(item: ListItem) -> tuple[OfferedClaim, ...]:
    """The dead, or the hurt, that an item counts where the sentence above counts only these."""
    dead, hurt = _DEAD.search(item.lead), _HURT.search(item.lead)
    if bool(dead) == bool(hurt) or not _NUMBER_FIRST.match(item.words):
        return ()
    verb = "were killed" if dead else "were wounded"
    aside = "," if "," in item.words else ""
    found = offered_counts(f"{item.words.rstrip('.;, ')}{aside} {verb}.")
    kind = Kind.FATALITIES if dead else Kind.INJURIES
    whole = next((one.value for one in offered_counts(item.lead) if one.kind is kind), None)
    note = f"a part of {whole.printed}" if isinstance(whole, Count) and whole.printed else ""
    return tuple(
        one._replace(note=one.note or note, value=_printed(one.value, item.words))
        for one in found
        if one.kind is kind and isinstance(one.value, Count)
    )


def _printed(value: object, words: str) -> Count:
    """A count with its printed words, where they are those of the item."""
    assert isinstance(value, Count)
    return value if value.printed in words else replace(value, printed="")
