"""Many new records at once into an index that holds a case: what an import brings.

What it makes is what `amend` makes, row for row. It is for events that are
new, each with all claims about it in the same batch, so that what follows
from them is known without reading anything back.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from store.analysis.sourced_claim import SourcedClaim, sourced
from store.database import facet_index
from store.database.amend import amend
from store.database.derived_rows import event_rows
from store.database.dispute_rows import NO_DISPUTES, Disputes, disputes_of, set_figures
from store.database.import_parts import ImportRecorder, Key, row_bytes, runs
from store.database.new_records import divided
from store.database.read_records import last_number
from store.database.record_cache import BEGINS, MissingRecord, NumberedPassage, RecordCache
from store.database.record_rows import (
    EVENT_ROWS,
    EVENT_WORDS,
    WITHIN,
    Row,
    body_without_text,
    check_quotes,
    check_references,
    insert,
    insert_records,
    wholes_in,
    words_of,
)
from store.database.sqlite import DroppedIndexes
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.records import Article, Claim, Event, Passage
from store.model.vocabulary import Kind, Stance

LARGE = 2_000
"""Events that an import has at least before it goes on without indexes."""

_SMALL = ("datasets", "actors", "places", "sources")
_ALL_OF_EVENT = (
    'events (n, id, title, type, planned, background, part_of, dataset, "row", machine,'
    " edtf, earliest, latest, by_latest, place, articles, publishers, unknown_publishers,"
    " roots, unknown_roots, hedges, denials, contradicts, differs, stale, apart, body)"
)
_encode = msgspec.json.Encoder().encode


class BulkInsert:
    """An import under way: what it has added, and what it knows of the records around.

    Records are taken as they are, without reading them again to see that they can be.
    """

    def __init__(self, connection: sqlite3.Connection, bringing: ImportRecorder | None) -> None:
        """What is added is noted by `bringing`, where it is not known already."""
        self._connection = connection
        self._bringing = bringing
        self._known = RecordCache(connection)
        self._indexes = DroppedIndexes(connection)
        self._there = last_number(connection, "events")
        self._new = 0
        self._back: set[tuple[str, int]] = set()
        self._indexed_for_good = False

    def add_or_amend(self, edits: Sequence[Edit]) -> None:
        """Make the edits of a batch: what is new here, all else by `amend`."""
        new, other = divided(edits)
        self.add(new)
        if other:
            self._need_indexes()
            back = self._brought_back(self._known.withdrawn(other))
            amend(self._connection, other)
            self._known.forget(other)
            if self._bringing:
                self._bringing.note(other, back)

    def _brought_back(self, again: Mapping[Key, int]) -> frozenset[Key]:
        return self._bringing.brought_back(again) if self._bringing else frozenset()

    def _need_indexes(self) -> None:
        """Records are looked up by them now, and perhaps more of them later."""
        self._indexed_for_good = True
        self._restore()

    def end(self) -> None:
        """All is added. Raises `RefusedChange` where an id is there twice."""
        self._restore()

    def _restore(self) -> None:
        try:
            self._indexes.restore()
        except sqlite3.IntegrityError as error:
            raise _twice(error) from error

    def _drop(self, events: int) -> None:
        """Do without indexes where an import turns out to be large beside what is there."""
        self._new += events
        if not self._indexed_for_good and self._new >= max(LARGE, self._there // 2):
            self._indexes.drop()

    def add(self, edits: Sequence[Edit]) -> None:
        """Add records, and what follows from them.

        Raises `DamagedCase` and `RefusedChange` as `store.database.apply.apply` does.
        """
        self._known.tidy()
        again = self._known.withdrawn(edits)
        back = self._brought_back(again)
        self._back = {(table, again[table, id]) for table, id in back}
        added = self._numbered(edits, again)
        self._drop(len(added["events"]))
        try:
            for table in _SMALL:
                self._add_small(table, added[table])
            self._add_articles(added["articles"])
            fresh = self._add_passages(added["passages"])
            self._add_events(added["events"], added["claims"], fresh)
        except MissingRecord:
            # something is referred to that is not there: this says what, and by whom
            for table, records in added.items():
                for one in records.values():
                    check_references(table, one, self._known.table_of)
            raise
        except sqlite3.IntegrityError as error:
            raise _twice(error) from error
        if self._bringing and back:
            self._bringing.edited(edit for edit in edits if (edit.table, edit.id) in back)

    def _numbered(
        self, edits: Sequence[Edit], again: Mapping[Key, int]
    ) -> dict[str, dict[int, Any]]:
        """The records by table and number: one that they had once, or a new one."""
        added: dict[str, dict[int, Any]] = {table: {} for table in BEGINS}
        last = {table: last_number(self._connection, table) for table in BEGINS}
        for table, id, _, after in edits:
            if after is None or after.id != id:
                raise RefusedChange(f"{table} {id}: it cannot become another", "add that")
            n = again.get((table, id)) if again else None
            if n is None:
                n = last[table] = last[table] + 1
            added[table][n] = after
        if not again:
            return added
        self._connection.executemany(
            "DELETE FROM withdrawn WHERE of = ? AND n = ?",
            ((table, n) for (table, _), n in again.items()),
        )
        return {table: dict(sorted(records.items())) for table, records in added.items()}

    def _note(self, table: str, rows: Sequence[tuple[int, bytes]]) -> None:
        if self._back:
            rows = [row for row in rows if (table, row[0]) not in self._back]
        if not self._bringing or not rows:
            return
        if rows[-1][0] - rows[0][0] + 1 == len(rows):
            self._bringing.added(table, rows[0][0], [row for _, row in rows])
            return
        for first, run in runs(rows):
            self._bringing.added(table, first, run)

    def _add_small(self, table: str, records: Mapping[int, Any]) -> None:
        """Add records of which there are few beside those of events."""
        if not records:
            return
        known = self._known
        known.put(table, records)
        for one in records.values():
            check_references(table, one, known.table_of)
        insert_records(self._connection, table, records, known)
        self._note(table, [(n, _encode(one)) for n, one in records.items()])
        if table in WITHIN:
            parents = {n: [known.number(id) for id in wholes_in(one)] for n, one in records.items()}
            pairs = [
                (n, whole) for n in parents for whole in known.all_wholes(WITHIN[table], n, parents)
            ]
            insert(self._connection, WITHIN[table], pairs)
        if table == "sources":
            known.add_speakers(records.values())

    def _add_articles(self, records: Mapping[int, Article]) -> None:
        number = self._known.number_in
        rows: list[tuple[Any, ...]] = []
        for n, one in records.items():
            text = one.text or ""
            rows.append(
                (
                    n,
                    one.id,
                    one.title or "",
                    number("sources", one.publisher) if one.publisher else None,
                    one.published.at if one.published else "",
                    one.text_sha256 or one.id,
                    text,
                    number("datasets", one.dataset) if one.dataset else None,
                    body_without_text(one),
                )
            )
            self._known.put_article(n, one)
        insert(self._connection, "articles", rows)
        words = [(row[0], row[2], row[6]) for row in rows]
        insert(self._connection, "article_words (rowid, title, text)", words)
        self._note("articles", [(row[0], row_bytes(row[8], row[6])) for row in rows])

    def _add_passages(self, records: Mapping[int, Passage]) -> Mapping[str, NumberedPassage]:
        known = self._known
        fresh: dict[str, NumberedPassage] = {}
        rows: list[tuple[Any, ...]] = []
        bodies: list[tuple[int, bytes]] = []
        for n, one in records.items():
            article_n, article = known.numbered_article(one.article)
            check_quotes(one, article)
            body = _encode(one)
            bodies.append((n, body))
            rows.append(
                (n, one.id, article_n, one.start, one.end, int(one.in_title), body.decode())
            )
            fresh[one.id] = n, one, article_n, article
        known.put_passages(fresh)
        insert(self._connection, "passages", rows)
        self._note("passages", bodies)
        return fresh

    def _add_events(
        self,
        events: Mapping[int, Event],
        claims: Mapping[int, Claim],
        fresh: Mapping[str, NumberedPassage],
    ) -> None:
        """Add events with all that is claimed of them; `fresh` are the new passages."""
        numbers = {event.id: n for n, event in events.items()}
        self._known.put("events", events)
        told = self._add_claims(claims, numbers, fresh)
        rows: list[Row] = []
        bodies: list[tuple[int, bytes]] = []
        flags: list[Row] = []
        words: list[Row] = []
        derived: tuple[list[Row], ...] = tuple([] for _ in EVENT_ROWS)
        found: dict[int, Disputes] = {}
        known = self._known
        for n, event in events.items():
            of = told[event.id]
            made = event_rows(n, event, of, known.number)
            disputes = disputes_of(event.id, of, known)
            if disputes is not NO_DISPUTES:
                found[n] = disputes
            body = _encode(event)
            bodies.append((n, body))
            rows.append(
                (*_beginning(n, event, known), *made.figures[:-1], *disputes.counted, body.decode())
            )
            if event.flags:
                flags.extend((n, flag.value) for flag in event.flags)
            for into, more in zip(derived, made[1:], strict=True):
                into.extend(more)
            words.append(words_of(n, event, of, made, known.names))
        insert(self._connection, _ALL_OF_EVENT, rows)
        insert(self._connection, "event_flags", flags)
        for table, of_table in zip(EVENT_ROWS, derived, strict=True):
            insert(self._connection, table, of_table)
        insert(self._connection, EVENT_WORDS, words)
        self._note("events", bodies)
        self._dispute(events, found)
        facet_index.changed(self._connection, events)

    def _add_claims(
        self,
        claims: Mapping[int, Claim],
        events: Mapping[str, int],
        fresh: Mapping[str, NumberedPassage],
    ) -> dict[str, list[SourcedClaim]]:
        """Add the claims, all of them about these events; gives what is told about each."""
        known = self._known
        speakers, kin = known.speakers, known.kin
        told: dict[str, list[SourcedClaim]] = {id: [] for id in events}
        rows: list[Row] = []
        bodies: list[tuple[int, bytes]] = []
        for n, claim in claims.items():
            passage_n, passage, article_n, article = fresh.get(
                claim.passage
            ) or known.numbered_passage(claim.passage)
            subject = claim.subject
            if claim.stance is not Stance.ASSERTS or claim.kind is Kind.CONTROL:
                # of all others, what follows from them asks for all that they refer to
                check_references("claims", claim, known.table_of)
            body = _encode(claim)
            bodies.append((n, body))
            rows.append(
                (
                    n,
                    claim.id,
                    subject,
                    events[subject],
                    claim.kind._value_,
                    claim.stance._value_,
                    passage_n,
                    article_n,
                    body.decode(),
                )
            )
            told[subject].append(sourced(claim, passage, article, speakers, "", kin))
        insert(self._connection, "claims", rows)
        self._note("claims", bodies)
        return told

    def _dispute(self, events: Mapping[int, Event], found: Mapping[int, Disputes]) -> None:
        """Note what is at odds; where passages are stale, somebody else's count, too."""
        disputed = [(events[n].id, *one.counted) for n, one in found.items() if any(one.counted)]
        insert(self._connection, "disputes", disputed)
        stale = [
            (events[n].id, self._known.number(passage))
            for n, one in found.items()
            for passage in one.stale_passages
        ]
        insert(self._connection, "stale", stale)
        (some,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM stale)").fetchone()
        if not some:
            return
        self._need_indexes()  # what follows is looked up in ways that need them
        also = self._connection.execute(
            "SELECT event FROM claims WHERE event IS NOT NULL"
            " AND passage IN (SELECT value FROM json_each(?))",
            (json.dumps([passage for _, passage in stale]),),
        )
        set_figures(self._connection, {*events, *(n for (n,) in also)})


def _twice(error: sqlite3.IntegrityError) -> RefusedChange:
    return RefusedChange(f"a record has the id of another ({error})", "give each an id of its own")


def _beginning(n: int, event: Event, known: RecordCache) -> Row:
    """The columns of an event that are its own, as plain values."""
    row = event.row
    return (
        n,
        event.id,
        event.title,
        event.type._value_,
        int(event.planned),
        int(event.background),
        None,
        known.number_in("datasets", row.dataset) if row else None,
        row.row if row else None,
        int(event.machine),
    )
