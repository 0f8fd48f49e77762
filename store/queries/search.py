"""Full text search, and finding a record by its name or id."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from store.database.checksums import checked, checked_snippet
from store.database.read_records import INDEXED
from store.errors import UnknownRecord
from store.model.labels import count_text
from store.model.references import TABLE_OF
from store.queries.datasets import BY_MACHINE, OF_ROW
from store.queries.full_text import match_text, query_text
from store.reader import Reader

_CLOSE = "\x02"
_OPEN = "\x01"


class Hit(msgspec.Struct, frozen=True):
    """An article or event that holds the words.

    `snippet` shows them in their surroundings; `found` are the (start, end)
    code points of the words in it. `machine` says that a machine made it, or
    read all that is claimed in it; `dataset` and `licence` what it is known from.
    """

    table: str
    n: int
    id: str
    title: str
    snippet: str
    found: tuple[tuple[int, int], ...]
    machine: bool = False
    dataset: str = ""
    licence: str = ""


class NamedKind(StrEnum):
    """The kinds of records that go by names."""

    ACTOR = "actor"
    PLACE = "place"
    SOURCE = "source"


class _Aliases(msgspec.Struct):
    """The other names of an actor, a place or a source."""

    aliases: tuple[str, ...] = ()


_names = msgspec.json.Decoder(_Aliases)


class NamedRecord(msgspec.Struct, frozen=True):
    """An actor, place or source, with all the names that it goes by.

    `apart` tells it from others of the same name, and is empty where there are
    none: "village in Hama province, 12 events, at 35.31 37.08" (degrees WGS84).
    """

    kind: NamedKind
    id: str
    name: str
    names: str
    apart: str = ""

    @property
    def distinction(self) -> str:
        """The words and id that tell it from others, ` (village, …: plc_1)`; empty without any."""
        return f" ({self.apart}: {self.id})" if self.apart else ""


COUNTED = 10_000
"""The most events that are counted to tell records of one name apart."""

EVENTS_OF = {
    NamedKind.ACTOR: """SELECT event FROM event_actors WHERE actor IN
        (SELECT member FROM actor_within JOIN actors ON actors.n = whole WHERE actors.id = :id)""",
    NamedKind.PLACE: """SELECT event FROM event_places WHERE place IN
        (SELECT member FROM place_within JOIN places ON places.n = whole WHERE places.id = :id)""",
    NamedKind.SOURCE: """SELECT event FROM event_sources
        WHERE source = (SELECT n FROM sources WHERE id = :id)""",
}
"""The events of the record `:id`, each perhaps more than once."""

RANKED = 2_000
"""The most matches that are ranked."""

_TABLES = {
    "events": ("event_words", "events.machine"),
    "articles": ("article_words", BY_MACHINE),
}
_SNIPPET = f"snippet({{}}, -1, '{_OPEN}', '{_CLOSE}', '…', 16)"
_SNIPPETS = {
    "event_words": checked_snippet(_SNIPPET.format("event_words")),
    # the words of an article are those of its own row
    "article_words": _SNIPPET.format("article_words"),
}
_KINDS = {
    "actors": NamedKind.ACTOR,
    "places": NamedKind.PLACE,
    "sources": NamedKind.SOURCE,
}


def search(connection: Reader, words: str, most: int = 100) -> tuple[Hit, ...]:
    """The articles and events with these words, the best first, `most` of each.

    Accents and hyphens do not matter; the last word may be cut off; `"a phrase"`, `-without`
    and `one OR other` are understood. Empty where there is nothing to look for.
    If more than `RANKED` have the words, those with the words in their title come first,
    and then those that were added last, unless more than `RANKED` are wanted.
    """
    match = query_text(words)
    if not match:
        return ()
    found: list[Hit] = []
    for table, (index, machine) in _TABLES.items():
        best = _best(connection, index, match, most)
        if not best:
            continue
        rows = connection.execute(
            f"""SELECT {table}.n, {table}.id, {checked(table, "title")},
                {_SNIPPETS[index]}, {machine}, {OF_ROW}
            FROM {index} JOIN {table} ON {table}.n = {index}.rowid
            LEFT JOIN datasets ON datasets.n = {table}.dataset
            WHERE {index} MATCH ? AND {index}.rowid BETWEEN ? AND ?
                AND +{index}.rowid IN (SELECT value FROM json_each(?))""",
            (match, min(best), max(best), msgspec.json.encode(best).decode()),
        )
        hits = {}
        for n, id_, title, snippet, by_machine, *of in rows:
            text, spans = _marked(snippet)
            hits[n] = Hit(table, n, id_, title, text, spans, bool(by_machine), *of)
        found += (hits[n] for n in best)
    return tuple(found)


def _best(connection: Reader, index: str, match: str, most: int) -> list[int]:
    """The rows of a full text index that match best."""

    def rows(asked: str, order: str, most: int, after: int = 0) -> list[int]:
        found = connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY {order} LIMIT ? OFFSET ?",
            (asked, most, after),
        )
        return [n for (n,) in found]

    # ranking looks at every match: 0.2 s for a word that 150,000 articles have
    if most > RANKED or not rows(match, "rowid DESC", 1, RANKED):
        return rows(match, "rank", most)
    titled = rows(f"title : ({match})", "rowid DESC", most)
    newest = rows(match, "rowid DESC", most)
    return list(dict.fromkeys((*titled, *newest)))[:most]


def _marked(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The snippet without its marks, and the spans that they marked.

    A mark that the text itself holds can only move a highlight, never the words.
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = start = 0
    for piece in snippet.replace(_CLOSE, _OPEN + _CLOSE).split(_OPEN):
        if piece.startswith(_CLOSE):
            spans.append((start, length))
            piece = piece[1:]
        start = length
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(spans)


def named(
    connection: Reader, words: str, kind: NamedKind | None = None, most: int = 50
) -> tuple[NamedRecord, ...]:
    """The actors, places and sources with all of these words in their names.

    The last word may be cut off. At most `most`, an exact name first; without words, any.
    """
    tables = [table for table, of in _KINDS.items() if kind in (None, of)]
    found: list[NamedRecord] = []
    match = match_text(words)
    for table in tables:
        if match:
            rows = connection.execute(
                f"""SELECT {table}.id, {table}.name, {checked(table, "body")}
                FROM name_words JOIN {table} ON {table}.n = name_words.record
                WHERE name_words MATCH ? AND name_words.kind = ? ORDER BY rank LIMIT ?""",
                (match, table, most),
            )
        else:
            rows = connection.execute(
                f"SELECT id, name, {checked(table, 'body')} FROM {table} ORDER BY name LIMIT ?",
                (most,),
            )
        for id_, name, body in rows:
            names = " ; ".join((name, *_names.decode(body).aliases))
            found.append(NamedRecord(_KINDS[table], id_, name, names))
    wanted = words.strip().casefold()
    found.sort(key=lambda one: wanted not in one.names.casefold().split(" ; "))
    return _told_apart(connection, found[:most])


def _told_apart(connection: Reader, found: Sequence[NamedRecord]) -> tuple[NamedRecord, ...]:
    """The records, those of one kind and name with what tells them apart."""
    times = Counter((one.kind, one.name.casefold()) for one in found)
    return tuple(
        msgspec.structs.replace(one, apart=_apart(connection, one))
        if times[one.kind, one.name.casefold()] > 1
        else one
        for one in found
    )


def _apart(connection: Reader, one: NamedRecord) -> str:
    """The kind of a record, the place it is in, its number of events and its coordinates."""
    table = {of: table for table, of in _KINDS.items()}[one.kind]
    kind, within, *at = connection.execute(
        f"""SELECT one.kind, {checked("places", "name", alias="whole")},
            json_extract(one.body, '$.latitude'),
            json_extract(one.body, '$.longitude') FROM {table} AS one
        LEFT JOIN places AS whole ON whole.id = json_extract(one.body, '$.within')
        WHERE one.id = ?""",
        (one.id,),
    ).fetchone()
    words = f"{kind}{f' in {within}' if within else ''}, {events_text(_events(connection, one))}"
    where = f", at {at[0]:.2f} {at[1]:.2f}" if None not in at else ""
    return words + where


def _events(connection: Reader, one: NamedRecord) -> int:
    """The number of events of a record, at most `COUNTED`."""
    (events,) = connection.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT event FROM ({EVENTS_OF[one.kind]}) LIMIT :most)",
        {"id": one.id, "most": COUNTED},
    ).fetchone()
    return int(events)


def events_text(events: int) -> str:
    """`12 events`, or `10,000 events or more`, which are as many as are counted."""
    return count_text(events, "event") + (" or more" if events == COUNTED else "")


ALIKE = 12
"""The most records of a like name whose events are counted."""


def with_more_events(
    connection: Reader, words: str, kind: NamedKind, chosen: str
) -> tuple[tuple[NamedRecord, int], ...]:
    """The record that a name meant, and those with more events that have it in their name.

    `chosen` is the id of the first; the others come by their number of events, the greatest
    first. Empty if no other has more, or if the words are an id.
    """
    if begins_an_id(words):
        return ()
    wanted = words.strip().casefold()
    counts = [(one, _events(connection, one)) for one in named(connection, words, kind, ALIKE)]
    own = next((one for one in counts if one[0].id == chosen), None)
    if own is None:
        return ()
    more = [one for one in counts if one[1] > own[1] and wanted in one[0].name.casefold()]
    return (own, *sorted(more, key=lambda one: -one[1])) if more else ()


def called(connection: Reader, name: str, kind: NamedKind) -> bool:
    """True if an actor, a place or a source has this id, or goes by exactly this name."""
    wanted = name.strip().casefold()
    return any(
        wanted in (one.id, *one.names.casefold().split(" ; "))
        for one in named(connection, name, kind)
    )


def the_named(connection: Reader, words: str, kind: NamedKind) -> NamedRecord:
    """The one record that a name or an id means.

    An exact name decides, then a single match. Raises `UnknownRecord`, naming
    the candidates, where there is none or where there are several.
    """
    table = {of: table for table, of in _KINDS.items()}[kind]
    by_id = connection.execute(
        f"SELECT id, {checked(table, 'name')} FROM {table} WHERE id = ?", (words.strip(),)
    ).fetchone()
    if by_id:
        return NamedRecord(kind, by_id[0], by_id[1], by_id[1])
    found = named(connection, words, kind) if match_text(words) else ()
    wanted = words.strip().casefold()
    exact = [one for one in found if wanted in one.names.casefold().split(" ; ")]
    if begins_an_id(words):
        found = tuple(exact)
    if len(exact) == 1 or (len(found) == 1 and not exact):
        return (exact or found)[0]
    if not found and begins_an_id(words):
        raise no_id(words, [table], several=False)
    if not found:
        raise UnknownRecord(f"no {kind} is called {words!r}", f"see: conflict-tui {table}")
    names = ", ".join(f"{one.name}{one.distinction}" for one in (exact or found)[:6])
    raise UnknownRecord(f"{words!r} is ambiguous: {names}", "give more of the name, or the id")


_SINGULAR = {
    "events": "event",
    "actors": "actor",
    "places": "place",
    "sources": "source",
    "articles": "article",
}
"""The tables that a command of the same name lists, and the name for one of their records."""


def begins_an_id(words: str) -> bool:
    """True if words are meant as an id or the beginning of one, and not as a name."""
    head, mark, rest = words.strip().partition("_")
    return bool(mark) and head in TABLE_OF and " " not in rest


def no_id(beginning: str, tables: Sequence[str], *, several: bool) -> UnknownRecord:
    """The error that no id begins so, or that several do; it says where ids are listed."""
    *first, last = [_SINGULAR.get(table, "record") for table in tables] or ["record"]
    what = f"{', '.join(first)} or {last}" if first else last
    hint = ", ".join(f"conflict-tui {table}" for table in tables if table in _SINGULAR)
    found = f"several ids begin with {beginning!r}" if several else ""
    return UnknownRecord(
        found or f"no {what} has an id that begins with {beginning!r}",
        f"see: {hint}" if hint else "ids are shown by: conflict-tui event ID",
    )


def whole_id(connection: Reader, table: str, beginning: str) -> str:
    """The id equal to `beginning` or, where there is none, the only one that begins with it.

    Raises `UnknownRecord` where there is none or more than one.
    """
    if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (beginning,)).fetchone():
        return beginning
    found = connection.execute(
        f"SELECT id FROM {table} WHERE substr(id, 1, ?) = ? LIMIT 2", (len(beginning), beginning)
    ).fetchall()
    if len(found) == 1 and beginning:
        return str(found[0][0])
    raise no_id(beginning, [table], several=bool(found and beginning))


def any_id(connection: Reader, beginning: str) -> str:
    """The id of any record: equal to `beginning`, or else the only one that begins with it.

    Raises `UnknownRecord` where there is none or more than one.
    """
    asked = " UNION ALL ".join(
        f"SELECT id FROM {table} WHERE substr(id, 1, :length) = :id" for table in INDEXED
    )
    found = connection.execute(
        f"SELECT id, id = :id FROM ({asked}) ORDER BY id = :id DESC LIMIT 2",
        {"length": len(beginning), "id": beginning},
    ).fetchall()
    if beginning and found and (found[0][1] or len(found) == 1):
        return str(found[0][0])
    table = TABLE_OF.get(beginning.partition("_")[0])
    raise no_id(beginning, [table] if table else [], several=bool(beginning and found))
