"""A check of a database's derived rows, which are computed again event by event."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.analysis.readings import ACROSS_PARTS
from store.analysis.sourced_claim import SourcedClaim
from store.custody.findings import Finding
from store.database.amend import CLAIMS_OF_PARTS
from store.database.derived_rows import closure, event_rows
from store.database.dispute_rows import NO_DISPUTES, WRONG_DISPUTE_COUNTS, disputes_of, with_order
from store.database.order_rows import out_of_order
from store.database.read_records import numbered
from store.database.record_cache import RecordCache
from store.database.record_rows import (
    EVENT_ROWS,
    NAMED,
    WITHIN,
    name_rowid,
    names_of,
    search_row,
    sourced_claim,
    wholes_in,
)
from store.database.sqlite import begin_when_free
from store.model.records import Actor, Claim, Event, Place, Source

_FIGURES = (
    "SELECT edtf, earliest, latest, by_latest, place, articles, publishers, unknown_publishers,"
    " origins, unknown_origins, hedges, denials, n FROM events WHERE n = ?"
)
_SUBJECTS = """
    SELECT subject FROM claims UNION
    SELECT wholes.id FROM events JOIN events AS wholes ON wholes.n = events.part_of"""
_MISMATCH = "does not match its claims"


class DerivedCheck:
    """A comparison of the derived rows of a database with those that its claims give."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._cache = RecordCache(connection)
        self._rows = dict.fromkeys((*EVENT_ROWS, "event_flags", "event_words"), 0)

    def check(self) -> Iterator[Finding]:
        """Find all derived rows that differ."""
        for n, event in numbered(self._connection, "events"):
            assert isinstance(event, Event)
            yield from self._event(n, event)
        for table, expected in self._rows.items():
            yield from self._count(table, expected)
        yield from self._disputes()
        for table, within in WITHIN.items():
            yield from self._within(table, within)
        yield from self._names()

    def _select(self, columns: str, table: str, event: int) -> list[tuple[object, ...]]:
        column = "rowid" if table == "event_words" else "event"
        return self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE {column} = ?", (event,)
        ).fetchall()

    def _event(self, n: int, event: Event) -> Iterator[Finding]:
        claims = self._claims("event = ?", n)
        expected_rows = event_rows(n, event, claims, self._cache.number)
        if self._connection.execute(_FIGURES, (n,)).fetchone() != expected_rows.figures:
            yield Finding(self._path, f"events {event.id}", f"its summary {_MISMATCH}")
        derived: list[tuple[str, str, Sequence[object]]] = [
            (table, "*", rows) for table, rows in zip(EVENT_ROWS, expected_rows[1:], strict=True)
        ]
        derived.append(("event_flags", "event, flag", [(n, flag) for flag in event.flags]))
        words = search_row(n, event, claims, expected_rows, self._cache.names)
        derived.append(("event_words", "rowid, title, names, quotes", [words]))
        for table, columns, rows in derived:
            self._rows[table] += len(rows)
            found = self._select(columns, table, n)
            if len(found) != len(rows) or set(found) != set(rows):
                yield Finding(self._path, f"events {event.id}", f"{table}: {_MISMATCH}")

    def _claims(self, condition: str, *parameters: object) -> list[SourcedClaim]:
        found = numbered(self._connection, "claims", condition, *parameters)
        return [sourced_claim(claim, self._cache) for _, claim in found if isinstance(claim, Claim)]

    def _disputes(self) -> Iterator[Finding]:
        number = {"disputes": 0, "stale": 0}
        subjects = [id for (id,) in self._connection.execute(_SUBJECTS)]
        orders = out_of_order(
            self._connection, subjects, lambda id: self._claims("subject = ?", id)
        )
        for subject in subjects:
            across = (subject, json.dumps(sorted(ACROSS_PARTS)))
            claims = [
                *self._claims("subject = ?", subject),
                *self._claims(CLAIMS_OF_PARTS, *across),
            ]
            found = disputes_of(subject, claims, self._cache)
            if subject in orders:
                found = with_order(found, orders[subject])
            number["disputes"] += any(found.counted)
            number["stale"] += len(found.stale_passages)
            row = self._connection.execute(
                "SELECT contradicts, differs, stale, apart FROM disputes WHERE subject = ?",
                (subject,),
            ).fetchone()
            passages = self._connection.execute(
                "SELECT passages.id FROM stale JOIN passages ON n = passage WHERE subject = ?",
                (subject,),
            )
            if (row or NO_DISPUTES.counted) != found.counted or (
                {id for (id,) in passages} != found.stale_passages
            ):
                yield Finding(self._path, f"disputes {subject}", _MISMATCH)
        for table, expected in number.items():
            yield from self._count(table, expected)
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
