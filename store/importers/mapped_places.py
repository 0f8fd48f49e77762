"""The places of one mapped table, each made once."""

from store.importers.geo_precision import GeoPrecision
from store.importers.mapped_cells import RowCells
from store.importers.mapped_points import Degrees, degrees_in, point_in
from store.importers.mapped_values import CodeTable
from store.importers.mapping import PlacePart, TableMapping
from store.importers.record_factory import RecordFactory
from store.model.record import make_id
from store.model.records import DataSet, Place
from store.model.values import Where
from store.model.vocabulary import Flag, PlaceKind

_KINDS = {1: PlaceKind.SITE, 2: PlaceKind.TOWN, 4: PlaceKind.PROVINCE, 6: PlaceKind.COUNTRY}
"""The kind of a place by its precision; the others are regions."""
PROVINCE, COUNTRY = 4, 6
NO_POINT = "not read as degrees"


class MappedPlaces:
    """The places of the rows; all rows are counted first.

    A place is a name at a point. The precision of an event's place belongs to what
    its row says, that of the place itself is the most exact of all rows.
    """

    def __init__(self, shared: RecordFactory, mapping: TableMapping, dataset: DataSet) -> None:
        self._shared = shared
        self._part = mapping.place
        self._constants = mapping.constants
        self._dataset = dataset
        own = {str(number): number for number in range(1, 8)}
        self._precision = CodeTable(mapping.place.precision, mapping.place.precisions, own)
        self._exactness = GeoPrecision()

    def count(self, row: RowCells) -> None:
        """Take note of how exactly a row names its point."""
        name, *_ = self._names(row)
        if name:
            self._exactness.count((name, self._point(row)), self._given(row))

    def of(self, row: RowCells) -> tuple[Where, str] | None:
        """The place of a row and its name; None if no cell names one."""
        name, province, country = self._names(row)
        at = self._point(row)
        if not name and at is None and not province and not country:
            return None
        if at is None and _has_point(self._part):
            row.flag(Flag.NO_COORDINATES)
            self._tell_unread(row)
        given = self._given(row)
        if not name and at is None:
            within = self._within(province, country)
            return Where(place=within or ""), province or country
        shown = name or _degrees(at)
        own = self._exactness.best((name, at), given)
        place = Place(
            id=make_id("plc", self._dataset.id, name, *map(str, at or (country, province))),
            name=shown,
            kind=_KINDS.get(own, PlaceKind.REGION),
            precision=own,
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            within=self._within(province, country),
            basis=self._dataset.name,
        )
        return Where(place=self._shared.add("places", place), precision=given), shown

    def _names(self, row: RowCells) -> tuple[str, str, str]:
        part = self._part
        country = row.known(part.country) or self._constants.country
        return row.known(part.name), row.known(part.admin1), country

    def _given(self, row: RowCells) -> int:
        return self._precision.of(row, self._constants.place_precision)

    def _point(self, row: RowCells) -> Degrees | None:
        part = self._part
        if part.latitude and part.longitude:
            return degrees_in(row.known(part.latitude), row.known(part.longitude))
        cell = row.known(part.point)
        return point_in(cell, longitude_first=part.longitude_first) if cell else None

    def _tell_unread(self, row: RowCells) -> None:
        """Count the cells that hold something, and no degrees."""
        for column in (self._part.point, self._part.latitude, self._part.longitude):
            if row.known(column):
                row.unread(column, NO_POINT, Flag.NO_COORDINATES)
                return

    def _within(self, province: str, country: str) -> str | None:
        whole = None
        for precision, name in ((COUNTRY, country), (PROVINCE, province)):
            if name:
                place = Place(
                    id=make_id("plc", self._dataset.id, str(precision), country, name),
                    name=name,
                    kind=_KINDS[precision],
                    precision=precision,
                    within=whole,
                    basis=self._dataset.name,
                )
                whole = self._shared.add("places", place)
        return whole


def _degrees(at: Degrees | None) -> str:
    return f"{at[0]:.3f}, {at[1]:.3f}" if at else ""


def _has_point(part: PlacePart) -> bool:
    return bool(part.point or (part.latitude and part.longitude))
