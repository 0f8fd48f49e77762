"""What the ids in a value are called."""

import sqlite3
from collections.abc import Iterable

import msgspec


def names(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The name of each actor, place and source among these ids."""
    wanted = msgspec.json.encode(sorted(set(ids))).decode()
    found: dict[str, str] = {}
    for table in ("actors", "places", "sources"):
        found.update(
            connection.execute(
                f"SELECT id, name FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
                (wanted,),
            ).fetchall()
        )
    return found
