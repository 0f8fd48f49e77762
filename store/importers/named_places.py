"""Places of a data set that names each by its town, province and country."""

from typing import NamedTuple

from store.importers.record_factory import RecordFactory
from store.model.record import make_id
from store.model.records import Place
from store.model.vocabulary import PlaceKind


class NamedPlace(NamedTuple):
    """A place as a row names it: its name, the areas around it, and its point if it has one."""

    name: str
    province: str
    country: str
    point: tuple[float, float] | None

    def made(self, shared: RecordFactory, prefix: str, basis: str, precision: int) -> str:
        """The id of the place, which is handed out with the areas around it.

        `prefix` tells the data set's places from those of others, and `basis` is its name.
        """
        at = self.point
        place = Place(
            id=make_id("plc", prefix, self.name, *map(str, at or (self.country, self.province))),
            name=self.name,
            kind=PlaceKind.TOWN if precision == 1 else PlaceKind.REGION,
            precision=precision,
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            within=self._within(shared, prefix, basis),
            basis=basis,
        )
        return shared.add("places", place)

    def _within(self, shared: RecordFactory, prefix: str, basis: str) -> str | None:
        whole = None
        for kind, precision, name in (
            (PlaceKind.COUNTRY, 6, self.country),
            (PlaceKind.PROVINCE, 4, self.province),
        ):
            if name:
                place = Place(
                    id=make_id("plc", prefix, kind.value, self.country, name),
                    name=name,
                    kind=kind,
                    precision=precision,
                    within=whole,
                    basis=basis,
                )
                whole = shared.add("places", place)
        return whole
