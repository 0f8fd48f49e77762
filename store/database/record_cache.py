"""A cache of the records that an import refers to: the most recently used ones."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from store.analysis.sourced_claim import KinshipIndex
from store.analysis.speakers import Speakers, speakers_of
from store.analysis.toll_figures import Verdicts
from store.database.read_records import (
    numbered,
    read_kin,
    read_speakers,
    read_verdicts,
    record,
    wholes_of,
)
from store.database.record_lookup import find_record
from store.database.record_rows import names_of
from store.model.change import Edit
from store.model.records import Actor, Article, Event, Passage, Place, Source
from store.model.references import TABLE_OF

V = TypeVar("V")


NumberedPassage = tuple[int, Passage, int, Article]
"""A passage and its article, each after its number."""


class MissingRecord(LookupError):
    """A record that does not exist."""


_MOST_NUMBERS = 200_000
_MOST_RECORDS = 2_500
BEGINS: Mapping[str, str] = {
    "datasets": "dst_",
    **{table: f"{begins}_" for begins, table in TABLE_OF.items()},
}
"""The prefix of ids by table, for the tables that an import fills."""

_LONGEST = 4_000
"""The code points of the longest text with which an article is cached."""


class BoundedCache(Generic[V]):
    """A cache of the most recently used values by key: `most` of them, or up to twice as many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Any, V] = {}
        self._old: dict[Any, V] = {}

    def get(self, key: object) -> V | None:
        """The cached value of a key, None where there is none."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: object, value: V) -> None:
        """Cache a value."""
        if len(self._young) >= self._most:
            self._young, self._old = {}, self._young
        self._young[key] = value

    def forget(self, key: object) -> None:
        """Remove a key."""
        self._young.pop(key, None)
        self._old.pop(key, None)

    def clear(self) -> None:
        """Remove everything."""
        self._young, self._old = {}, {}


class RecordCache(Mapping[str, frozenset[str]]):
    """A cache with the interface of `ReferencedRecords`; it knows all numbers of new records.

    As a mapping it gives the ids of everything that each actor and place belongs to.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # numbers of records whose id has the prefix of their table
        self._numbers: dict[str, int] = {}
        self._articles: BoundedCache[tuple[int, Article]] = BoundedCache(_MOST_RECORDS)
        self._passages: BoundedCache[NumberedPassage] = BoundedCache(_MOST_RECORDS)
        self._names: BoundedCache[str] = BoundedCache(_MOST_NUMBERS)
        self._wholes: BoundedCache[frozenset[str]] = BoundedCache(_MOST_NUMBERS)
        self._speakers: Speakers = read_speakers(connection)
        self._kin = read_kin(connection, self._speakers)
        self.verdicts: Verdicts = read_verdicts(connection)

    def put(self, table: str, records: Mapping[int, Any]) -> None:
        """Add new records of a table, by their numbers."""
        for n, one in records.items():
            self._numbers[one.id] = n
        if table in ("actors", "places"):
            for n, one in records.items():
                self._names.put((table, n), names_of(one))

    def put_article(self, n: int, one: Article) -> None:
        """Add a new article with its number."""
        self._numbers[one.id] = n
        if len(one.text or "") <= _LONGEST:
            self._articles.put(one.id, (n, one))

    def put_passages(self, fresh: Mapping[str, NumberedPassage]) -> None:
        """Add those of new passages that are titles, as other events may quote them."""
        for id, found in fresh.items():
            if found[1].in_title:
                self._numbers[id] = found[0]
                self._passages.put(id, found)

    def put_passage(self, n: int, one: Passage, article_n: int, article: Article) -> None:
        """Add a passage and its article with their numbers."""
        self._numbers[one.id] = n
        if len(article.text or "") <= _LONGEST:
            self._passages.put(one.id, (n, one, article_n, article))

    def forget(self, edits: Sequence[Edit]) -> None:
        """Remove everything that edits of these records may have changed."""
        for edit in edits:
            if edit.table == "articles" and edit.before is not None:
                self._articles.clear()
                self._passages.clear()
            self._passages.forget(edit.id)
            if edit.after is None:
                self._numbers.pop(edit.id, None)
            if edit.table in ("actors", "places"):
                self._names.clear()
                self._wholes.clear()
            elif edit.table == "sources":
                self._speakers = read_speakers(self._connection)
        if any(edit.table in ("articles", "kinships", "sources") for edit in edits):
            self._kin = read_kin(self._connection, self._speakers)
        if any(edit.table in ("grades", "rulings") for edit in edits):
            self.verdicts = read_verdicts(self._connection)

    def tidy(self) -> None:
        """Remove all numbers if they are very many."""
        if len(self._numbers) > _MOST_NUMBERS:
            self._numbers.clear()

    def put_number(self, table: str, n: int, id: str) -> None:
        """Add the number of a record, if its id has the prefix of its table."""
        if BEGINS[table] == id[:4]:
            self._numbers[id] = n

    def _found(self, table: str, id: str) -> int | None:
        """The number of a record of a table, None where there is no such record."""
        begins = BEGINS[table] == id[:4]
        n = self._numbers.get(id) if begins else None
        if n is None:
            row = self._connection.execute(f"SELECT n FROM {table} WHERE id = ?", (id,)).fetchone()
            if row is None:
                return None
            n = int(row[0])
            if begins:
                self._numbers[id] = n
        return n

    def number_in(self, table: str, id: str) -> int:
        """The number of a record of a table. Raises `MissingRecord`."""
        n = self._found(table, id)
        if n is None:
            raise MissingRecord(id)
        return n

    def number(self, id: str, /) -> int:
        """The number of the record with an id. Raises `MissingRecord`."""
        n = self._numbers.get(id)
        if n is not None:
            return n
        n = self._found(TABLE_OF.get(id[:3], "datasets"), id)
        if n is None:
            found = find_record(self._connection, id)
            if found is None:
                raise MissingRecord(id)
            n = found[1]
        return n

    def table_of(self, id: str) -> str | None:
        """The table of the record with an id, None where there is none."""
        table = TABLE_OF.get(id[:3], "datasets")
        if id in self._numbers or self._found(table, id) is not None:
            return table
        found = find_record(self._connection, id)
        return found[0] if found else None

    def numbered_article(self, id: str) -> tuple[int, Article]:
        """An article with its number. Raises `MissingRecord`."""
        found = self._articles.get(id)
        if found is None:
            one = record(self._connection, "articles", id)
            if not isinstance(one, Article):
                raise MissingRecord(id)
            self.put_article(self.number_in("articles", id), one)
            found = self.number_in("articles", id), one
        return found

    def numbered_passage(self, id: str) -> NumberedPassage:
        """A passage and its article, each after its number. Raises `MissingRecord`."""
        found = self._passages.get(id)
        if found is None:
            one = record(self._connection, "passages", id)
            if not isinstance(one, Passage):
                raise MissingRecord(id)
            article_n, article = self.numbered_article(one.article)
            n = self.number_in("passages", id)
            self.put_passage(n, one, article_n, article)
            found = n, one, article_n, article
        return found

    def article(self, id: str, /) -> Article:
        """The article with an id."""
        return self.numbered_article(id)[1]

    def passage(self, id: str, /) -> Passage:
        """The passage with an id."""
        return self.numbered_passage(id)[1]

    def event(self, id: str, /) -> Event:
        """The event with an id."""
        found = record(self._connection, "events", id)
        assert isinstance(found, Event), id
        return found

    def named(self, table: str, n: int, /) -> Actor | Place:
        """The actor or the place with a number."""
        ((_, found),) = numbered(self._connection, table, "n = ?", n)
        assert isinstance(found, Actor | Place), (table, n)
        return found

    def names(self, table: str, n: int) -> str:
        """All names of the actor or the place with a number."""
        found = self._names.get((table, n))
        if found is None:
            found = names_of(self.named(table, n))
            self._names.put((table, n), found)
        return found

    @property
    def speakers(self) -> Speakers:
        """The sources that are or speak for an actor, or are of a special kind."""
        return self._speakers

    @property
    def kin(self) -> KinshipIndex:
        """The kinship rulings of persons as an index."""
        return self._kin

    def add_speakers(self, sources: Iterable[Source]) -> None:
        """Add new sources."""
        self._speakers = {**self._speakers, **speakers_of(sources)}

    def withdrawn(self, edits: Iterable[Edit]) -> dict[tuple[str, str], int]:
        """The numbers of those records that were withdrawn before, by table and id."""
        (some,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM withdrawn)").fetchone()
        if not some:
            return {}
        return {
            (table, id): n
            for table, id, n in self._connection.execute(
                "SELECT of, id, n FROM withdrawn WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([edit.id for edit in edits]),),
            )
        }

    # membership of actors and places

    def all_wholes(self, within: str, n: int, parents: Mapping[int, Iterable[int]]) -> set[int]:
        """The numbers of everything that a new actor or place belongs to, including itself.

        `parents` are the direct ones of the new records; `within` is the table
        with the closure of all others.
        """
        seen = {n}
        waiting = [n]
        while waiting:
            one = waiting.pop()
            for parent in parents.get(one, ()):
                if parent in seen:
                    continue
                seen.add(parent)
                if parent in parents:
                    waiting.append(parent)
                else:
                    seen.update(
                        whole
                        for (whole,) in self._connection.execute(
                            f"SELECT whole FROM {within} WHERE member = ?", (parent,)
                        )
                    )
        return seen

    def __getitem__(self, id: str) -> frozenset[str]:
        found = self._wholes.get(id)
        if found is None:
            found = wholes_of(self._connection, [id]).get(id, frozenset())
            self._wholes.put(id, found)
        return found

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("there may be many")

    def __len__(self) -> int:
        raise NotImplementedError("there may be many")
