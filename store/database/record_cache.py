"""What an import knows of the records around those that it adds: as many as it met last."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from store.analysis.sourced_claim import KinshipIndex
from store.analysis.speakers import Speakers, speakers_of
from store.database.read_records import numbered, read_kin, read_speakers, record, wholes_of
from store.database.record_lookup import find
from store.database.record_rows import names_of
from store.model.change import Edit
from store.model.records import Actor, Article, Event, Passage, Place, Source
from store.model.references import TABLE_OF

V = TypeVar("V")


NumberedPassage = tuple[int, Passage, int, Article]
"""A passage and its article, each after its number."""


class MissingRecord(LookupError):
    """A record that is not there."""


_MOST_NUMBERS = 200_000
_MOST_RECORDS = 5_000
BEGINS: Mapping[str, str] = {
    "datasets": "dst_",
    **{table: f"{begins}_" for begins, table in TABLE_OF.items()},
}
"""How the ids begin of the tables that an import fills: so they are in no other."""

_LONGEST = 4_000
"""Code points of a text with which an article is remembered."""


class BoundedCache(Generic[V]):
    """What was met last, by a key: as many as `most`, and up to as many again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Any, V] = {}
        self._old: dict[Any, V] = {}

    def get(self, key: object) -> V | None:
        """What is remembered under a key."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: object, value: V) -> None:
        """Remember something."""
        if len(self._young) >= self._most:
            self._young, self._old = {}, self._young
        self._young[key] = value

    def forget(self, key: object) -> None:
        """Remember it no more."""
        self._young.pop(key, None)
        self._old.pop(key, None)

    def clear(self) -> None:
        """Remember nothing."""
        self._young, self._old = {}, {}


class RecordCache(Mapping[str, frozenset[str]]):
    """The records around, as `ReferencedRecords` asks for them; all of what is new.

    As a mapping it says what each actor and place belongs to.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # of the tables whose ids begin so, and of no other
        self._numbers: dict[str, int] = {}
        self._articles: BoundedCache[tuple[int, Article]] = BoundedCache(_MOST_RECORDS)
        self._passages: BoundedCache[NumberedPassage] = BoundedCache(_MOST_RECORDS)
        self._names: BoundedCache[str] = BoundedCache(_MOST_NUMBERS)
        self._wholes: BoundedCache[frozenset[str]] = BoundedCache(_MOST_NUMBERS)
        self._speakers: Speakers = read_speakers(connection)
        self._kin = read_kin(connection, self._speakers)

    def put(self, table: str, records: Mapping[int, Any]) -> None:
        """New records of a table, by their numbers."""
        for n, one in records.items():
            self._numbers[one.id] = n
        if table in ("actors", "places"):
            for n, one in records.items():
                self._names.put((table, n), names_of(one))

    def put_article(self, n: int, one: Article) -> None:
        """A new article with its number."""
        self._numbers[one.id] = n
        if len(one.text or "") <= _LONGEST:
            self._articles.put(one.id, (n, one))

    def put_passages(self, fresh: Mapping[str, NumberedPassage]) -> None:
        """New passages; those of titles are remembered, as other events may rest on them."""
        for id, found in fresh.items():
            self._numbers[id] = found[0]
            if found[1].in_title:
                self._passages.put(id, found)

    def put_passage(self, n: int, one: Passage, article_n: int, article: Article) -> None:
        """A new passage with its number, and its article with that."""
        self._numbers[one.id] = n
        if len(article.text or "") <= _LONGEST:
            self._passages.put(one.id, (n, one, article_n, article))

    def forget(self, edits: Sequence[Edit]) -> None:
        """These records were edited."""
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

    def tidy(self) -> None:
        """Forget the numbers of most records, where they are very many."""
        if len(self._numbers) > _MOST_NUMBERS:
            self._numbers.clear()

    def _found(self, table: str, id: str) -> int | None:
        """The number of a record of a table, None where it has no such record."""
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
            found = find(self._connection, id)
            if found is None:
                raise MissingRecord(id)
            n = found[1]
        return n

    def table_of(self, id: str) -> str | None:
        """The table that has an id, None where none has it."""
        table = TABLE_OF.get(id[:3], "datasets")
        if self._found(table, id) is not None:
            return table
        found = find(self._connection, id)
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
        """The sources of which more than the id matters as an origin."""
        return self._speakers

    @property
    def kin(self) -> KinshipIndex:
        """What counts as one by the findings of persons."""
        return self._kin

    def add_speakers(self, sources: Iterable[Source]) -> None:
        """New sources."""
        self._speakers = {**self._speakers, **speakers_of(sources)}

    def withdrawn(self, edits: Iterable[Edit]) -> dict[tuple[str, str], int]:
        """Those of the records that were there once, by table and id, and their numbers."""
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

    # what belongs to what

    def all_wholes(self, within: str, n: int, parents: Mapping[int, Iterable[int]]) -> set[int]:
        """The numbers of everything that a new actor or place belongs to, itself among them.

        `parents` are those of the new ones; `within` is the table of all others.
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
