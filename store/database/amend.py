"""A change of an index that holds a case: what it touches is made anew, and nothing else."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from store.analysis.kinship import unlike
from store.analysis.readings import ACROSS_PARTS
from store.analysis.sourced_claim import KinshipIndex, SourcedClaim, code_of
from store.analysis.speakers import speaker_of
from store.database import facet_index
from store.database.dispute_rows import delete_disputes, insert_disputes, set_figures, stale_events
from store.database.order_rows import entries_beside
from store.database.read_records import INDEXED, last_number, numbered, read_kin, record, wholes_of
from store.database.record_lookup import RecordLookup, find
from store.database.record_rows import (
    EVENT_ROWS,
    NAMED,
    WITHIN,
    check_references,
    insert_derived,
    insert_records,
    insert_within,
    name_row,
    quotes,
    told_by,
)
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.judgements import JUDGEMENTS
from store.model.records import Actor, AnyRecord, Claim, Event, Passage, Place, Source
from store.model.references import references
from store.model.values import Control

_LOOK = "look at it as it is now, and decide again"

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

_SUBJECTS_OF: Mapping[str, str] = {
    "articles": "SELECT claims.subject FROM passages JOIN claims ON claims.passage = passages.n"
    " WHERE passages.article = ?",
    "passages": "SELECT subject FROM claims WHERE passage = ?",
}
"""The subjects of what a record prints, by the table and number of the record."""

OF_PARTS = (
    "event IN (SELECT parts.n FROM events AS parts JOIN events ON events.n = parts.part_of"
    " WHERE events.id = ?) AND kind IN (SELECT value FROM json_each(?))"
)
"""The claims about the parts of an event that are compared across them."""

_TOLD_OTHERWISE = """
    WITH keys (key) AS (SELECT value FROM json_each(:keys)),
        printed (n) AS (SELECT n FROM articles WHERE copy IN (SELECT key FROM keys)
            OR publisher IN (SELECT n FROM sources WHERE id IN (SELECT key FROM keys)))
    SELECT event, subject FROM passages JOIN claims ON claims.passage = passages.n
        WHERE passages.article IN (SELECT n FROM printed)
    UNION SELECT event, subject FROM claims WHERE (event IS NULL OR event IN (
            SELECT event FROM event_sources JOIN sources ON sources.n = source
            WHERE id IN (SELECT key FROM keys)))
        AND EXISTS (SELECT 1 FROM json_each(body, '$.chain') WHERE value IN (SELECT key FROM keys))
"""
"""The events, None where it is none, and the subjects of what is told by some copies or roots."""

_REFERRING: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "datasets": (("articles", "dataset"), ("events", "dataset")),
    "actors": (("actors", None), ("sources", None), ("claims", None)),
    "places": (("places", None), ("claims", None)),
    "sources": (("articles", None), ("claims", None)),
    "articles": (("passages", "article"),),
    "passages": (("claims", "passage"),),
    "events": (("events", "part_of"), ("claims", "event")),
    "claims": (),
}
_OF_PERSONS = tuple((table, None) for table in JUDGEMENTS)
"""Where to look for what refers to a record of a table: another table, and the column there.

