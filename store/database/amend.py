"""Incremental update of an index: only the rows that a change affects are derived again."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from store.analysis.kinship import unlike
from store.analysis.readings import ACROSS_PARTS
from store.analysis.sourced_claim import KinshipIndex, SourcedClaim, code_of
from store.analysis.speakers import speaker_of
from store.database import facet_index
from store.database.checksums import update_checksums
from store.database.dispute_rows import (
    delete_disputes,
    insert_disputes,
    stale_events,
    update_dispute_counts,
)
from store.database.log_entry import RELOAD_HINT
from store.database.order_rows import advances_at
from store.database.read_records import (
    IN_JSON_LIST,
    INDEXED,
    numbered,
    read_kin,
    record,
    wholes_of,
)
from store.database.record_lookup import RecordLookup, find_record, numbers_of
from store.database.record_rows import (
    EVENT_ROWS,
    NAMED,
    WITHIN,
    check_references,
    insert_derived,
    insert_records,
    insert_within,
    name_rowid,
    quotes,
    sourced_claim,
)
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.judgements import JUDGEMENTS
from store.model.records import Actor, AnyRecord, Claim, Event, Passage, Place, Source
from store.model.references import references
from store.model.values import Control

_EVENTS_OF: Mapping[str, str] = {
    "actors": "SELECT event FROM event_actors WHERE actor = ?",
    "places": "SELECT event FROM event_places WHERE place = ?",
    "sources": "SELECT event FROM event_sources WHERE source = ?",
    "articles": "SELECT claims.event FROM passages JOIN claims ON claims.passage = passages.n"
    " WHERE passages.article = ?",
    "passages": "SELECT event FROM claims WHERE passage = ?",
    "events": "SELECT n FROM events WHERE n = ?",
    "claims": "SELECT event FROM claims WHERE n = ?",
    "grades": "SELECT event FROM grades JOIN claims ON claims.id = about WHERE grades.n = ?",
    "rulings": "SELECT event FROM rulings JOIN claims ON claims.id IN (about, other)"
    " WHERE rulings.n = ?",
}
"""SQL for the events whose derived rows depend on a record, by the table of the record."""

_SUBJECTS_OF: Mapping[str, str] = {
    "articles": "SELECT claims.subject FROM passages JOIN claims ON claims.passage = passages.n"
    " WHERE passages.article = ?",
    "passages": "SELECT subject FROM claims WHERE passage = ?",
}
"""SQL for the subjects of the claims quoted from a record, by the table of the record."""

CLAIMS_OF_PARTS = (
    "event IN (SELECT parts.n FROM events AS parts JOIN events ON events.n = parts.part_of"
    " WHERE events.id = ?) AND kind IN (SELECT value FROM json_each(?))"
)
"""SQL condition for the claims about sub-events that are compared across an event."""

_CLAIMS_OF_KEYS = """
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
"""SQL for the events (or NULL) and the subjects of claims by given copies or origins."""

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
_JUDGEMENT_TABLES = tuple((table, None) for table in JUDGEMENTS)
"""The tables and columns that can refer to a record, by the table of the record.

Where the column is None all records of the table are read: 0.2 s for 44,000
claims, when an actor, a place or a source is withdrawn.
"""


