"""The records around those of a change."""

from collections.abc import Mapping
from functools import cached_property

from store.analysis.sourced_claim import KinshipIndex
from store.analysis.speakers import Speakers
from store.database.read_records import INDEXED, numbered, read_kin, read_speakers, record
from store.database.reader import Reader
from store.model.change import Edit
from store.model.records import Actor, Article, Event, Passage, Place

_FIND = " UNION ALL ".join(f"SELECT '{table}', n FROM {table} WHERE id = :id" for table in INDEXED)


def find(connection: Reader, id: str) -> tuple[str, int] | None:
    """The table and the number of the record with this id, None where there is none."""
    found: tuple[str, int] | None = connection.execute(_FIND, {"id": id}).fetchone()
    return found


class RecordLookup:
    """The records around those of a change, as they are when the change is made.

    Each is asked for when its table is as it will be.
    """

    def __init__(
        self, connection: Reader, edits: Mapping[str, Edit], numbers: dict[str, int]
    ) -> None:
        self._connection = connection
        self._edits = edits
        self._numbers = numbers
        self._articles: dict[str, Article] = {}
        self._passages: dict[str, Passage] = {}
        self._events: dict[str, Event] = {}

    def table(self, id: str) -> str | None:
        """The table that has the record with this id, None where none has it."""
        if id in self._edits:
            return self._edits[id].table if self._edits[id].after is not None else None
        found = find(self._connection, id)
        return found[0] if found else None

    def number(self, id: str, /) -> int:
        """The number of the record with an id."""
        if id not in self._numbers:
            found = find(self._connection, id)
            assert found is not None, id
            self._numbers[id] = found[1]
        return self._numbers[id]

    def article(self, id: str, /) -> Article:
        """The article with an id."""
        if id not in self._articles:
            found = record(self._connection, "articles", id)
            assert isinstance(found, Article), id
            self._articles[id] = found
        return self._articles[id]

    def passage(self, id: str, /) -> Passage:
        """The passage with an id."""
        if id not in self._passages:
            found = record(self._connection, "passages", id)
            assert isinstance(found, Passage), id
            self._passages[id] = found
        return self._passages[id]

    def event(self, id: str, /) -> Event:
        """The event with an id."""
        if id not in self._events:
            found = record(self._connection, "events", id)
            assert isinstance(found, Event), id
            self._events[id] = found
        return self._events[id]

    @cached_property
    def speakers(self) -> Speakers:
        """The sources of which more than the id matters as an origin."""
        return read_speakers(self._connection)

    @cached_property
    def kin(self) -> KinshipIndex:
        """What counts as one by the findings of persons."""
        return read_kin(self._connection)  # who speaks is asked only where anything was found

    def named(self, table: str, n: int, /) -> Actor | Place:
        """The actor or the place with a number."""
        ((_, found),) = numbered(self._connection, table, "n = ?", n)
        assert isinstance(found, Actor | Place), (table, n)
        return found
