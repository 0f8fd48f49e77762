"""Pairs of events that are perhaps one, reported twice: see `store.analysis.siblings`."""

from collections.abc import Iterator

import msgspec

from store.analysis.siblings import CLOSE, Candidate, actors_of, perhaps_one
from store.database.checksums import checked
from store.database.read_records import wholes_of
from store.model.dates import long
from store.queries.claims import told_about
from store.reader import Reader


class Sibling(msgspec.Struct, frozen=True):
    """Two events that are perhaps one, and why; `other` is the one beside the event at hand."""

    id: str
    title: str
    other: str
    other_title: str
    other_date: str
    why: str


_PAIRS = f"""
    SELECT a.id, {checked("events", "title", alias="a")}, a.edtf,
        b.id, {checked("events", "title", alias="b")}, b.edtf FROM events AS a
    CROSS JOIN events AS b ON b.earliest BETWEEN date(a.earliest, '-{CLOSE} days') AND a.latest
        AND b.latest >= a.earliest
    WHERE a.type = b.type AND a.n <> b.n AND a.planned = b.planned
    AND a.latest <= date(a.earliest, '+{CLOSE} days')
    AND coalesce(a.part_of, 0) <> b.n AND coalesce(b.part_of, 0) <> a.n
    AND (a.dataset IS NULL OR b.dataset IS NULL OR a.dataset <> b.dataset)
    AND EXISTS (SELECT 1 FROM event_places AS x JOIN event_places AS y ON y.place = x.place
        WHERE x.event = a.n AND y.event = b.n)"""


def siblings_of(connection: Reader, event: str) -> tuple[Sibling, ...]:
    """The events that are perhaps the same as this one, in the order of time."""
    rows = connection.execute(f"{_PAIRS} AND a.id = ? ORDER BY b.earliest, b.n", (event,))
    return tuple(_siblings(connection, rows.fetchall()))


def siblings(connection: Reader) -> tuple[Sibling, ...]:
    """All pairs of events of the case that are perhaps one, each once, in the order of time.

    Two rows of one data set are never a pair. An event that is no row comes first in its pair.
    """
    rows = connection.execute(
        f"""{_PAIRS} AND (a.dataset IS NULL AND (b.dataset IS NOT NULL OR a.n < b.n)
            OR a.dataset < b.dataset)
        ORDER BY a.earliest, a.n, b.n"""
    )
    return tuple(_siblings(connection, rows.fetchall()))


_Row = tuple[str, str, str, str, str, str]


def _siblings(connection: Reader, rows: list[_Row]) -> Iterator[Sibling]:
    for id_, title, edtf, other, other_title, other_edtf in rows:
        telling = told_about(connection, [id_, other])
        a, b = (
            Candidate(when, [told for told in telling.told if told.claim.subject == of])
            for of, when in ((id_, edtf), (other, other_edtf))
        )
        why = perhaps_one(a, b, wholes_of(connection, actors_of((a, b))))
        if why:
            yield Sibling(id_, title, other, other_title, long(other_edtf), why)