Without a column all its records are read: 0.2 s for 44,000 claims, when an
actor, a place or a source is withdrawn.
"""


def amend(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Add, alter and withdraw records, and make anew what follows from them.

    Raises `DamagedCase` and `RefusedChange` as `store.database.apply.apply` does.
    """
    amendment = _Amendment(connection, edits)
    touched, subjects = amendment.events(), amendment.subjects()
    before = read_kin(connection)
    amendment.take_out()
    amendment.put_in()
    amendment.check_what_stays()
    touched |= amendment.events()
    events, others = amendment.counting_otherwise(before)
    touched, subjects = touched | events, subjects | others
    amendment.derive(touched)
    amendment.dispute(subjects | amendment.subjects(), touched)


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
        self.around = RecordLookup(
            connection, self.edits, _numbers(connection, self.edits.values())
        )

    def events(self) -> set[int]:
        """The numbers of the events for which something follows from the edited records."""
        return {
            event
            for edit in self.edits.values()
            if edit.table in _EVENTS_OF
            for (event,) in self.connection.execute(_EVENTS_OF[edit.table], (self._n(edit),))
            if event is not None
        }

    def subjects(self) -> set[str]:
        """The ids of all subjects about which other things may be at odds."""
        found: set[str] = set()
        for edit in self.edits.values():
            if _relates_anew(edit):
                rows = self.connection.execute("SELECT DISTINCT subject FROM claims")
                return {id for (id,) in rows}
            for one in (edit.before, edit.after):
                if isinstance(one, Claim):
                    found.add(one.subject)
                elif isinstance(one, Event):
                    found |= {one.id} | ({one.part_of} if one.part_of else set())
            if edit.table in _SUBJECTS_OF:
                rows = self.connection.execute(_SUBJECTS_OF[edit.table], (self._n(edit),))
                found |= {id for (id,) in rows}
        return self._with_wholes(found)

    def _with_wholes(self, found: set[str]) -> set[str]:
        """These subjects, and the events that they are part of."""
        wholes = self.connection.execute(
            """SELECT whole.id FROM events JOIN events AS whole ON whole.n = events.part_of
            WHERE events.id IN (SELECT value FROM json_each(?))""",
            (json.dumps(sorted(found)),),
        )
        return found | {id for (id,) in wholes} | entries_beside(self.connection, found)

    def counting_otherwise(self, before: KinshipIndex) -> tuple[set[int], set[str]]:
        """The events and the subjects of which a copy or a house is told that counts otherwise."""
        keys = unlike(before, self.around.kin)
        if not keys:
            return set(), set()
        wanted = json.dumps(sorted(keys))
        rows = self.connection.execute(_TOLD_OTHERWISE, {"keys": wanted}).fetchall()
        events = {n for n, _ in rows if n is not None}
        return events, self._with_wholes({subject for _, subject in rows})

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
            elif edit.table == "events":
                self._delete("event_flags", "event", n)
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

    def dispute(self, subjects: set[str], events: set[int]) -> None:
        """Make anew what is at odds about these subjects, and the figures of the events."""
        events = events | stale_events(self.connection, subjects)
        delete_disputes(self.connection, subjects)
        told = {
            subject: [
                *self._told("subject = ?", subject),
                *self._told(OF_PARTS, subject, json.dumps(sorted(ACROSS_PARTS))),
            ]
            for subject in subjects
        }
        named = {code_of(one.claim.value) for of in told.values() for one in of}
        named |= {
            one.claim.value.holder
            for of in told.values()
            for one in of
            if isinstance(one.claim.value, Control)
        }
        insert_disputes(self.connection, told, wholes_of(self.connection, named), self._told_about)
        events |= stale_events(self.connection, subjects)
        of_subjects = self.connection.execute(
            "SELECT n FROM events WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(subjects)),),
        )
        events |= {n for (n,) in of_subjects}
        set_figures(self.connection, events)
        if any(_belongs_elsewhere(edit) for edit in self.edits.values()):
            facet_index.drop(self.connection)
        facet_index.changed(self.connection, events)

    def _told_of(self, events: set[int]) -> Iterator[tuple[int, Event, list[SourcedClaim]]]:
        """Those of the events that are there, and all that is told about each, in order."""
        for n, event in numbered(self.connection, "events", *_any_of("n", events)):
            if isinstance(event, Event):
                yield n, event, self._told("event = ?", n)

    def _told(self, condition: str, *parameters: object) -> list[SourcedClaim]:
        """All that is told in the claims for which a condition of SQL holds, in order."""
        return [
            told_by(claim, self.around)
            for _, claim in numbered(self.connection, "claims", condition, *parameters)
            if isinstance(claim, Claim)
        ]

    def _told_about(self, event: str) -> list[SourcedClaim]:
        return self._told("subject = ?", event)

    def _referring(self, gone: Iterable[Edit]) -> Iterator[tuple[str, AnyRecord]]:
        """All records that refer to one of those that are gone, and others, with their tables."""
        numbers: dict[tuple[str, str | None], set[int]] = {}
        for edit in gone:
            for place in (*_REFERRING.get(edit.table, ()), *_OF_PERSONS):
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


def _relates_anew(edit: Edit) -> bool:
    """Whether any claims may compare otherwise: who is named, or what belongs to what."""
    if edit.before is None or edit.after is None:
        return False  # nothing that stays refers to it
    return _related(edit.before) != _related(edit.after)


def _belongs_elsewhere(edit: Edit) -> bool:
    """Whether an actor or a place is part of another than it was."""
    return edit.table in WITHIN and _relates_anew(edit)


def _related(record: AnyRecord) -> object:
    match record:
        case Actor():
            return record.part_of
        case Place():
            return record.within
        case Source():
            return speaker_of(record)
        case _:
            return None


def _check(connection: sqlite3.Connection, edit: Edit) -> None:
    """Raise `RefusedChange` where the edit does not fit what the index holds."""
    if edit.after is not None and edit.after.id != edit.id:
        raise _refused(edit, f"it cannot become {edit.after.id}", "withdraw it, and add that")
    if edit.before is None:
        if found := find(connection, edit.id):
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
            last[table] = last.get(table, 0) or last_number(connection, table)
            last[table] += 1
        numbers[id] = found[0] if found else last[table]
    return numbers


def _any_of(column: str, numbers: Iterable[int]) -> tuple[str, str]:
    """The condition that the column holds one of the numbers, with its parameter."""
    return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(sorted(numbers))


def _refused(edit: Edit, why: str, hint: str) -> RefusedChange:
    return RefusedChange(f"{edit.table} {edit.id}: {why}", hint)
