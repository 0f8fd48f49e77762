"""The passages and articles that a dossier cites, each checked against the text of the case."""

from collections.abc import Iterable, Sequence

import msgspec

from store.errors import DamagedCase
from store.model.records import Article, DataSet, Passage, Source
from store.model.text import text_hash
from store.model.vocabulary import StampBasis, TextKind
from store.queries.judgements import held_all
from store.reader import Reader


class CitedArticle(msgspec.Struct, frozen=True):
    """A source of the dossier; `sha256` is that of its text, of a headline that of its title.

    `raw_sha256` is that of the original's bytes. Texts are empty where they are unknown.
    """

    id: str
    publisher: str
    title: str
    author: str
    published: str
    basis: StampBasis | None
    url: str
    text_kind: TextKind
    sha256: str
    raw_sha256: str
    dataset: str


class CitedPassage(msgspec.Struct, frozen=True):
    """A passage by its id, with its words; `article` is the place of its article.

    `start` and `end` (code points, end exclusive) refer to the text, or with `in_title`
    to the title, whose SHA-256 is `sha256`.
    """

    id: str
    article: int
    exact: str
    start: int
    end: int
    in_title: bool
    sha256: str


class Cited(msgspec.Struct, frozen=True):
    """The passages in the order in which they are cited, and their articles."""

    passages: tuple[CitedPassage, ...]
    articles: tuple[CitedArticle, ...]


def cited(connection: Reader, ids: Iterable[str]) -> Cited:
    """The passages of these ids, and their articles.

    Raises `DamagedCase` for a passage that the case does not have, or whose words are not
    those of the text that it refers to.
    """
    wanted = list(dict.fromkeys(ids))
    passages = held_all(connection, "passages", wanted)
    for id_ in wanted:
        if id_ not in passages:
            raise _refused(id_, "the case has no such passage")
    found = [one for one in passages.values() if isinstance(one, Passage)]
    of = dict.fromkeys(one.article for one in found)
    articles = held_all(connection, "articles", of).values()
    known = {one.id: one for one in articles if isinstance(one, Article)}
    for one in found:
        _check(one, known.get(one.article))
    at = {id_: place for place, id_ in enumerate(known)}
    return Cited(
        tuple(
            CitedPassage(
                one.id,
                at[one.article],
                one.exact,
                one.start,
                one.end,
                one.in_title,
                one.text_sha256,
            )
            for one in found
        ),
        _articles(connection, tuple(known.values())),
    )


def _check(passage: Passage, article: Article | None) -> None:
    if article is None:
        raise _refused(passage.id, "the case has no such article")
    text = (article.title if passage.in_title else article.text) or ""
    if text_hash(text) != passage.text_sha256:
        raise _refused(passage.id, "it refers to another text")
    if text[passage.start : passage.end] != passage.exact:
        raise _refused(passage.id, "its words are not in the text")


def _refused(passage: str, why: str) -> DamagedCase:
    return DamagedCase(
        f"passage {passage}: {why}, so the dossier was not written",
        "check the case: conflict-tui verify",
    )


def _articles(connection: Reader, articles: Sequence[Article]) -> tuple[CitedArticle, ...]:
    publishers = held_all(connection, "sources", {one.publisher or "" for one in articles})
    datasets = held_all(connection, "datasets", {one.dataset or "" for one in articles})
    return tuple(
        CitedArticle(
            id=one.id,
            publisher=_name(publishers.get(one.publisher or "")),
            title=one.title or "",
            author=one.author,
            published=one.published.at if one.published else "",
            basis=one.published.basis if one.published else None,
            url=one.url or "",
            text_kind=one.text_kind,
            sha256=one.text_sha256 or text_hash(one.title or ""),
            raw_sha256=one.raw_sha256 or "",
            dataset=_name(datasets.get(one.dataset or "")),
        )
        for one in articles
    )


def _name(record: object) -> str:
    match record:
        case DataSet():
            return record.citation or f"{record.name} {record.version}".strip()
        case Source():
            return record.name
        case _:
            return ""