def amend(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Add, alter and withdraw records, and derive the affected rows again.

    Raises `DamagedCase` and `RefusedChange` as `store.database.apply.apply` does.
    """
    amendment = _Amendment(connection, edits)
    touched, subjects = amendment.events(), amendment.subjects()
    before = read_kin(connection)
    amendment.delete_old()
    amendment.insert_new()
    amendment.check_remaining()
    touched |= amendment.events()
    events, others = amendment.claims_of_changed_kin(before)
    touched, subjects = touched | events, subjects | others
    amendment.derive(touched)
    amendment.derive_disputes(subjects | amendment.subjects(), touched)


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
            _check(connection, edit)
            self.edits[edit.id] = edit
        self.lookup = RecordLookup(
            connection, self.edits, numbers_of(connection, self.edits.values())
        )

    def events(self) -> set[int]:
        """The numbers of the events whose derived rows depend on the edited records."""
        return {
            event
            for edit in self.edits.values()
            if edit.table in _EVENTS_OF
            for (event,) in self.connection.execute(_EVENTS_OF[edit.table], (self._n(edit),))
            if event is not None
        }

    def subjects(self) -> set[str]:
        """The ids of all subjects whose disputes may change."""
        found: set[str] = set()
        for edit in self.edits.values():
            if _changes_relations(edit):
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
        """Add the events that the subjects are part of, and advances at their places."""
        wholes = self.connection.execute(
            """SELECT whole.id FROM events JOIN events AS whole ON whole.n = events.part_of
            WHERE events.id IN (SELECT value FROM json_each(?))""",
            (json.dumps(sorted(found)),),
        )
        return found | {id for (id,) in wholes} | advances_at(self.connection, found)

    def claims_of_changed_kin(self, before: KinshipIndex) -> tuple[set[int], set[str]]:
        """The events and subjects with claims whose copy or publisher counts differently now."""
        keys = unlike(before, self.lookup.kin)
        if not keys:
            return set(), set()
        wanted = json.dumps(sorted(keys))
        rows = self.connection.execute(_CLAIMS_OF_KEYS, {"keys": wanted}).fetchall()
        events = {n for n, _ in rows if n is not None}
        return events, self._with_wholes({subject for _, subject in rows})

    def delete_old(self) -> None:
        """Delete the row of every record as it was before."""
        for edit in self.edits.values():
            if edit.before is None:
                continue
            n = self._n(edit)
            if edit.table == "articles":
                # an external-content FTS5 table needs the deleted text
                self.connection.execute(
                    "INSERT INTO article_words (article_words, rowid, title, text)"
                    " SELECT 'delete', n, title, text FROM articles WHERE n = ?",
                    (n,),
                )
            elif edit.table in NAMED:
                self._delete("name_words", "rowid", name_rowid(edit.table, n))
            elif edit.table == "events":
                self._delete("event_flags", "event", n)
            self._delete(edit.table, "n", n)
            if edit.after is None:
                self.connection.execute(
                    "INSERT INTO withdrawn (of, n, id) VALUES (?, ?, ?)", (edit.table, n, edit.id)
                )

    def insert_new(self) -> None:
        """Insert the row of every record as it is now.

        Raises `DamagedCase` where a record refers to a missing one or misquotes its article.
        """
        for edit in self.edits.values():
            if edit.after is not None:
                check_references(edit.table, edit.after, self.lookup.table)
        for table in INDEXED:
            edited = self._edited(table)
            after = {self._n(edit): edit.after for edit in edited if edit.after is not None}
            insert_records(self.connection, table, after, self.lookup)
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
        moved = [self._n(edit) for edit in self._edited("passages") if edit.after is not None]
        quoted = _any_of("passage", moved)
        self.connection.execute(
            "UPDATE claims SET article = (SELECT article FROM passages WHERE n = claims.passage)"
            f" WHERE {quoted[0]}",
            quoted[1:],
        )
        update_checksums(self.connection, "claims", *quoted)

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

    def derive(self, events: set[int]) -> None:
        """Derive the rows of these events again, and the closures of edited actors and places."""
        for table, within in WITHIN.items():
            if self._edited(table):
                self.connection.execute(f"DELETE FROM {within}")
                insert_within(
                    self.connection, table, dict(numbered(self.connection, table)), self.lookup
                )
        for n in events:
            for table in EVENT_ROWS:
                self._delete(table, "event", n)
            self._delete("event_words", "rowid", n)
        insert_derived(self.connection, self._claims_by_event(events), self.lookup)
        update_checksums(self.connection, "events", *_any_of("n", events))

    def derive_disputes(self, subjects: set[str], events: set[int]) -> None:
        """Derive the disputes of these subjects and the dispute counts of the events again."""
        events = events | stale_events(self.connection, subjects)
        delete_disputes(self.connection, subjects)
        claims = {
            subject: [
                *self._claims("subject = ?", subject),
                *self._claims(CLAIMS_OF_PARTS, subject, json.dumps(sorted(ACROSS_PARTS))),
            ]
            for subject in subjects
        }
        named = {code_of(one.claim.value) for of in claims.values() for one in of}
        named |= {
            one.claim.value.holder
            for of in claims.values()
            for one in of
            if isinstance(one.claim.value, Control)
        }
        insert_disputes(
            self.connection, claims, wholes_of(self.connection, named), self._claims_about
        )
        events |= stale_events(self.connection, subjects)
        of_id = "SELECT n FROM events WHERE id = ?"  # a list as JSON would cut an id at a NUL
        events |= {n for one in subjects for (n,) in self.connection.execute(of_id, (one,))}
        update_dispute_counts(self.connection, events)
        update_checksums(self.connection, "events", *_any_of("n", events))
        if any(_changes_membership(edit) for edit in self.edits.values()):
            facet_index.drop(self.connection)
        facet_index.mark_changed(self.connection, events)

    def _claims_by_event(self, events: set[int]) -> Iterator[tuple[int, Event, list[SourcedClaim]]]:
        """The events that exist, with their numbers and all claims about each, in order."""
        for n, event in numbered(self.connection, "events", *_any_of("n", events)):
            if isinstance(event, Event):
                yield n, event, self._claims("event = ?", n)

    def _claims(self, condition: str, *parameters: object) -> list[SourcedClaim]:
        """The claims for which an SQL condition holds, with their sources, in order."""
        return [
            sourced_claim(claim, self.lookup)
            for _, claim in numbered(self.connection, "claims", condition, *parameters)
            if isinstance(claim, Claim)
        ]

    def _claims_about(self, event: str) -> list[SourcedClaim]:
        return self._claims("subject = ?", event)

    def _referring(self, gone: Iterable[Edit]) -> Iterator[tuple[str, AnyRecord]]:
        """All records that may refer to a withdrawn one, with their tables."""
        numbers: dict[tuple[str, str | None], set[int]] = {}
        for edit in gone:
            for place in (*_REFERRING.get(edit.table, ()), *_JUDGEMENT_TABLES):
                numbers.setdefault(place, set()).add(self._n(edit))
        for (table, column), of in numbers.items():
            condition = _any_of(column, of) if column else ()
            for _, found in numbered(self.connection, table, *condition):
                yield table, found

    def _edited(self, table: str) -> list[Edit]:
        return [edit for edit in self.edits.values() if edit.table == table]

    def _n(self, edit: Edit) -> int:
        return self.lookup.number(edit.id)

    def _delete(self, table: str, column: str, n: int) -> None:
        self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (n,))


def _changes_relations(edit: Edit) -> bool:
    """Tell if an edit can change how claims compare: whom a source speaks for, or membership."""
    if edit.before is None or edit.after is None:
        return False  # no remaining record refers to it
    return _related(edit.before) != _related(edit.after)


def _changes_membership(edit: Edit) -> bool:
    """Tell if an actor or a place becomes part of another one."""
    return edit.table in WITHIN and _changes_relations(edit)


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
    """Raise `RefusedChange` where the edit does not fit the records of the index."""
    if edit.after is not None and edit.after.id != edit.id:
        raise _refused(
            edit, f"its id cannot become {edit.after.id}", "withdraw it, and add another"
        )
    if edit.before is None:
        if found := find_record(connection, edit.id):
            raise _refused(edit, f"{found[0]} already has this id", "give it an id of its own")
        return
    held = record(connection, edit.table, edit.id)
    if held is None:
        raise _refused(edit, "there is no such record", RELOAD_HINT)
    if held != edit.before:
        raise _refused(edit, "it was changed in the meantime", RELOAD_HINT)


def _any_of(column: str, numbers: Iterable[int]) -> tuple[str, str]:
    """The SQL condition that the column holds one of the numbers, with its parameter."""
    return f"{column} {IN_JSON_LIST}", json.dumps(sorted(numbers))


def _refused(edit: Edit, why: str, hint: str) -> RefusedChange:
    return RefusedChange(f"{edit.table} {edit.id}: {why}", hint)
