"""Bulk insertion of the new records of an import into an index that already holds a case.

The rows are the same as those that `amend` makes. It takes new events, each
with all claims about it in the same batch, so that their derived rows are
computed without reading anything back.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from store.analysis.sourced_claim import SourcedClaim, Voice, voice_of
from store.database import facet_index
from store.database.amend import amend
from store.database.checksums import update_checksums
from store.database.derived_rows import event_rows
from store.database.dispute_rows import NO_DISPUTES, Disputes, disputes_of, update_dispute_counts
from store.database.dropped_indexes import DroppedIndexes
from store.database.import_parts import ImportRecorder, Key, consecutive_runs, row_bytes
from store.database.new_records import split_new
from store.database.read_records import IN_JSON_LIST, last_number
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
    insert_event_rows,
    insert_records,
    insert_with_checksums,
    search_row,
    wholes_in,
)
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.records import Article, Claim, Event, Passage
from store.model.vocabulary import Kind, Stance

LARGE = 2_000
"""The fewest events for which an import drops the SQL indexes while it runs."""

_SMALL = ("datasets", "actors", "places", "sources")
_encode = msgspec.json.Encoder().encode


class BulkInsert:
    """An import while it runs: the records that it added, and a cache of those that they refer to.

    Records are inserted without decoding them again to check that they are valid.
    """

    def __init__(self, connection: sqlite3.Connection, recorder: ImportRecorder | None) -> None:
        """Prepare an import; `recorder` records what is added, None where that is known already."""
        self._connection = connection
        self._recorder = recorder
        self._cache = RecordCache(connection)
        self._indexes = DroppedIndexes(connection)
        self._events_before = last_number(connection, "events")
        self._events_added = 0
        self._restored_rows: set[tuple[str, int]] = set()
        self._keeps_indexes = False

    def add_or_amend(self, edits: Sequence[Edit]) -> None:
        """Apply the edits of a batch: new records in bulk, all others through `amend`."""
        new, other = split_new(edits)
        self.add(new)
        if other:
            self.keep_indexes()
            restored = self._restored(self._cache.withdrawn(other))
            amend(self._connection, other)
            self._cache.forget(other)
            if self._recorder:
                self._recorder.add_changes(other, restored)

    def _restored(self, old_numbers: Mapping[Key, int]) -> frozenset[Key]:
        return self._recorder.restored(old_numbers) if self._recorder else frozenset()

    def keep_indexes(self) -> None:
        """Restore the SQL indexes for good, because records are now looked up through them."""
        self._keeps_indexes = True
        self._restore()

    def finish(self) -> None:
        """Complete the import. Raises `RefusedChange` where two records have the same id."""
        self._restore()

    def _restore(self) -> None:
        try:
            self._indexes.restore()
        except sqlite3.IntegrityError as error:
            raise _duplicate_id(error) from error

    def _drop_if_large(self, events: int) -> None:
        """Drop the SQL indexes once an import is large in relation to the case."""
        self._events_added += events
        if not self._keeps_indexes and self._events_added >= max(LARGE, self._events_before // 2):
            self._indexes.drop()

    def add(self, edits: Sequence[Edit]) -> None:
        """Add records with their derived rows.

        Raises `DamagedCase` and `RefusedChange` as `store.database.apply.apply` does.
        """
        self._cache.tidy()
        old_numbers = self._cache.withdrawn(edits)
        restored = self._restored(old_numbers)
        self._restored_rows = {(table, old_numbers[table, id]) for table, id in restored}
        added = self._numbered(edits, old_numbers)
        self._drop_if_large(len(added["events"]))
        try:
            for table in _SMALL:
                self._add_small(table, added[table])
            self._add_articles(added["articles"])
            fresh = self._add_passages(added["passages"])
            self._add_events(added["events"], added["claims"], fresh)
        except MissingRecord:
            # find the missing record, and raise an error that names it
            for table, records in added.items():
                for one in records.values():
                    check_references(table, one, self._cache.table_of)
            raise
        except sqlite3.IntegrityError as error:
            raise _duplicate_id(error) from error
        if self._recorder and restored:
            self._recorder.add_edits(edit for edit in edits if (edit.table, edit.id) in restored)

    def _numbered(
        self, edits: Sequence[Edit], old_numbers: Mapping[Key, int]
    ) -> dict[str, dict[int, Any]]:
        """The records by table and number: the number that they had before, or a new one."""
        added: dict[str, dict[int, Any]] = {table: {} for table in BEGINS}
        last = {table: last_number(self._connection, table) for table in BEGINS}
        for table, id, _, after in edits:
            if after is None or after.id != id:
                raise RefusedChange(f"{table} {id}: its id cannot change", "add a new record")
            n = old_numbers.get((table, id)) if old_numbers else None
            if n is None:
                n = last[table] = last[table] + 1
            added[table][n] = after
        if not old_numbers:
            return added
        self._connection.executemany(
            "DELETE FROM withdrawn WHERE of = ? AND n = ?",
            ((table, n) for (table, _), n in old_numbers.items()),
        )
        return {table: dict(sorted(records.items())) for table, records in added.items()}

    def _note(self, table: str, rows: Sequence[tuple[int, bytes]]) -> None:
        if self._restored_rows:
            rows = [row for row in rows if (table, row[0]) not in self._restored_rows]
        if not self._recorder or not rows:
            return
        if rows[-1][0] - rows[0][0] + 1 == len(rows):
            self._recorder.add_records(table, rows[0][0], [row for _, row in rows])
            return
        for first, run in consecutive_runs(rows):
            self._recorder.add_records(table, first, run)

    def _add_small(self, table: str, records: Mapping[int, Any]) -> None:
        """Add actors, places, sources or data sets, of which there are few."""
        if not records:
            return
        cache = self._cache
        cache.put(table, records)
        for one in records.values():
            check_references(table, one, cache.table_of)
        insert_records(self._connection, table, records, cache)
        self._note(table, [(n, _encode(one)) for n, one in records.items()])
        if table in WITHIN:
            parents = {n: [cache.number(id) for id in wholes_in(one)] for n, one in records.items()}
            pairs = [
                (n, whole) for n in parents for whole in cache.all_wholes(WITHIN[table], n, parents)
            ]
            insert(self._connection, WITHIN[table], pairs)
        if table == "sources":
            cache.add_speakers(records.values())

    def _add_articles(self, records: Mapping[int, Article]) -> None:
        number = self._cache.number_in
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
            self._cache.put_article(n, one)
        insert_with_checksums(self._connection, "articles", rows)
        words = [(row[0], row[2], row[6]) for row in rows]
        insert(self._connection, "article_words (rowid, title, text)", words)
        self._note("articles", [(row[0], row_bytes(row[8], row[6])) for row in rows])

    def _add_passages(self, records: Mapping[int, Passage]) -> Mapping[str, NumberedPassage]:
        cache = self._cache
        fresh: dict[str, NumberedPassage] = {}
        rows: list[tuple[Any, ...]] = []
        bodies: list[tuple[int, bytes]] = []
        for n, one in records.items():
            article_n, article = cache.numbered_article(one.article)
            check_quotes(one, article)
            body = _encode(one)
            bodies.append((n, body))
            rows.append(
                (n, one.id, article_n, one.start, one.end, int(one.in_title), body.decode())
            )
            fresh[one.id] = n, one, article_n, article
        cache.put_passages(fresh)
        insert_with_checksums(self._connection, "passages", rows)
        self._note("passages", bodies)
        return fresh

    def _add_events(
        self,
        events: Mapping[int, Event],
        claims: Mapping[int, Claim],
        fresh: Mapping[str, NumberedPassage],
    ) -> None:
        """Add events with all claims about them; `fresh` are the new passages by id."""
        numbers = {event.id: n for n, event in events.items()}
        self._cache.put("events", events)
        claims_about = self._add_claims(claims, numbers, fresh)
        rows: list[Row] = []
        bodies: list[tuple[int, bytes]] = []
        flags: list[Row] = []
        words: list[Row] = []
        derived: tuple[list[Row], ...] = tuple([] for _ in EVENT_ROWS)
        found: dict[int, Disputes] = {}
        cache = self._cache
        for n, event in events.items():
            of = claims_about[event.id]
            made = event_rows(n, event, of, cache.number, cache.verdicts)
            disputes = disputes_of(event.id, of, cache)
            if disputes is not NO_DISPUTES:
                found[n] = disputes
            body = _encode(event)
            bodies.append((n, body))
            rows.append(
                (
                    *_own_columns(n, event, cache),
                    *made.figures[:-1],
                    *disputes.counted,
                    body.decode(),
                )
            )
            if event.flags:
                flags.extend((n, flag.value) for flag in event.flags)
            for into, more in zip(derived, made[1:], strict=True):
                into.extend(more)
            words.append(search_row(n, event, of, made, cache.names))
        insert_with_checksums(self._connection, "events", rows)
        insert(self._connection, "event_flags", flags)
        for table, of_table in zip(EVENT_ROWS, derived, strict=True):
            insert_event_rows(self._connection, table, of_table)
        insert(self._connection, EVENT_WORDS, words)
        self._note("events", bodies)
        self._dispute(events, found)
        facet_index.mark_changed(self._connection, events)

    def _add_claims(
        self,
        claims: Mapping[int, Claim],
        events: Mapping[str, int],
        fresh: Mapping[str, NumberedPassage],
    ) -> dict[str, list[SourcedClaim]]:
        """Add the claims, all about these events; return the claims about each event by its id."""
        cache = self._cache
        speakers, kin = cache.speakers, cache.kin
        claims_about: dict[str, list[SourcedClaim]] = {id: [] for id in events}
        voices: dict[tuple[int, tuple[str, ...]], Voice] = {}
        rows: list[Row] = []
        bodies: list[tuple[int, bytes]] = []
        for n, claim in claims.items():
            passage_n, passage, article_n, article = fresh.get(
                claim.passage
            ) or cache.numbered_passage(claim.passage)
            subject = claim.subject
            if claim.stance is not Stance.ASSERTS or claim.kind is Kind.CONTROL:
                # the records of all other claims are looked up when their rows are derived
                check_references("claims", claim, cache.table_of)
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
            voice = voices.get((article_n, claim.chain))
            if voice is None:
                voice = voice_of(claim.chain, article, speakers, kin)
                voices[article_n, claim.chain] = voice
            origin, copy, house, speaker, version = voice
            claims_about[subject].append(
                SourcedClaim(claim, passage, article, origin, copy, house, "", speaker, version)
            )
        insert_with_checksums(self._connection, "claims", rows)
        self._note("claims", bodies)
        return claims_about

    def _dispute(self, events: Mapping[int, Event], found: Mapping[int, Disputes]) -> None:
        """Insert disputes and stale passages, and update the counts of events that share these."""
        disputed = [(events[n].id, *one.counted) for n, one in found.items() if any(one.counted)]
        insert(self._connection, "disputes", disputed)
        stale = [
            (events[n].id, self._cache.number(passage))
            for n, one in found.items()
            for passage in one.stale_passages
        ]
        insert(self._connection, "stale", stale)
        (some,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM stale)").fetchone()
        if not some:
            return
        self.keep_indexes()  # the following queries need them
        also = self._connection.execute(
            "SELECT event FROM claims WHERE event IS NOT NULL"
            " AND passage IN (SELECT value FROM json_each(?))",
            (json.dumps([passage for _, passage in stale]),),
        )
        disputed_events = sorted({*events, *(n for (n,) in also)})
        update_dispute_counts(self._connection, disputed_events)
        update_checksums(
            self._connection, "events", f"n {IN_JSON_LIST}", json.dumps(disputed_events)
        )


def _duplicate_id(error: sqlite3.IntegrityError) -> RefusedChange:
    return RefusedChange(f"two records have the same id ({error})", "give each its own id")


def _own_columns(n: int, event: Event, cache: RecordCache) -> Row:
    """The columns of an event that come from its own record, as plain values."""
    row = event.row
    return (
        n,
        event.id,
        event.title,
        event.type._value_,
        int(event.planned),
        int(event.background),
        None,
        cache.number_in("datasets", row.dataset) if row else None,
        row.row if row else None,
        int(event.machine),
    )
