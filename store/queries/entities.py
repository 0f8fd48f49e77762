"""Actors, places, sources and events to choose from: those of an event, and others of a kind."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.database.read_records import numbered, record
from store.database.record_lookup import find_record
from store.model.records import Article, Claim, Passage
from store.model.references import TABLE_OF
from store.queries.doubles import doubles
from store.queries.judgements import title
from store.queries.referring import ENTITY_TABLES, Referring, referring
from store.queries.search import NamedKind, named
from store.queries.subjects import events_beside, typed_subjects
from store.reader import Reader


class EntityRow(NamedTuple):
    """A record to choose: its id, its name, what it is, and why it is proposed."""

    id: str
    name: str
    aside: str
    why: str = ""


_OF_EVENT = (
    ("actors", "SELECT DISTINCT actor FROM event_actors WHERE event = ?", "actor"),
    ("places", "SELECT place FROM event_places WHERE event = ?", "place"),
    ("sources", "SELECT source FROM event_sources WHERE event = ?", "source"),
)


def of_event(connection: Reader, event: int) -> tuple[EntityRow, ...]:
    """The actors, places and sources of the event with a number."""
    return tuple(
        EntityRow(id, name, what)
        for table, asked, what in _OF_EVENT
        for id, name in connection.execute(
            f"SELECT id, {checked(table, 'name')} FROM {table} WHERE n IN ({asked}) ORDER BY name",
            (event,),
        ).fetchall()
    )


def publisher_of(connection: Reader, article: str) -> str:
    """The id of the publisher of an article, empty where it is not stated."""
    found = record(connection, "articles", article)
    return (found.publisher or "") if isinstance(found, Article) else ""


def others(connection: Reader, id: str, typed: str) -> tuple[EntityRow, ...]:
    """The records that one may be merged into: the likely doubles, or by typed words.

    Without words and doubles those come first that share a word with its name; then they are by
    name. Of events they are those next in time.
    """
    if not typed.strip():
        alike = tuple(
            EntityRow(one.other, one.other_name, one.other_aside, one.why)
            if one.one == id
            else EntityRow(one.one, one.one_name, one.one_aside, one.why)
            for one in doubles(connection, of=id)
        )
        if alike:
            return alike
    if id.startswith("evt_"):
        found = [
            EntityRow(one.id, one.title, one.aside, one.why)
            for one in (
                typed_subjects(connection, typed)
                if typed.strip()
                else events_beside(connection, id)
            )
        ]
    else:
        kind = NamedKind(TABLE_OF[id[:3]][:-1])
        near = {} if typed.strip() else _with_its_words(connection, id, kind)
        rows = (
            EntityRow(one.id, one.name, one.apart or one.kind)
            for one in named(connection, typed, kind)
        )
        found = list((near | {one.id: one for one in rows if one.id not in near}).values())
    return tuple(one for one in found if one.id[:3] == id[:3] and one.id != id)


_LETTERS = 4
"""The least letters of a word that two names may share by more than chance."""


def _with_its_words(connection: Reader, id: str, kind: NamedKind) -> dict[str, EntityRow]:
    """The records of a kind whose names share long words with that of one, most words first."""
    name = getattr(record(connection, TABLE_OF[id[:3]], id), "name", "")
    shared: dict[str, list[str]] = {}
    rows: dict[str, EntityRow] = {}
    for word in dict.fromkeys(re.findall(rf"\w{{{_LETTERS},}}", name)):
        for one in named(connection, word, kind):
            rows.setdefault(one.id, EntityRow(one.id, one.name, one.apart or one.kind))
            shared.setdefault(one.id, []).append(word)
    ranked = sorted(rows, key=lambda one: -len(shared[one]))
    return {one: rows[one]._replace(why=f"shares {', '.join(shared[one])}") for one in ranked}


def standing_id(connection: Reader, id: str) -> str:
    """The id itself while there is such a record, else that of the one it was merged into.

    Empty where it is gone.
    """
    if find_record(connection, id) is not None:
        return id
    quoted = msgspec.json.encode(id).decode()
    for table in ENTITY_TABLES:
        for _, one in numbered(connection, table, "instr(body, ?)", quoted):
            if id in getattr(one, "merged", ()):
                return one.id
    return ""


# what a split may move


class SplitPart(NamedTuple):
    """Records that go to a new one together: those of an article, those of an event, or one."""

    title: str
    what: str
    ids: frozenset[str]


class Parts(NamedTuple):
    """An entity's name, and the parts in which what refers to it may move."""

    name: str
    parts: tuple[SplitPart, ...]


def parts_of(connection: Reader, id: str) -> Parts:
    """The records that refer to one, by event, by article, and the others one by one."""
    found = referring(connection, id)
    one = found.entity
    return Parts(
        getattr(one, "name", "") or getattr(one, "title", ""),
        (
            *_by_event(connection, found),
            *_by_article(connection, found),
            *_single(connection, found),
        ),
    )


def records_of(connection: Reader, part: SplitPart) -> tuple[SplitPart, ...]:
    """The records of a part one by one: of a claim its words, and of what it is."""
    found = []
    for id in sorted(part.ids):
        one = record(connection, TABLE_OF[id[:3]], id)
        if isinstance(one, Claim):
            passage = record(connection, "passages", one.passage)
            assert isinstance(passage, Passage)
            found.append(SplitPart(f"“{passage.exact}”", one.kind.value, frozenset({id})))
        elif one is not None:
            found.append(SplitPart(title(connection, id) or id, "article", frozenset({id})))
    return tuple(found)


def _by_event(connection: Reader, found: Referring) -> Iterator[SplitPart]:
    if found.entity.id.startswith("evt_"):
        return
    ids: dict[str, set[str]] = {}
    for claim in found.claims:
        if claim.subject.startswith("evt_"):
            ids.setdefault(claim.subject, set()).add(claim.id)
    for event, claims in ids.items():
        yield SplitPart(title(connection, event), "event", frozenset(claims))


def _by_article(connection: Reader, found: Referring) -> Iterator[SplitPart]:
    ids: dict[str, set[str]] = {}
    for claim in found.claims:
        passage = record(connection, "passages", claim.passage)
        assert isinstance(passage, Passage)
        ids.setdefault(passage.article, set()).add(claim.id)
    for _, one in found.records:
        if isinstance(one, Article):
            ids.setdefault(one.id, set()).add(one.id)
    for article, records in ids.items():
        yield SplitPart(title(connection, article) or article, "article", frozenset(records))


def _single(connection: Reader, found: Referring) -> Iterator[SplitPart]:
    """The records that belong to no article."""
    for table, one in found.records:
        if not isinstance(one, Claim | Article):
            words = str(getattr(one, "text", "")) or title(connection, one.id)
            yield SplitPart(words or table[:-1], table[:-1], frozenset({one.id}))
