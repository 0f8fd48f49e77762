"""A cache of records for a check that reads all tables in their order."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress

from store.database.read_records import decode_row
from store.database.record_cache import RecordCache
from store.model.records import Article, Passage

_NUMBER, _RECORD, _ARTICLE = "n, id, '', ''", "n, id, body, ''", "n, id, body, text"
_REFERENCES: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "passages": (("articles", "article", _ARTICLE),),
    "claims": (
        ("articles", "article", _NUMBER),
        ("passages", "passage", _RECORD),
        ("events", "event", _NUMBER),
    ),
}
"""The tables that the records of a table refer to most, by what column, and what of them is read.

Of the article and the event of a claim only the number is asked for.
"""


class ReadAhead(RecordCache):
    """A cache that reads many records at once before they are asked for.

    The columns of the records that refer to them only say what is likely to be
    asked for. Each is cached by its own id, as it would be found by it; one that
    is damaged is left out, so that asking for it raises what it raises. `damaged`
    holds the ids of articles that cannot be read; their passages are left out, too.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.damaged: set[str] = set()
        self._passages_ahead: dict[str, Passage] = {}

    def read(self, table: str, first: int, last: int) -> None:
        """Read what the records `first` to `last` of a table refer to."""
        self.tidy()
        self._passages_ahead = {}
        for of, column, columns in _REFERENCES.get(table, ()):
            for n, id, body, text in self._connection.execute(
                f"SELECT {columns} FROM {of}"
                f" WHERE n IN (SELECT {column} FROM {table} WHERE n BETWEEN ? AND ?)",
                (first, last),
            ):
                self.put_number(of, n, id)
                if body:
                    self._put(of, n, id, body, text)

    def _put(self, table: str, n: int, id: str, body: str, text: str) -> None:
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            one = decode_row(table, body, text)
            if one.id == id and isinstance(one, Article):
                self.put_article(n, one)
            elif one.id == id and isinstance(one, Passage) and one.article not in self.damaged:
                self._passages_ahead[id] = one

    def passage(self, id: str, /) -> Passage:
        """The passage with an id."""
        return self._passages_ahead.get(id) or super().passage(id)
