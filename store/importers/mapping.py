"""A mapping: the columns of a table of incidents, and the fields of a case that they give.

`store.importing.mapping_file` reads one from TOML, `mapping_draft` proposes one. The
names of columns are those of the header, in which blanks and capitals do not count.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta

from store.importers.date_cells import Order
from store.importers.record_factory import folded
from store.model.vocabulary import ActorKind, EventType, Kind, Role, Stance

ColumnNames = str | tuple[str, ...]
"""One column, or several."""
Separators = str | tuple[str, ...]
"""The texts at which a cell is split, such as ";" or " and "."""


class DateNumbers(StrEnum):
    """The meaning of a plain number in a column of dates."""

    EXCEL = "excel"
    UNIX = "unix"
    UNIX_MS = "unix-ms"


class DatePrecision(StrEnum):
    """The precision of the dates of a row."""

    DAY = "day"
    ABOUT = "about"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class TollKind(StrEnum):
    """The people that a toll counts."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DISPLACED = "displaced"


TOLL_KINDS: Mapping[TollKind, Kind] = {
    TollKind.KILLED: Kind.FATALITIES,
    TollKind.INJURED: Kind.INJURIES,
    TollKind.MISSING: Kind.MISSING,
    TollKind.DISPLACED: Kind.DISPLACED,
}
"""The kind of claim of each toll."""

Precision = Annotated[int, Meta(ge=1, le=7)]
"""The precision of a place, 1 exact to 7 international, as UCDP GED codes `where_prec`."""


MAX_NAME = 200
"""The most characters of the name of a data set."""


class Part(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The base of the parts of a mapping."""


class DataSetPart(Part, frozen=True, kw_only=True):
    """The table as a data set; `complete` is true if a row that a file lacks is gone from it."""

    name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
    version: str = ""
    licence: str = ""
    redistributable: bool = False
    citation: str = ""
    publisher: str = ""
    complete: bool = True


class RowPart(Part, frozen=True, kw_only=True):
    """The column that holds the id of a row, or those from which an id is made."""

    id: str = ""
    id_from: tuple[str, ...] = ()


class DatePart(Part, frozen=True, kw_only=True):
    """The columns of the date of an event.

    `year` alone, or with `month` and `day`, is the date; beside `start` it is the year of
    dates that have none, and is compared with that of the others.
    """

    start: str = ""
    end: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    order: Order | None = None
    numbers: DateNumbers | None = None
    precision: str = ""
    precisions: Mapping[str, DatePrecision] = {}


class EventPart(Part, frozen=True, kw_only=True):
    """The columns that say what happened; `stances` is what a word of confidence stands for."""

    title: ColumnNames = ()
    note: ColumnNames = ()
    type: str = ""
    types: Mapping[str, EventType] = {}
    confidence: str = ""
    stances: Mapping[str, Stance] = {}


class PlacePart(Part, frozen=True, kw_only=True):
    """The columns of the place; `point` holds both degrees, or a WKT POINT."""

    name: str = ""
    admin1: str = ""
    country: str = ""
    latitude: str = ""
    longitude: str = ""
    point: str = ""
    longitude_first: bool = False
    precision: str = ""
    precisions: Mapping[str, Precision] = {}


class ActorColumn(Part, frozen=True, kw_only=True):
    """A column of actors in one role."""

    column: str
    role: Role = Role.PARTY
    kind: ActorKind = ActorKind.GROUP
    split: Separators = ()


class TollColumns(Part, frozen=True, kw_only=True):
    """The columns of one number of people: `number` alone, or its low, best and high estimates."""

    kind: TollKind
    number: str = ""
    low: str = ""
    best: str = ""
    high: str = ""
    scope: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named."""
        return tuple(filter(None, (self.number, self.low, self.best, self.high)))


class ReportColumns(Part, frozen=True, kw_only=True):
    """The columns of one report, or of several in the same order, split."""

    publisher: str = ""
    title: str = ""
    url: str = ""
    date: str = ""
    split: Separators = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named."""
        return tuple(filter(None, (self.publisher, self.title, self.url, self.date)))


class Constants(Part, frozen=True, kw_only=True):
    """The values that hold for every row whose cells give none."""

    type: EventType = EventType.OTHER
    country: str = ""
    place_precision: Precision = 2
    date_precision: DatePrecision = DatePrecision.DAY
    year: Annotated[int, Meta(ge=1000, le=2999)] | None = None
    time_zone: str = ""
    publisher: str = ""


class TableMapping(Part, frozen=True, kw_only=True):
    """All of a mapping."""

    data_set: DataSetPart
    row: RowPart = RowPart()
    date: DatePart = DatePart()
    event: EventPart = EventPart()
    place: PlacePart = PlacePart()
    actors: tuple[ActorColumn, ...] = ()
    tolls: tuple[TollColumns, ...] = ()
    reports: tuple[ReportColumns, ...] = ()
    constants: Constants = Constants()

    @property
    def sha256(self) -> str:
        """The SHA-256 of all that the mapping says, however it is written."""
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()

    def named(self) -> Iterator[tuple[str, str]]:
        """Each column that the mapping names, after the key that names it."""
        for key in ("row.id", "row.id_from", *_DATE, *_EVENT, *_PLACE):
            part, _, field = key.partition(".")
            for column in as_names(getattr(getattr(self, part), field)):
                yield key, column
        for number, actor in enumerate(self.actors, 1):
            yield f"actors {number}", actor.column
        for number, toll in enumerate(self.tolls, 1):
            yield from ((f"tolls {number}", column) for column in toll.columns)
        for number, report in enumerate(self.reports, 1):
            yield from ((f"reports {number}", column) for column in report.columns)


_DATE = tuple(f"date.{name}" for name in ("start", "end", "year", "month", "day", "precision"))
_EVENT = tuple(f"event.{name}" for name in ("title", "note", "type", "confidence"))
_PLACE = tuple(
    f"place.{name}"
    for name in ("name", "admin1", "country", "latitude", "longitude", "point", "precision")
)


def as_names(columns: ColumnNames) -> tuple[str, ...]:
    """Columns, or separators, as a tuple without empty ones."""
    return tuple(filter(None, (columns,) if isinstance(columns, str) else columns))


def table_key(name: str) -> str:
    """The form in which the names of columns, and the cells of tables of values, are compared."""
    return folded(name)
