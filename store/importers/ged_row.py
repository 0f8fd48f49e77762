"""Values from the cells of a row of UCDP GED: date, place, actors, number of dead."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from functools import lru_cache

from store.importers.cell_reader import degrees_text
from store.importers.cells import code, degrees, one_line_of
from store.importers.ged_columns import PRECISIONS
from store.importers.geo_precision import GeoPrecision
from store.importers.record_factory import RecordFactory, words_of
from store.model.record import make_id
from store.model.records import Actor, Place
from store.model.values import When, Where
from store.model.vocabulary import ActorKind, DateBasis, Flag, PlaceKind

BASIS = "UCDP GED"
_POINT = ("where_coordinates", "latitude", "longitude")
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


def when(start: str, end: str, precision: str) -> When:
    """The date of the event: an exact day, or all the days, the month or the year that it may be.

    Days are in ISO 8601; one of them may be empty, which is one that is not known.
    """
    if not (start and end):
        note = "the row lacks its other day"
        return When(edtf=f"{start or end}~", basis=DateBasis.UNRESOLVED, note=note)
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


class GedPlaces:
    """The places of one file, each made once; all rows are counted first.

    A place is a name at a point. How exactly an event is placed there is the
    row's word on the event: "within 25 km of Aleppo" makes no second Aleppo.
    """

    def __init__(self, shared: RecordFactory, columns: Sequence[str]) -> None:
        """`columns` are those of the file, in their order."""
        self._shared = shared
        at = {name: number for number, name in enumerate(columns)}
        self._at = [at.get(name) for name in (*_POINT, "where_prec")]
        self._precise = "where_prec" in at
        self._exactness = GeoPrecision()
        self._made: dict[tuple[str, ...], tuple[Where, str, tuple[Flag, ...]]] = {}

    def count(self, cells: Sequence[str]) -> None:
        """Take note of how exactly a row names its point."""
        printed, latitude, longitude, precision = (
            "" if at is None else cells[at] for at in self._at
        )
        if code(precision) in PRECISIONS:
            point = printed, degrees_text(latitude), degrees_text(longitude)
            self._exactness.count(point, int(code(precision)))

    def place(self, cells: Mapping[str, str], adm_1: str, flags: list[Flag]) -> tuple[Where, str]:
        """The place of the event, and its name. Raises `BadCell`."""
        key = (*(cells[name] for name in _POINT), cells["where_prec"], adm_1, cells["country"])
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
        known = prec in PRECISIONS
        if not known and self._precise:
            flags.append(Flag.UNKNOWN_CODE)
        given = int(prec) if known else 7
        own = self._exactness.of_area((printed, latitude, longitude), given)
        at = degrees(latitude, longitude)
        if at is None:
            flags.append(Flag.NO_COORDINATES)
        if not name:
            name = province or nation or "a place without a name"
        if own == 6 and name.casefold() == nation.casefold():
            return _where(self._country(nation), given, 6), nation, tuple(flags)
        if own == 4 and name.casefold() == province.casefold():
            return _where(self._province(province, nation), given, 4), province, tuple(flags)
        within = self._province(province, nation) if province else None
        if not within and nation:
            within = self._country(nation)
        kind, short = _kind(name)
        id = self._shared.add(
            "places",
            Place(
                id=make_id("plc", "ged", name, *map(str, at or (country, adm_1))),
                name=short,
                kind=kind or _BY_PRECISION.get(own, PlaceKind.SITE),
                precision=1 if kind else own,
                latitude=at[0] if at else None,
                longitude=at[1] if at else None,
                aliases=(name,) if short != name else (),
                within=within,
                basis=BASIS,
            ),
        )
        return _where(id, given, 1 if kind else None), short, tuple(flags)

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


def _where(place: str, given: int, always: int | None) -> Where:
    """A place as a row gives it; `always` is the place's precision in every file."""
    return Where(place=place, precision=None if given == always else given)


def _kind(name: str) -> tuple[PlaceKind | None, str]:
    """The kind of point that a place's name states, and the name without the word for it.

    The kind is None if the name states none; for hills and bases the word stays.
    """
    for suffix, kind in _SUFFIXES.items():
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            keep = kind in (PlaceKind.HILL, PlaceKind.BASE)
            return kind, name if keep else name[: -len(suffix)]
    return None, name


class GedActors:
    """The actors of one file, each made once; all rows are counted first."""

    def __init__(self, shared: RecordFactory) -> None:
        self._shared = shared
        self._made: dict[tuple[str, str], tuple[str, str]] = {}
        self._numbers: dict[str, str] = {}

    def count(self, number: str, printed: str) -> None:
        """Take note of the actor with a number and a name."""
        if self._numbers.get(printed, "~") > number:
            self._numbers[printed] = number

    def named(self, name: str) -> str | None:
        """The id of the actor of a name, None if no row has it."""
        number = self._numbers.get(name)
        return None if number is None else self.actor(number, name)[0]

    def actor(self, number: str, printed: str) -> tuple[str, str]:
        """The id of the actor with a number and a name, and the name."""
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
