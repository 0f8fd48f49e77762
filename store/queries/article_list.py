"""All articles of a case as a reader works through them: unread, read, and coded."""

from enum import StrEnum
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.queries.full_text import query_text
from store.reader import Reader

MOST = 2_000
"""The most articles that are listed at once; typing finds the others."""


_REPEATS_CLAIMS = """EXISTS (SELECT 1 FROM passages AS carried
    JOIN passages AS first ON first.id = json_extract(carried.body, '$.carried_from')
    JOIN claims ON claims.passage = first.n WHERE carried.article = articles.n)"""


class ReadingState(StrEnum):
    """The progress of work on an article."""

    UNREAD = "unread"
    UNCODED = "uncoded"
    CODED = "coded"


class ListedArticle(msgspec.Struct, frozen=True):
    """An article in the list; `published` is ISO 8601, empty where it is unknown.

    `state` is `CODED` where it has a claim; else `UNREAD` where no person marked it as
    read; else `CODED` where it repeats words with a claim of the version before, and
    `UNCODED` where not.
    """

    n: int
    id: str
    title: str
    publisher: str
    published: str
    language: str
    state: ReadingState


class ArticleCount(NamedTuple):
    """The number of articles that are no rows of data sets, and of those that have a claim."""

    all: int
    coded: int


def count_articles(connection: Reader) -> ArticleCount:
    """Count the articles of a case."""
    found = connection.execute(
        """SELECT count(*), count(*) FILTER (
            WHERE EXISTS (SELECT 1 FROM claims WHERE claims.article = articles.n))
        FROM articles WHERE json_extract(body, '$.text_kind') <> 'row'"""
    ).fetchone()
    return ArticleCount(*found)


def list_articles(connection: Reader, typed: str = "") -> tuple[ListedArticle, ...]:
    """The articles with these words in title or text, unread ones first, then the newest.

    Rows of data sets are left out: they are the table that they came from. A state typed as
    a word (`unread`, `uncoded`, `coded`) takes only those. At most `MOST`.
    """
    words = typed.split()
    states = [word for word in words if word in list(ReadingState)]
    match = query_text(" ".join(word for word in words if word not in states))
    found = "AND articles.n IN (SELECT rowid FROM article_words WHERE article_words MATCH :match)"
    rows = connection.execute(
        f"""SELECT n, id, title, publisher, published, language, state FROM (
            SELECT articles.n, articles.id, {checked("articles", "title")} AS title,
                coalesce({checked("sources", "name")}, '') AS publisher, published,
                coalesce(json_extract(articles.body, '$.language'), 'en') AS language,
                CASE
                    WHEN EXISTS (SELECT 1 FROM claims WHERE claims.article = articles.n)
                    THEN '{ReadingState.CODED}'
                    WHEN NOT EXISTS (SELECT 1 FROM marks WHERE about = articles.id
                        AND json_extract(marks.body, '$.kind') = 'read')
                    THEN '{ReadingState.UNREAD}'
                    WHEN {_REPEATS_CLAIMS}
                    THEN '{ReadingState.CODED}' ELSE '{ReadingState.UNCODED}' END AS state
            FROM articles LEFT JOIN sources ON sources.n = articles.publisher
            WHERE json_extract(articles.body, '$.text_kind') <> 'row' {found if match else ""})
        WHERE :states = '' OR instr(:states, ' ' || state || ' ')
        ORDER BY state <> '{ReadingState.UNREAD}', state <> '{ReadingState.UNCODED}',
            published = '', published DESC, n LIMIT {MOST}""",
        {"match": match, "states": f" {' '.join(states)} " if states else ""},
    )
    return tuple(
        ListedArticle(n, id_, title, publisher, published, language, ReadingState(state))
        for n, id_, title, publisher, published, language, state in rows
    )
