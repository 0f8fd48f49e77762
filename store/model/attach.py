"""Replacement of an article's digest by its original, as a change."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.records import CONTEXT, Article, Passage
from store.model.text import normalised, text_hash
from store.model.vocabulary import TextKind

MAX_ORIGINAL = 64 * 1024 * 1024
"""The size limit of an original in bytes."""


def article_of_original(content: bytes, articles: Iterable[Article]) -> Article:
    """Find the article whose original these bytes are, by their SHA-256.

    Raises `UsageError` where there is none, or where it already has its original.
    """
    digest = hashlib.sha256(content).hexdigest()
    found = next((one for one in articles if one.raw_sha256 == digest), None)
    if found is None:
        raise UsageError(
            "this file matches no article in the case",
            "its SHA-256 must be that of an article's original; every byte counts",
        )
    if found.text_kind in (TextKind.FULL, TextKind.SUMMARY):
        raise UsageError(f"{found.id} already has its original", "nothing needs to be done")
    return found


def attach_original(
    content: bytes, article: Article, passages: Sequence[Passage], by: str, at: str
) -> Change:
    """Make the change that replaces a digest by the original and moves the passages.

    Passages in the title stay. Raises `UsageError` where the bytes are not UTF-8,
    or where a passage's offsets in the original are not known.
    """
    try:
        raw = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"the original is not UTF-8 ({error})", "convert it to UTF-8") from error
    text = normalised(raw)
    full = msgspec.structs.replace(
        article, text=text, text_kind=TextKind.FULL, text_sha256=text_hash(text)
    )
    edits = [Edit("articles", article.id, article, full)]
    edits += [
        Edit("passages", passage.id, passage, _moved(passage, raw, text))
        for passage in passages
        if not passage.in_title
    ]
    why = f"attach the original of {article.title or article.id}"
    return Change(who=by, when=at, why=why, edits=tuple(edits))


def _moved(passage: Passage, raw: str, text: str) -> Passage:
    """Move a passage to its offsets in the normalised original."""
    origin = passage.origin
    if origin is None:
        raise UsageError(
            f"passages {passage.id}: its place in the original is not known",
            "nothing was changed",
        )
    start, end = (len(normalised(raw[:place])) for place in (origin.start, origin.end))
    return msgspec.structs.replace(
        passage,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        text_sha256=text_hash(text),
    )
