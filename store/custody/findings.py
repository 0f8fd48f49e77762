"""What verifying tells, and what can be wrong with a record among others."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from store.database.record_rows import check_references, quotes
from store.errors import ConflictError
from store.model.records import AnyRecord, Article, Passage
from store.model.text import text_hash


class Finding(NamedTuple):
    """Something that is not as it should be: the file, where in it, and what."""

    file: Path
    where: str
    what: str


def wrong_with(table: str, one: AnyRecord, held: Mapping[str, tuple[str, AnyRecord]]) -> str:
    """What is wrong with a record among all others, given by id; nothing where it is right."""
    try:
        check_references(table, one, lambda id: held[id][0] if id in held else None)
    except ConflictError as error:
        return error.message.removeprefix(f"{table} {one.id}: ")
    if not isinstance(one, Passage):
        return ""
    article = held[one.article][1]
    assert isinstance(article, Article)
    text = (article.title if one.in_title else article.text) or ""
    if not quotes(one, article):
        return f"exact: {article.id} does not have these words at {one.start}-{one.end}"
    if text_hash(text) != one.text_sha256:
        return f"text_sha256: is not that of the text of {article.id}"
    around = text[max(0, one.start - len(one.prefix)) : one.end + len(one.suffix)]
    if around != one.prefix + one.exact + one.suffix:
        return f"prefix, suffix: {article.id} has other words around"
    return ""
