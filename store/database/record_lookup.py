"""Lookup of the records that the records of a change refer to."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count

from store.analysis.sourced_claim import KinshipIndex
from store.analysis.speakers import Speakers
from store.analysis.toll_figures import Verdicts
from store.database.read_records import (
    INDEXED,
    by_parts,
    last_number,
    numbered,
    numbered_by_id,
    read_kin,
    read_speakers,
    read_verdicts,
    record,
)
from store.model.change import Edit
from store.model.records import Actor, AnyRecord, Article, Event, Passage, Place
from store.model.references import references
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
        self._tables: dict[str, str] = {}
        self._named: dict[tuple[str, int], Actor | Place] = {}
        self._articles: dict[str, Article] = {}
        self._passages: dict[str, Passage] = {}
        self._events: dict[str, Event] = {}

    def table(self, id: str) -> str | None:
        """The table of the record with this id after the change, None where there is none."""
        if id in self._edits:
            return self._edits[id].table if self._edits[id].after is not None else None
        if id in self._tables:
            return self._tables[id]
        found = find_record(self._connection, id)
        return found[0] if found else None

    def expect(self, records: Iterable[AnyRecord]) -> None:
        """Find all that these records refer to, but what is edited, in a few queries."""
        wanted: dict[str, set[str]] = {}
        for one in records:
            for _, id, table in references(one):
                if id not in self._numbers:
                    wanted.setdefault(table, set()).add(id)
        for table, ids in wanted.items():
            for id, n in by_parts(
                self._connection, f"SELECT id, n FROM {table} WHERE id {{}}", ids
            ):
                self._numbers[id], self._tables[id] = n, table

    def expect_passages(self, ids: Iterable[str]) -> None:
        """Read these passages, whose table has been changed, in a few queries."""
        for _, found in numbered_by_id(self._connection, "passages", ids):
            assert isinstance(found, Passage)
            self._passages[found.id] = found
        self.expect(self._passages.values())

    def know(self, id: str, n: int) -> None:
        """Be told the number of a record that was read."""
        self._numbers[id] = n

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
        if (table, n) not in self._named:
            ((_, found),) = numbered(self._connection, table, "n = ?", n)
            assert isinstance(found, Actor | Place), (table, n)
            self._named[table, n] = found
        return self._named[table, n]


def new_numbers(connection: Reader, table: str, ids: Sequence[str]) -> dict[str, int]:
    """The numbers of records that are added to a table, by id: their former, or new ones."""
    former = f"SELECT id, n FROM withdrawn WHERE of = '{table}' AND id {{}}"
    numbers: dict[str, int] = dict(by_parts(connection, former, ids))
    fresh = [id for id in ids if id not in numbers]
    return numbers | dict(zip(fresh, count(last_number(connection, table) + 1), strict=False))
