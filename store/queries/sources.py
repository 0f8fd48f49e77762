"""Who says so: all sources of the events of a filter, with counts."""

import sqlite3

import msgspec

from store.model.vocabulary import SourceKind
from store.queries.filters import Filter, where


class SourceRow(msgspec.Struct, frozen=True):
    """A source, the events in whose chains it stands, and the articles that it published."""

    n: int
    id: str
    name: str
    kind: SourceKind
    events: int
    articles: int


def of_filter(connection: sqlite3.Connection, asked: Filter) -> tuple[SourceRow, ...]:
    """The sources of the events of a filter, those with most events first."""
    condition = where(asked)
    return tuple(
        SourceRow(n, id_, name, SourceKind(kind), events, articles)
        for n, id_, name, kind, events, articles in connection.execute(
            f"""SELECT sources.n, id, name, kind, count(*) AS events,
                (SELECT count(*) FROM articles WHERE publisher = sources.n)
            FROM event_sources JOIN sources ON sources.n = source
            WHERE event IN (SELECT n FROM events WHERE {condition.sql})
            GROUP BY sources.n ORDER BY events DESC, name""",
            condition.parameters,
        )
    )
