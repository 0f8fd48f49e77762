"""Reading of the claims about many events at once, each claim with its sources."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from store.analysis.sourced_claim import SourcedClaim, sourced
from store.database.read_records import ArticleHead, decode_head, decode_row, numbered
from store.database.record_cache import RecordCache
from store.model.records import Claim, Event, Passage

BATCH = 500
"""The number of events whose claims are read at once."""

_ABOUT = "FROM claims WHERE event BETWEEN ? AND ?"
_CLAIMS = f"SELECT event, passage, article, body {_ABOUT} ORDER BY event, n"
_PASSAGES = f"SELECT n, body FROM passages WHERE n IN (SELECT passage {_ABOUT})"
_ARTICLES = f"SELECT n, body FROM articles WHERE n IN (SELECT article {_ABOUT})"


class EventBatch(NamedTuple):
    """Events by number, in order, and the claims about each that has any."""

    events: dict[int, Event]
    claims: dict[int, list[SourcedClaim]]

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last number."""
        numbers = list(self.events)
        return numbers[0], numbers[-1]


def event_batches(connection: sqlite3.Connection, cache: RecordCache) -> Iterator[EventBatch]:
    """Read all events, in order, in batches; the columns of all records must be right."""
    events: dict[int, Event] = {}
    for n, event in numbered(connection, "events"):
        assert isinstance(event, Event)
        events[n] = event
        if len(events) == BATCH:
            yield _with_claims(connection, cache, events)
            events = {}
    if events:
        yield _with_claims(connection, cache, events)


def _with_claims(
    connection: sqlite3.Connection, cache: RecordCache, events: dict[int, Event]
) -> EventBatch:
    batch = EventBatch(events, {})
    speakers, kin = cache.speakers, cache.kin
    passages: dict[int, Passage] = {}
    for n, body in connection.execute(_PASSAGES, batch.span):
        passage = decode_row("passages", body, "")
        assert isinstance(passage, Passage)
        passages[n] = passage
    articles: dict[int, ArticleHead] = {
        n: decode_head(body) for n, body in connection.execute(_ARTICLES, batch.span)
    }
    for n, passage_n, article_n, body in connection.execute(_CLAIMS, batch.span):
        claim = decode_row("claims", body, "")
        assert isinstance(claim, Claim)
        batch.claims.setdefault(n, []).append(
            sourced(
                claim,
                passages[passage_n],
                articles[article_n],
                speakers,
                events[n].part_of or "",
                kin,
            )
        )
    return batch
