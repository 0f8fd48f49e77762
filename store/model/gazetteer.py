"""A place of a gazetteer, and the origin of one."""

from typing import NamedTuple

import msgspec


class GazetteerPlace(NamedTuple):
    """A place of a gazetteer in WGS84 degrees.

    `feature` is a code of GeoNames, such as PPL; a country is a code of ISO 3166. What is
    not known is empty, a population 0.
    """

    id: str
    name: str
    names: tuple[str, ...]
    latitude: float
    longitude: float
    feature: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0


class GazetteerAbout(msgspec.Struct, frozen=True, kw_only=True):
    """The origin of a gazetteer: its name, licence and file, the file's date and SHA-256."""

    name: str
    licence: str
    file: str
    date: str
    sha256: str
    indexed: str
    places: int
    rejected: int
