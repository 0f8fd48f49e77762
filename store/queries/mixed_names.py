"""The names of actors, places and sources that mix scripts within a word."""

from typing import NamedTuple

from store.database.checksums import checked
from store.model.text import mixes_scripts
from store.reader import Reader


class MixedName(NamedTuple):
    """A name that may not be what it seems, with the table and the id of its record."""

    table: str
    id: str
    name: str


def mixed_names(connection: Reader) -> tuple[MixedName, ...]:
    """Every such name, by table and in the order of the records."""
    return tuple(
        MixedName(table, id, name)
        for table in ("actors", "places", "sources")
        for id, name in connection.execute(
            f"SELECT id, {checked(table, 'name')} FROM {table} ORDER BY n"
        )
        if mixes_scripts(name)
    )
