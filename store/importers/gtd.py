"""The Global Terrorism Database: an attack a row, with the reports that it cites.

Codes are those of the codebook (START, 2021). The rows may not be passed on: the data set
says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from store.importers.article_listings import RowPlace
from store.importers.base import BaseImporter
from store.importers.cell_reader import Cell, CellReader, lacking_columns
from store.importers.cells import BadCell, code, degrees, one_line_of, people, quoted
from store.importers.date_cells import iso
from store.importers.date_order import FIRST_YEAR, LAST_YEAR
from store.importers.draft import Draft, Joined, Rejected, Row
from store.importers.ged_articles import ListedArticles, ListItem
from store.importers.geo_precision import GeoPrecision
from store.importers.gtd_citations import citation
from store.importers.gtd_columns import (
    ATTACKS,
    CITED_IN,
    EXPECTED,
    FORCES,
    GROUPS,
    NEAR,
    OTHERS,
    PRECISIONS,
    READ,
    TARGETS,
    TYPES,
    UNKNOWN,
)
from store.importers.gtd_layout import DATA_SET
from store.importers.missing import is_missing
from store.importers.named_places import NamedPlace
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import RowArticle, RowText
from store.importers.row_ids import RowIds
from store.importers.row_versions import RowVersions
from store.importers.speakers import SpeakerContext
from store.importers.table import Cells, ColumnLayout
from store.model.record import make_id
from store.model.records import Actor, Event, RowRef
from store.model.values import Count, Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    DateBasis,
    EventType,
    Flag,
    Kind,
    Role,
    SourceKind,
    Stance,
)

KINDS: Mapping[str, Cell] = {
    **dict.fromkeys(("approxdate", "attacktype1_txt", "targtype1_txt", "natlty1_txt"), Cell.NAME),
    **dict.fromkeys(("gname", "gname2", "gname3", *CITED_IN), Cell.NAME),
    **dict.fromkeys(("country_txt", "provstate", "city"), Cell.PLACE),
    **dict.fromkeys(("latitude", "longitude"), Cell.DEGREES),
    **dict.fromkeys(("nkill", "nkillter", "nwound", "nwoundte"), Cell.NUMBER),
    **dict.fromkeys(
        (
            "iyear",
            "imonth",
            "iday",
            "specificity",
            "vicinity",
            "attacktype1",
            "guncertain1",
            "guncertain2",
            "guncertain3",
        ),
        Cell.CODE,
    ),
}
"""The columns that are read as values, and how."""
_TOLLS = (
    ("nkill", "deaths", Kind.FATALITIES, ""),
    ("nkillter", "deaths", Kind.FATALITIES, "perpetrators"),
    ("nwound", "injuries", Kind.INJURIES, ""),
    ("nwoundte", "injuries", Kind.INJURIES, "perpetrators"),
)
_GROUP_NAMES = (("gname", "guncertain1"), ("gname2", "guncertain2"), ("gname3", "guncertain3"))
_NOT_KNOWN = frozenset(("-9", "-99"))
"""What the codebook writes for a number that is not known."""
_VAGUE = 4
_POINT = ("city", "latitude", "longitude")


class Gtd(BaseImporter):
    """Drafts of the rows of one file; all rows must be counted before the first is drafted."""

    dataset = DATA_SET
    whole = True

    def __init__(self, layout: ColumnLayout, known: Mapping[str, str]) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        at = {name: number for number, name in enumerate(layout.columns)}
        self._at = at
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        self._rows = RowIds(layout.columns, (*READ, *OTHERS), "eventid")
        self._versions = RowVersions(layout.columns, "eventid", made=(), told=())
        self._cells = CellReader(layout, KINDS, day_first="", since=FIRST_YEAR)
        self._text = RowText(GROUPS, at)
        self._exactness = GeoPrecision()
        self._actors = _Actors(self._shared)
        self._articles = ListedArticles(self._shared, self._actors, DATA_SET.id)
        self._shared.add("datasets", DATA_SET)
        self._gtd = self._shared.source("GTD", SourceKind.DATA_SET)

    @property
    def offices(self) -> Mapping[str, str]:
        """The publisher (and origin, if any) of each office met, by its name as printed."""
        return self._articles.offices

    @property
    def remarks(self) -> list[str]:
        """Sentences on how the file was read, for the account of its import."""
        return [*lacking_columns("GTD", EXPECTED, self._at), *self._cells.remarks]

    def count(self, cells: Sequence[str]) -> None:
        """Take note of how a row is written, its place, and the reports that it cites."""
        self._cells.count(cells)
        self._versions.count(cells)
        self._articles.count(list(self._cited(cells)), self._row_place(cells))
        point = tuple(self._cell(cells, name) for name in _POINT)
        given = _precision(*(code(self._cell(cells, name)) for name in ("specificity", "vicinity")))
        self._exactness.count(point, given)

    def counted(self) -> None:
        """End the counting of rows."""
        self._cells.counted()
        self._versions.counted()
        self._articles.counted()

    def row(self, found: Cells) -> Row | Rejected | Joined:
        """The row with its id, if it counts."""
        row = self._rows.row(found)
        return row if isinstance(row, Rejected) else self._versions.of(row)

    def _cell(self, cells: Sequence[str], name: str) -> str:
        at = self._at.get(name)
        return "" if at is None else cells[at]

    def _cited(self, cells: Sequence[str]) -> Iterator[ListItem]:
        for name in CITED_IN:
            cell = self._cell(cells, name)
            found = None if is_missing(cell) else citation(cell)
            if found:
                yield ListItem(*found)

    def _row_place(self, cells: Sequence[str]) -> RowPlace:
        city, province = (self._cell(cells, name) for name in ("city", "provstate"))
        return RowPlace(_known(city), "", _known(province))

    def _draft(self, row: Row) -> Draft:
        cells = self._cells.of(row.cells)
        flags: list[Flag] = []
        happened = _when(row.id, cells, flags)
        place, place_name = self._place(row, cells, flags)
        event = make_id("evt", DATA_SET.id, row.id)
        text = self._text.of(self._cells.printed(row.cells))
        told = RowArticle(DATA_SET, self._gtd, row.id, event, *text)
        told.says("when", Kind.DATE, happened)
        told.says("where", Kind.PLACE, place)
        names = self._participants(told, cells)
        _counted(told, cells)
        setting = SpeakerContext(cells["country_txt"].strip(), tuple(names))
        listed = self._articles.listed(
            list(self._cited(row.cells)), setting, self._row_place(row.cells)
        )
        once = {one.article: one for one in listed}.values()
        if not listed:
            told.says("note", Kind.OCCURRENCE, None)
        told.claims += chain.from_iterable(
            one.claims(event, aggregate=False, totals=False) for one in once
        )
        attack = one_line_of(cells["attacktype1_txt"]) or ATTACKS.get(cells["attacktype1"], "")
        type = _type(attack, cells)
        if type is None:
            flags.append(Flag.UNKNOWN_CODE)
        return Draft(
            row=row,
            event=Event(
                id=event,
                title=f"{_title(names, words_of(attack))}, {place_name}",
                type=type or EventType.OTHER,
                row=RowRef(dataset=DATA_SET.id, row=row.id, sha256=row.sha256),
                flags=tuple(flag for flag in Flag if flag in flags),
            ),
            shared=self._shared.take(),
            article=told.article,
            passages=tuple(told.passages),
            claims=tuple(told.claims),
            links=len(listed),
            distinct=len(once),
        )

    def _participants(self, told: RowArticle, cells: Mapping[str, str]) -> list[str]:
        """Add the groups, suspected ones as hedged, and the type of target with its nation."""
        names = []
        for column, uncertain in _GROUP_NAMES:
            name = words_of(one_line_of(_known(cells[column])))
            if not name or name in names:
                continue
            names.append(name)
            told.says(
                "who",
                Kind.PARTICIPANT,
                Participant(actor=self._actors.group(name), role=Role.ATTACKER),
                as_slot=column,
                stance=Stance.HEDGES if cells[uncertain] == "1" else Stance.ASSERTS,
            )
        target = words_of(one_line_of(_known(cells["targtype1_txt"])))
        nation = words_of(one_line_of(_known(cells["natlty1_txt"])))
        if target:
            kind = TARGETS.get(target.lower(), ActorKind.GROUP)
            name = f"{target} ({nation})" if nation else target
            role = Role.VICTIM if kind is ActorKind.CIVILIANS else Role.TARGET
            value = Participant(actor=self._actors.target(name, kind), role=role)
            told.says("who", Kind.PARTICIPANT, value, as_slot="target1")
            names.append(name)
        return names

    def _place(self, row: Row, cells: Mapping[str, str], flags: list[Flag]) -> tuple[Where, str]:
        given = _precision(cells["specificity"], cells["vicinity"])
        if "specificity" in self._at and cells["specificity"] not in PRECISIONS:
            flags.append(Flag.UNKNOWN_CODE)
        at = degrees(cells["latitude"], cells["longitude"])
        if at is None:
            flags.append(Flag.NO_COORDINATES)
        country, province, city = (
            words_of(one_line_of(_known(cells[name])))
            for name in ("country_txt", "provstate", "city")
        )
        name = city or province or country or "an unnamed place"
        own = self._exactness.best(tuple(self._cell(row.cells, one) for one in _POINT), given)
        place = NamedPlace(name, province, country, at)
        id = place.made(self._shared, "gtd", DATA_SET.name, own)
        return Where(place=id, precision=given), name


class _Actors:
    """The groups and types of targets of one file, each made once."""

    def __init__(self, shared: RecordFactory) -> None:
        self._shared = shared
        self._ids: dict[str, str] = {}

    def group(self, name: str) -> str:
        """The id of a group that attacks."""
        return self.target(name, ActorKind.ARMED_GROUP)

    def target(self, name: str, kind: ActorKind) -> str:
        """The id of a type of target."""
        actor = Actor(id=make_id("act", "gtd", name), name=name, kind=kind)
        self._ids[name] = self._shared.add("actors", actor)
        return self._ids[name]

    def named(self, name: str) -> str | None:
        """The id of the actor of a name, None if no row before has it."""
        return self._ids.get(name)


def _known(cell: str) -> str:
    """A cell, empty if it says that something is not known."""
    return "" if cell.strip().lower() in UNKNOWN else cell


def _precision(specificity: str, vicinity: str) -> int:
    given = PRECISIONS.get(specificity, _VAGUE)
    return NEAR if given == 1 and vicinity == "1" else given


def _type(attack: str, cells: Mapping[str, str]) -> EventType | None:
    """The type of event of a type of attack: on armed targets an assault is a clash."""
    found = TYPES.get(attack.lower())
    armed = cells["targtype1_txt"].strip().lower() in FORCES
    return EventType.CLASH if found is EventType.ATTACK and armed else found


def _title(names: Sequence[str], attack: str) -> str:
    """The group and its target; with only one of them, the type of attack as well."""
    sides = " – ".join(names[:2])
    return sides if len(names) > 1 else ": ".join(filter(None, (sides, attack or "Attack")))


def _counted(told: RowArticle, cells: Mapping[str, str]) -> None:
    """Add the dead and the wounded. Raises `BadCell`."""
    for column, group, kind, scope in _TOLLS:
        cell = cells[column]
        if not cell or cell in _NOT_KNOWN:
            continue
        number = people(column, cell)
        if number or not scope:
            value = Count(min=number, best=number, max=number)
            told.says(group, kind, value, scope=scope, as_slot=column)


def _when(id: str, cells: Mapping[str, str], flags: list[Flag]) -> When:
    """The day of a row; 0 is a month or a day that is not known. Raises `BadCell`."""
    year, month, day = (_part(cells, name) for name in ("iyear", "imonth", "iday"))
    about = words_of(one_line_of(cells["approxdate"]))
    note = f"the row says {about}" if about else ""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        flags.append(Flag.NO_DATE)
        return When(edtf="", basis=DateBasis.UNRESOLVED, note=f"the row's year is {year}")
    if id[:4].isdigit() and len(id) == 12 and int(id[:4]) != year:
        flags.append(Flag.YEAR_DIFFERS)
    mark = "~" if about else ""
    if not month:
        return When(edtf=f"{year}{mark}", note=note)
    on = iso(year, month, day or 1)
    if not on:
        words = f"{cells['imonth']}/{cells['iday']}"
        raise BadCell(
            "iday", f"{quoted(words)} is no day of {year}", "no day of its year", quoted(words)
        )
    return When(edtf=f"{on if day else on[:7]}{mark}", note=note)


def _part(cells: Mapping[str, str], name: str) -> int:
    """The number of a year, a month or a day; 0 if it is not known. Raises `BadCell`."""
    cell = cells[name]
    return 0 if not cell or cell in _NOT_KNOWN else people(name, cell)
