"""The derived rows of an index that is amended: those that depend on the change, made again."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from store.analysis.sourced_claim import SourcedClaim
from store.analysis.support import strongest
from store.database import facet_index
from store.database.checksums import checked, update_checksums, with_checksum
from store.database.dependence import HAVING_PARTS, Dependent, changes_membership
from store.database.dispute_rows import (
    Disputes,
    delete_disputes,
    disputes_of,
    insert_disputes,
    stale_events,
    update_dispute_counts,
)
from store.database.order_rows import advances_at
from store.database.read_records import IN_JSON_LIST, by_parts, decode_row, numbered
from store.database.record_lookup import RecordLookup
from store.database.record_rows import (
    EVENT_ROWS,
    WITHIN,
    insert_derived,
    insert_event_rows,
    insert_within,
    names_of,
)
from store.database.sourced_claims import SourcedClaims, parts_of
from store.model.change import Edit
from store.model.records import Claim, Event
from store.model.values import Participant
from store.model.vocabulary import Kind, Stance

_ABOUT_PARTICIPANTS = f"""
    SELECT event, {checked("claims", "body")} FROM claims
    WHERE kind = '{Kind.PARTICIPANT.value}' AND event {IN_JSON_LIST}"""


def derive(
    connection: sqlite3.Connection,
    dependent: Dependent,
    lookup: RecordLookup,
    edits: Collection[Edit],
) -> None:
    """Derive again the rows that depend on these edits, whose records are as they will be."""
    deriving = _Derivation(connection, lookup)
    deriving.within(edits)
    deriving.participants(dependent.acting)
    deriving.rows(dependent.rows, dependent.subjects)
    deriving.words(dependent.acting | dependent.named)
    altered = dependent.rows | deriving.disputes(dependent.subjects, dependent.rows)
    if any(changes_membership(edit) for edit in edits):
        facet_index.drop(connection)
    facet_index.mark_changed(connection, altered | dependent.acting | dependent.named)


class _Derivation:
    """The rows that are derived again, event by event and subject by subject."""

    def __init__(self, connection: sqlite3.Connection, lookup: RecordLookup) -> None:
        self.connection = connection
        self.lookup = lookup
        self.claims = SourcedClaims(connection, lookup)
        self.found: dict[str, Disputes] = {}

    def within(self, edits: Iterable[Edit]) -> None:
        """Derive the closures of the tables whose memberships are other ones."""
        for table in {edit.table for edit in edits if _is_other_member(edit)}:
            self.connection.execute(f"DELETE FROM {WITHIN[table]}")
            members = dict(numbered(self.connection, table))
            insert_within(self.connection, table, members, self.lookup)

    def rows(self, events: Collection[int], subjects: Collection[str]) -> None:
        """Derive the rows of these events, and the disputes of those among the subjects."""
        for table, column in (*((table, "event") for table in EVENT_ROWS), _WORDS):
            self.connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?", [(n,) for n in events]
            )
        for part in parts_of(sorted(events)):
            claims = self.claims.of_events(part)
            told = [
                (n, event, claims.get(n, []))
                for n, event in numbered(self.connection, "events", *_any_of("n", part))
                if isinstance(event, Event)
            ]
            insert_derived(self.connection, told, self.lookup)
            self._find({event.id: of for _, event, of in told if event.id in subjects})
        update_checksums(self.connection, "events", *_any_of("n", events))

    def participants(self, events: Collection[int]) -> None:
        """Derive who took part in these events; nothing else of them depends on the change."""
        for part in parts_of(sorted(events)):
            acting: dict[tuple[int, int, str], Stance] = {}
            for n, body in self.connection.execute(_ABOUT_PARTICIPANTS, (json.dumps(part),)):
                claim = decode_row("claims", body, "")
                assert isinstance(claim, Claim)
                assert isinstance(claim.value, Participant)
                has = n, self.lookup.number(claim.value.actor), claim.value.role.value
                acting[has] = strongest(claim.stance, acting.get(has))
            of_part = _any_of("event", part)
            self.connection.execute(f"DELETE FROM event_actors WHERE {of_part[0]}", of_part[1:])
            rows = [(*has, stance.value) for has, stance in sorted(acting.items())]
            insert_event_rows(self.connection, "event_actors", rows)

    def words(self, events: Collection[int]) -> None:
        """Update the titles and names in full-text search of events; the quotes are the same."""
        for part in parts_of(sorted(events)):
            names: dict[int, list[str]] = {}
            for table, of in (("actors", "actor"), ("places", "place")):
                pairs = self.connection.execute(
                    f"SELECT DISTINCT event, {of} FROM event_{table} WHERE event {IN_JSON_LIST}"
                    f" ORDER BY event, {of}",
                    (json.dumps(part),),
                )
                for n, of_name in pairs:
                    names.setdefault(n, []).append(names_of(self.lookup.named(table, of_name)))
            held = self.connection.execute(_WORDS_OF, (json.dumps(part),)).fetchall()
            rows = []
            for n, title, before, quotes, titled in held:
                now = " ; ".join(names.get(n, ()))
                if (title, now) != (titled, before):
                    rows.append(with_checksum("event_words", (n, title, now, quotes)))
            self.connection.executemany(
                "UPDATE event_words SET title = ?, names = ?, checksum = ? WHERE rowid = ?",
                [(title, now, checksum, n) for n, title, now, _, checksum in rows],
            )

    def disputes(self, subjects: Collection[str], events: Iterable[int]) -> set[int]:
        """Derive the disputes of these subjects, and the counts of their events; return these.

        The rows of the events have been derived; advances may be in another order with them.
        """
        subjects = {*subjects, *advances_at(self.connection, subjects)}
        counted = {*events, *stale_events(self.connection, subjects)}
        delete_disputes(self.connection, subjects)
        for part in parts_of(sorted(set(subjects) - self.found.keys())):
            self._find(self.claims.about(part))
        insert_disputes(self.connection, self.found, self.claims.about)
        counted |= stale_events(self.connection, subjects)
        of_ids = by_parts(self.connection, "SELECT n FROM events WHERE id {}", subjects)
        counted |= {n for (n,) in of_ids}
        update_dispute_counts(self.connection, counted)
        update_checksums(self.connection, "events", *_any_of("n", counted))
        return counted

    def _find(self, claims: Mapping[str, Sequence[SourcedClaim]]) -> None:
        """Find the disputes of subjects from all claims about each."""
        told = dict(claims)
        for (id,) in by_parts(self.connection, HAVING_PARTS, claims):
            told[id] = [*told[id], *self.claims.across(id)]
        wholes = self.claims.wholes(told.values())
        self.found |= {id: disputes_of(id, of, wholes) for id, of in told.items()}


_WORDS = ("event_words", "rowid")
_WORDS_OF = f"""
    SELECT events.n, events.title, names, {checked("event_words", "quotes")}, event_words.title
    FROM event_words JOIN events ON events.n = event_words.rowid
    WHERE event_words.rowid {IN_JSON_LIST}"""


def _is_other_member(edit: Edit) -> bool:
    """Tell if an edit adds, withdraws or moves a member of an actor or a place."""
    if edit.table not in WITHIN:
        return False
    return edit.before is None or edit.after is None or changes_membership(edit)


def _any_of(column: str, numbers: Iterable[int]) -> tuple[str, str]:
    """The SQL condition that the column holds one of the numbers, with its parameter."""
    return f"{column} {IN_JSON_LIST}", json.dumps(sorted(numbers))
