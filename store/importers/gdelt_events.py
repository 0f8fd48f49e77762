"""GDELT events: made by a machine, one for each pair of actors and deed in a document.

They are kept as they are, even if one document gives the same event with the
actors swapped; every one is marked as machine-made.
"""

from collections.abc import Mapping, Sequence

from store.importers.base import BaseImporter
from store.importers.cell_reader import Cell, CellReader
from store.importers.cells import code, day_or_none, degrees, one_line_of
from store.importers.draft import Draft, Row
from store.importers.gdelt import DATA_SET, EVENTS, document
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import RowArticle, RowText
from store.importers.row_ids import RowIds
from store.importers.table import ColumnLayout
from store.model.record import make_id
from store.model.records import Actor, Claim, Event, Place, RowRef
from store.model.values import Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    EventType,
    Flag,
    Kind,
    PlaceKind,
    ReadBy,
    Role,
    SourceKind,
)

_USED = (
    *(
        f"{of}{part}"
        for of in ("actor1", "actor2")
        for part in ("code", "name", "countrycode", "type1code")
    ),
    "sqldate",
    "eventrootcode",
    "actiongeo_type",
    "actiongeo_fullname",
    "actiongeo_lat",
    "actiongeo_long",
    "actiongeo_featureid",
    "dateadded",
    "sourceurl",
)
KINDS: Mapping[str, Cell] = {
    **dict.fromkeys(_USED, Cell.NAME),
    "sqldate": Cell.DATE,
    "eventrootcode": Cell.CODE,
    "actiongeo_type": Cell.CODE,
    "actiongeo_featureid": Cell.CODE,
    "actiongeo_lat": Cell.DEGREES,
    "actiongeo_long": Cell.DEGREES,
    "dateadded": Cell.CODE,
}
"""The columns that are read as values, and how."""
_SINCE = 1920
"""The first year that GDELT covers."""
GROUPS = (
    ("row", ("globaleventid", "dateadded")),
    ("when", ("sqldate",)),
    ("who", ("actor1code", "actor1name", "actor2code", "actor2name")),
    ("what", ("eventcode", "eventrootcode", "quadclass", "goldsteinscale")),
    (
        "where",
        (
            "actiongeo_type",
            "actiongeo_fullname",
            "actiongeo_countrycode",
            "actiongeo_lat",
            "actiongeo_long",
        ),
    ),
    ("reports", ("nummentions", "numsources", "numarticles", "sourceurl")),
)
"""The columns that the article of a row holds, each group a passage."""

ROOTS: Mapping[str, tuple[str, EventType]] = {
    "01": ("statement", EventType.STATEMENT),
    "02": ("appeal", EventType.STATEMENT),
    "03": ("intent to cooperate", EventType.DIPLOMACY),
    "04": ("consultation", EventType.DIPLOMACY),
    "05": ("diplomatic cooperation", EventType.DIPLOMACY),
    "06": ("material cooperation", EventType.SUPPORT),
    "07": ("aid", EventType.SUPPORT),
    "08": ("yielding", EventType.OTHER),
    "09": ("investigation", EventType.OTHER),
    "10": ("demand", EventType.STATEMENT),
    "11": ("disapproval", EventType.STATEMENT),
    "12": ("rejection", EventType.STATEMENT),
    "13": ("threat", EventType.STATEMENT),
    "14": ("protest", EventType.PROTEST),
    "15": ("show of force", EventType.REINFORCEMENT),
    "16": ("reduced relations", EventType.SANCTION),
    "17": ("coercion", EventType.REPRESSION),
    "18": ("assault", EventType.ATTACK),
    "19": ("fighting", EventType.CLASH),
    "20": ("mass violence", EventType.ATTACK),
}
"""The root codes of CAMEO (manual 1.1b3), in a word or two, and the type of event."""

_PLACES = {
    "1": (6, PlaceKind.COUNTRY),
    "2": (4, PlaceKind.PROVINCE),
    "3": (2, PlaceKind.CITY),
    "4": (2, PlaceKind.CITY),
    "5": (4, PlaceKind.PROVINCE),
}
"""The precision (as UCDP codes it) and the kind of place of each type of place."""
_ACTORS = {
    "GOV": ActorKind.STATE,
    "MIL": ActorKind.GOVERNMENT_FORCE,
    "COP": ActorKind.GOVERNMENT_FORCE,
    "REB": ActorKind.ARMED_GROUP,
    "INS": ActorKind.ARMED_GROUP,
    "SEP": ActorKind.ARMED_GROUP,
    "UAF": ActorKind.ARMED_GROUP,
    "CVL": ActorKind.CIVILIANS,
    "IGO": ActorKind.ORGANISATION,
    "NGO": ActorKind.ORGANISATION,
}


