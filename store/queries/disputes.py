"""Events, places and actors whose claims are at odds, and the search for one by name or id."""

from array import array

import msgspec

from store.database.checksums import checked
from store.errors import UnknownRecord
from store.model.dates import long
from store.queries.compare_groups import TERRITORIAL
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind, Filters, where
from store.queries.full_text import match_text
from store.queries.search import NamedKind, NamedRecord, begins_an_id, named, no_id
from store.queries.timeline import PAGE, number_of, order, row_of
from store.reader import Reader

LISTED = 6
"""The most candidates named where several can be meant."""


class Subject(msgspec.Struct, frozen=True):
    """The subject of claims; `kind` is event, place or actor."""

    id: str
    title: str
    kind: str


def disputed(connection: Reader, asked: Filters) -> tuple[Subject, ...]:
    """The subjects with claims at odds: a filter's events by time, places by name, actors by name.

    With a filter, the places are those whose control one of its events is about, and the
    actors those that it asks for, with their parts; without one, all places and actors.
    """
    numbered = {
        n: Subject(id_, title, "event")
        for n, id_, title in connection.execute(
            f"""SELECT n, id, {checked("events", "title")} FROM events
            WHERE id IN (SELECT subject FROM disputes)"""
        )
    }
    events = [numbered[n] for n in order(connection, asked, Sort.DATE) if n in numbered]
    return (*events, *_places(connection, asked), *_actors(connection, asked))


def figures(connection: Reader) -> dict[str, tuple[int, ...]]:
    """The numbers of pairs that contradict, are stale, differ and are apart, by subject id."""
    rows = connection.execute("SELECT subject, contradicts, stale, differs, apart FROM disputes")
    return {subject: tuple(counts) for subject, *counts in rows}


def _places(connection: Reader, asked: Filters) -> list[Subject]:
    condition = where(asked)
    types = ", ".join("?" * len(TERRITORIAL))
    of_events = (
        f"AND n IN (SELECT place FROM events WHERE type IN ({types}) AND {condition.sql})"
        if asked.filters
        else ""
    )
    rows = connection.execute(
        f"""SELECT id, {checked("places", "name")} FROM places
        WHERE id IN (SELECT subject FROM disputes) {of_events}
        ORDER BY name, n""",
        (*TERRITORIAL, *condition.parameters) if asked.filters else (),
    )
    return [Subject(id_, name, "place") for id_, name in rows]


def _actors(connection: Reader, asked: Filters) -> list[Subject]:
    """The disputed actors; with a filter, those that it asks for and their parts."""
    wanted = [
        one.value for one in asked.filters if one.kind is FilterKind.ACTOR and not one.negated
    ]
    if asked.filters and not wanted:
        return []
    within = """AND n IN (SELECT member FROM actor_within JOIN actors AS one ON one.n = whole
        WHERE one.id IN (SELECT value FROM json_each(?)))"""
    rows = connection.execute(
        f"""SELECT id, {checked("actors", "name")} FROM actors
        WHERE id IN (SELECT subject FROM disputes)
        {within if wanted else ""} ORDER BY name, n""",
        (msgspec.json.encode(wanted).decode(),) if wanted else (),
    )
    return [Subject(id_, name, "actor") for id_, name in rows]


def after(connection: Reader, subject: str) -> str | None:
    """The id of the next of all disputed subjects after this one; after the last the first.

    None where nothing is at odds. After an event that is not disputed itself
    comes the next event in the order of time, or else the first of all.
    """
    numbers = order(connection, Filters(), Sort.DATE)
    others = [one.id for one in (*_places(connection, Filters()), *_actors(connection, Filters()))]
    if subject in others:
        later = others[others.index(subject) + 1 :]
    else:
        at = row_of(numbers, number_of(connection, subject))
        event = _event_from(connection, numbers, 0 if at is None else at + 1)
        later = [event] if event else others if _is_disputed(connection, subject) else []
    if later:
        return later[0]
    return _event_from(connection, numbers, 0) or next(iter(others), None)


