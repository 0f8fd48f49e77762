"""Stand-ins for lost records, so that those that refer to them are not lost with them.

A stand-in has the id of the lost record, and says in its name that it is one. Of
an article it has the words that its passages quote.
"""

from collections.abc import Iterable, Sequence

import msgspec

from store.database.read_records import decode_record
from store.model.records import Actor, AnyRecord, Article, DataSet, Event, Passage, Place, Source
from store.model.text import text_hash
from store.model.vocabulary import ActorKind, EventType, PlaceKind, SourceKind, TextKind

LOST, DAMAGED = "[lost]", "[damaged]"
"""The marks of a stand-in, and of a record that is kept as it was found."""

_LOST = "lost when the case was damaged: only the id is known"
_DAMAGED = "its bytes were altered when the case was damaged, and are kept as they were found"
_QUOTED = "lost when the case was damaged: only the words that passages quote are known"

_GAP = "░"
"""What stands for an unknown code point of a text."""

_NO_AREA = 7
"""The precision of a place of which nothing is known."""


def stand_in(table: str, id: str, found: str | None) -> AnyRecord | None:
    """A stand-in for a lost record that others refer to, None for a table without any.

    `found` is the altered JSON of the record, which is kept if it can be read.
    """
    name = f"{LOST} {id}"
    match table:
        case "datasets":
            made: AnyRecord = DataSet(id=id, name=name, redistributable=False, note=_LOST)
        case "actors":
            made = Actor(id=id, name=name, kind=ActorKind.GROUP, note=_LOST)
        case "places":
            made = Place(
                id=id, name=name, kind=PlaceKind.REGION, precision=_NO_AREA, note=_LOST, basis=LOST
            )
        case "sources":
            made = Source(id=id, name=name, kind=SourceKind.UNNAMED, note=_LOST)
        case "events":
            made = Event(id=id, title=name, type=EventType.OTHER, note=_LOST)
        case _:
            return None
    return (_as_found(table, id, found) if found else None) or made


def _as_found(table: str, id: str, found: str) -> AnyRecord | None:
    """The record as it was found, marked; None where it cannot be read."""
    try:
        one = decode_record(table, found.encode())
    except (ValueError, RecursionError):
        return None
    if one.id != id:
        return None
    field = "title" if isinstance(one, Event) else "name"
    note = f"{one.note}\n{_DAMAGED}".lstrip()
    return msgspec.structs.replace(one, **{field: f"{DAMAGED} {getattr(one, field)}", "note": note})


def quoted_article(id: str, passages: Sequence[Passage]) -> Article:
    """A stand-in for a lost article, with the words of these passages at their places."""
    text = _filled(one for one in passages if not one.in_title)
    return Article(
        id=id,
        title=_filled(one for one in passages if one.in_title) or f"{LOST} {id}",
        publisher=None,
        text_kind=TextKind.FULL if text else TextKind.HEADLINE,
        text=text or None,
        text_sha256=text_hash(text) if text else None,
        note=_QUOTED,
    )


def bound_to(article: Article, passage: Passage) -> Passage:
    """The passage with the hash of the text, or title, of a stand-in for its article."""
    text = (article.title if passage.in_title else article.text) or ""
    return msgspec.structs.replace(passage, text_sha256=text_hash(text))


def _filled(passages: Iterable[Passage]) -> str:
    """The text around passages as far as these know it, with `_GAP` for every other code point."""
    text: list[str] = []
    for one in passages:
        words = one.prefix + one.exact + one.suffix
        start = one.start - len(one.prefix)
        end = start + len(words)
        text += _GAP * (end - len(text))
        text[start:end] = words
    return "".join(text)
