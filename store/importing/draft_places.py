"""The columns of a place in a table that nobody has described."""

import re

from store.importers.mapped_points import degrees_in, point_in
from store.importing.column_profile import ColumnProfile
from store.importing.draft_parts import FreeColumns, Line, Section, is_name, line, section
from store.importing.draft_tables import PLACE_PRECISIONS, table_of

_KIND = re.compile(
    r"(?:public |private |residential |project )?(?:roads?|streets?|offices?|homes?|houses?"
    r"|schools?|universit(?:y|ies)|markets?|checkpoints?|compounds?|hospitals?|clinics?|sites?|locations?"
    r"|areas?|buildings?|bases?|camps?|mosques?|church(?:es)?|others?)",
    re.IGNORECASE,
)


def point_lines(free: FreeColumns) -> list[Line]:
    """The lines of the columns that hold degrees: two, or one."""
    latitude = free.take("place.latitude", lambda one: one.share(_is_latitude) >= 0.5)
    longitude = latitude and free.take(
        "place.longitude", lambda one: one.share(_is_longitude) >= 0.5
    )
    if latitude and longitude:
        return [
            *line("latitude", latitude, "", _is_latitude),
            *line("longitude", longitude, "", _is_longitude),
        ]
    point = free.take("place.point", lambda one: one.points >= 0.5)
    point = point or free.first(lambda one: one.points >= 0.8)
    lines = line("point", point, "", point_in)
    if point and _is_longitude_first(point):
        lines.append(Line("longitude_first", True, "only so are the cells degrees"))
    return lines


def places_of(free: FreeColumns, point: list[Line]) -> list[Section]:
    """The section of the place, with the lines of the point that were found before."""
    name = free.take("place.name", lambda one: is_name(one) and not _is_of_kinds(one))
    province = free.take("place.admin1", is_name)
    country = free.take("place.country", is_name)
    if province and country and _is_wider(province, country):
        free.give_back(province)
        province = None
    precision = free.take("place.precision", lambda one: len(one.distinct) <= 20)
    lines = [
        *line("name", name),
        *line("admin1", province),
        *line("country", country),
        *point,
        *line("precision", precision),
    ]
    tables = table_of("[place.precisions]", precision, PLACE_PRECISIONS)
    return [*section("[place]", lines), *tables]


def _is_of_kinds(column: ColumnProfile) -> bool:
    """True if the cells are kinds of places, such as "Road", and no names."""
    return column.share(_KIND.fullmatch) >= 0.5


def _is_wider(province: ColumnProfile, country: ColumnProfile) -> bool:
    """True if most provinces are in several countries, as Africa is."""
    countries: dict[str, set[str]] = {}
    for inner, outer in zip(province.every, country.every, strict=True):
        countries.setdefault(inner, set()).add(outer)
    several = sum(len(found) > 1 for found in countries.values())
    return several * 2 > len(countries)


def _is_latitude(cell: str) -> bool:
    return degrees_in(cell, "1") is not None


def _is_longitude(cell: str) -> bool:
    return degrees_in("1", cell) is not None


def _is_longitude_first(column: ColumnProfile) -> bool:
    swapped = column.share(lambda cell: point_in(cell, longitude_first=True))
    if swapped > column.points:
        return True
    words = column.words.replace("lng", "lon")
    return 0 <= words.find("lon") < words.find("lat") and swapped == column.points
