"""The articles that are compared, a column each."""

import msgspec

from store.analysis.time_bounds import reported_by
from store.model.vocabulary import TextKind
from store.queries.claims import SubjectClaims


class Column(msgspec.Struct, frozen=True):
    """One article by its number and id; `publisher` is empty where it is not stated, and
    `published` where it is not known or only guessed.

    The printed words of a `digest` are those of the original, not of its text.
    `dataset` and `licence` say what it is known from, and are empty where it is of none.
    """

    n: int
    id: str
    title: str
    publisher: str
    published: str
    digest: bool
    dataset: str = ""
    licence: str = ""


def columns(telling: SubjectClaims) -> tuple[Column, ...]:
    """The articles of these claims, the newest first, those of unknown time last."""
    found = [
        Column(
            n=one.n,
            id=one.id,
            title=one.title or "",
            publisher=telling.names[one.publisher] if one.publisher else "",
            published=one.published.at if one.published and reported_by(one.published) else "",
            digest=one.text_kind is TextKind.DIGEST,
            dataset=telling.known_from(one.id)[0],
            licence=telling.known_from(one.id)[1],
        )
        for one in telling.articles.values()
    ]
    found.sort(key=lambda column: column.n)
    return tuple(sorted(found, key=lambda column: column.published, reverse=True))