class GdeltEvents(BaseImporter):
    """Drafts of the rows of one file of events."""

    dataset = DATA_SET
    whole = False
    offices: Mapping[str, str] = {}

    def __init__(self, layout: ColumnLayout, known: Mapping[str, str]) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        at = {name: number for number, name in enumerate(layout.columns)}
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        self.row = RowIds(layout.columns, EVENTS, "globaleventid").row
        self._cells = CellReader(
            layout, KINDS, day_first="as in most files of spreadsheets", since=_SINCE
        )
        self._text = RowText(GROUPS, at)
        self._shared.add("datasets", DATA_SET)
        self._gdelt = self._shared.source("GDELT", SourceKind.DATA_SET)

    @property
    def remarks(self) -> list[str]:
        """Sentences on how the file was read, for the account of its import."""
        return self._cells.remarks

    def count(self, cells: Sequence[str]) -> None:
        """Take note of how a row is written."""
        self._cells.count(cells)

    def counted(self) -> None:
        """End the counting of rows. Raises `UsageError` if the dates are in two orders."""
        self._cells.counted()

    def _draft(self, row: Row) -> Draft:
        cells = self._cells.of(row.cells)
        flags: list[Flag] = []
        on, added = self._cells.day("sqldate", cells, flags), cells["dateadded"]
        if on and added[4:8] == on[5:7] + on[8:] and added[:4] == f"{int(on[:4]) + 1:04}":
            flags.append(Flag.YEAR_BEFORE_REPORT)
        event = make_id("evt", DATA_SET.id, row.id)
        text = self._text.of(self._cells.printed(row.cells))
        told = RowArticle(DATA_SET, self._gdelt, row.id, event, *text)
        happened = When(edtf=on) if on else self._cells.year("sqldate", cells)
        told.says("when", Kind.DATE, happened, read_by=ReadBy.MACHINE)
        place = self._place(cells, flags)
        if place:
            told.says("where", Kind.PLACE, Where(place=place[0]), read_by=ReadBy.MACHINE)
        names = self._participants(told, cells)
        deed, type = ROOTS.get(cells["eventrootcode"].zfill(2), ("", EventType.OTHER))
        if not deed:
            flags.append(Flag.UNKNOWN_CODE)
        claims = told.claims
        if url := cells["sourceurl"].strip():
            claims.append(self._reported(event, url, added))
        else:
            told.says("reports", Kind.OCCURRENCE, None, read_by=ReadBy.MACHINE)
        who = " – ".join(names) or "Nobody named"
        where = f", {place[1]}" if place else ""
        return Draft(
            row=row,
            event=Event(
                id=event,
                title=f"{who}: {deed or 'unknown deed'}{where}",
                type=type,
                row=RowRef(dataset=DATA_SET.id, row=row.id, sha256=row.sha256),
                flags=tuple(flag for flag in Flag if flag in flags),
                machine=True,
            ),
            shared=self._shared.take(),
            article=told.article,
            passages=tuple(told.passages),
            claims=tuple(claims),
            links=int(bool(url)),
            distinct=int(bool(url)),
        )

    def _reported(self, event: str, url: str, added: str) -> Claim:
        """The claim of the document that GDELT names: that the event happened."""
        _, passage = document(self._shared, url, "", seen_at(added))
        return Claim(
            id=make_id("clm", event, passage, "occurrence"),
            subject=event,
            kind=Kind.OCCURRENCE,
            passage=passage,
            read_by=ReadBy.MACHINE,
        )

    def _participants(self, told: RowArticle, cells: Mapping[str, str]) -> list[str]:
        names: list[str] = []
        for of in ("actor1", "actor2"):
            code = cells[f"{of}code"].strip()
            name = words_of(one_line_of(cells[f"{of}name"])) or code
            if not name:
                continue
            kind = _ACTORS.get(cells[f"{of}type1code"].strip())
            if kind is None:
                kind = ActorKind.STATE if cells[f"{of}countrycode"].strip() else ActorKind.GROUP
            id = make_id("act", "gdelt", code, name)
            actor = self._shared.add("actors", Actor(id=id, name=name, kind=kind))
            value = Participant(actor=actor, role=Role.PARTY)
            told.says("who", Kind.PARTICIPANT, value, as_slot=of, read_by=ReadBy.MACHINE)
            names.append(name)
        return names

    def _place(self, cells: Mapping[str, str], flags: list[Flag]) -> tuple[str, str] | None:
        full = words_of(one_line_of(cells["actiongeo_fullname"]))
        type = cells["actiongeo_type"].strip()
        if not full:
            return None
        if type not in _PLACES:
            flags.append(Flag.UNKNOWN_CODE)
        precision, kind = _PLACES.get(type, (5, PlaceKind.REGION))
        at = degrees(cells["actiongeo_lat"], cells["actiongeo_long"])
        if at is None:
            flags.append(Flag.NO_COORDINATES)
        parts = [part.strip() for part in full.split(",") if part.strip()] or [full]
        if precision == 6:
            return self._country(parts[-1]), parts[-1]
        feature = cells["actiongeo_featureid"].strip()
        place = Place(
            id=make_id("plc", "gdelt", type, feature, full, *map(str, at or ())),
            name=parts[0],
            kind=kind,
            precision=precision,
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            within=self._country(parts[-1]) if len(parts) > 1 else None,
            basis=DATA_SET.name,
        )
        return self._shared.add("places", place), parts[0]

    def _country(self, name: str) -> str:
        return self._shared.add(
            "places",
            Place(
                id=make_id("plc", "gdelt", "country", name),
                name=name,
                kind=PlaceKind.COUNTRY,
                precision=6,
                basis=DATA_SET.name,
            ),
        )


def seen_at(cell: str) -> str:
    """A time of fourteen digits, in UTC, in ISO 8601 to the minute; "" if it is none."""
    text = code(cell)
    if len(text) not in (8, 14) or not (text.isascii() and text.isdigit()):
        return ""
    on = day_or_none(text[:8])
    if on is None:
        return ""
    if len(text) == 8 or text[8:10] > "23" or text[10:12] > "59":
        return on
    return f"{on}T{text[8:10]}:{text[10:12]}Z"
