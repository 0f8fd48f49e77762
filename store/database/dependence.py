"""The derived rows that depend on edited records, so that only these are derived again."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

import msgspec

from store.analysis.event_order import MOVES
from store.analysis.kinship import voiced_by
from store.analysis.sourced_claim import KinshipIndex
from store.analysis.speakers import speaker_of
from store.database.order_rows import advances_at
from store.database.read_records import IN_JSON_LIST, by_parts
from store.database.record_rows import WITHIN, names_of
from store.model.change import Edit
from store.model.records import Actor, AnyRecord, Claim, Event, Place, Source
from store.model.values import Participant
from store.model.vocabulary import Kind, Stance

_EVENTS_OF: Mapping[str, str] = {
    "actors": "SELECT event FROM event_actors WHERE actor",
    "places": "SELECT event FROM event_places WHERE place",
    "sources": "SELECT event FROM event_sources WHERE source",
    "articles": "SELECT claims.event FROM passages JOIN claims ON claims.passage = passages.n"
    " WHERE passages.article",
    "passages": "SELECT event FROM claims WHERE passage",
    "events": "SELECT n FROM events WHERE n",
    "claims": "SELECT event FROM claims WHERE n",
    "grades": "SELECT event FROM grades JOIN claims ON claims.id = about WHERE grades.n",
    "rulings": "SELECT event FROM rulings JOIN claims ON claims.id IN (about, other)"
    " WHERE rulings.n",
}
"""SQL for the events whose derived rows depend on records, by the table of the records."""

_SUBJECTS_OF: Mapping[str, str] = {
    "articles": "SELECT claims.subject FROM passages JOIN claims ON claims.passage = passages.n"
    " WHERE passages.article",
    "passages": "SELECT subject FROM claims WHERE passage",
}
"""SQL for the subjects of the claims quoted from records, by the table of the records."""

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

_QUOTING = """
    SELECT subject FROM claims WHERE event IS NULL
    UNION SELECT claims.subject FROM event_sources JOIN claims USING (event) WHERE source"""
"""SQL for the subjects of claims of given sources, and of all claims about no event."""

HAVING_PARTS = """
    SELECT DISTINCT whole.id FROM events JOIN events AS whole ON whole.n = events.part_of
    WHERE whole.id {}"""
"""SQL for those of some events that have sub-events."""

_MIXED = f"""
    SELECT subject FROM claims WHERE kind = '{Kind.PARTICIPANT.value}' AND subject {{}}
    GROUP BY subject
    HAVING min(passage) < max(passage) OR max(stance) > min(stance)
        OR max(stance) <> '{Stance.ASSERTS.value}'
        OR min(json_extract(body, '$.chain')) IS NOT max(json_extract(body, '$.chain'))
        OR count(json_extract(body, '$.chain')) NOT IN (0, count(*))"""
"""SQL for the subjects whose participants are told by more than one voice, or not asserted."""

_ENTRY_TYPES = ", ".join(f"'{one.value}'" for one in sorted(MOVES))
"""The types of events whose participants decide which others they are compared with."""

_OWN = ("title", "type", "note", "flags", "hint", "machine", "merged", "merged_rows")
"""The fields of an event that decide neither its summary nor whom its claims are about."""


class Degree(Enum):
    """The part of the derived rows of an event that depends on a record."""

    ROWS = "all"
    ACTING = "its participants"
    NAMED = "the names in full-text search"


class Dependent(NamedTuple):
    """The derived rows that depend on edits.

    Of the events `rows`, by their numbers, all depend; of `acting` only those of the
    participants, and of `named` only the words of full-text search. The disputes of all
    `subjects` depend; those `about` which only a participant is another one, only
    if these can be at odds.
    """

    rows: set[int]
    acting: set[int]
    named: set[int]
    subjects: set[str]
    about: set[str]

    def add(self, other: "Dependent") -> None:
        """Add what depends on the edits in another state of the index."""
        self.rows.update(other.rows)
        self.acting.update(other.acting)
        self.named.update(other.named)
        self.subjects.update(other.subjects)
        self.about.update(other.about)

    def settle(self, connection: sqlite3.Connection) -> None:
        """Keep each event and subject in one set only; the records are as they will be."""
        self.subjects.update(_at_odds(connection, self.about - self.subjects))
        self.about.clear()
        self.acting.difference_update(self.rows)
        self.named.difference_update(self.rows, self.acting)


class Dependence:
    """Finds what depends on edits, asked before and after they are made."""

    def __init__(
        self, connection: sqlite3.Connection, edits: Collection[Edit], numbers: Mapping[str, int]
    ) -> None:
        """Note what each edit changes; `numbers` are those of the records by id."""
        self._connection = connection
        self._numbers: dict[tuple[Degree, str], list[int]] = {}
        self._quoted: dict[str, list[int]] = {}
        self._said: set[str] = set()
        self._about: set[str] = set()
        self._typed: set[str] = set()
        self._speaking: set[str] = set()
        self._all = False
        for edit in edits:
            self._note(edit, numbers[edit.id])

    def _note(self, edit: Edit, n: int) -> None:
        degree = _degree(edit)
        if degree is not None and edit.table in _EVENTS_OF:
            self._numbers.setdefault((degree, edit.table), []).append(n)
        if degree is Degree.ACTING:
            assert isinstance(edit.before, Claim)
            self._about.add(edit.before.subject)
            return
        self._said |= _said_of(edit)
        if edit.table in _SUBJECTS_OF:
            self._quoted.setdefault(_SUBJECTS_OF[edit.table], []).append(n)
        elif _changes_relations(edit):
            self._all = self._all or edit.table != "sources"
            self._quoted.setdefault(_QUOTING, []).append(n)
            if edit.table == "sources":
                self._speaking.add(edit.id)
        if _is_typed_anew(edit):
            self._typed.add(edit.id)

    def now(self, kin: KinshipIndex) -> Dependent:
        """Find what depends on the edits in the present state of the index, and of its kinships."""
        events: dict[Degree, set[int]] = {degree: set() for degree in Degree}
        for (degree, table), numbers in self._numbers.items():
            found = self._asked(_EVENTS_OF[table], numbers)
            events[degree].update(n for n in found if n is not None)
        subjects = self._subjects()
        if keys := voiced_by(kin, self._speaking):
            voiced, about = dependent_on_kin(self._connection, keys)
            events[Degree.ROWS] |= voiced
            subjects |= about
        return Dependent(
            events[Degree.ROWS],
            events[Degree.ACTING],
            events[Degree.NAMED],
            subjects,
            set(self._about),
        )

    def _subjects(self) -> set[str]:
        """The subjects whose disputes depend on edits, but those of other participants."""
        if self._all:
            rows = self._connection.execute("SELECT DISTINCT subject FROM claims")
            return {id for (id,) in rows}
        found = set(self._said)
        for asked, numbers in self._quoted.items():
            found.update(self._asked(asked, numbers))
        # the type of a row of a data set decides only how its parts follow one another
        found |= {id for (id,) in by_parts(self._connection, HAVING_PARTS, self._typed)}
        return _with_wholes(self._connection, found)

    def _asked(self, sql: str, numbers: Collection[int]) -> Iterator[Any]:
        rows = self._connection.execute(f"{sql} {IN_JSON_LIST}", (json.dumps(numbers),))
        return (found for (found,) in rows)


def dependent_on_kin(
    connection: sqlite3.Connection, keys: Collection[str]
) -> tuple[set[int], set[str]]:
    """Find the events and the subjects with claims by these copies or origins."""
    wanted = json.dumps(sorted(keys))
    rows = connection.execute(_CLAIMS_OF_KEYS, {"keys": wanted}).fetchall()
    events = {n for n, _ in rows if n is not None}
    return events, _with_wholes(connection, {subject for _, subject in rows})


def _degree(edit: Edit) -> Degree | None:
    """The part of the rows of its events that depends on an edited record; None if nothing does."""
    match edit.before, edit.after:
        case Actor() | Place() | Source(), None:
            return None  # every claim that named it is edited, too
        case None, Actor() | Place() | Source():
            return None
        case Source(), Source():
            return Degree.ROWS if _changes_relations(edit) else None
        case (Actor() | Place()) as one, (Actor() | Place()) as other:
            return Degree.NAMED if names_of(one) != names_of(other) else None
        case Event() as one, Event() as other if _is_told_alike(one, other):
            moved = one.row is None and one.type is not other.type
            if moved and not MOVES.isdisjoint((one.type, other.type)):
                return Degree.ROWS
            return Degree.NAMED if one.title != other.title else None
    return Degree.ACTING if _names_another(edit) else Degree.ROWS


def _names_another(edit: Edit) -> bool:
    """Tell if all that an edit does is to name another participant in an event."""
    one, other = edit.before, edit.after
    return (
        isinstance(one, Claim)
        and isinstance(other, Claim)
        and one.subject.startswith("evt_")
        and one.kind is Kind.PARTICIPANT
        and isinstance(one.value, Participant)
        and isinstance(other.value, Participant)
        and msgspec.structs.replace(one, value=other.value) == other
    )


def _is_told_alike(one: Event, other: Event) -> bool:
    """Tell if two versions of an event have the same summary and claims, whatever else differs."""
    same = {field: getattr(other, field) for field in _OWN}
    return msgspec.structs.replace(one, **same) == other


def _said_of(edit: Edit) -> set[str]:
    """The subjects of which an edited record tells, if their disputes depend on it."""
    one, other = edit.before, edit.after
    if isinstance(one, Event) and isinstance(other, Event) and _is_told_alike(one, other):
        return {one.id} if one.row is None and one.type is not other.type else set()
    found: set[str] = set()
    for record in (one, other):
        if isinstance(record, Claim):
            found.add(record.subject)
        elif isinstance(record, Event):
            found |= {record.id, record.part_of or record.id}
    return found


def _is_typed_anew(edit: Edit) -> bool:
    """Tell if an edit gives an event of a row of a data set another type."""
    one, other = edit.before, edit.after
    return (
        isinstance(one, Event)
        and isinstance(other, Event)
        and one.row is not None
        and one.type is not other.type
    )


def _with_wholes(connection: sqlite3.Connection, found: set[str]) -> set[str]:
    """Add the events that the subjects are part of, and advances at their places."""
    wholes = by_parts(
        connection,
        "SELECT whole.id FROM events JOIN events AS whole ON whole.n = events.part_of"
        " WHERE events.id {}",
        found,
    )
    return found | {id for (id,) in wholes} | advances_at(connection, found)


def _at_odds(connection: sqlite3.Connection, about: Collection[str]) -> set[str]:
    """Find the events whose participants may be at odds, or were; with those in order with them.

    That is not so where one voice asserts all of them, and nothing was at odds.
    """
    entries = (
        f"SELECT id FROM events WHERE dataset IS NULL AND id {{}} AND type IN ({_ENTRY_TYPES})"
    )
    asked = (
        _MIXED,
        entries,
        "SELECT subject FROM disputes WHERE subject {}",
        "SELECT subject FROM stale WHERE subject {}",
    )
    found = {id for one in asked for (id,) in by_parts(connection, one, about)}
    return _with_wholes(connection, found) if found else found


def _changes_relations(edit: Edit) -> bool:
    """Tell if an edit can change how claims compare: whom a source speaks for, or membership."""
    if edit.before is None or edit.after is None:
        return False  # no remaining record refers to it
    return _related(edit.before) != _related(edit.after)


def changes_membership(edit: Edit) -> bool:
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
