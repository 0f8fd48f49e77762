"""The originals of articles: the article of a file, and the act that attaches the file."""

import hashlib

from store.database.read_records import numbered
from store.model.attach import article_of_original, attach_original
from store.model.change import Change
from store.model.records import Article, Passage
from store.model.vocabulary import TextKind
from store.reader import Reader


def attachment(connection: Reader, content: bytes, by: str, at: str) -> tuple[Article, Change]:
    """The article whose original these bytes are, and the act that puts it in place of its digest.

    Raises `UsageError` where they are of no article, where they are attached already,
    where they are not UTF-8, and where the place of a passage in them is not known.
    """
    digest = hashlib.sha256(content).hexdigest()
    found = numbered(connection, "articles", "json_extract(body, '$.raw_sha256') = ?", digest)
    article = article_of_original(content, (one for _, one in found if isinstance(one, Article)))
    quoted = "article = (SELECT n FROM articles WHERE id = ?)"
    passages = [
        one
        for _, one in numbered(connection, "passages", quoted, article.id)
        if isinstance(one, Passage)
    ]
    return article, attach_original(content, article, passages, by, at)


def attached_already(connection: Reader) -> set[str]:
    """The SHA-256 of each original that the case holds."""
    found = connection.execute(
        """SELECT json_extract(body, '$.raw_sha256') FROM articles
        WHERE json_extract(body, '$.text_kind') IN (?, ?)""",
        (TextKind.FULL, TextKind.SUMMARY),
    )
    return {digest for (digest,) in found if digest}


def originals_redacted_with(connection: Reader, id: str, field: str) -> list[str]:
    """The SHA-256 of the originals that hold what a field of a record says, none for a note."""
    if field.partition(".")[0] == "note":
        return []
    found = connection.execute(
        """SELECT json_extract(body, '$.raw_sha256') FROM articles
        WHERE id = ? AND json_extract(body, '$.capture') IS NOT NULL""",
        (id,),
    )
    return [digest for (digest,) in found if digest]


def articles_of_original(connection: Reader, digest: str) -> list[str]:
    """The ids of the articles that were read from an original."""
    found = connection.execute(
        """SELECT id FROM articles WHERE json_extract(body, '$.raw_sha256') = ?
        AND json_extract(body, '$.capture') IS NOT NULL""",
        (digest,),
    )
    return [id for (id,) in found]


def originals_of_articles(connection: Reader) -> list[tuple[str, str]]:
    """The id of each article that was read from a file, and the SHA-256 of that file."""
    found = connection.execute(
        """SELECT id, json_extract(body, '$.raw_sha256') FROM articles
        WHERE instr(body, '"capture"') AND json_extract(body, '$.capture') IS NOT NULL"""
    )
    return [(id, digest) for id, digest in found if digest]
