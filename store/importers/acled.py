"""ACLED: the layout of 31 columns, those before 2023 back to 2010, and the file by actor.

Headers may be in capitals, and codes of `inter` numbers or words. The rows may not be passed
on: the data set says so.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from store.errors import UsageError
from store.importers.acled_actors import participants, with_others
from store.importers.acled_columns import (
    ALIASES,
    COLUMNS,
    DISTINCTIVE,
    EXPECTED,
    IDS,
    OF_ACTORS,
    OLDER,
    PRECISIONS,
    TYPES_IN,
    named_type,
)
from store.importers.base import BaseImporter
from store.importers.cell_reader import Cell, CellReader, lacking_columns
from store.importers.cells import code, degrees, one_line_of, people
from store.importers.draft import Draft, Joined, Rejected, Row
from store.importers.geo_precision import GeoPrecision
from store.importers.missing import is_missing_word
from store.importers.named_places import NamedPlace
from store.importers.outlets import kind_of, office
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import RowArticle, RowText
from store.importers.row_ids import RowIds
from store.importers.row_versions import RowVersions
from store.importers.table import Cells, ColumnLayout, TableHead
from store.model.record import make_id
from store.model.records import DataSet, Event, RowRef
from store.model.values import Count, When, Where
from store.model.vocabulary import (
    DateBasis,
    EventType,
    Flag,
    Kind,
    SourceKind,
)

KINDS: Mapping[str, Cell] = {
    "event_date": Cell.DATE,
    "time_precision": Cell.CODE,
    "geo_precision": Cell.CODE,
    "inter1": Cell.CODE,
    "inter2": Cell.CODE,
    "fatalities": Cell.NUMBER,
    "latitude": Cell.DEGREES,
    "longitude": Cell.DEGREES,
    "country": Cell.PLACE,
    "admin1": Cell.PLACE,
    "location": Cell.PLACE,
    "actor1": Cell.NAME,
    "assoc_actor_1": Cell.NAME,
    "actor2": Cell.NAME,
    "assoc_actor_2": Cell.NAME,
    "event_type": Cell.NAME,
    "sub_event_type": Cell.NAME,
    "source": Cell.NAME,
    "notes": Cell.NAME,
}
"""The columns that are read as values, and how."""
GROUPS = (
    ("row", ("event_id_cnty", "data_id", "event_id_no_cnty", "timestamp")),
    ("when", ("event_date", "time_precision")),
    (
        "where",
        (
            "location",
            "geo_precision",
            "admin1",
            "admin2",
            "admin3",
            "country",
            "latitude",
            "longitude",
        ),
    ),
    ("what", ("disorder_type", "event_type", "sub_event_type", "civilian_targeting", "tags")),
    ("who", OF_ACTORS),
    ("deaths", ("fatalities",)),
    ("reports", ("source", "source_scale")),
    ("note", ("notes",)),
)
"""The columns that the article of a row holds, each group a passage."""

DATA_SET = DataSet(
    id=make_id("dst", "ACLED"),
    name="ACLED",
    licence="terms of use of ACLED: the rows may not be passed on",
    redistributable=False,
    citation=(
        "Raleigh, Clionadh, Andrew Linke, Håvard Hegre and Joakim Karlsen (2010), Introducing"
        " ACLED, Journal of Peace Research 47(5)"
    ),
)
_DAY_FIRST = "as the codebook writes dates"
_SINCE = 1997
"""The first year that ACLED covers."""
_WHOLE = ("event_date", "event_type", "location", "latitude", "longitude", "notes", "fatalities")
"""The columns that a row has cells for, even if empty, unless it is cut."""
_VAGUE = 4
_POINT = ("location", "latitude", "longitude", "geo_precision")
_UNNAMED = frozenset(("undisclosed source", "local source", "local sources", "anonymous"))


def recognise(head: TableHead) -> ColumnLayout | None:
    """The layout of a file of ACLED. Raises `UsageError` if it lacks columns that it needs."""
    names = head.names((*COLUMNS, *OLDER), ALIASES)
    there = set(names)
    if len(there & DISTINCTIVE) < (2 if "event_date" in there else 3):
        return None
    id = next((name for name in IDS if name in there), None)
    lacking = [] if id else ["event_id_cnty"]
    lacking += [] if "event_date" in there else ["event_date"]
    lacking += [] if there & {*TYPES_IN} else ["event_type"]
    if lacking:
        columns = "column" if len(lacking) == 1 else "columns"
        raise UsageError(
            f"looks like ACLED, but lacks the {columns} {', '.join(lacking)}",
            "export them too, as a row needs its id, its date and its type; or draft a mapping:"
            " conflict-tui mapping FILE",
        )
    words = f"ACLED{_age(there)}, {len(names)} columns"
    needed = tuple(name for name in names if name in (id, *_WHOLE))
    return ColumnLayout("acled", names, words, needed=needed)


def _age(names: set[str]) -> str:
    """The age of a layout, and whether it is by actor, in words."""
    by_actor = " by actor" if "inter1" in names and "actor2" not in names else ""
    if "sub_event_type" not in names:
        return f"{by_actor} of before 2018" if "gwno" in names else by_actor
    return f"{by_actor} of before 2023" if names & {"data_id", "event_id_no_cnty"} else by_actor


class Acled(BaseImporter):
    """Drafts of the rows of one file; all rows must be counted before the first is drafted."""

    dataset = DATA_SET
    whole = True

    def __init__(self, layout: ColumnLayout, known: Mapping[str, str]) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        at = {name: number for number, name in enumerate(layout.columns)}
        self._at = at
        self.offices: dict[str, str] = {}
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        self._id = next(name for name in IDS if name in at)
        self._rows = RowIds(layout.columns, COLUMNS, self._id)
        self._versions = RowVersions(
            layout.columns,
            self._id,
            made=("timestamp",),
            told=("fatalities", "event_date"),
            parts=OF_ACTORS,
            other="actor2",
        )
        self._cells = CellReader(layout, KINDS, day_first=_DAY_FIRST, since=_SINCE)
        self._text = RowText(GROUPS, at)
        self._exactness = GeoPrecision()
        self._point = [at.get(name) for name in _POINT]
        self._shared.add("datasets", DATA_SET)
        self._acled = self._shared.source("ACLED", SourceKind.DATA_SET)

    @property
    def remarks(self) -> list[str]:
        """Sentences on how the file was read, for the account of its import."""
        there = {*self._at, "sub_event_type"} if "gwno" in self._at else self._at
        found = lacking_columns("ACLED", EXPECTED, there)
        if self._id != IDS[0]:
            found.append(f"rows are known by {self._id}, as the file lacks {IDS[0]}")
        return found + self._cells.remarks + self._versions.remarks

    def count(self, cells: Sequence[str]) -> None:
        """Take note of how a row is written, and how exactly it names its point."""
        self._cells.count(cells)
        self._versions.count(cells)
        *point, precision = ("" if at is None else cells[at] for at in self._point)
        self._exactness.count(tuple(point), PRECISIONS.get(code(precision), _VAGUE))

    def counted(self) -> None:
        """End the counting of rows. Raises `UsageError` if the dates are in two orders."""
        self._cells.counted()
        self._versions.counted()

    def row(self, found: Cells) -> Row | Rejected | Joined:
        """The row with its id, if it counts."""
        row = self._rows.row(found)
        return row if isinstance(row, Rejected) else self._versions.of(row)

    def _draft(self, row: Row) -> Draft:
        cells = self._cells.of(row.cells)
        flags: list[Flag] = []
        on = self._cells.day("event_date", cells, flags)
        happened = (
            _when(on, cells["time_precision"]) if on else self._cells.year("event_date", cells)
        )
        place, place_name = self._place(row, cells, flags)
        dead = people("fatalities", cells["fatalities"]) if cells["fatalities"] else None
        type = named_type(cells["event_type"], cells["sub_event_type"])
        if type is None or any(self._is_unknown(name, cells) for name in _PRECISE):
            flags.append(Flag.UNKNOWN_CODE)
        event = make_id("evt", DATA_SET.id, row.id)
        others = [self._cells.of_names(one) for one in self._versions.parts(row.id)]
        text = with_others(*self._text.of(self._cells.printed(row.cells)), others)
        told = RowArticle(DATA_SET, self._acled, row.id, event, *text)
        told.says("when", Kind.DATE, happened)
        told.says("where", Kind.PLACE, place)
        names = participants(told, [cells, *others], self._shared, flags)
        if dead is not None:
            told.says("deaths", Kind.FATALITIES, Count(min=dead, best=dead, max=dead))
        sources = self._sources(cells["source"])
        for source in sources:
            told.says("note", Kind.OCCURRENCE, None, chain=(source,))
        if not sources:
            told.says("note", Kind.OCCURRENCE, None)
        return Draft(
            row=row,
            event=Event(
                id=event,
                title=_title(cells, names, place_name),
                type=type or EventType.OTHER,
                row=RowRef(dataset=DATA_SET.id, row=row.id, sha256=row.sha256),
                flags=tuple(flag for flag in Flag if flag in flags),
            ),
            shared=self._shared.take(),
            article=told.article,
            passages=tuple(told.passages),
            claims=tuple(told.claims),
        )

    def _is_unknown(self, name: str, cells: Mapping[str, str]) -> bool:
        return name in self._at and cells[name] not in PRECISIONS

    def _sources(self, cell: str) -> list[str]:
        """The sources that a row names, each once."""
        found: dict[str, None] = {}
        for printed in cell.split(";"):
            name = words_of(" ".join(printed.split()))
            if not name or is_missing_word(name):
                continue
            if name.lower() in _UNNAMED:
                self.offices[name] = f"{name} (nobody in particular)"
                found[self._shared.source(name, SourceKind.UNNAMED)] = None
                continue
            by = office(name)
            self.offices[name] = by.publisher
            found[self._shared.source(by.publisher, kind_of(by.publisher))] = None
        return list(found)

    def _place(self, row: Row, cells: Mapping[str, str], flags: list[Flag]) -> tuple[Where, str]:
        given = PRECISIONS.get(cells["geo_precision"], _VAGUE)
        at = degrees(cells["latitude"], cells["longitude"])
        if at is None:
            flags.append(Flag.NO_COORDINATES)
        country, province = (words_of(one_line_of(cells[name])) for name in ("country", "admin1"))
        name = words_of(one_line_of(cells["location"])) or province or country or "an unnamed place"
        *point, _ = ("" if number is None else row.cells[number] for number in self._point)
        own = self._exactness.best(tuple(point), given)
        place = NamedPlace(name, province, country, at)
        id = place.made(self._shared, "acled", DATA_SET.name, own)
        return Where(place=id, precision=given), name


_PRECISE = ("time_precision", "geo_precision")


def _title(cells: Mapping[str, str], names: Sequence[str], place: str) -> str:
    """The two sides of a row and its place; for a single side what it did as well."""
    kind = one_line_of(cells["sub_event_type"]) or one_line_of(cells["event_type"])
    sides = " – ".join(map(_short, names[:2]))
    if len(names) < 2:
        sides = ": ".join(filter(None, (sides, words_of(kind) or "Event")))
    return ", ".join(filter(None, (sides, place)))


def _short(actor: str) -> str:
    """The name of an actor without years and country, for a title; `Norland military`."""
    name = _ASIDE.sub("", actor)
    found = _FORCES.fullmatch(name)
    return f"{found[2]} {found[1].lower()}" if found else name or actor


_ASIDE = re.compile(r"\s*\([^()]*\)$")
_FORCES = re.compile(r"(Military|Police) Forces of ([^()]+)")


@lru_cache(65536)
def _when(on: str, precision: str) -> When:
    """A day; the seven days around the middle of a week; a month."""
    if precision == "1":
        return When(edtf=on)
    if precision == "2":
        middle = date.fromisoformat(on)
        if not 1 < middle.year < 9999:
            return When(edtf=f"{on}~")
        first, last = middle - timedelta(days=3), middle + timedelta(days=3)
        note = "the row gives the middle of the week"
        return When(edtf=f"{first}/{last}", basis=DateBasis.CONVENTION, note=note)
    return When(edtf=on[:7] if precision == "3" else f"{on}~")
