"""SQL indexes that are dropped while an import fills their tables."""

import re
import sqlite3

from store.database.schema import INDEXES

_CREATED = re.compile(r"CREATE (?:UNIQUE )?INDEX (\w+) ON (\w+)")


class DroppedIndexes:
    """The SQL indexes of the tables that an import fills, dropped while it runs.

    Creating them once at the end is faster than updating them row by row.
    """

    _OF = frozenset(
        (
            *("articles", "passages", "events", "claims", "event_flags"),
            *("evidence", "event_actors", "event_places", "event_moves"),
            *("event_sources", "event_tolls"),
        )
    )

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._gone: list[str] = []

    def drop(self) -> None:
        """Drop the indexes."""
        for statement in INDEXES.split(";"):
            found = _CREATED.search(statement)
            if found and found[2] in self._OF and statement not in self._gone:
                self._connection.execute(f"DROP INDEX {found[1]}")
                self._gone.append(statement)

    def restore(self) -> None:
        """Create them again. Raises `sqlite3.IntegrityError` where an id occurs twice."""
        while self._gone:
            self._connection.execute(self._gone[-1])
            self._gone.pop()
