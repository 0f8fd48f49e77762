"""Who says so: all sources of the events of a filter, with counts."""

import sqlite3

import msgspec

from store.model.judgements import UNGRADED
from store.model.vocabulary import SourceKind
from store.queries.filters import Filter, where
from store.queries.judgements import grades


class SourceRow(msgspec.Struct, frozen=True):
    """A source, the events in whose chains it stands, and the articles that it published.

    `grade` is its reliability (A-F), as it was given last.
    """

    n: int
    id: str
    name: str
    kind: SourceKind
    events: int
    articles: int
    grade: str


def of_filter(connection: sqlite3.Connection, asked: Filter) -> tuple[SourceRow, ...]:
    """The sources of the events of a filter, those with most events first."""
    condition = where(asked)
    rows = connection.execute(
        f"""SELECT sources.n, id, name, kind, count(*) AS events,
            (SELECT count(*) FROM articles WHERE publisher = sources.n)
        FROM event_sources JOIN sources ON sources.n = source
        WHERE event IN (SELECT n FROM events WHERE {condition.sql})
        GROUP BY sources.n ORDER BY events DESC, name""",
        condition.parameters,
    ).fetchall()
    given = grades(connection, (id_ for _, id_, *_ in rows))
    return tuple(
        SourceRow(n, id_, name, SourceKind(kind), events, articles, given.get(id_, UNGRADED[0]))
        for n, id_, name, kind, events, articles in rows
    )
