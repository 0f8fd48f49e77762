"""A change of an index that holds a case: what it touches is made anew, and nothing else."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from store.engines.reading import INDEXED, numbered, record
from store.engines.rows import (
    EVENT_ROWS,
    NAMED,
    WITHIN,
    check_references,
    insert_derived,
    insert_records,
    insert_within,
    name_row,
    quotes,
)
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.records import Actor, AnyRecord, Article, Claim, Event, Passage, Place
from store.model.references import references

_LOOK = "look at it as it is now, and decide again"

_FIND = " UNION ALL ".join(f"SELECT '{table}', n FROM {table} WHERE id = :id" for table in INDEXED)

_EVENTS_OF: Mapping[str, str] = {
    "actors": "SELECT event FROM event_actors WHERE actor = ?",
    "places": "SELECT event FROM event_places WHERE place = ?",
    "sources": "SELECT event FROM event_sources WHERE source = ?",
    "articles": "SELECT claims.event FROM passages JOIN claims ON claims.passage = passages.n"
    " WHERE passages.article = ?",
    "passages": "SELECT event FROM claims WHERE passage = ?",
    "events": "SELECT n FROM events WHERE n = ?",
    "claims": "SELECT event FROM claims WHERE n = ?",
}
"""The events for which something follows from a record, by the table and number of the record."""

_REFERRING: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "actors": (("actors", None), ("sources", None), ("claims", None)),
    "places": (("places", None), ("claims", None)),
    "sources": (("articles", "publisher"), ("claims", None)),
    "articles": (("passages", "article"),),
    "passages": (("claims", "passage"),),
    "events": (("events", "part_of"), ("claims", "event")),
    "claims": (),
}
"""Where to look for what refers to a record of a table: another table, and the column there.

Without a column all its records are read: 0.2 s for 44,000 claims, when an
actor, a place or a source is withdrawn.
"""


def amend(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Add, alter and withdraw records, and make anew what follows from them.

    Raises `DamagedCase` and `RefusedChange` as `store.engines.index.apply` does.
    """
    amendment = _Amendment(connection, edits)
    touched = amendment.events()
    amendment.take_out()
    amendment.put_in()
    amendment.check_what_stays()
    amendment.derive(touched | amendment.events())


class _Amendment:
    """One change under way: its edits by id, and the number of each record that they are about."""

    def __init__(self, connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
        """Raises `RefusedChange` where an edit does not fit what the index holds."""
        self.connection = connection
        self.edits: dict[str, Edit] = {}
        for edit in edits:
            if edit.table == "case":
                continue
            if edit.id in self.edits:
                raise _refused(edit, "the change is about it twice", "make it one edit")
            _check(connection, edit)
            self.edits[edit.id] = edit
        self.around = _Around(connection, self.edits, _numbers(connection, self.edits.values()))

    def events(self) -> set[int]:
        """The numbers of the events for which something follows from the edited records."""
        return {
            event
            for edit in self.edits.values()
            for (event,) in self.connection.execute(_EVENTS_OF[edit.table], (self._n(edit),))
            if event is not None
        }

    def take_out(self) -> None:
        """Delete the rows of every record as it was."""
        for edit in self.edits.values():
            if edit.before is None:
                continue
            n = self._n(edit)
            if edit.table == "articles":
                # the words stand in `articles` only, and FTS5 must be told which go
                self.connection.execute(
                    "INSERT INTO article_words (article_words, rowid, title, text)"
                    " SELECT 'delete', n, title, text FROM articles WHERE n = ?",
                    (n,),
                )
            elif edit.table in NAMED:
                self._delete("name_words", "rowid", name_row(edit.table, n))
            self._delete(edit.table, "n", n)
            if edit.after is None:
                self.connection.execute(
                    "INSERT INTO withdrawn (of, n, id) VALUES (?, ?, ?)", (edit.table, n, edit.id)
                )

    def put_in(self) -> None:
        """Insert the rows of every record as it is.

        Raises `DamagedCase` where it refers to nothing or quotes what is not there.
        """
        for edit in self.edits.values():
            if edit.after is not None:
                check_references(edit.table, edit.after, self.around.table)
        for table in INDEXED:
            edited = self._edited(table)
            after = {self._n(edit): edit.after for edit in edited if edit.after is not None}
            insert_records(self.connection, table, after, self.around)
            if table == "articles":
                self.connection.executemany(
                    "INSERT INTO article_words (rowid, title, text)"
                    " SELECT n, title, text FROM articles WHERE n = ?",
                    ((n,) for n in after),
                )
            self.connection.executemany(
                "DELETE FROM withdrawn WHERE of = ? AND n = ?", ((table, n) for n in after)
            )
        self.connection.executemany(
            "UPDATE claims SET article = (SELECT article FROM passages WHERE n = claims.passage)"
            " WHERE passage = ?",
            ((self._n(edit),) for edit in self._edited("passages") if edit.after is not None),
        )

    def check_what_stays(self) -> None:
        """Raise `RefusedChange` where a record that is not edited loses what it needs."""
        gone = {edit.id: edit for edit in self.edits.values() if edit.after is None}
        for table, found in self._referring(gone.values()):
            for field, target, _ in references(found):
                if target in gone:
                    raise _refused(
                        gone[target],
                        f"{table} {found.id} refers to it ({field})",
                        "withdraw that, too, or let it refer to another",
                    )
        for edit in self._edited("articles"):
            if edit.before is not None:
                self._check_quotes(edit)

    def _check_quotes(self, edit: Edit) -> None:
        for _, passage in numbered(self.connection, "passages", "article = ?", self._n(edit)):
            assert isinstance(passage, Passage)
            if not quotes(passage, self.around.article(edit.id)):
                raise _refused(
                    edit,
                    f"passages {passage.id} quotes words that it would not have any more",
                    "alter or withdraw that, too",
                )

    def derive(self, events: set[int]) -> None:
        """Make anew what follows from the edited records: for these events, and for no others."""
        for table, within in WITHIN.items():
            if self._edited(table):
                self.connection.execute(f"DELETE FROM {within}")
                insert_within(
                    self.connection, table, dict(numbered(self.connection, table)), self.around
                )
        for n in events:
            for table in EVENT_ROWS:
                self._delete(table, "event", n)
            self._delete("event_words", "rowid", n)
        insert_derived(self.connection, self._told_of(events), self.around)

    def _told_of(self, events: set[int]) -> Iterator[tuple[int, Event, list[Claim]]]:
        """Those of the events that are there, and all claims about each, in their order."""
        for n, event in numbered(self.connection, "events", *_any_of("n", events)):
            about = numbered(self.connection, "claims", "event = ?", n)
            if isinstance(event, Event):
                yield n, event, [claim for _, claim in about if isinstance(claim, Claim)]

    def _referring(self, gone: Iterable[Edit]) -> Iterator[tuple[str, AnyRecord]]:
        """All records that refer to one of those that are gone, and others, with their tables."""
        numbers: dict[tuple[str, str | None], set[int]] = {}
        for edit in gone:
            for place in _REFERRING[edit.table]:
                numbers.setdefault(place, set()).add(self._n(edit))
        for (table, column), of in numbers.items():
            condition = _any_of(column, of) if column else ()
            for _, found in numbered(self.connection, table, *condition):
                yield table, found

    def _edited(self, table: str) -> list[Edit]:
        return [edit for edit in self.edits.values() if edit.table == table]

    def _n(self, edit: Edit) -> int:
        return self.around.number(edit.id)

    def _delete(self, table: str, column: str, n: int) -> None:
        self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (n,))


