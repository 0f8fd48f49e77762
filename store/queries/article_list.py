"""All articles of a case as a reader works through them: unread, read, and coded."""

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.model.vocabulary import TextKind
from store.queries.full_text import read_query
from store.reader import Reader

MOST = 2_000
"""The most articles that are listed at once; typing finds the others."""


# a string of JSON cannot hold these words, as its quotation marks are escaped
_NO_ROW = """(articles.dataset IS NULL OR NOT instr(articles.body, '"text_kind":"row"'))"""

_HAS_CLAIMS = """EXISTS (SELECT 1 FROM passages JOIN claims ON claims.passage = passages.n
    WHERE passages.article = articles.n)"""

_REPEATS_CLAIMS = """EXISTS (SELECT 1 FROM passages AS carried
    JOIN passages AS first ON first.id = json_extract(carried.body, '$.carried_from')
    JOIN claims ON claims.passage = first.n WHERE carried.article = articles.n)"""

_READ = """articles.id IN (
    SELECT about FROM marks WHERE json_extract(body, '$.kind') = 'read')"""


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
    text_kind: TextKind
    state: ReadingState


class ArticleCount(NamedTuple):
    """The number of articles that are no rows of data sets, and of those that have a claim."""

    all: int
    coded: int


def count_articles(connection: Reader) -> ArticleCount:
    """Count the articles of a case."""
    found = connection.execute(
        f"SELECT count(*), count(*) FILTER (WHERE {_HAS_CLAIMS}) FROM articles WHERE {_NO_ROW}"
    ).fetchone()
    return ArticleCount(*found)


def list_articles(connection: Reader, typed: str = "") -> tuple[ListedArticle, ...]:
    """The articles with these words in title, text or publisher, unread first, then the newest.

    Rows of data sets are left out: they are the table that they came from. A state typed as
    a word (`unread`, `uncoded`, `coded`) takes only those. At most `MOST`.
    """
    words = typed.split()
    states = [word for word in words if word in list(ReadingState)]
    condition, given = _having(" ".join(word for word in words if word not in states))
    # the order needs little of each article; only of those in the list the others are read
    order = connection.execute(
        f"""SELECT n, state FROM (
            SELECT n, published, CASE
                WHEN {_HAS_CLAIMS} THEN '{ReadingState.CODED}'
                WHEN NOT {_READ} THEN '{ReadingState.UNREAD}'
                WHEN {_REPEATS_CLAIMS} THEN '{ReadingState.CODED}'
                ELSE '{ReadingState.UNCODED}' END AS state
            FROM articles WHERE {_NO_ROW} {condition})
        WHERE :states = '' OR instr(:states, ' ' || state || ' ')
        ORDER BY state <> '{ReadingState.UNREAD}', state <> '{ReadingState.UNCODED}',
            published = '', published DESC, n LIMIT {MOST}""",
        {**given, "states": f" {' '.join(states)} " if states else ""},
    ).fetchall()
    shown = _shown(connection, [n for n, _ in order])
    return tuple(ListedArticle(*shown[n], _STATES[state]) for n, state in order)


_APART = 20
"""The words that may stand in a text or in its publisher's name each; the others stand together."""

_HAS_WORDS = """(articles.n IN (SELECT rowid FROM article_words WHERE article_words MATCH :{0})
    OR coalesce(articles.publisher IN (SELECT record FROM name_words
        WHERE name_words MATCH :{0} AND kind = 'sources'), FALSE))"""


def _having(typed: str) -> tuple[str, dict[str, str]]:
    """The SQL condition that an article has the typed words, and its parameters."""
    asked = read_query(typed)
    if not asked.wanted:
        return "", {}
    together = " AND ".join(asked.wanted[_APART:])
    wanted = [*asked.wanted[:_APART], *[together] * bool(together)]
    given = {f"wanted_{number}": one for number, one in enumerate(wanted)}
    conditions = [_HAS_WORDS.format(name) for name in given]
    if asked.unwanted:
        given["unwanted"] = asked.unwanted
        conditions.append(f"NOT {_HAS_WORDS.format('unwanted')}")
    return "".join(f"AND {one} " for one in conditions), given


_STATES = {state.value: state for state in ReadingState}

_Row = tuple[int, str, str, str, str, str, TextKind]
"""All fields of a `ListedArticle` but its state."""


def _shown(connection: Reader, numbers: Sequence[int]) -> dict[int, _Row]:
    """The fields of articles by their numbers."""
    rows = connection.execute(
        f"""SELECT n, id, {checked("articles", "body")}, published, publisher FROM articles
        WHERE n IN (SELECT value FROM json_each(?))""",
        (json.dumps(numbers),),
    ).fetchall()
    names = _names(connection, {publisher for *_, publisher in rows})
    found: dict[int, _Row] = {}
    for n, id, body, published, publisher in rows:
        one = _decode(body)
        name = names.get(publisher, "")
        found[n] = n, id, one.title or "", name, published, one.language, one.text_kind
    return found


class _Shown(msgspec.Struct, frozen=True):
    """The fields of an article that the list shows; others of its JSON are passed over."""

    text_kind: TextKind
    title: str | None = None
    language: str = "en"


_decode = msgspec.json.Decoder(_Shown).decode


def _names(connection: Reader, sources: Iterable[int | None]) -> dict[int | None, str]:
    """The names of sources by their numbers."""
    rows = connection.execute(
        f"SELECT n, {checked('sources', 'name')} FROM sources"
        " WHERE n IN (SELECT value FROM json_each(?))",
        (json.dumps([n for n in sources if n is not None]),),
    )
    return dict(rows)
