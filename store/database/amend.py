"""Incremental update of an index: only the rows that a change affects are derived again."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from store.analysis.kinship import unlike
from store.database.checksums import update_checksums
from store.database.dependence import Dependence, dependent_on_kin
from store.database.derive import derive
from store.database.log_entry import RELOAD_HINT
from store.database.read_records import (
    IN_JSON_LIST,
    INDEXED,
    IS_LATER_VERSION,
    by_parts,
    numbered,
    numbered_by_id,
    read_kin,
)
from store.database.record_lookup import RecordLookup, new_numbers
from store.database.record_rows import (
    NAMED,
    check_references,
    insert_records,
    name_rowid,
    quotes,
    update_events,
)
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.judgements import JUDGEMENTS
from store.model.records import AnyRecord, Event, Passage
from store.model.references import references

_EARLIER = "version_of"
"""The field of an article with the id of the version before, which has no column."""

_REFERRING: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "datasets": (("articles", "dataset"), ("events", "dataset")),
    "actors": (("actors", None), ("sources", None), ("claims", None)),
    "places": (("places", None), ("claims", None)),
    "sources": (("articles", None), ("claims", None)),
    "articles": (("passages", "article"), ("articles", _EARLIER)),
    "passages": (("claims", "passage"),),
    "events": (("events", "part_of"), ("claims", "event")),
    "claims": (),
}
_JUDGEMENT_TABLES = tuple((table, None) for table in JUDGEMENTS)
"""The tables and columns that can refer to a record, by the table of the record.

Where the column is None all records of the table are searched for an id of those
that are withdrawn, or if these are many, read; of articles by `_EARLIER` the later versions.
"""


_MOST_SOUGHT = 20
"""The most withdrawn records that are searched for in the records of a table."""


def amend(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Add, alter and withdraw records, and derive the affected rows again.

    Raises `DamagedCase` and `RefusedChange` as `store.database.apply.apply` does.
    """
    amendment = _Amendment(connection, edits)
    dependence = Dependence(connection, amendment.edits.values(), amendment.numbers)
    before = read_kin(connection)
    found = dependence.now(before)
    amendment.delete_old()
    amendment.insert_new()
    amendment.check_remaining()
    found.add(dependence.now(amendment.lookup.kin))
    if keys := unlike(before, amendment.lookup.kin):
        events, subjects = dependent_on_kin(connection, keys)
        found.rows.update(events)
        found.subjects.update(subjects)
    found.settle(connection)
    derive(connection, found, amendment.lookup, amendment.edits.values())


