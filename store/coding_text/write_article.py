"""Writing of one article of a case as text: its text, passages and claims."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from store.coding_text.keys import REFERENCES, SUBJECTS, VALUE_KEYS
from store.coding_text.read_article import (
    SAID_OF_CLAIM,
    SELECTORS,
    occurrences,
    passage_id,
    plain_text,
)
from store.coding_text.record_keys import RecordKeys
from store.coding_text.toml_text import table_text
from store.model.record import make_id
from store.model.records import CONTEXT, Article, Claim, Passage
from store.model.references import TABLE_OF
from store.model.text import text_hash
from store.model.vocabulary import DEGREES

_WORD_OF = {table: word for word, table in SUBJECTS.items()}
_KEY_OF = {field: word for word, (field, _) in VALUE_KEYS.items()}


def fields_of(record: Any, keys: RecordKeys, table: str = "") -> dict[str, Any]:
    """The fields of a record that are set, with keys in the place of ids."""
    fields = _set_fields(record)
    if "note" in fields:  # the record first, then what is remarked of it
        fields["note"] = fields.pop("note")
    for field in REFERENCES.get(table, {}):
        value = fields.get(field)
        if isinstance(value, list):
            fields[field] = keys.of(value)
        elif value is not None:
            fields[field] = keys[value]
    return fields


def _set_fields(record: msgspec.Struct) -> dict[str, Any]:
    """The fields of a structure that are set to something of their own."""
    return {
        name: _plain(value)
        for name, default in _defaults(type(record))
        if (value := getattr(record, name)) is not None and value != default
    }


@cache
def _defaults(of: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in msgspec.structs.fields(of))


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _set_fields(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def article_text(
    article: Article,
    passages: Iterable[Passage],
    claims: Mapping[str, list[Claim]],
    keys: RecordKeys,
    case: str,
) -> tuple[str, str | None]:
    """The TOML of an article and its text, None for one of which only the headline is known.

    `claims` are those of each passage.
    """
    head = fields_of(article, keys, "articles")
    head.pop("text_sha256", None)
    text = head.pop("text", None)
    if head.pop("id") != make_id("art", case, keys[article.id]):
        head = {"id": article.id, **head}
    if text is not None and plain_text(text.removeprefix("\ufeff")) != text:
        head["exact"] = True
    tables = [table_text("[article]", head)]
    for passage in passages:
        coded = _passage(passage, article, keys)
        coded["says"] = [
            _claim(claim, number, keys) for number, claim in enumerate(claims.get(passage.id, ()))
        ]
        tables.append(table_text("[[passage]]", coded, ("says",)))
    return "\n".join(tables), None if text is None else f"{text}\n"


def _passage(passage: Passage, article: Article, keys: RecordKeys) -> dict[str, Any]:
    text = (article.title if passage.in_title else article.text) or ""
    start = passage.start
    at = text[start : passage.end] == passage.exact
    coded: dict[str, Any] = {"text": passage.exact}
    if at:
        before = sum(1 for _ in _until(text, passage.exact, start))
        if before > 1 or text.find(passage.exact, start + 1) >= 0:
            coded["nth"] = before
    if passage.in_title:
        coded["in_title"] = True
    if keys.get(passage.id):
        coded["key"] = keys[passage.id]
    if passage_id(article.id, coded) != passage.id:
        coded["id"] = passage.id
    follows = {
        "start": start if at else None,
        "end": start + len(passage.exact),
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[passage.end : passage.end + CONTEXT],
        "text_sha256": text_hash(text),
    }
    coded |= {
        field: getattr(passage, field)
        for field in SELECTORS
        if getattr(passage, field) != follows[field]
    }
    if passage.origin is not None:
        coded["origin"] = [passage.origin.start, passage.origin.end]
        if passage.origin.raw_sha256 != article.raw_sha256:
            coded["origin_sha256"] = passage.origin.raw_sha256
    if passage.note:
        coded["note"] = passage.note
    return coded


def _until(text: str, words: str, last: int) -> Iterable[int]:
    """The places of words up to this one."""
    for start in occurrences(text, words, len(text) + 1):
        yield start
        if start >= last:
            return


def _claim(claim: Claim, number: int, keys: RecordKeys) -> dict[str, Any]:
    fields = fields_of(claim, keys)
    value = fields.pop("value", {})
    said: dict[str, Any] = {_WORD_OF[TABLE_OF[claim.subject[:3]]]: keys[claim.subject]}
    said["kind"] = fields["kind"]
    for name, one in value.items():
        if name in _KEY_OF:
            said[_KEY_OF[name]] = keys[one]
        else:
            said["why" if name == "note" else name] = one
    if "as_of" in fields:
        said["as_of"] = fields["as_of"]
    if claim.chain:
        said["via"] = keys.of(claim.chain)
    said |= {name: fields[name] for name in SAID_OF_CLAIM if name in fields}
    if keys.get(claim.id):
        said["key"] = keys[claim.id]
    if claim.id != make_id("clm", claim.passage, str(number)) or value.get("scheme") in DEGREES:
        said["id"] = claim.id
    return said