class _Around:
    """The records around those of a change, as they are when the change is made.

    Each is asked for when its table is as it will be.
    """

    def __init__(
        self, connection: sqlite3.Connection, edits: Mapping[str, Edit], numbers: dict[str, int]
    ) -> None:
        self._connection = connection
        self._edits = edits
        self._numbers = numbers
        self._articles: dict[str, Article] = {}
        self._passages: dict[str, Passage] = {}

    def table(self, id: str) -> str | None:
        """The table that has the record with this id, None where none has it."""
        if id in self._edits:
            return self._edits[id].table if self._edits[id].after is not None else None
        found = _find(self._connection, id)
        return found[0] if found else None

    def number(self, id: str, /) -> int:
        if id not in self._numbers:
            found = _find(self._connection, id)
            assert found is not None, id
            self._numbers[id] = found[1]
        return self._numbers[id]

    def article(self, id: str, /) -> Article:
        if id not in self._articles:
            found = record(self._connection, "articles", id)
            assert isinstance(found, Article), id
            self._articles[id] = found
        return self._articles[id]

    def passage(self, id: str, /) -> Passage:
        if id not in self._passages:
            found = record(self._connection, "passages", id)
            assert isinstance(found, Passage), id
            self._passages[id] = found
        return self._passages[id]

    def named(self, table: str, n: int, /) -> Actor | Place:
        ((_, found),) = numbered(self._connection, table, "n = ?", n)
        assert isinstance(found, Actor | Place), (table, n)
        return found


def _check(connection: sqlite3.Connection, edit: Edit) -> None:
    """Raise `RefusedChange` where the edit does not fit what the index holds."""
    if edit.after is not None and edit.after.id != edit.id:
        raise _refused(edit, f"it cannot become {edit.after.id}", "withdraw it, and add that")
    if edit.before is None:
        if found := _find(connection, edit.id):
            raise _refused(edit, f"{found[0]} has this id already", "give it an id of its own")
        return
    held = record(connection, edit.table, edit.id)
    if held is None:
        raise _refused(edit, "there is no such record", _LOOK)
    if held != edit.before:
        raise _refused(edit, "it was changed meanwhile", _LOOK)


def _numbers(connection: sqlite3.Connection, edits: Iterable[Edit]) -> dict[str, int]:
    """The number of each edited record by id: its own, the one that it had once, or a new one."""
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
            last[table] = last.get(table, 0) or _last(connection, table)
            last[table] += 1
        numbers[id] = found[0] if found else last[table]
    return numbers


def _last(connection: sqlite3.Connection, table: str) -> int:
    """The highest number that a record of the table has or had."""
    (last,) = connection.execute(
        f"SELECT max(coalesce((SELECT max(n) FROM {table}), 0),"
        " coalesce((SELECT max(n) FROM withdrawn WHERE of = ?), 0))",
        (table,),
    ).fetchone()
    return int(last)


def _find(connection: sqlite3.Connection, id: str) -> tuple[str, int] | None:
    """The table and the number of the record with this id, None where there is none."""
    found: tuple[str, int] | None = connection.execute(_FIND, {"id": id}).fetchone()
    return found


def _any_of(column: str, numbers: Iterable[int]) -> tuple[str, str]:
    """The condition that the column holds one of the numbers, with its parameter."""
    return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(sorted(numbers))


def _refused(edit: Edit, why: str, hint: str) -> RefusedChange:
    return RefusedChange(f"{edit.table} {edit.id}: {why}", hint)
