"""An invented country with places, actors and sources."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from seeds.synthetic.words import (
    BODIES,
    COLOURS,
    ENDINGS,
    PREFIXES,
    SYLLABLES,
    TITLES,
    UNITS,
)
from store.model.record import make_id
from store.model.records import (
    Actor,
    Place,
    Source,
)
from store.model.vocabulary import ActorKind, PlaceKind, SourceKind

T = TypeVar("T")


class Zipf(Generic[T]):
    """A random choice by Zipf's law: the item of rank r has weight 1/r."""

    def __init__(self, rng: Random, items: Sequence[T]) -> None:
        self.items = items
        self._rng = rng
        self._weights = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def draw(self) -> T:
        """Draw an item."""
        return self._rng.choices(self.items, cum_weights=self._weights)[0]


class World(NamedTuple):
    """The places, actors and sources; `arabic` holds the Arabic names of places by id."""

    case: str
    actors: list[Actor]
    places: list[Place]
    sources: list[Source]
    arabic: dict[str, str]


def invented_world(rng: Random, case: str, events: int) -> World:
    """Invent a country for a number of events; actors and sources grow with its square root."""
    arabic: dict[str, str] = {}
    places = _places(rng, case, max(20, min(2000, events // 6)), arabic)
    actors = _actors(rng, case, max(12, round(4 * events**0.5)), places, arabic)
    sources = _sources(rng, case, max(10, min(150, round(1.3 * events**0.5))), places, actors)
    return World(case, actors, places, sources, arabic)


def _place_name(rng: Random) -> tuple[str, str, str]:
    """Invent a name: plain, in scholarly transliteration, and in Arabic."""
    prefix, ending = rng.choice(PREFIXES), rng.choice(ENDINGS)
    middle = (rng.choice(SYLLABLES), rng.choice(SYLLABLES))
    plain, learned = (
        "".join(part[way] for part in (*middle, ending)).capitalize() for way in (0, 1)
    )
    arabic = prefix[1] + "".join(part[2] for part in (*middle, ending))
    return prefix[0] + plain, prefix[0] + learned, arabic


def _places(rng: Random, case: str, count: int, arabic: dict[str, str]) -> list[Place]:
    country = Place(
        id=make_id("plc", case, "Qasira"), name="Qasira", kind=PlaceKind.COUNTRY, precision=6
    )
    found = {"Qasira": country}
    centres: list[tuple[Place, float, float]] = []
    while len(found) < count:
        name, learned, script = _place_name(rng)
        if name in found:
            continue
        id_ = make_id("plc", case, name)
        arabic[id_] = script
        aliases = [alias for alias in (learned, script) if rng.random() < 0.4]
        if len(centres) < 8:
            province = Place(
                id=id_,
                name=f"{name} province",
                kind=PlaceKind.PROVINCE,
                precision=4,
                aliases=(script,),
                within=country.id,
            )
            centres.append((province, rng.uniform(34.2, 36.8), rng.uniform(36.3, 41.7)))
            found[name] = province
            continue
        province, latitude, longitude = rng.choice(centres)
        found[name] = Place(
            id=id_,
            name=name,
            kind=rng.choices((PlaceKind.VILLAGE, PlaceKind.TOWN, PlaceKind.CITY), (6, 3, 1))[0],
            precision=rng.choices((1, 2, 3), (7, 2, 1))[0],
            latitude=round(min(37.0, max(34.0, rng.gauss(latitude, 0.3))), 4),
            longitude=round(min(42.0, max(36.0, rng.gauss(longitude, 0.3))), 4),
            aliases=tuple(dict.fromkeys(aliases)),
            within=province.id,
            basis="invented",
        )
    return list(found.values())


def _actors(
    rng: Random, case: str, count: int, places: list[Place], arabic: dict[str, str]
) -> list[Actor]:
    def actor(name: str, kind: ActorKind, *wholes: Actor, aliases: tuple[str, ...] = ()) -> Actor:
        parents = tuple(whole.id for whole in wholes)
        return Actor(
            id=make_id("act", case, name), name=name, kind=kind, aliases=aliases, part_of=parents
        )

    state = actor("Government of Qasira", ActorKind.STATE, aliases=("the authorities",))
    army = actor("Qasiran Army", ActorKind.GOVERNMENT_FORCE, state, aliases=("الجيش",))
    rebels = actor("Opposition Coalition", ActorKind.COALITION, aliases=("the opposition",))
    flyers = actor("Qasiran Air Force", ActorKind.GOVERNMENT_FORCE, army)
    found = {one.name: one for one in (army, rebels, flyers, state)}
    while len(found) < count:
        unit, kind = rng.choice(UNITS)
        place = rng.choice(places)
        name = f"{rng.choice(COLOURS)} {rng.choice(BODIES)} {unit}"
        if rng.random() < 0.4:
            name = f"{place.name.removesuffix(' province')} {unit}"
        short = "".join(word[0] for word in name.split()) + str(len(found))
        script = arabic.get(place.id, "")
        wholes = [whole for whole in (rebels, army) if rng.random() < 0.3][:1]
        aliases = (short, f"لواء {script}") if script and rng.random() < 0.3 else (short,)
        found.setdefault(name, actor(name, kind, *wholes, aliases=aliases))
    return list(found.values())


def _sources(
    rng: Random, case: str, count: int, places: list[Place], actors: list[Actor]
) -> list[Source]:
    found: dict[str, Source] = {}
    fixed = (
        ("residents", SourceKind.UNNAMED),
        ("a medic", SourceKind.UNNAMED),
        ("Qasiran State Agency", SourceKind.OFFICIAL),
        ("Colonel Ṣāliḥ", SourceKind.PERSON),
    )
    while len(found) < count:
        title, kind = TITLES[len(found) % len(TITLES)]
        name = f"{rng.choice(places).name.removesuffix(' province')} {title}"
        if len(found) % 8 == 3:
            name, kind = fixed[len(found) // 8 % len(fixed)]
        if name in found:
            name = f"{name} {len(found)}"
        speaker = actors[len(found) % len(actors)] if kind is SourceKind.BELLIGERENT else None
        id_ = make_id("src", case, name)
        found[name] = Source(id=id_, name=name, kind=kind, actor=speaker.id if speaker else None)
    return list(found.values())
