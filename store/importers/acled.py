"""ACLED: the layout of 31 columns, and those before 2023.

Codes are those of the codebook (2023). Headers may be in capitals, and codes
of `inter` numbers or words. The rows may not be passed on: the data set says so.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter

from store.errors import UsageError
from store.importers.base import BaseImporter
from store.importers.cells import day, degrees, one_line_of, people
from store.importers.detect import ColumnLayout, names_of
from store.importers.draft import Draft, Row
from store.importers.geo_precision import GeoPrecision
from store.importers.outlets import kind_of, office
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import RowArticle, RowText
from store.importers.row_ids import RowIds, UsedCells
from store.model.record import make_id
from store.model.records import Actor, DataSet, Event, Place, RowRef
from store.model.values import Count, Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    DateBasis,
    EventType,
    Flag,
    Kind,
    PlaceKind,
    Role,
    SourceKind,
)


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COLUMNS = _columns(
    """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes
    fatalities tags timestamp"""
)
"""The columns since 20 March 2023; older files have some of them and some others."""
_NEEDED = _columns(
    """event_id_cnty event_date time_precision event_type sub_event_type actor1 country location
    latitude longitude geo_precision source notes fatalities"""
)
_USED = (*_NEEDED, "actor2", "assoc_actor_1", "assoc_actor_2", "inter1", "inter2", "admin1")
_KNOWN_BY = frozenset(("event_id_cnty", "sub_event_type", "notes"))
_GROUPS = (
    ("row", ("event_id_cnty", "timestamp")),
    ("when", ("event_date", "time_precision")),
    (
        "where",
        _columns("location geo_precision admin1 admin2 admin3 country latitude longitude"),
    ),
    ("what", ("disorder_type", "event_type", "sub_event_type", "civilian_targeting", "tags")),
    ("who", _columns("actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction")),
    ("deaths", ("fatalities",)),
    ("reports", ("source", "source_scale")),
    ("note", ("notes",)),
)

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

_TYPES = {
    "armed clash": EventType.CLASH,
    "government regains territory": EventType.CAPTURE,
    "non-state actor overtakes territory": EventType.CAPTURE,
    "chemical weapon": EventType.SHELLING,
    "air/drone strike": EventType.AIR_STRIKE,
    "suicide bomb": EventType.EXPLOSION,
    "shelling/artillery/missile attack": EventType.SHELLING,
    "remote explosive/landmine/ied": EventType.EXPLOSION,
    "grenade": EventType.EXPLOSION,
    "sexual violence": EventType.ATTACK,
    "attack": EventType.ATTACK,
    "abduction/forced disappearance": EventType.REPRESSION,
    "peaceful protest": EventType.PROTEST,
    "protest with intervention": EventType.PROTEST,
    "excessive force against protesters": EventType.REPRESSION,
    "violent demonstration": EventType.PROTEST,
    "mob violence": EventType.PROTEST,
    "agreement": EventType.AGREEMENT,
    "arrests": EventType.ARREST,
    "change to group/activity": EventType.OTHER,
    "disrupted weapons use": EventType.DISRUPTION,
    "headquarters or base established": EventType.OTHER,
    "looting/property destruction": EventType.OTHER,
    "non-violent transfer of territory": EventType.WITHDRAWAL,
    "other": EventType.OTHER,
}
"""The type of event by the sub-event type of ACLED."""
_KINDS = {
    ("1", "state forces"): ActorKind.GOVERNMENT_FORCE,
    ("2", "rebel group", "rebel groups", "rebel forces"): ActorKind.ARMED_GROUP,
    ("3", "political militia", "political militias"): ActorKind.MILITIA,
    ("4", "identity militia", "identity militias"): ActorKind.MILITIA,
    ("5", "rioters"): ActorKind.GROUP,
    ("6", "protesters"): ActorKind.GROUP,
    ("7", "civilians"): ActorKind.CIVILIANS,
    ("8", "external/other forces", "other forces", "external forces"): ActorKind.ORGANISATION,
    ("", "0"): ActorKind.GROUP,
}
_KIND_OF = {code: kind for codes, kind in _KINDS.items() for code in codes}
"""The kind of an actor by the code of `inter`, as a number or in words."""
_PRECISIONS = {"1": 1, "2": 2, "3": 4}
"""The values of `geo_precision` in the codes of UCDP: a town, near one, a larger region."""
_VAGUE = 4
_POINT = ("location", "latitude", "longitude", "geo_precision")
_UNNAMED = frozenset(("undisclosed source", "local source", "local sources", "anonymous"))


def recognise(first: Sequence[str], _second: Sequence[str], delimiter: str) -> ColumnLayout | None:
    """The layout of a file of ACLED. Raises `UsageError` if columns are missing."""
    names = tuple(name.lower() for name in first)
    if not set(names) >= _KNOWN_BY:
        return None
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UsageError(
            f"looks like ACLED, but lacks the columns {', '.join(missing)}", "export all columns"
        )
    return ColumnLayout("acled", names_of(first), delimiter, True, f"ACLED, {len(names)} columns")


class Acled(BaseImporter):
    """Drafts of the rows of one file."""

    dataset = DATA_SET
    whole = True

    def __init__(self, layout: ColumnLayout, known: Mapping[str, str]) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        at = {name: number for number, name in enumerate(layout.columns)}
        self.offices: dict[str, str] = {}
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        self.row = RowIds(layout.columns, COLUMNS, "event_id_cnty").row
        self._used = UsedCells(at, _USED)
        self._text = RowText(_GROUPS, at)
        self._exactness = GeoPrecision()
        self._point = itemgetter(*(at[name] for name in _POINT))
        self._shared.add("datasets", DATA_SET)
        self._acled = self._shared.source("ACLED", SourceKind.DATA_SET)

    def count(self, cells: Sequence[str]) -> None:
        """Take note of how exactly a row names its point."""
        *point, precision = self._point(cells)
        self._exactness.count(tuple(point), _PRECISIONS.get(precision.strip(), _VAGUE))

    def _draft(self, row: Row) -> Draft:
        cells = self._used.of(row.cells)
        flags: list[Flag] = []
        happened = _when(day("event_date", cells["event_date"]), cells["time_precision"].strip())
        place, place_name = self._place(cells, flags)
        dead = people("fatalities", cells["fatalities"])
        type = _TYPES.get(cells["sub_event_type"].strip().lower())
        known = (cells["time_precision"].strip(), cells["geo_precision"].strip())
        if type is None or not {*known} <= {"1", "2", "3"}:
            flags.append(Flag.UNKNOWN_CODE)
        event = make_id("evt", DATA_SET.id, row.id)
        told = RowArticle(DATA_SET, self._acled, row.id, event, *self._text.of(row.cells))
        told.says("when", Kind.DATE, happened)
        told.says("where", Kind.PLACE, place)
        names = self._participants(told, cells, flags)
        told.says("deaths", Kind.FATALITIES, Count(min=dead, best=dead, max=dead))
        sources = self._sources(cells["source"])
        for source in sources:
            told.says("note", Kind.OCCURRENCE, None, chain=(source,))
        if not sources:
            told.says("note", Kind.OCCURRENCE, None)
        what = words_of(one_line_of(cells["sub_event_type"])) or "Event"
        return Draft(
            row=row,
            event=Event(
                id=event,
                title=f"{_title(names, what)}, {place_name}",
                type=type or EventType.OTHER,
                row=RowRef(dataset=DATA_SET.id, row=row.id, sha256=row.sha256),
                flags=tuple(flag for flag in Flag if flag in flags),
            ),
            shared=self._shared.take(),
            article=told.article,
            passages=tuple(told.passages),
            claims=tuple(told.claims),
        )

    def _sources(self, cell: str) -> list[str]:
        """The sources that a row names, each once."""
        found: dict[str, None] = {}
        for printed in cell.split(";"):
            name = words_of(" ".join(printed.split()))
            if not name:
                continue
            if name.lower() in _UNNAMED:
                self.offices[name] = f"{name} (nobody in particular)"
                found[self._shared.source(name, SourceKind.UNNAMED)] = None
                continue
            by = office(name)
            self.offices[name] = by.publisher
            found[self._shared.source(by.publisher, kind_of(by.publisher))] = None
        return list(found)

    def _participants(
        self, told: RowArticle, cells: Mapping[str, str], flags: list[Flag]
    ) -> list[str]:
        """Add the participants: by the codebook no actor is the attacker; civilians are victims."""
        names: list[str] = []
        for column, code in (("actor1", "inter1"), ("actor2", "inter2")):
            inter = cells[code].strip().lower()
            kind = _KIND_OF.get(inter)
            if kind is None:
                flags.append(Flag.UNKNOWN_CODE)
            name = words_of(one_line_of(cells[column]))
            if name:
                names.append(name)
                self._acts(told, name, kind or ActorKind.GROUP, column)
            for number, other in enumerate(cells[f"assoc_actor_{column[-1]}"].split(";")):
                if other.strip():
                    other_name = words_of(one_line_of(other))
                    self._acts(told, other_name, ActorKind.GROUP, f"{column} {number}")
        return names

    def _acts(self, told: RowArticle, name: str, kind: ActorKind, slot: str) -> None:
        civilians = kind is ActorKind.CIVILIANS or name.lower().startswith("civilians")
        actor = self._shared.add(
            "actors",
            Actor(
                id=make_id("act", "acled", name),
                name=name,
                kind=ActorKind.CIVILIANS if civilians else kind,
            ),
        )
        role = Role.VICTIM if civilians else Role.PARTY
        told.says("who", Kind.PARTICIPANT, Participant(actor=actor, role=role), as_slot=slot)

    def _place(self, cells: Mapping[str, str], flags: list[Flag]) -> tuple[Where, str]:
        given = _PRECISIONS.get(cells["geo_precision"].strip(), _VAGUE)
        latitude, longitude = cells["latitude"], cells["longitude"]
        at = degrees(latitude, longitude)
        if at is None:
            flags.append(Flag.NO_COORDINATES)
        country, province = (words_of(one_line_of(cells[name])) for name in ("country", "admin1"))
        name = words_of(one_line_of(cells["location"])) or province or country or "an unnamed place"
        within = self._within(country, province)
        own = self._exactness.best((cells["location"], latitude, longitude), given)
        place = Place(
            id=make_id("plc", "acled", name, *map(str, at or (country, province))),
            name=name,
            kind=PlaceKind.TOWN if own == 1 else PlaceKind.REGION,
            precision=own,
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            within=within,
            basis=DATA_SET.name,
        )
        return Where(place=self._shared.add("places", place), precision=given), name

    def _within(self, country: str, province: str) -> str | None:
        whole = None
        for kind, precision, name in (
            (PlaceKind.COUNTRY, 6, country),
            (PlaceKind.PROVINCE, 4, province),
        ):
            if name:
                id = make_id("plc", "acled", kind.value, country, name)
                place = Place(
                    id=id,
                    name=name,
                    kind=kind,
                    precision=precision,
                    within=whole,
                    basis=DATA_SET.name,
                )
                whole = self._shared.add("places", place)
        return whole


def _title(names: Sequence[str], what: str) -> str:
    """The two sides of a row; of one that names only one, what it did as well, to tell it apart."""
    sides = " – ".join(map(_short, names[:2]))
    return sides if len(names) > 1 else ": ".join(filter(None, (sides, what)))


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
