"""Reading of a gazetteer: a dump of GeoNames, or a table of places with a header.

A dump is tab-separated and has no header (`allCountries.txt`, `cities1000.txt`, `SY.txt`); its
administrative units are codes, whose names stand in its own rows, or in
`admin1CodesASCII.txt` and `admin2Codes.txt` beside it. A table is CSV with the
columns `name`, `lat` and `lon`, and perhaps others.
"""

import csv
import hashlib
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from store.errors import MissingCase, UnfitFile, UsageError
from store.model.gazetteer import GazetteerPlace

GEONAMES = "GeoNames"
GEONAMES_LICENCE = "CC BY 4.0"

_COLUMNS = 19
_MOST_NAMES = 200
"""Other names of a place that are read."""
_LONGEST = 1_000_000
"""The limit of a line in characters."""

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "place", "asciiname"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "names": ("alternatenames", "aliases", "names"),
    "admin1": ("admin1", "adm1", "adm_1", "province", "governorate"),
    "admin2": ("admin2", "adm2", "adm_2", "district"),
    "country": ("cc", "country", "country_code", "iso2"),
    "population": ("population", "pop"),
    "feature": ("feature_code", "feature", "fcode"),
    "id": ("geonameid", "id"),
}
"""The columns of a table by what they say, with the headers that they may have."""


class GazetteerFile:
    """A file of a gazetteer that is read once, a place at a time."""

    def __init__(self, path: Path) -> None:
        """Raises `MissingCase` and `UsageError` where the file cannot be read."""
        self.path = path
        self.rejected = 0
        self.first_rejected = ""
        self._hash = hashlib.sha256()
        self._units: dict[str, str] = {}
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise UsageError(f"{path}: is not a file", "name a dump of GeoNames, or CSV")
            self._file = path.open("rb")
            beginning = self._file.read(4_096)
            self._file.seek(0)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise MissingCase(f"{path}: there is no such file", "check the name") from error
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise UsageError(f"{path}: cannot be read ({why})", "name a file") from error
        if beginning.startswith(b"PK"):
            self.close()
            raise UnfitFile(f"{path}: is a zip file", "unzip it, and name the text file in it")
        first = beginning.split(b"\n")[0]
        self.is_dump = first.count(b"\t") == _COLUMNS - 1

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was read, the whole file at the end."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def places(self) -> Iterator[GazetteerPlace]:
        """Read every place. Raises `UnfitFile` where the file is no gazetteer."""
        yield from self._dump() if self.is_dump else self._table()

    def units(self) -> Mapping[str, str]:
        """The names of administrative units by their codes, `SY.02`, once all was read."""
        for name in ("admin2Codes.txt", "admin1CodesASCII.txt"):
            self._units |= _codes(self.path.with_name(name))
        return self._units

    def _lines(self) -> Iterator[str]:
        number = 0
        while line := self._file.readline(_LONGEST):
            number += 1
            self._hash.update(line)
            if len(line) == _LONGEST:
                raise UnfitFile(
                    f"{self.path}, line {number}: has more than {_LONGEST:,} bytes",
                    "name a gazetteer: a dump of GeoNames, or CSV",
                )
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                self._reject(number, "is not UTF-8")
                yield ""

    def _reject(self, line: int, why: str) -> None:
        self.rejected += 1
        self.first_rejected = self.first_rejected or f"line {line}: {why}"

    def _dump(self) -> Iterator[GazetteerPlace]:
        for number, line in enumerate(self._lines(), 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != _COLUMNS:
                if line:
                    self._reject(number, f"has {len(cells)} columns, not {_COLUMNS}")
                continue
            id, name, plain, others, lat, lon, _, feature, country, _, one, two, *rest = cells
            place = self._place(
                number,
                {"id": id, "name": name, "lat": lat, "lon": lon, "population": rest[2]},
                [plain, *others.split(",")],
            )
            if place is None:
                continue
            code = f"{country}.{one}"
            if feature == "ADM1":
                self._units[code] = name
            elif feature == "ADM2":
                self._units[f"{code}.{two}"] = name
            yield place._replace(
                feature=feature,
                country=country,
                admin1=code if one and one != "00" else "",
                admin2=f"{code}.{two}" if two else "",
            )

    def _table(self) -> Iterator[GazetteerPlace]:
        rows = csv.reader(self._lines(), strict=True)
        try:
            head = [cell.strip().lower() for cell in next(rows, [])]
            at = {
                what: next(head.index(name) for name in names if name in head)
                for what, names in _HEADERS.items()
                if any(name in head for name in names)
            }
            if not {"name", "lat", "lon"} <= at.keys():
                raise UnfitFile(
                    f"{self.path}: is no gazetteer: it has no columns name, lat and lon",
                    "name a dump of GeoNames, or CSV with these columns",
                )
            for cells in rows:
                found = {what: cells[n].strip() for what, n in at.items() if n < len(cells)}
                if not any(cells):
                    continue
                others = found.get("names", "").replace(";", ",").split(",")
                place = self._place(rows.line_num, found, others)
                if place is not None:
                    yield place._replace(
                        feature=found.get("feature", ""),
                        country=found.get("country", ""),
                        admin1=found.get("admin1", ""),
                        admin2=found.get("admin2", ""),
                    )
        except csv.Error as error:
            raise UnfitFile(
                f"{self.path}, line {rows.line_num}: is no CSV ({error})", "correct it"
            ) from error

    def _place(
        self, line: int, cells: Mapping[str, str], others: list[str]
    ) -> GazetteerPlace | None:
        """Make a place of its cells; None, with a count, where they say none."""
        try:
            latitude, longitude = float(cells["lat"]), float(cells["lon"])
        except (KeyError, ValueError):
            self._reject(line, "has no coordinates")
            return None
        name = " ".join(cells.get("name", "").split())
        if not (abs(latitude) <= 90 and abs(longitude) <= 180) or not name:
            self._reject(line, "has no name" if not name else "has no such coordinates")
            return None
        names = (" ".join(one.split()) for one in others[:_MOST_NAMES])
        people = cells.get("population", "")
        return GazetteerPlace(
            cells.get("id", ""),
            name,
            tuple(dict.fromkeys(one for one in names if one and one != name)),
            latitude,
            longitude,
            population=int(people) if people.isdecimal() and len(people) < 12 else 0,
        )


def _codes(path: Path) -> dict[str, str]:
    """The names of units from a file of codes beside a dump; none where there is no such file."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return dict(_code_lines(file))
    except OSError:
        return {}


def _code_lines(file: IO[str]) -> Iterator[tuple[str, str]]:
    for line in file:
        code, _, rest = line.rstrip("\n").partition("\t")
        if rest:
            yield code, rest.split("\t")[0]
