"""What the cells of a row of UCDP GED say: when, where, who, how many died."""

from calendar import monthrange
from collections.abc import Mapping
from functools import lru_cache

from store.importers.cells import day, degrees, one_line_of
from store.importers.making import Shared, words_of
from store.model.record import make_id
from store.model.records import Actor, Place
from store.model.values import When, Where
from store.model.vocabulary import ActorKind, DateBasis, Flag, PlaceKind

BASIS = "UCDP GED"
_SUFFIXES = {
    " town": PlaceKind.TOWN,
    " village": PlaceKind.VILLAGE,
    " city": PlaceKind.CITY,
    " hill": PlaceKind.HILL,
    " base": PlaceKind.BASE,
    " airbase": PlaceKind.BASE,
}
_BY_PRECISION = {
    3: PlaceKind.REGION,
    4: PlaceKind.PROVINCE,
    5: PlaceKind.REGION,
    6: PlaceKind.COUNTRY,
    7: PlaceKind.REGION,
}


def when(cells: Mapping[str, str], flags: list[Flag]) -> When:
    """When it happened: an exact day, or all the days, the month or the year that it may be.

    Raises `BadCell`.
    """
    start, end = day("date_start", cells["date_start"]), day("date_end", cells["date_end"])
    precision = cells["date_prec"].strip()
    if precision not in ("1", "2", "3", "4", "5"):
        flags.append(Flag.UNKNOWN_CODE)
    if start > end:
        flags.append(Flag.DATES_REVERSED)
    return _when(start, end, precision)


@lru_cache(65536)
def _when(start: str, end: str, precision: str) -> When:
    if start > end:
        return When(edtf=f"[{end},{start}]", basis=DateBasis.UNRESOLVED, note="reversed in the row")
    if start == end:
        return When(edtf=start if precision == "1" else f"{start}~")
    if start.endswith("-01-01") and end == f"{start[:4]}-12-31":
        return When(edtf=start[:4])
    if start[8:] == "01" and start[:7] == end[:7]:
        last = monthrange(int(start[:4]), int(start[5:7]))[1]
        if int(end[8:]) == last:
            return When(edtf=start[:7])
    return When(edtf=f"{start}/{end}")


class Places:
    """The places of one file, each made once."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._made: dict[tuple[str, ...], tuple[Where, str, tuple[Flag, ...]]] = {}

    def place(self, cells: Mapping[str, str], adm_1: str, flags: list[Flag]) -> tuple[Where, str]:
        """Where it happened, and the name of that. Raises `BadCell`."""
        key = (
            cells["where_coordinates"],
            cells["latitude"],
            cells["longitude"],
            cells["where_prec"],
            adm_1,
            cells["country"],
        )
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._place(*key)
        flags += found[2]
        return found[0], found[1]

    def _place(
        self, printed: str, latitude: str, longitude: str, prec: str, adm_1: str, country: str
    ) -> tuple[Where, str, tuple[Flag, ...]]:
        flags: list[Flag] = []
        name = words_of(one_line_of(printed))
        nation, province = words_of(one_line_of(country)), words_of(one_line_of(adm_1))
        precision = int(prec) if prec.strip() in ("1", "2", "3", "4", "5", "6", "7") else 7
        if precision == 7 and prec.strip() != "7":
            flags.append(Flag.UNKNOWN_CODE)
        at = degrees(latitude, longitude)
        if at is None:
            flags.append(Flag.NO_COORDINATES)
        if not name:
            name = province or nation or "a place without a name"
        if precision == 6 and name.casefold() == nation.casefold():
            return Where(place=self._country(nation)), nation, tuple(flags)
        if precision == 4 and name.casefold() == province.casefold():
            return Where(place=self._province(province, nation)), province, tuple(flags)
        within = self._province(province, nation) if province else None
        if not within and nation:
            within = self._country(nation)
        kind, short = _kind(name, precision)
        id = self._shared.add(
            "places",
            Place(
                id=make_id("plc", "ged", name, latitude, longitude, str(precision)),
                name=short,
                kind=kind,
                precision=precision,
                latitude=at[0] if at else None,
                longitude=at[1] if at else None,
                aliases=(name,) if short != name else (),
                within=within,
                basis=BASIS,
            ),
        )
        return Where(place=id), short, tuple(flags)

    def _province(self, name: str, country: str) -> str:
        return self._shared.add(
            "places",
            Place(
                id=make_id("plc", "ged", "province", country, name),
                name=name,
                kind=PlaceKind.PROVINCE,
                precision=4,
                within=self._country(country) if country else None,
                basis=BASIS,
            ),
        )

    def _country(self, name: str) -> str:
        return self._shared.add(
            "places",
            Place(
                id=make_id("plc", "ged", "country", name),
                name=name,
                kind=PlaceKind.COUNTRY,
                precision=6,
                basis=BASIS,
            ),
        )


def _kind(name: str, precision: int) -> tuple[PlaceKind, str]:
    """What a place is, and its name without the word that says so."""
    if precision in _BY_PRECISION:
        return _BY_PRECISION[precision], name
    for suffix, kind in _SUFFIXES.items():
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            keep = kind in (PlaceKind.HILL, PlaceKind.BASE)
            return kind, name if keep else name[: -len(suffix)]
    return PlaceKind.SITE, name


class Actors:
    """The actors of one file, each made once."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._made: dict[tuple[str, str], tuple[str, str]] = {}

    def actor(self, number: str, printed: str) -> tuple[str, str]:
        """The id of the actor of a number and name, and the name."""
        found = self._made.get((number, printed))
        if found is None:
            name = words_of(one_line_of(printed)) or "an actor without a name"
            civilians = name == "Civilians"
            key = "civilians" if civilians else number or name
            actor = Actor(id=make_id("act", "ged", key), name=name, kind=_actor_kind(name))
            found = self._made[number, printed] = self._shared.add("actors", actor), name
        return found


def _actor_kind(name: str) -> ActorKind:
    if name == "Civilians":
        return ActorKind.CIVILIANS
    return ActorKind.STATE if name.startswith("Government of ") else ActorKind.ARMED_GROUP
