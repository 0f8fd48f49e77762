"""The keys that a case as text has in place of ids, and the records that they name."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from store.coding_text.toml_file import TomlFile
from store.errors import DamagedCase
from store.model.record import make_id
from store.model.records import RECORD_TYPES, AnyRecord

REGISTERS: Mapping[str, str] = {
    "datasets": "dst",
    "actors": "act",
    "places": "plc",
    "sources": "src",
    "events": "evt",
}
"""The tables that have a register, a file of their own, with the prefix of their ids."""

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "actors": {"part_of": "actors", "formerly": "actors"},
    "places": {"within": "places"},
    "sources": {"actor": "actors", "speaks_for": "actors"},
    "events": {"part_of": "events"},
    "articles": {
        "publisher": "sources",
        "sources": "sources",
        "dataset": "datasets",
        "version_of": "articles",
    },
}
"""The fields of a record that hold a key, or a list of them, with the table it is of."""

VALUE_KEYS: Mapping[str, tuple[str, str]] = {
    "at": ("place", "places"),
    "who": ("actor", "actors"),
    "holder": ("holder", "actors"),
}
"""The keys of a claim's value, with the field of the value and the table."""

_PREFIXES = {**REGISTERS, "articles": "art", "passages": "psg", "claims": "clm"}

SUBJECTS: Mapping[str, str] = {
    "event": "events",
    "actor": "actors",
    "place": "places",
    "source": "sources",
    "article": "articles",
    "passage": "passages",
    "claim": "claims",
}
"""The words for what a claim or a finding is about, with their tables."""

Place = Callable[[str, str], DamagedCase]
"""A function that makes an error about one place of a file, of words and a hint."""


class Keys:
    """The ids of all keys of a case as text, by table."""

    def __init__(self, name: str) -> None:
        """`name` is that of the case, from which ids follow."""
        self.case = name
        self._ids: dict[str, dict[str, str]] = {table: {} for table in _PREFIXES}
        self._taken: set[str] = set()

    def add(self, table: str, key: str, id: str, place: Place) -> str:
        """Note the id of a record and its key, which may be empty.

        Raises `DamagedCase` where the key or the id is there twice.
        """
        self.take(id, place, _PREFIXES[table])
        if key in self._ids[table]:
            raise place(f"the key {key!r} is there twice", "give each its own")
        if key:
            self._ids[table][key] = id
        return id

    def take(self, id: str, place: Place, prefix: str) -> str:
        """Note an id, which begins with a prefix; raises `DamagedCase` where it is there twice."""
        if not id.startswith(f"{prefix}_"):
            raise place(f"id: {id!r} does not begin with {prefix}_", "correct it, or take it out")
        if id in self._taken:
            raise place(f"the id {id} is there twice", "take the id out of the newer one")
        self._taken.add(id)
        return id

    def register_id(self, table: str, key: str) -> str:
        """The id of a key of a register that names none."""
        return make_id(REGISTERS[table], self.case, key)

    def article_id(self, stem: str) -> str:
        """The id of an article by the name of its file, where it names none."""
        return make_id("art", self.case, stem)

    def id(self, table: str, key: Any, place: Place) -> str:
        """The id of a key; raises `DamagedCase` where the table has no such key."""
        if not isinstance(key, str):
            raise place(f"{key!r} is no key", "put one in quotes")
        if key not in self._ids[table]:
            if table in REGISTERS:
                raise place(f"{table}.toml has no {key!r}", "correct the key, or add it there")
            if table == "articles":
                raise place(f"there is no report {key!r}", "name the file of one, without .toml")
            raise place(f"no {table[:-1]} has the key {key!r}", f'give it one: key = "{key}"')
        return self._ids[table][key]

    def resolve(self, table: str, fields: dict[str, Any], place: Place) -> dict[str, Any]:
        """Put ids in the place of the keys that the fields of a record hold."""
        found = dict(fields)
        for field, other in REFERENCES.get(table, {}).items():
            value = found.get(field)
            if isinstance(value, list):
                found[field] = [self.id(other, one, place) for one in value]
            elif value is not None:
                found[field] = self.id(other, value, place)
        return found


def record_of(table: str, fields: dict[str, Any], place: Place) -> AnyRecord:
    """Make a record of its fields; raises `DamagedCase` where one of them does not fit."""
    try:
        return msgspec.convert(fields, RECORD_TYPES[table])
    except (msgspec.ValidationError, ValueError, TypeError) as error:
        raise place(str(error), "correct the field that is named") from error


def table_place(file: TomlFile, name: str, number: int = 0, inner: int | None = None) -> Place:
    """A function that makes an error about a table of a file."""
    return lambda words, hint: file.error(words, hint, name, number, inner)
