"""The original of an article in place of its digest, as a change."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.records import CONTEXT, Article, Passage
from store.model.text import normalised, text_hash
from store.model.vocabulary import TextKind

MAX_ORIGINAL = 64 * 1024 * 1024
"""Bytes that an original may have."""


def original_of(content: bytes, articles: Iterable[Article]) -> Article:
    """The article whose original these bytes are.

    Raises `UsageError` where they are nobody's, or where it is attached already.
    """
    digest = hashlib.sha256(content).hexdigest()
    found = next((one for one in articles if one.raw_sha256 == digest), None)
    if found is None:
        raise UsageError(
            "this is the original of no article of the case",
            "every byte must be as it was: the case holds the SHA-256 of each original",
        )
    if found.text_kind is TextKind.FULL:
        raise UsageError(f"{found.id} has its original already", "nothing is to be done")
    return found


def attached(
    content: bytes, article: Article, passages: Sequence[Passage], by: str, at: str
) -> Change:
    """The act that puts an original in place of its digest, each passage where it stands there.

    Passages in the title stay. Raises `UsageError` where the bytes are no UTF-8,
    or where it is not known where one of the passages stands in them.
    """
    try:
        raw = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"the original is no UTF-8 ({error})", "it cannot be shown") from error
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
    """The passage where it stands in the original; line ends there count as one."""
    origin = passage.origin
    if origin is None:
        raise UsageError(
            f"passages {passage.id}: where it stands in the original is not known",
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
