"""The judgements of persons on the records of a case."""

from collections.abc import Iterable

import msgspec

from store.database.checksums import checked
from store.database.read_records import IN_JSON_LIST, numbered, record
from store.errors import UnknownRecord
from store.model.judgements import JUDGEMENTS, Grade, Judgement, Ruling, SavedFilter, Tag
from store.model.records import AnyRecord
from store.reader import Reader


class JudgementRow(msgspec.Struct, frozen=True):
    """One judgement of one person on one record; `table` is the table of the judgement."""

    table: str
    judgement: Judgement


def about(connection: Reader, ids: Iterable[str]) -> tuple[JudgementRow, ...]:
    """All judgements of persons on these records, by kind and then by time."""
    wanted = msgspec.json.encode(list(ids)).decode()
    found = [
        JudgementRow(table, one)
        for table in JUDGEMENTS
        for _, one in numbered(
            connection,
            table,
            f"about {IN_JSON_LIST} OR other {IN_JSON_LIST}",
            wanted,
            wanted,
        )
        if isinstance(one, Judgement)
    ]
    tables = list(JUDGEMENTS)
    return tuple(sorted(found, key=lambda one: (tables.index(one.table), one.judgement.at)))


def private_notes(connection: Reader) -> int:
    """The number of private notes."""
    (number,) = connection.execute(
        "SELECT count(*) FROM notes WHERE json_extract(body, '$.private')"
    ).fetchone()
    return int(number)


def rulings(connection: Reader, claims: Iterable[str]) -> tuple[Ruling, ...]:
    """The rulings on two of these claims."""
    wanted = msgspec.json.encode(list(claims)).decode()
    return tuple(
        one
        for _, one in numbered(
            connection,
            "rulings",
            f"about {IN_JSON_LIST} AND other {IN_JSON_LIST}",
            wanted,
            wanted,
        )
        if isinstance(one, Ruling)
    )


def grades(connection: Reader, ids: Iterable[str]) -> dict[str, str]:
    """The newest grade, by anybody, of each of these sources and claims that has one."""
    wanted = msgspec.json.encode(list(ids)).decode()
    found = [
        one
        for _, one in numbered(connection, "grades", f"about {IN_JSON_LIST}", wanted)
        if isinstance(one, Grade)
    ]
    return {one.about: one.grade for one in sorted(found, key=lambda one: (one.at, one.id))}


def tags(connection: Reader) -> dict[str, int]:
    """Every tag, and how many records have it."""
    found: dict[str, int] = {}
    for _, one in numbered(connection, "tags"):
        if isinstance(one, Tag):
            found[one.name] = found.get(one.name, 0) + 1
    return dict(sorted(found.items()))


def the_tag(connection: Reader, words: str) -> str:
    """The tag with this name or, if there is none, the one that differs only in capital letters.

    Raises `UnknownRecord`, naming the tags, where there is none or where there are several.
    """
    known = tags(connection)
    name = words.strip().removeprefix("#")
    if name in known:
        return name
    found = [one for one in known if one.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    most = ", ".join((found or list(known))[:6])
    if found:
        raise UnknownRecord(f"{words!r} is ambiguous: {most}", "check the capital letters")
    raise UnknownRecord(
        f"no tag is called {words!r}", f"the tags are {most}" if most else "the case has no tags"
    )


def saved_filters(connection: Reader) -> tuple[SavedFilter, ...]:
    """The saved filters by name."""
    found = [one for _, one in numbered(connection, "filters") if isinstance(one, SavedFilter)]
    return tuple(sorted(found, key=lambda one: one.name))


_NAMED = {
    "events": "title",
    "articles": "title",
    "actors": "name",
    "places": "name",
    "sources": "name",
}


def title(connection: Reader, id: str) -> str:
    """The title or name of a record; of a claim, its kind and subject; empty without a name."""
    for table, column in _NAMED.items():
        name = checked(table, column)
        found = connection.execute(f"SELECT {name} FROM {table} WHERE id = ?", (id,)).fetchone()
        if found is not None:
            return str(found[0])
    about = connection.execute("SELECT subject, kind FROM claims WHERE id = ?", (id,)).fetchone()
    return f"{about[1]} of {title(connection, about[0])}" if about is not None else ""


def held(connection: Reader, table: str, id: str) -> AnyRecord | None:
    """The record as the case holds it, None where there is none."""
    return record(connection, table, id)


def held_all(connection: Reader, table: str, ids: Iterable[str]) -> dict[str, AnyRecord]:
    """The records of a table that the case holds now, of these ids, by id and in their order."""
    wanted = list(ids)
    listed = msgspec.json.encode(wanted).decode()
    found = {one.id: one for _, one in numbered(connection, table, f"id {IN_JSON_LIST}", listed)}
    return {id: found[id] for id in wanted if id in found}


def ids_of_events(connection: Reader, numbers: Iterable[int]) -> tuple[str, ...]:
    """The ids of the events of these numbers that the case has, by number."""
    listed = msgspec.json.encode(list(numbers)).decode()
    rows = connection.execute(f"SELECT id FROM events WHERE n {IN_JSON_LIST} ORDER BY n", (listed,))
    return tuple(id for (id,) in rows)
