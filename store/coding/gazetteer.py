"""Candidates of a gazetteer for a place that is made: which places a typed name may mean."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import platformdirs

from store.database.gazetteer import GazetteerIndex, index_gazetteer, open_gazetteer
from store.errors import UnfitFile
from store.model.gazetteer import GazetteerAbout, GazetteerPlace
from store.model.labels import count_text
from store.model.place_names import name_key
from store.model.record import make_id
from store.model.records import Place
from store.model.vocabulary import PlaceKind
from store.reader import Reader

MOST = 20
"""Candidates that are offered at most."""

_LOOKED_AT = 400
"""Places that are looked at of each sort of match."""

_EARTH = 6371.0
"""The mean radius of the earth in kilometres (IUGG)."""


class NearPlace(NamedTuple):
    """A place of the case from which distances are told, in WGS84 degrees."""

    name: str
    latitude: float
    longitude: float


class Candidate(NamedTuple):
    """A place that a typed name may mean, and how far it is from the nearest known one."""

    place: GazetteerPlace
    distance: float | None = None
    near: str = ""

    @property
    def precision(self) -> int:
        """The precision of its coordinates, 1 to 7 as UCDP GED codes `where_prec`."""
        return _kind_of(self.place)[1]

    @property
    def kind(self) -> PlaceKind:
        """The kind of the place."""
        return _kind_of(self.place)[0]


def gazetteer_path() -> Path:
    """The file of the index, which may not exist."""
    folder = platformdirs.user_data_dir("conflict-tui", appauthor=False)
    return Path(folder) / "gazetteer.db"


def index_file(path: Path, name: str = "", licence: str = "") -> tuple[GazetteerAbout, str]:
    """Index a gazetteer in the place of any other; return what it is, and its first bad line.

    Raises `UnfitFile` where no line of the file is a place, and what `GazetteerFile` and
    `index_gazetteer` raise: then any other stays.
    """
    from store.importers.gazetteer_file import GEONAMES, GEONAMES_LICENCE, GazetteerFile

    source = GazetteerFile(path)
    known = source.is_dump or path.name.lower().startswith("geonames")
    try:
        date = datetime.fromtimestamp(path.stat().st_mtime, UTC)

        def finish(number: int) -> tuple[GazetteerAbout, dict[str, str]]:
            if not number:
                why = f" ({source.first_rejected})" if source.first_rejected else ""
                raise UnfitFile(f"{path}: has no place{why}", "name a dump of GeoNames, or CSV")
            about = GazetteerAbout(
                name=name or (GEONAMES if known else path.stem),
                licence=licence or (GEONAMES_LICENCE if known else ""),
                file=path.name,
                date=f"{date:%Y-%m-%d}",
                sha256=source.sha256,
                indexed=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
                places=number,
                rejected=source.rejected,
            )
            return about, dict(source.units())

        return index_gazetteer(gazetteer_path(), source.places(), finish), source.first_rejected
    finally:
        source.close()


def about_words(about: GazetteerAbout) -> str:
    """A gazetteer in words: its name, licence, file, date, places and hash."""
    licence = f", {about.licence}" if about.licence else ", licence not stated"
    return (
        f"{about.name}{licence}: {count_text(about.places, 'place')} of {about.file} of"
        f" {about.date}, SHA-256 {about.sha256[:12]}…"
    )


def gazetteer_about() -> GazetteerAbout | None:
    """The gazetteer that is indexed; None where none is. Raises `UnreadableCase`."""
    with open_gazetteer(gazetteer_path()) as index:
        return index.about() if index else None


def candidates(typed: str, near: Sequence[NearPlace]) -> tuple[Candidate, ...]:
    """The places that a typed name may mean, the likeliest first; none without a gazetteer.

    First those of this name, then those that begin so, then those that sound so; in each
    the nearest to a place of `near` first, without any the largest. Raises `UnreadableCase`.
    """
    with open_gazetteer(gazetteer_path()) as index:
        if index is None or not name_key(typed):
            return ()
        found: dict[int, Candidate] = {}
        for search in (index.named, index.beginning, index.sounding):
            places = {one.n: one.place for one in search(typed, _LOOKED_AT) if one.n not in found}
            told = {n: _told(place, near, index) for n, place in places.items()}
            order = sorted(told, key=lambda n: _rank(told[n], bool(near)))
            found |= {n: told[n] for n in order}
            if len(found) >= MOST:
                break
        return tuple(found.values())[:MOST]


def _rank(one: Candidate, near: bool) -> tuple[float, float]:
    away = one.distance if near and one.distance is not None else 0.0
    return away, -float(one.place.population)


def _told(place: GazetteerPlace, near: Sequence[NearPlace], index: GazetteerIndex) -> Candidate:
    """A candidate with its distance from the nearest place, or from its country's capital."""
    known = list(near)
    if not known and place.country and (capital := index.capital(place.country)) is not None:
        known = [NearPlace(capital.name, capital.latitude, capital.longitude)]
    if not known:
        return Candidate(place)
    distance, name = min(
        (kilometres(place.latitude, place.longitude, one.latitude, one.longitude), one.name)
        for one in known
    )
    return Candidate(place, distance, name)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The length of the great circle between two points in degrees (haversine formula)."""
    one, other = radians(lat), radians(other_lat)
    half = sin((other - one) / 2) ** 2
    half += cos(one) * cos(other) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def places_near(connection: Reader, event: str) -> tuple[NearPlace, ...]:
    """The places of an event, by its id, that are points, else those of the whole case.

    The centre of a province or a country is none.
    """
    known = "json_extract(body, '$.latitude'), json_extract(body, '$.longitude')"
    where = (
        "json_extract(body, '$.latitude') IS NOT NULL AND json_extract(body, '$.precision') <= 3"
    )
    of_event = (
        "n IN (SELECT place FROM event_places WHERE event = (SELECT n FROM events WHERE id = ?))"
    )
    for condition, values in ((f"{of_event} AND {where}", (event,)), (where, ())):
        rows = connection.execute(
            f"SELECT name, {known} FROM places WHERE {condition} LIMIT 1000", values
        ).fetchall()
        if rows:
            return tuple(NearPlace(*row) for row in rows)
    return ()


def place_of(one: Candidate, typed: str, about: GazetteerAbout) -> Place:
    """Make the record of a place that was chosen; it keeps the typed name if it is one of its own.

    The same place of a gazetteer gives the same id. `basis` names the gazetteer and the place.
    """
    place = one.place
    names = [place.name, *place.names]
    own = any(name_key(name) == name_key(typed) for name in names)
    name = typed if own else place.name
    others = [place.name, *filter(_is_arabic, place.names)][:3]
    at = f"{place.latitude:.5f}", f"{place.longitude:.5f}"
    licence = f" ({about.licence})" if about.licence else ""
    number = f", {place.id}" if place.id else ""
    return Place(
        id=make_id("plc", "gazetteer", about.name, place.id or place.name, *at),
        name=name,
        kind=one.kind,
        precision=one.precision,
        latitude=place.latitude,
        longitude=place.longitude,
        aliases=tuple(dict.fromkeys(other for other in others if other != name)),
        basis=f"gazetteer {about.name}{licence} of {about.date}{number}",
    )


def _is_arabic(name: str) -> bool:
    return any("\u0600" <= sign <= "\u06ff" for sign in name)


def _kind_of(place: GazetteerPlace) -> tuple[PlaceKind, int]:
    """The kind of a place and the precision of its coordinates, by its feature code."""
    feature = place.feature
    for begins, kind, precision in _FEATURES:
        if feature.startswith(begins):
            return kind, precision
    if feature and not feature.startswith("PPL"):
        return PlaceKind.SITE, 1
    if place.population >= 100_000 or feature == "PPLC":
        return PlaceKind.CITY, 1
    return (PlaceKind.VILLAGE if 0 < place.population < 5_000 else PlaceKind.TOWN), 1


_FEATURES = (
    ("PCL", PlaceKind.COUNTRY, 6),
    ("ADM1", PlaceKind.PROVINCE, 4),
    ("ADM", PlaceKind.REGION, 3),
    ("RGN", PlaceKind.REGION, 5),
    ("AREA", PlaceKind.REGION, 5),
    ("MT", PlaceKind.HILL, 1),
    ("HLL", PlaceKind.HILL, 1),
    ("HILL", PlaceKind.HILL, 1),
    ("MILB", PlaceKind.BASE, 1),
    ("INSM", PlaceKind.BASE, 1),
    ("AIRB", PlaceKind.BASE, 1),
)
"""The features of GeoNames (by how their codes begin) that are no towns or mere sites."""


def choices(found: Sequence[Candidate]) -> Iterator[tuple[str, str, str]]:
    """Each candidate in words: its names and units; its distance and people; its coordinates."""
    for one in found:
        place = one.place
        where = ", ".join(filter(None, (place.admin2, place.admin1, place.country)))
        kind = f" · {one.kind}" if one.kind is not PlaceKind.TOWN else ""
        facts = []
        if one.distance is not None:
            facts.append(f"{one.distance:,.0f} km from {one.near}")
        if place.population:
            facts.append(f"{place.population:,} people")
        at = f"{place.latitude:.4f} {place.longitude:.4f}"
        yield f"{place.name}{f' · {where}' if where else ''}{kind}", " · ".join(facts), at
