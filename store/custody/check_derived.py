"""A check of a database's derived rows, which are computed again from its claims."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from store.analysis.sourced_claim import SourcedClaim
from store.custody.claims_by_event import EventBatch, event_batches
from store.custody.findings import Finding
from store.database.derived_rows import closure, event_rows
from store.database.dispute_rows import (
    NO_DISPUTES,
    WRONG_DISPUTE_COUNTS,
    Disputes,
    disputes_of,
    with_order,
)
from store.database.order_rows import out_of_order
from store.database.read_records import numbered
from store.database.record_cache import RecordCache
from store.database.record_rows import (
    EVENT_ROWS,
    NAMED,
    WITHIN,
    Row,
    event_rows_with_checksums,
    name_rowid,
    names_of,
    search_row,
    sourced_claim,
    wholes_in,
)
from store.database.sourced_claims import ACROSS, CLAIMS_OF_PARTS
from store.database.sqlite import begin_when_free
from store.model.records import Actor, Claim, Place, Source

_FIGURES = (
    "SELECT edtf, earliest, latest, by_latest, place, articles, publishers, unknown_publishers,"
    " origins, unknown_origins, hedges, denials, n FROM events WHERE n BETWEEN ? AND ?"
)
_WHOLES = "SELECT DISTINCT part_of FROM events WHERE part_of IS NOT NULL"
_SUBJECTS = """
    SELECT subject FROM claims UNION
    SELECT wholes.id FROM events JOIN events AS wholes ON wholes.n = events.part_of"""
_STALE = "SELECT subject, passages.id FROM stale JOIN passages ON n = passage"
_MISMATCH = "does not match its claims"


class DerivedCheck:
    """A comparison of the derived rows of a database with those that its claims give.

    `advanced` is called with the number of events that were compared.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        advanced: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._path = path
        self._connection = connection
        self._advanced = advanced
        self._cache = RecordCache(connection)
        self._rows = dict.fromkeys((*EVENT_ROWS, "event_flags", "event_words"), 0)
        self._disputed: dict[str, Disputes] = {}

    def check(self) -> Iterator[Finding]:
        """Find all derived rows that differ."""
        wholes = {n for (n,) in self._connection.execute(_WHOLES)}
        compared = 0
        for batch in event_batches(self._connection, self._cache):
            yield from self._events(batch)
            for n, event in batch.events.items():
                claims = batch.claims.get(n, [])
                if n in wholes:
                    claims = [*claims, *self._claims_across(event.id)]
                self._dispute(event.id, claims)
            compared += len(batch.events)
            self._advanced(compared)
        for table, expected in self._rows.items():
            yield from self._count(table, expected)
        yield from self._disputes()
        for table, within in WITHIN.items():
            yield from self._within(table, within)
        yield from self._names()

    def _events(self, batch: EventBatch) -> Iterator[Finding]:
        figures = {row[-1]: row for row in self._connection.execute(_FIGURES, batch.span)}
        found = {table: self._select(table, batch.span) for table in self._rows}
        for n, event in batch.events.items():
            claims = batch.claims.get(n, [])
            expected = event_rows(n, event, claims, self._cache.number, self._cache.verdicts)
            if figures.get(n) != expected.figures:
                yield Finding(self._path, f"events {event.id}", f"its summary {_MISMATCH}")
            derived: list[Sequence[Row]] = [
                *map(event_rows_with_checksums, EVENT_ROWS, expected[1:]),
                [(n, flag) for flag in event.flags],
                [search_row(n, event, claims, expected, self._cache.names)],
            ]
            for (table, of), rows in zip(found.items(), derived, strict=True):
                self._rows[table] += len(rows)
                held = of.get(n, ())
                if len(held) != len(rows) or set(held) != set(rows):
                    yield Finding(self._path, f"events {event.id}", f"{table}: {_MISMATCH}")

    def _select(self, table: str, span: tuple[int, int]) -> dict[int, list[Row]]:
        """The rows of a table about the events with these numbers, by event."""
        columns, of = {
            "event_flags": ("event, flag", "event"),
            "event_words": ("rowid, title, names, quotes, checksum", "rowid"),
        }.get(table, ("*", "event"))
        rows: dict[int, list[Row]] = {}
        for row in self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE {of} BETWEEN ? AND ?", span
        ):
            rows.setdefault(row[0], []).append(row)
        return rows

    def _claims(self, condition: str, *parameters: object) -> list[SourcedClaim]:
        found = numbered(self._connection, "claims", condition, *parameters)
        return [sourced_claim(claim, self._cache) for _, claim in found if isinstance(claim, Claim)]

    def _claims_about(self, subjects: Iterable[str]) -> dict[str, list[SourcedClaim]]:
        return {id: self._claims("subject = ?", id) for id in subjects}

    def _claims_across(self, event: str) -> list[SourcedClaim]:
        """The claims about the sub-events of an event that are compared across it."""
        return self._claims(CLAIMS_OF_PARTS, event, ACROSS)

    def _dispute(self, subject: str, claims: Sequence[SourcedClaim]) -> None:
        found = disputes_of(subject, claims, self._cache)
        if found is not NO_DISPUTES:
            self._disputed[subject] = found

    def _disputes(self) -> Iterator[Finding]:
        for (id,) in self._connection.execute(
            "SELECT DISTINCT subject FROM claims WHERE event IS NULL"
        ).fetchall():
            self._dispute(id, self._claims_about([id])[id])
        subjects = [id for (id,) in self._connection.execute(_SUBJECTS)]
        orders = out_of_order(self._connection, subjects, self._claims_about)
        for id, counted in orders.items():
            self._disputed[id] = with_order(self._disputed.get(id, NO_DISPUTES), counted)
        counts = {
            subject: tuple(row)
            for subject, *row in self._connection.execute(
                "SELECT subject, contradicts, differs, stale, apart FROM disputes"
            )
        }
        stale: dict[str, set[str]] = {}
        for subject, passage in self._connection.execute(_STALE):
            stale.setdefault(subject, set()).add(passage)
        for subject in sorted({*self._disputed, *counts, *stale}):
            found = self._disputed.get(subject, NO_DISPUTES)
            if (
                counts.get(subject, NO_DISPUTES.counted) != found.counted
                or stale.get(subject, set()) != found.stale_passages
            ):
                yield Finding(self._path, f"disputes {subject}", _MISMATCH)
        expected = self._disputed.values()
        yield from self._count("disputes", sum(any(one.counted) for one in expected))
        yield from self._count("stale", sum(len(one.stale_passages) for one in expected))
        for (id,) in self._connection.execute(
            f"SELECT id FROM events WHERE {WRONG_DISPUTE_COUNTS}"
        ):
            yield Finding(self._path, f"events {id}", f"its count of disputes {_MISMATCH}")

    def _count(self, table: str, expected: int) -> Iterator[Finding]:
        (there,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if there != expected:
            yield Finding(self._path, table, f"has {there:,} rows, but should have {expected:,}")

    def _within(self, table: str, within: str) -> Iterator[Finding]:
        parents = {
            n: [self._cache.number(id) for id in wholes_in(one)]
            for n, one in numbered(self._connection, table)
            if isinstance(one, Actor | Place)
        }
        if set(self._connection.execute(f"SELECT member, whole FROM {within}")) != set(
            closure(parents)
        ):
            yield Finding(self._path, within, "does not match the memberships")

    def _names(self) -> Iterator[Finding]:
        number = 0
        for table in NAMED:
            for n, one in numbered(self._connection, table):
                assert isinstance(one, Actor | Place | Source)
                number += 1
                row = self._connection.execute(
                    "SELECT names, kind, record FROM name_words WHERE rowid = ?",
                    (name_rowid(table, n),),
                ).fetchone()
                if row != (names_of(one), table, n):
                    yield Finding(self._path, f"{table} {one.id}", "cannot be found by its names")
        yield from self._count("name_words", number)


def check_full_text(path: Path, connection: sqlite3.Connection) -> Iterator[Finding]:
    """Find errors of the full-text index by SQLite's own check, which writes nothing.

    SQLite requires a connection that may write, so the check waits for other writers.
    """
    for words in ("event_words", "article_words", "name_words"):
        begin_when_free(connection)
        try:
            connection.execute(f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            yield Finding(path, words, f"the full-text index does not match the records ({error})")
        finally:
            connection.execute("ROLLBACK")
