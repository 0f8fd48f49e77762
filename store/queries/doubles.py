"""Pairs of actors, places, sources and events that may be one, each with the reason."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import msgspec

from store.analysis.alike import WHY, Likeness, likeness, name_keys
from store.database.checksums import checked
from store.database.read_records import numbered
from store.model.dates import long
from store.model.judgements import Kinship
from store.model.labels import count_text
from store.model.records import Actor, Place, Source
from store.model.references import TABLE_OF
from store.model.vocabulary import ActorKind, SourceKind
from store.reader import Reader

NEAR = 25.0
"""Kilometres within which two places of like names may be one."""

POINT = 0.3
"""Kilometres within which two exact places are one point."""

EXACT = 2
"""The precision of a place up to which its coordinates are those of a point."""

CROWD = 12
"""Records with a common key of which nothing is proposed: it is a word that all of them use."""

EARTH = 6371.0
"""The radius of the earth in kilometres."""


class Double(msgspec.Struct, frozen=True):
    """Two records that may be one; `one` is referred to more often than the `other`.

    `rank` orders the pairs, the likeliest first; `why` is the reason in words. The asides
    say what each is and how many events, or claims, it has.
    """

    rank: float
    kind: str
    one: str
    one_name: str
    one_aside: str
    other: str
    other_name: str
    other_aside: str
    why: str


class _Pair(msgspec.Struct, frozen=True):
    """Two records by number with the reason for which they may be one."""

    rank: float
    one: int
    other: int
    why: str


def doubles(connection: Reader, of: str = "") -> tuple[Double, ...]:
    """The pairs that may be one, the likeliest first; with an id those of that record.

    Pairs that a person found apart are left out, and what is a part of the other.
    """
    tables = [TABLE_OF[of[:3]]] if of else ["actors", "places", "sources", "events"]
    apart = _apart(connection)
    found: list[Double] = []
    for table in tables:
        pairs = _events(connection) if table == "events" else _named(connection, table)
        found += _worded(connection, table, pairs)
    return tuple(
        sorted(
            (
                one
                for one in found
                if frozenset((one.one, one.other)) not in apart
                and (not of or of in (one.one, one.other))
            ),
            key=lambda one: (one.rank, one.one_name, one.other_name),
        )
    )


def _apart(connection: Reader) -> set[frozenset[str]]:
    rows = numbered(connection, "kinships", "about NOT GLOB 'art_*'")
    return {frozenset((one.about, one.other)) for _, one in rows if isinstance(one, Kinship)}


# names


def _named(connection: Reader, table: str) -> Iterator[_Pair]:
    """The pairs of a table whose names are alike, and of places those at one point."""
    records: dict[int, Actor | Place | Source] = {
        n: one
        for n, one in numbered(connection, table)
        if isinstance(one, Actor | Place | Source)
        and getattr(one, "kind", "") is not SourceKind.UNNAMED
    }
    related = _related(connection, table)
    found: dict[tuple[int, int], _Pair] = {}
    for pair in _alike(records):
        key = (pair.one, pair.other)
        if key in related or (key in found and found[key].rank <= pair.rank):
            continue
        one, other = records[pair.one], records[pair.other]
        if isinstance(one, Place) and isinstance(other, Place):
            placed = _near(one, other, pair)
            if placed is not None:
                found[key] = placed
        else:
            found[key] = pair
    if table == "places":
        for pair in _at_one_point(records):
            if (pair.one, pair.other) not in related:
                found.setdefault((pair.one, pair.other), pair)
    yield from found.values()


def _names(one: Actor | Place | Source) -> tuple[str, ...]:
    return (one.name, *one.aliases)


def _alike(records: Mapping[int, Actor | Place | Source]) -> Iterator[_Pair]:
    """The pairs with a name in common, or two that are alike."""
    with_key: dict[object, dict[int, str]] = defaultdict(dict)
    for n, one in records.items():
        for name in _names(one):
            for key in name_keys(name):
                with_key[key].setdefault(n, name)
    seen: set[tuple[int, int, str, str]] = set()
    for named in with_key.values():
        if not 1 < len(named) <= CROWD:
            continue
        for first, second in combinations(sorted(named), 2):
            pair = (first, second, named[first], named[second])
            if pair in seen:
                continue
            seen.add(pair)
            of = likeness(named[first], named[second])
            states = {records[n].kind for n in (first, second)} == {ActorKind.STATE}
            if of is not None and not (states and of is Likeness.LETTER):
                yield _Pair(float(of), first, second, _why(of, records, pair))


def _why(
    of: Likeness,
    records: Mapping[int, Actor | Place | Source],
    pair: tuple[int, int, str, str],
) -> str:
    """The likeness in words, with the aliases that are alike where they are not the names."""
    one, other, name, other_name = pair
    if (name, other_name) == (records[one].name, records[other].name):
        return WHY[of]
    if name == other_name:
        return f"both are called {name}"
    return f"{WHY[of]}: {name}, {other_name}"


def _near(one: Place, other: Place, pair: _Pair) -> _Pair | None:
    """The pair with the distance of the two, None where they are far apart or of two sizes."""
    away = distance(one, other)
    if away is None:
        return msgspec.structs.replace(pair, rank=pair.rank + 0.5)
    wide = max(one.precision, other.precision) > EXACT
    if away > NEAR or (wide and one.precision != other.precision):
        return None
    why = f"{pair.why}, {'at one point' if away < POINT else f'{away:.0f} km apart'}"
    return msgspec.structs.replace(pair, rank=pair.rank + away / NEAR / 2, why=why)


def distance(one: Place, other: Place) -> float | None:
    """The kilometres between two places, None where they are not known."""
    if None in (one.latitude, other.latitude, one.longitude, other.longitude):
        return None
    assert one.latitude is not None
    assert one.longitude is not None
    assert other.latitude is not None
    assert other.longitude is not None
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    half_up = (other_north - north) / 2
    half_across = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_up) ** 2
    chord += math.cos(north) * math.cos(other_north) * math.sin(half_across) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(chord)))


def _at_one_point(records: Mapping[int, Actor | Place | Source]) -> Iterator[_Pair]:
    """The exact places of one kind at the same coordinates, whatever they are called."""
    at: dict[object, list[int]] = defaultdict(list)
    for n, one in records.items():
        if isinstance(one, Place) and one.latitude is not None and one.precision <= 1:
            at[one.latitude, one.longitude, one.kind].append(n)
    for numbers in at.values():
        if len(numbers) == 2:
            yield _Pair(7.0, numbers[0], numbers[1], "other names at one point")


def _related(connection: Reader, table: str) -> set[tuple[int, int]]:
    """The pairs of which one is a part of the other, the lower number first."""
    within = {"actors": "actor_within", "places": "place_within"}.get(table)
    if within is None:
        return set()
    rows = connection.execute(f"SELECT member, whole FROM {within} WHERE member <> whole")
    return {(min(pair), max(pair)) for pair in rows}


# events

_SAME = f"""SELECT one.n, other.n, {checked("events", "title", alias="one")},
        {checked("events", "title", alias="other")}, one.type = other.type FROM events AS one
    JOIN events AS other ON other.earliest = one.earliest AND other.latest = one.latest
        AND other.place = one.place AND other.n > one.n
    WHERE one.earliest = one.latest AND one.place IS NOT NULL
        AND (one.dataset IS NULL OR other.dataset IS NULL OR one.dataset <> other.dataset)
        AND coalesce(one.part_of, 0) <> other.n AND coalesce(other.part_of, 0) <> one.n
        AND one.planned = other.planned AND one.background = other.background
    LIMIT 2000"""
"""The pairs of events on one day at one place; a data set tells its own rows apart."""


def _events(connection: Reader) -> Iterator[_Pair]:
    """The pairs of events on one day, at one place, with the same actors or a like title."""
    several = connection.execute(
        "SELECT count(DISTINCT coalesce(dataset, 0)), count(*) - count(dataset) FROM events"
    ).fetchone()
    if several[0] < 2 and not several[1]:
        return
    for one, other, *titles, same_type in connection.execute(_SAME).fetchall():
        actors, others = (_actors_of(connection, n) for n in (one, other))
        alike = likeness(*titles)
        if alike is not None:
            yield _Pair(1.0, one, other, f"one day and place, {WHY[alike]}")
        elif actors and actors == others and same_type:
            yield _Pair(2.0, one, other, "one day, place and type, the same actors")
        elif actors & others and (same_type or actors == others):
            yield _Pair(5.0, one, other, "one day and place, actors in common")


def _actors_of(connection: Reader, event: int) -> frozenset[int]:
    rows = connection.execute("SELECT actor FROM event_actors WHERE event = ?", (event,))
    return frozenset(actor for (actor,) in rows)


# in words

_USES = {
    "actors": "SELECT count(DISTINCT event) FROM event_actors WHERE actor = ?",
    "places": "SELECT count(DISTINCT event) FROM event_places WHERE place = ?",
    "sources": "SELECT count(DISTINCT event) FROM event_sources WHERE source = ?",
    "events": "SELECT articles FROM events WHERE n = ?",
}


def _worded(connection: Reader, table: str, pairs: Iterable[_Pair]) -> Iterator[Double]:
    title = checked(table, "title" if table == "events" else "name")
    known: dict[int, tuple[str, str, str, int]] = {}

    def facts(n: int) -> tuple[str, str, str, int]:
        if n not in known:
            kind = "edtf" if table == "events" else "kind"
            id, name, of = connection.execute(
                f"SELECT id, {title}, {kind} FROM {table} WHERE n = ?", (n,)
            ).fetchone()
            (uses,) = connection.execute(_USES[table], (n,)).fetchone()
            what = long(of) if table == "events" else of.replace("-", " ")
            counted = count_text(uses, "article" if table == "events" else "event")
            known[n] = id, name, f"{what}, {counted}", uses
        return known[n]

    for pair in pairs:
        one, other = sorted((facts(pair.one), facts(pair.other)), key=lambda one: -one[3])
        yield Double(pair.rank, table[:-1], *one[:3], *other[:3], pair.why)
