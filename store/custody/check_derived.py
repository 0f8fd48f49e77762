"""What follows from the claims of a database, worked out once more, event by event."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.analysis.readings import ACROSS_PARTS
from store.analysis.sourced_claim import SourcedClaim
from store.custody.findings import Finding
from store.database.amend import OF_PARTS
from store.database.derived_rows import closure, event_rows
from store.database.dispute_rows import NO_DISPUTES, UNLIKE_FIGURES, disputes_of, with_order
from store.database.order_rows import out_of_order
from store.database.read_records import numbered
from store.database.record_cache import RecordCache
from store.database.record_rows import (
    EVENT_ROWS,
    NAMED,
    WITHIN,
    name_row,
    names_of,
    told_by,
    wholes_in,
    words_of,
)
from store.database.sqlite import begin_once_free
from store.model.records import Actor, Claim, Event, Place, Source

_FIGURES = (
    "SELECT edtf, earliest, latest, by_latest, place, articles, publishers, unknown_publishers,"
    " roots, unknown_roots, hedges, denials, n FROM events WHERE n = ?"
)
_SUBJECTS = """
    SELECT subject FROM claims UNION
    SELECT wholes.id FROM events JOIN events AS wholes ON wholes.n = events.part_of"""
_OTHERWISE = "not what its claims give"


class DerivedCheck:
    """What follows from the claims, beside what a database says of it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._known = RecordCache(connection)
        self._rows = dict.fromkeys((*EVENT_ROWS, "event_flags", "event_words"), 0)

    def check(self) -> Iterator[Finding]:
        """Everything that does not follow."""
        for n, event in numbered(self._connection, "events"):
            assert isinstance(event, Event)
            yield from self._event(n, event)
        for table, follow in self._rows.items():
            yield from self._count(table, follow)
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
        told = self._told("event = ?", n)
        made = event_rows(n, event, told, self._known.number)
        if self._connection.execute(_FIGURES, (n,)).fetchone() != made.figures:
            yield Finding(self._path, f"events {event.id}", f"its figures are {_OTHERWISE}")
        derived: list[tuple[str, str, Sequence[object]]] = [
            (table, "*", rows) for table, rows in zip(EVENT_ROWS, made[1:], strict=True)
        ]
        derived.append(("event_flags", "event, flag", [(n, flag) for flag in event.flags]))
        words = words_of(n, event, told, made, self._known.names)
        derived.append(("event_words", "rowid, title, names, quotes", [words]))
        for table, columns, rows in derived:
            self._rows[table] += len(rows)
            found = self._select(columns, table, n)
            if len(found) != len(rows) or set(found) != set(rows):
                yield Finding(self._path, f"events {event.id}", f"{table}: {_OTHERWISE}")

    def _told(self, condition: str, *parameters: object) -> list[SourcedClaim]:
        found = numbered(self._connection, "claims", condition, *parameters)
        return [told_by(claim, self._known) for _, claim in found if isinstance(claim, Claim)]

    def _disputes(self) -> Iterator[Finding]:
        number = {"disputes": 0, "stale": 0}
        subjects = [id for (id,) in self._connection.execute(_SUBJECTS)]
        orders = out_of_order(self._connection, subjects, lambda id: self._told("subject = ?", id))
        for subject in subjects:
            across = (subject, json.dumps(sorted(ACROSS_PARTS)))
            told = [*self._told("subject = ?", subject), *self._told(OF_PARTS, *across)]
            found = disputes_of(subject, told, self._known)
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
                yield Finding(self._path, f"disputes {subject}", _OTHERWISE)
        for table, follow in number.items():
            yield from self._count(table, follow)
        for (id,) in self._connection.execute(f"SELECT id FROM events WHERE {UNLIKE_FIGURES}"):
            yield Finding(self._path, f"events {id}", f"what is at odds about it is {_OTHERWISE}")

    def _count(self, table: str, follow: int) -> Iterator[Finding]:
        (there,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if there != follow:
            yield Finding(self._path, table, f"has {there:,} rows, and {follow:,} follow")

    def _within(self, table: str, within: str) -> Iterator[Finding]:
        parents = {
            n: [self._known.number(id) for id in wholes_in(one)]
            for n, one in numbered(self._connection, table)
            if isinstance(one, Actor | Place)
        }
        if set(self._connection.execute(f"SELECT member, whole FROM {within}")) != set(
            closure(parents)
        ):
            yield Finding(self._path, within, "not what belongs to what")

    def _names(self) -> Iterator[Finding]:
        number = 0
        for table in NAMED:
            for n, one in numbered(self._connection, table):
                assert isinstance(one, Actor | Place | Source)
                number += 1
                row = self._connection.execute(
                    "SELECT names, kind, record FROM name_words WHERE rowid = ?",
                    (name_row(table, n),),
                ).fetchone()
                if row != (names_of(one), table, n):
                    yield Finding(self._path, f"{table} {one.id}", "is not found by its names")
        yield from self._count("name_words", number)


def words_indexed(path: Path, connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether full text finds all words, and no others; asked of SQLite, and nothing is written.

    The connection may write, as SQLite asks for that, and so waits until nobody else does.
    """
    for words in ("event_words", "article_words", "name_words"):
        begin_once_free(connection)
        try:
            connection.execute(f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            yield Finding(path, words, f"full text does not find what is there ({error})")
        finally:
            connection.execute("ROLLBACK")
