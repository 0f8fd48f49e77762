"""The groups of a comparison: the subject, its parts, its place, and what is within it."""

from collections.abc import Iterator

import msgspec

from store.database.checksums import checked
from store.model.vocabulary import EventType
from store.reader import Reader

TERRITORIAL = frozenset(
    (
        EventType.OFFENSIVE,
        EventType.ADVANCE,
        EventType.CAPTURE,
        EventType.WITHDRAWAL,
        EventType.CLASH,
        EventType.CONTROL,
    )
)
"""The types of event about who holds a place: claims about the place belong to them."""


class CompareGroup(msgspec.Struct, frozen=True):
    """The subject, one of its parts, or the place of the event; `kind` says which.

    The subjects of an actor's acts and statements are groups, too; those of a
    member have its name in `of`.
    """

    id: str
    title: str
    kind: str
    of: str = ""

    @property
    def heading(self) -> str:
        """`part: Rebels enter Hama`, `act of Russian air force: Air strikes on Idlib`."""
        return f"{self.kind}{f' of {self.of}' if self.of else ''}: {self.title}"


_TITLES = f"""
    SELECT id, {checked("events", "title")}, n FROM events WHERE id = :id UNION ALL
    SELECT id, {checked("actors", "name")}, n FROM actors WHERE id = :id UNION ALL
    SELECT id, {checked("places", "name")}, n FROM places WHERE id = :id"""


def title_of(connection: Reader, subject: str) -> str:
    """The title or name of the event, actor or place with this id."""
    (_, title, _) = connection.execute(_TITLES, {"id": subject}).fetchone()
    return str(title)


def groups_of(connection: Reader, subject: str) -> list[CompareGroup]:
    """The subject, its parts or members, and the place if it is about who holds it."""
    id_, title, n = connection.execute(_TITLES, {"id": subject}).fetchone()
    if id_.startswith("evt_"):
        return [
            CompareGroup(id_, title, "event"),
            *_parts(connection, n),
            *_place_of(connection, n),
        ]
    closure, table = (
        ("place_within", "places") if id_.startswith("plc_") else ("actor_within", "actors")
    )
    members = connection.execute(
        f"""SELECT id, {checked(table, "name")} FROM {table} JOIN {closure} ON member = n
        WHERE whole = ? AND member <> whole ORDER BY name""",
        (n,),
    )
    kind = "place" if table == "places" else "actor"
    within = "place in it" if table == "places" else "part of it"
    return [
        CompareGroup(id_, title, kind),
        *(CompareGroup(one, name, within) for one, name in members),
    ]


def _parts(connection: Reader, whole: int) -> Iterator[CompareGroup]:
    """The parts of an event and their parts, each once, in the order of time."""
    parts = connection.execute(
        f"""WITH RECURSIVE parts(n) AS (
            SELECT n FROM events WHERE part_of = :whole
            UNION SELECT events.n FROM events JOIN parts ON events.part_of = parts.n)
        SELECT id, {checked("events", "title")} FROM events WHERE n IN parts AND n <> :whole
        ORDER BY coalesce(earliest, by_latest) IS NULL, coalesce(earliest, by_latest),
            latest, n""",
        {"whole": whole},
    )
    return (CompareGroup(id_, title, "part") for id_, title in parts)


def _place_of(connection: Reader, event: int) -> Iterator[CompareGroup]:
    found = connection.execute(
        f"""SELECT places.id, {checked("places", "name")}
        FROM events JOIN places ON places.n = events.place
        WHERE events.n = ? AND events.type IN ({", ".join("?" * len(TERRITORIAL))})""",
        (event, *TERRITORIAL),
    )
    return (CompareGroup(id_, name, "place") for id_, name in found)