def _is_disputed(connection: Reader, subject: str) -> bool:
    asked = "SELECT 1 FROM disputes WHERE subject = ?"
    return connection.execute(asked, (subject,)).fetchone() is not None


def _event_from(connection: Reader, numbers: "array[int]", start: int) -> str | None:
    """The id of the first disputed event from a row on, None where none is."""
    near = msgspec.json.encode(list(numbers[start : start + PAGE])).decode()
    found: dict[int, str] = dict(
        connection.execute(
            """SELECT n, id FROM events WHERE n IN (SELECT value FROM json_each(?))
            AND EXISTS (SELECT 1 FROM disputes WHERE subject = events.id)""",
            (near,),
        ).fetchall()
    )
    if not found:  # they are few or far: know all of them
        asked = "SELECT n, id FROM events WHERE id IN (SELECT subject FROM disputes)"
        found = dict(connection.execute(asked).fetchall())
    return next((found[n] for n in numbers[start:] if n in found), None)


_TABLES = {"event": ("events", "title"), "actor": ("actors", "name"), "place": ("places", "name")}


def the_subject(connection: Reader, words: str) -> Subject:
    """The event, actor or place that an id, the beginning of one, or a name means.

    An event is meant by its whole title. Raises `UnknownRecord`, naming the candidates, where
    there is none or where there are several.
    """
    found = [
        Subject(id_, title, kind)
        for kind, (table, title) in _TABLES.items()
        for id_, title in connection.execute(
            f"""SELECT id, {checked(table, title)} FROM {table} WHERE substr(id, 1, ?) = ?
            ORDER BY id <> ? LIMIT 2""",
            (len(words), words, words),
        )
    ]
    exact = [one for one in found if one.id == words]
    if exact or (len(found) == 1 and words):
        return (exact or found)[0]
    if begins_an_id(words) and not found:
        raise no_id(words, [table for table, _ in _TABLES.values()], several=False)
    return _the_named(connection, words, several=bool(found and words))


def _the_named(connection: Reader, words: str, several: bool) -> Subject:
    """The one event of that title, or actor or place of that name.

    `several` says that ids begin with these words.
    """
    wanted = words.strip()
    found: list[NamedRecord] = []
    exact: list[Subject] = []
    apart: dict[str, str] = {}
    if wanted:
        titled = connection.execute(
            f"""SELECT id, {checked("events", "title")}, edtf FROM events
            WHERE title = ? COLLATE NOCASE LIMIT ?""",
            (wanted, LISTED),
        ).fetchall()
        exact = [Subject(id_, title, "event") for id_, title, _ in titled]
        apart = {id_: f": {long(edtf)}" for id_, _, edtf in titled if edtf}
    for kind in (NamedKind.ACTOR, NamedKind.PLACE) if match_text(words) else ():
        found += named(connection, words, kind)
    exact += map(
        _subject,
        (one for one in found if wanted.casefold() in one.names.casefold().split(" ; ")),
    )
    meant = exact or [_subject(one) for one in found]
    if len(meant) == 1 and (exact or not several):
        return meant[0]
    if meant:
        apart |= {one.id: f": {one.apart}" for one in found if one.apart}
        candidates = ", ".join(
            f"{one.title} ({one.kind} {one.id}{apart.get(one.id, '')})" for one in meant[:LISTED]
        )
        raise UnknownRecord(f"{words!r} is ambiguous: {candidates}", "give the id of one")
    what = "several ids match" if several else "no event, actor or place has the id or name"
    raise UnknownRecord(
        f"{what} {words!r}", "see: conflict-tui events, conflict-tui actors, conflict-tui places"
    )


def _subject(one: NamedRecord) -> Subject:
    return Subject(one.id, one.name, one.kind.value)
