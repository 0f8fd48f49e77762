"""Lookup of the records that the records of a change refer to."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from store.analysis.sourced_claim import KinshipIndex
from store.analysis.speakers import Speakers
from store.analysis.toll_figures import Verdicts
from store.database.read_records import (
    INDEXED,
    last_number,
    numbered,
    read_kin,
    read_speakers,
    read_verdicts,
    record,
)
from store.model.change import Edit
from store.model.records import Actor, Article, Event, Passage, Place
from store.reader import Reader

_FIND = " UNION ALL ".join(f"SELECT '{table}', n FROM {table} WHERE id = :id" for table in INDEXED)


def find_record(connection: Reader, id: str) -> tuple[str, int] | None:
    """The table and number of the record with this id, None where there is none."""
    found: tuple[str, int] | None = connection.execute(_FIND, {"id": id}).fetchone()
    return found


class RecordLookup:
    """The records that a change refers to, as they are after the change.

    A record may be looked up once its table has been changed.
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
        """The table of the record with this id after the change, None where there is none."""
        if id in self._edits:
            return self._edits[id].table if self._edits[id].after is not None else None
        found = find_record(self._connection, id)
        return found[0] if found else None

    def number(self, id: str, /) -> int:
        """The number of the record with an id."""
        if id not in self._numbers:
            found = find_record(self._connection, id)
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
        """The sources that are or speak for an actor, or are of a special kind."""
        return read_speakers(self._connection)

    @cached_property
    def kin(self) -> KinshipIndex:
        """The kinship rulings of persons as an index."""
        return read_kin(self._connection)  # it reads the speakers only where there are rulings

    @cached_property
    def verdicts(self) -> Verdicts:
        """The claims that persons have confirmed or set aside."""
        return read_verdicts(self._connection)

    def named(self, table: str, n: int, /) -> Actor | Place:
        """The actor or the place with a number."""
        ((_, found),) = numbered(self._connection, table, "n = ?", n)
        assert isinstance(found, Actor | Place), (table, n)
        return found


def numbers_of(connection: Reader, edits: Iterable[Edit]) -> dict[str, int]:
    """The number of each edited record by id: its present, its former, or a new number."""
    numbers: dict[str, int] = {}
    last: dict[str, int] = {}
    for table, id, before, _ in edits:
        asked, values = (
            ("SELECT n FROM withdrawn WHERE of = ? AND id = ?", (table, id))
            if before is None
            else (f"SELECT n FROM {table} WHERE id = ?", (id,))
        )
        found = connection.execute(asked, values).fetchone()
        if found is None:
            last[table] = last.get(table, 0) or last_number(connection, table)
            last[table] += 1
        numbers[id] = found[0] if found else last[table]
    return numbers