class _Amendment:
    """A change while it is applied: its edits by id, and the number of each edited record."""

    def __init__(self, connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
        """Check the edits. Raises `RefusedChange` where one does not fit the index."""
        self.connection = connection
        self.edits: dict[str, Edit] = {}
        for edit in edits:
            if edit.table == "case":
                continue
            if edit.id in self.edits:
                raise _refused(edit, "the change edits it twice", "combine them into one edit")
            self.edits[edit.id] = edit
        self.numbers = _numbers(connection, self.edits)
        self.lookup = RecordLookup(connection, self.edits, self.numbers)

    def delete_old(self) -> None:
        """Delete the row of every record as it was before, but an event's that is altered."""
        for table in INDEXED:
            edits = [edit for edit in self._edited(table) if edit.before is not None]
            gone = [edit for edit in edits if edit.after is None]
            deleted = [(self._n(edit),) for edit in (gone if table == "events" else edits)]
            if table == "articles":
                # an external-content FTS5 table needs the deleted text
                self.connection.executemany(
                    "INSERT INTO article_words (article_words, rowid, title, text)"
                    " SELECT 'delete', n, title, text FROM articles WHERE n = ?",
                    deleted,
                )
            elif table in NAMED:
                self.connection.executemany(
                    "DELETE FROM name_words WHERE rowid = ?",
                    [(name_rowid(table, n),) for (n,) in deleted],
                )
            elif table == "events":
                self.connection.executemany("DELETE FROM event_flags WHERE event = ?", deleted)
            self.connection.executemany(f"DELETE FROM {table} WHERE n = ?", deleted)
            self.connection.executemany(
                "INSERT INTO withdrawn (of, n, id) VALUES (?, ?, ?)",
                [(table, self._n(edit), edit.id) for edit in gone],
            )

    def insert_new(self) -> None:
        """Insert the row of every record as it is now.

        Raises `DamagedCase` where a record refers to a missing one or misquotes its article.
        """
        after = [edit.after for edit in self.edits.values() if edit.after is not None]
        self.lookup.expect(after)
        for edit in self.edits.values():
            if edit.after is not None:
                check_references(edit.table, edit.after, self.lookup.table)
        for table in INDEXED:
            self._insert(table, [edit for edit in self._edited(table) if edit.after is not None])
        moved = [self._n(edit) for edit in self._edited("passages") if edit.after is not None]
        quoted = _any_of("passage", moved)
        self.connection.execute(
            "UPDATE claims SET article = (SELECT article FROM passages WHERE n = claims.passage)"
            f" WHERE {quoted[0]}",
            quoted[1:],
        )
        update_checksums(self.connection, "claims", *quoted)

    def _insert(self, table: str, edits: list[Edit]) -> None:
        """Insert the records of one table as they are now; those that they refer to are there."""
        after = {self._n(edit): edit.after for edit in edits}
        if table == "claims":
            self.lookup.expect_passages({getattr(one, "passage", "") for one in after.values()})
        altered: dict[int, Event] = {}
        if table == "events":
            for edit in edits:
                if edit.before is not None and isinstance(edit.after, Event):
                    altered[self._n(edit)] = edit.after
            update_events(self.connection, altered, self.lookup)
        new = {n: one for n, one in after.items() if n not in altered}
        insert_records(self.connection, table, new, self.lookup)
        if table == "events":
            update_checksums(self.connection, "events", *_any_of("n", after))
        if table == "articles":
            self.connection.executemany(
                "INSERT INTO article_words (rowid, title, text)"
                " SELECT n, title, text FROM articles WHERE n = ?",
                ((n,) for n in after),
            )
        self.connection.executemany(
            "DELETE FROM withdrawn WHERE of = ? AND n = ?", ((table, n) for n in after)
        )

    def check_remaining(self) -> None:
        """Raise `RefusedChange` where an unedited record would lose its reference or misquote."""
        gone = {edit.id: edit for edit in self.edits.values() if edit.after is None}
        for table, found in self._referring(gone.values()):
            for field, target, _ in references(found):
                if target in gone:
                    raise _refused(
                        gone[target],
                        f"{table} {found.id} refers to it ({field})",
                        "withdraw that too, or make it refer to another record",
                    )
        for edit in self._edited("articles"):
            if edit.before is not None:
                self._check_quotes(edit)

    def _check_quotes(self, edit: Edit) -> None:
        for _, passage in numbered(self.connection, "passages", "article = ?", self._n(edit)):
            assert isinstance(passage, Passage)
            if not quotes(passage, self.lookup.article(edit.id)):
                raise _refused(
                    edit,
                    f"passages {passage.id} quotes words that it would no longer contain",
                    "alter or withdraw that passage too",
                )

    def _referring(self, gone: Iterable[Edit]) -> Iterator[tuple[str, AnyRecord]]:
        """All records that may refer to a withdrawn one, with their tables."""
        sought: dict[tuple[str, str | None], list[Edit]] = {}
        for edit in gone:
            for place in (*_REFERRING.get(edit.table, ()), *_JUDGEMENT_TABLES):
                sought.setdefault(place, []).append(edit)
        for (table, column), edits in sought.items():
            condition: tuple[str, ...] = ()
            if column == _EARLIER:
                condition = (IS_LATER_VERSION,)
            elif column:
                condition = _any_of(column, map(self._n, edits))
            elif len(edits) <= _MOST_SOUGHT:
                ids = [msgspec.json.encode(edit.id).decode() for edit in edits]
                condition = " OR ".join(["instr(body, ?)"] * len(ids)), *ids
            for _, found in numbered(self.connection, table, *condition):
                yield table, found

    def _edited(self, table: str) -> list[Edit]:
        return [edit for edit in self.edits.values() if edit.table == table]

    def _n(self, edit: Edit) -> int:
        return self.numbers[edit.id]


def _numbers(connection: sqlite3.Connection, edits: Mapping[str, Edit]) -> dict[str, int]:
    """The number of each edited record by id: its present, its former, or a new number.

    Raises `RefusedChange` where an edit does not fit the records of the index.
    """
    new: dict[str, list[str]] = {}
    altered: dict[str, list[str]] = {}
    for edit in edits.values():
        if edit.after is not None and edit.after.id != edit.id:
            raise _refused(
                edit, f"its id cannot become {edit.after.id}", "withdraw it, and add another"
            )
        (new if edit.before is None else altered).setdefault(edit.table, []).append(edit.id)
    for table in INDEXED if new else ():
        asked = f"SELECT id FROM {table} WHERE id {{}}"
        for (id,) in by_parts(connection, asked, chain.from_iterable(new.values())):
            raise _refused(edits[id], f"{table} already has this id", "give it an id of its own")
    numbers: dict[str, int] = {}
    for table, ids in altered.items():
        for n, held in numbered_by_id(connection, table, ids):
            if held != edits[held.id].before:
                raise _refused(edits[held.id], "it was changed in the meantime", RELOAD_HINT)
            numbers[held.id] = n
        for id in ids:
            if id not in numbers:
                raise _refused(edits[id], "there is no such record", RELOAD_HINT)
    for table, ids in new.items():
        numbers |= new_numbers(connection, table, ids)
    return numbers


def _any_of(column: str, numbers: Iterable[int]) -> tuple[str, str]:
    """The SQL condition that the column holds one of the numbers, with its parameter."""
    return f"{column} {IN_JSON_LIST}", json.dumps(sorted(numbers))


def _refused(edit: Edit, why: str, hint: str) -> RefusedChange:
    return RefusedChange(f"{edit.table} {edit.id}: {why}", hint)
