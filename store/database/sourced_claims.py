"""Claims with their sources, read many at a time while an index is amended."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

from store.analysis.readings import ACROSS_PARTS
from store.analysis.relations import Wholes
from store.analysis.sourced_claim import SourcedClaim, code_of, sourced
from store.database.checksums import checked
from store.database.read_records import (
    IN_JSON_LIST,
    ArticleHead,
    by_parts,
    decode_head,
    decode_row,
    wholes_of,
)
from store.database.record_lookup import RecordLookup
from store.model.records import Claim, Passage
from store.model.values import Control

PART = 500
"""The number of events or subjects whose claims are read at once."""

CLAIMS_OF_PARTS = (
    "event IN (SELECT parts.n FROM events AS parts JOIN events ON events.n = parts.part_of"
    " WHERE events.id = ?) AND kind IN (SELECT value FROM json_each(?))"
)
"""SQL condition for the claims about sub-events that are compared across an event."""

ACROSS = json.dumps(sorted(ACROSS_PARTS))
"""The kinds of these claims, as that condition takes them."""

_WHOLE = f"""
    SELECT events.n, wholes.id FROM events JOIN events AS wholes ON wholes.n = events.part_of
    WHERE events.n {IN_JSON_LIST}"""

T = TypeVar("T")


def parts_of(ones: Iterable[T]) -> Iterator[list[T]]:
    """Divide events or subjects into parts that are read at once."""
    waiting = iter(ones)
    while part := list(islice(waiting, PART)):
        yield part


class _Row(NamedTuple):
    event: int | None
    passage: int
    article: int
    claim: Claim


class SourcedClaims:
    """The claims of an index whose records are as they will be."""

    def __init__(self, connection: sqlite3.Connection, lookup: RecordLookup) -> None:
        self._connection = connection
        self._lookup = lookup
        self._heads: dict[int, ArticleHead] = {}

    def of_events(self, events: Iterable[int]) -> dict[int, list[SourcedClaim]]:
        """The claims about each of some events, by their numbers, that has any, in order."""
        found: dict[int, list[SourcedClaim]] = {}
        rows = self._rows(f"event {IN_JSON_LIST}", json.dumps(list(events)))
        for row, one in zip(rows, self._sourced(rows), strict=True):
            assert row.event is not None
            found.setdefault(row.event, []).append(one)
        return found

    def about(self, subjects: Iterable[str]) -> dict[str, list[SourcedClaim]]:
        """The claims about each of some subjects, by their ids, in order."""
        found: dict[str, list[SourcedClaim]] = {id: [] for id in subjects}
        asked = f"{_SELECT} WHERE subject {{}} ORDER BY n"
        rows = [*map(_row, by_parts(self._connection, asked, found))]
        for one in self._sourced(rows):
            found[one.claim.subject].append(one)
        return found

    def across(self, event: str) -> list[SourcedClaim]:
        """The claims about the sub-events of an event that are compared across it."""
        return self._sourced(self._rows(CLAIMS_OF_PARTS, event, ACROSS))

    def wholes(self, claims: Iterable[Iterable[SourcedClaim]]) -> Wholes:
        """Read what the actors and places that these claims name belong to."""
        told = [one.claim.value for of in claims for one in of]
        named = {code_of(value) for value in told}
        named |= {value.holder for value in told if isinstance(value, Control)}
        return wholes_of(self._connection, named)

    def _rows(self, condition: str, *parameters: object) -> list[_Row]:
        asked = f"{_SELECT} WHERE {condition} ORDER BY n"
        return [*map(_row, self._connection.execute(asked, parameters))]

    def _sourced(self, rows: list[_Row]) -> list[SourcedClaim]:
        passages = self._passages({row.passage for row in rows})
        self._read_heads({row.article for row in rows})
        events = json.dumps(sorted({row.event for row in rows if row.event is not None}))
        wholes: dict[int | None, str] = dict(self._connection.execute(_WHOLE, (events,)))
        speakers, kin = self._lookup.speakers, self._lookup.kin
        return [
            sourced(
                row.claim,
                passages[row.passage],
                self._heads[row.article],
                speakers,
                wholes.get(row.event, ""),
                kin,
            )
            for row in rows
        ]

    def _passages(self, numbers: set[int]) -> dict[int, Passage]:
        found: dict[int, Passage] = {}
        for n, body in self._bodies("passages", numbers):
            passage = decode_row("passages", body, "")
            assert isinstance(passage, Passage)
            found[n] = passage
        return found

    def _read_heads(self, numbers: set[int]) -> None:
        for n, body in self._bodies("articles", numbers - self._heads.keys()):
            head = self._heads[n] = decode_head(body)
            self._lookup.know(head.id, n)

    def _bodies(self, table: str, numbers: set[int]) -> Iterator[tuple[int, str]]:
        return self._connection.execute(
            f"SELECT n, {checked(table, 'body')} FROM {table} WHERE n {IN_JSON_LIST}",
            (json.dumps(sorted(numbers)),),
        )


_SELECT = f"SELECT event, passage, article, {checked('claims', 'body')} FROM claims"


def _row(row: tuple[int | None, int, int, str]) -> _Row:
    event, passage, article, body = row
    claim = decode_row("claims", body, "")
    assert isinstance(claim, Claim)
    return _Row(event, passage, article, claim)
