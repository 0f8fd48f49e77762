"""Findings of `verify`, and the check of a record in relation to others."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from store.database.record_rows import check_references, quotes
from store.errors import ConflictError
from store.model.records import AnyRecord, Article, Passage
from store.model.text import text_hash


class Finding(NamedTuple):
    """An error: the file, the place in it, and a message."""

    file: Path
    where: str
    what: str


def record_fault(table: str, one: AnyRecord, held: Mapping[str, tuple[str, AnyRecord]]) -> str:
    """Return the fault of a record in relation to all others, by id; empty where it has none."""

    def article(id: str) -> Article:
        _, found = held[id]
        assert isinstance(found, Article)
        return found

    return fault_among(table, one, lambda id: held[id][0] if id in held else None, article)


def fault_among(
    table: str,
    one: AnyRecord,
    table_of: Callable[[str], str | None],
    article_of: Callable[[str], Article],
) -> str:
    """Return the fault of a record in relation to others, of which two functions tell by id."""
    try:
        check_references(table, one, table_of)
    except ConflictError as error:
        return error.message.removeprefix(f"{table} {one.id}: ")
    if not isinstance(one, Passage):
        return ""
    article = article_of(one.article)
    text = (article.title if one.in_title else article.text) or ""
    if not quotes(one, article):
        return f"exact: {article.id} has other words at {one.start}-{one.end}"
    if text_hash(text) != one.text_sha256:
        return f"text_sha256: does not match the text of {article.id}"
    around = text[max(0, one.start - len(one.prefix)) : one.end + len(one.suffix)]
    if around != one.prefix + one.exact + one.suffix:
        return f"prefix, suffix: {article.id} has other words around the passage"
    return ""
