"""The keys that the records of a case get when it is written as text."""

import unicodedata
from collections.abc import Iterable, Mapping

from store.coding_text.keys import REGISTERS
from store.model.judgements import JUDGEMENTS
from store.model.records import Actor, AnyRecord, DataSet, Event, Place, Source
from store.model.text import HOSTILE, IN_PLACE

_LONGEST = 48
"""The limit of a key in code points, before the number that tells it from another."""


_UNSEEN = HOSTILE | IN_PLACE


class RecordKeys:
    """The key of every record that another names, by its id."""

    def __init__(self, records: Mapping[str, list[AnyRecord]]) -> None:
        """`records` are those of the case, by table."""
        self._keys: dict[str, str] = {}
        for table in REGISTERS:
            self._name(table, records[table])
        width = max(3, len(str(len(records["articles"]) - 1)))
        for number, article in enumerate(records["articles"]):
            self._keys[article.id] = f"{number:0{width}}"
        named = {
            id
            for table in JUDGEMENTS
            for one in records[table]
            for id in (getattr(one, "about", ""), getattr(one, "other", ""))
        }
        for table in ("passages", "claims"):
            wanted = [one for one in records[table] if one.id in named]
            for number, one in enumerate(wanted, 1):
                self._keys[one.id] = f"{table[0]}{number}"

    def _name(self, table: str, records: Iterable[AnyRecord]) -> None:
        taken: set[str] = set()
        for one in records:
            words = one.title if isinstance(one, Event) else _name_of(one)
            first = key_of_words(words) or table[:-1]
            key, number = first, 1
            while key in taken:
                number += 1
                key = f"{first}-{number}"
            taken.add(key)
            self._keys[one.id] = key

    def __getitem__(self, id: str) -> str:
        return self._keys[id]

    def of(self, ids: Iterable[str]) -> list[str]:
        """The keys of several records."""
        return [self._keys[id] for id in ids]

    def get(self, id: str) -> str:
        """The key of a passage or a claim, empty for one that nothing names."""
        return self._keys.get(id, "")


def _name_of(one: AnyRecord) -> str:
    return one.name if isinstance(one, DataSet | Actor | Place | Source) else ""


def key_of_words(words: str) -> str:
    """A key of the letters and digits of a name: `hayat-tahrir-al-sham`."""
    text = unicodedata.normalize("NFC", words).lower()
    signs = "".join(
        sign if unicodedata.category(sign)[0] in "LMN" and ord(sign) not in _UNSEEN else " "
        for sign in text
    )
    key = ""
    for word in signs.split():
        longer = f"{key}-{word}" if key else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        key = longer
    return key
