"""The sources of the events of a filter, with counts."""

import msgspec

from store.database.checksums import checked
from store.model.judgements import UNGRADED
from store.model.vocabulary import SourceKind
from store.queries.filters import FilterKind, Filters
from store.queries.judgements import grades
from store.queries.selection import Selection
from store.reader import Reader


class SourceRow(msgspec.Struct, frozen=True):
    """A source with the numbers of events that have it in a chain and of articles it published.

    `grade` is its newest grade of reliability (A-F).
    """

    n: int
    id: str
    name: str
    kind: SourceKind
    events: int
    articles: int
    grade: str


def of_filter(connection: Reader, asked: Filters) -> tuple[SourceRow, ...]:
    """The sources of the events of a filter, those with most events first."""
    return of_choice(Selection(connection, asked))


def of_choice(choice: Selection) -> tuple[SourceRow, ...]:
    """The same as `of_filter`, for a selection."""
    found = choice.counts(FilterKind.SOURCE)
    quoted = choice.connection.execute(
        f"""SELECT n, id, {checked("sources", "name")}, kind,
            (SELECT count(*) FROM articles WHERE publisher = sources.n)
        FROM sources"""
    )
    rows = [(*source, found[source[0]]) for source in quoted if source[0] in found]
    given = grades(choice.connection, (id_ for _, id_, *_ in rows))
    sources = (
        SourceRow(n, id_, name, SourceKind(kind), events, articles, given.get(id_, UNGRADED[0]))
        for n, id_, name, kind, articles, events in rows
    )
    return tuple(sorted(sources, key=lambda row: (-row.events, row.name, row.n)))
