"""The articles of a case, or those behind the events of a filter."""

from array import array

import msgspec

from store.database.checksums import checked
from store.database.facet_index import numbers_in
from store.model.records import Claim, Passage
from store.model.vocabulary import TextKind
from store.queries.datasets import BY_MACHINE, OF_ROW
from store.queries.filters import FilterKind, Filters, where
from store.reader import Reader

_passage = msgspec.json.Decoder(Passage)
_claim = msgspec.json.Decoder(Claim)


class ArticleRow(msgspec.Struct, frozen=True):
    """An article, and the number of the filter's events of which it says something.

    `publisher` and `published` (ISO 8601) are empty where they are not stated.
    `machine` says that a machine read all that is claimed there; `dataset` and
    `licence` what it is known from, empty where it is of no data set.
    """

    n: int
    id: str
    title: str
    publisher: str
    published: str
    text_kind: TextKind
    events: int
    machine: bool = False
    dataset: str = ""
    licence: str = ""


def of_filter(connection: Reader, asked: Filters) -> tuple[ArticleRow, ...]:
    """The articles behind the events of a filter, the first published first.

    Those whose time of publication is unknown come last. Without a filter, all
    articles, also those behind no event. With a filter by source, only those that
    it published, or that themselves name it in a chain.
    """
    behind, parameters = _behind(asked)
    return tuple(
        ArticleRow(n, id_, title, publisher, published, TextKind(kind), events, bool(machine), *of)
        for n, id_, title, publisher, published, kind, events, machine, *of in connection.execute(
            f"""SELECT articles.n, articles.id, {checked("articles", "title")},
                coalesce({checked("sources", "name")}, ''), articles.published,
                 json_extract(articles.body, '$.text_kind'),
                coalesce(found.events, 0), {BY_MACHINE}, {OF_ROW} {behind}""",
            parameters,
        )
    )


def numbers_of_filter(connection: Reader, asked: Filters) -> "array[int]":
    """The numbers of the same articles as `of_filter`, in the same order."""
    behind, parameters = _behind(asked)
    (text,) = connection.execute(
        f"SELECT group_concat(n) FROM (SELECT articles.n {behind})", parameters
    ).fetchone()
    return array("q", numbers_in(text))


def _behind(asked: Filters) -> tuple[str, tuple[object, ...]]:
    """The articles behind the events of a filter in SQL, from FROM on, and its parameters."""
    condition = where(asked)
    sources = [
        filter_.value
        for filter_ in asked.filters
        if filter_.kind is FilterKind.SOURCE and not filter_.negated
    ]
    own = " OR ".join([_NAMES_SOURCE] * len(sources)) or "1"
    join = "JOIN" if asked.filters else "LEFT JOIN"
    sql = f"""FROM articles LEFT JOIN datasets ON datasets.n = articles.dataset
        LEFT JOIN sources ON sources.n = articles.publisher
        {join} (SELECT article, count(*) AS events FROM evidence
            WHERE event IN (SELECT n FROM events WHERE {condition.sql}) GROUP BY article
        ) AS found ON found.article = articles.n
        WHERE ({own}) ORDER BY articles.published = '', articles.published, articles.n"""
    return sql, (*condition.parameters, *(source for source in sources for _ in range(2)))


_NAMES_SOURCE = """(sources.id = ? OR EXISTS (
    SELECT 1 FROM claims, json_each(json_extract(claims.body, '$.chain')) AS named
    WHERE claims.article = articles.n AND named.value = ?))"""


def passages(connection: Reader, article: int) -> tuple[Passage, ...]:
    """The passages of the article with this number as the case holds them, in their order."""
    return tuple(
        _passage.decode(body)
        for (body,) in connection.execute(
            f"""SELECT {checked("passages", "body")} FROM passages WHERE article = ?
            ORDER BY in_title DESC, start, "end", n""",
            (article,),
        )
    )


def claims(connection: Reader, article: int) -> tuple[Claim, ...]:
    """The claims of the passages of the article with this number, as the case holds them."""
    return tuple(
        _claim.decode(body)
        for (body,) in connection.execute(
            f"SELECT {checked('claims', 'body')} FROM claims WHERE article = ? ORDER BY n",
            (article,),
        )
    )
