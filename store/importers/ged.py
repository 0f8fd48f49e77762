"""UCDP GED: drafts of the rows of a file. Codes are those of the codebook (GED 23.1)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from store.importers.article_listings import RowPlace
from store.importers.base import BaseImporter
from store.importers.cell_reader import Cell, CellReader, lacking_columns
from store.importers.cells import code, one_line_of
from store.importers.draft import Draft, Joined, Rejected, Row
from store.importers.ged_articles import (
    FreeCitations,
    ListedArticle,
    ListedArticles,
    articles_of,
)
from store.importers.ged_columns import COLUMNS_49, EXPECTED, SIDES, VERSIONS, VIOLENCE
from store.importers.ged_layout import DATA_SET, TYPES
from store.importers.ged_row import GedActors, GedPlaces, when
from store.importers.ged_toll import toll_of
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import RowArticle, RowText
from store.importers.row_ids import RowIds, UsedCells
from store.importers.row_versions import RowVersions
from store.importers.speakers import SpeakerContext
from store.importers.table import Cells, ColumnLayout
from store.model.dates import bounds
from store.model.labels import count_text
from store.model.record import make_id
from store.model.records import Event, RowRef
from store.model.values import Participant, When, Where
from store.model.vocabulary import EventType, Flag, Kind, Role, SourceKind

_SIDES_OF_ROW = (("side_a", "side_a_new_id"), ("side_b", "side_b_new_id"))
"""The columns of each side: its name, and the number of its actor."""
_OF_SIDES = tuple(name for side in _SIDES_OF_ROW for name in side)
_OF_LISTING = ("source_article", "date_start", "where_coordinates", "adm_2", "adm_1")
"""The columns that say which articles a row lists, and of which place."""
GROUPS = (
    ("row", ("id", "relid")),
    ("when", ("date_start", "date_end", "date_prec")),
    (
        "where",
        (
            "where_coordinates",
            "where_description",
            "where_prec",
            "adm_1",
            "adm_2",
            "country",
            "latitude",
            "longitude",
        ),
    ),
    ("who", ("type_of_violence", "conflict_name", "side_a", "side_b")),
    (
        "deaths",
        ("best", "low", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    ),
    ("reports", ("event_clarity", "number_of_sources", "source_original", "source_article")),
)
"""The columns that the article of a row holds; the last only if it is no list, or in free words."""
_WHERE_LISTED = (*GROUPS[:-1], ("reports", GROUPS[-1][1][:-1]))
_USED = (
    *EXPECTED,
    "adm_1",
    "adm_2",
    "side_a_new_id",
    "side_b_new_id",
    "event_clarity",
    "number_of_sources",
    "source_original",
)
KINDS: Mapping[str, Cell] = {
    **dict.fromkeys(_USED, Cell.NAME),
    **dict.fromkeys(("where_coordinates", "adm_1", "adm_2", "country"), Cell.PLACE),
    **dict.fromkeys(("date_start", "date_end"), Cell.DATE),
    **dict.fromkeys(("latitude", "longitude"), Cell.DEGREES),
    **dict.fromkeys((*SIDES, "best", "low", "high"), Cell.NUMBER),
    **dict.fromkeys(
        (
            "type_of_violence",
            "where_prec",
            "date_prec",
            "event_clarity",
            "number_of_sources",
            "side_a_new_id",
            "side_b_new_id",
        ),
        Cell.CODE,
    ),
}
"""The columns that are read as values, and how."""
_SINCE = 1975
"""The first year of any GED file (most begin with 1989)."""
_DAY_FIRST = "as in most files of spreadsheets"
_DATE_PRECISIONS = ("1", "2", "3", "4", "5")
_ROLES = {"3": (Role.ATTACKER, Role.VICTIM)}
_PARTIES = (Role.PARTY, Role.PARTY)

_Side = tuple[str, str]
"""A side of a row: the id of its actor, and the name as printed."""


class Ged(BaseImporter):
    """Drafts of the rows of one file; all rows must be counted before the first is drafted."""

    dataset = DATA_SET
    whole = True

    def __init__(self, layout: ColumnLayout, known: Mapping[str, str]) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        self._at = {name: at for at, name in enumerate(layout.columns)}
        self._listing = UsedCells(self._at, _OF_LISTING)
        self._sides = UsedCells(self._at, _OF_SIDES)
        self._cells = CellReader(layout, KINDS, day_first=_DAY_FIRST, since=_SINCE)
        self._rows = RowIds(layout.columns, COLUMNS_49, "id")
        self._versions = RowVersions(
            layout.columns, "id", made=VERSIONS, told=("best", "date_start")
        )
        self._text = RowText(_WHERE_LISTED, self._at)
        self._text_unlisted = RowText(GROUPS, self._at)
        self._shared.add("datasets", DATA_SET)
        self._ucdp = self._shared.source("UCDP", SourceKind.DATA_SET)
        self._places = GedPlaces(self._shared, layout.columns)
        self._actors = GedActors(self._shared)
        self._free = FreeCitations()
        self._articles = ListedArticles(self._shared, self._actors, DATA_SET.id)

    @property
    def offices(self) -> Mapping[str, str]:
        """The publisher (and origin, if any) of each office met, by its name as printed."""
        return self._articles.offices

    @property
    def remarks(self) -> list[str]:
        """Sentences on how the file was read, for the account of its import."""
        found = lacking_columns("UCDP GED", EXPECTED, self._at)
        return [*found, *self._cells.remarks, *self._versions.remarks, *self._free.remarks]

    def count(self, cells: Sequence[str]) -> None:
        """Take note of the place of a row and of its articles, each of which supports an event."""
        self._cells.count(cells)
        self._versions.count(cells)
        listing = self._listing.of(cells)
        listed = articles_of(listing["source_article"], listing["date_start"]).listed
        self._articles.count(listed, _row_place(listing))
        sides = self._sides.of(cells)
        for side, number in _SIDES_OF_ROW:
            self._actors.count(code(sides[number]), sides[side])
        self._places.count(cells)

    def counted(self) -> None:
        """End the counting of rows. Raises `UsageError` if the dates are in two orders."""
        self._cells.counted()
        self._versions.counted()
        self._articles.counted()

    def row(self, found: Cells) -> Row | Rejected | Joined:
        """The row with its id, if it counts."""
        row = self._rows.row(found)
        return row if isinstance(row, Rejected) else self._versions.of(row)

    def _when(self, cells: Mapping[str, str], flags: list[Flag]) -> When:
        """The date of a row; its year where no day can be. Raises `BadCell`."""
        days = [self._cells.day(name, cells, flags) for name in ("date_start", "date_end")]
        if "date_prec" in self._at and cells["date_prec"] not in _DATE_PRECISIONS:
            flags.append(Flag.UNKNOWN_CODE)
        start, end = days
        if not (start or end):
            return self._cells.year("date_start", cells)
        if start and end and start > end:
            flags.append(Flag.DATES_REVERSED)
        return when(start, end, cells["date_prec"])

    def _draft(self, row: Row) -> Draft:
        cells = self._cells.of(row.cells)
        toll = toll_of(cells)
        flags: list[Flag] = []
        violence = VIOLENCE.get(cells["type_of_violence"].lower(), cells["type_of_violence"])
        several = cells["event_clarity"] == "2"
        happened = self._when(cells, flags)
        place, place_name = self._places.place(cells, cells["adm_1"], flags)
        actors = [self._actors.actor(cells[number], cells[side]) for side, number in _SIDES_OF_ROW]
        if violence not in TYPES or cells["event_clarity"] not in ("1", "2", ""):
            flags.append(Flag.UNKNOWN_CODE)
        listed, is_list = self._listed(row, cells["country"], actors)
        event = make_id("evt", DATA_SET.id, row.id)
        told = self._article(row, event, is_list=is_list, aggregate=several)
        _say_setting(told, happened, place, actors, _ROLES.get(violence, _PARTIES))
        toll.says(told, [name for _, name in actors])
        if not listed:
            told.says("reports", Kind.OCCURRENCE, None)
        flags += toll.flags()
        _flag_articles(flags, listed, cells["number_of_sources"], _first_day(happened))
        once = {one.article: one for one in listed}.values()
        for one in once:
            told.claims += one.claims(
                event, aggregate=several, totals=several and _is_of_days(happened)
            )
        return Draft(
            row=row,
            event=Event(
                id=event,
                title=_title(actors[0][1], actors[1][1], place_name),
                type=TYPES.get(violence, EventType.OTHER),
                row=RowRef(dataset=DATA_SET.id, row=row.id, sha256=row.sha256),
                flags=tuple(flag for flag in Flag if flag in flags) if flags else (),
                hint=words_of(one_line_of(cells["source_original"])),
            ),
            shared=self._shared.take(),
            article=told.article,
            passages=tuple(told.passages),
            claims=tuple(told.claims),
            links=len(listed),
            distinct=len(once),
        )

    def _listed(
        self, row: Row, country: str, actors: Sequence[_Side]
    ) -> tuple[Sequence[ListedArticle], bool]:
        """The articles that a row lists, and if its cell of them is nothing but a list."""
        setting = SpeakerContext(country.strip(), tuple(name for _, name in actors))
        printed = self._listing.of(row.cells)
        articles = articles_of(printed["source_article"], printed["date_start"])
        listed = self._articles.listed(articles.listed, setting, _row_place(printed))
        self._free.count(articles)
        return listed, bool(listed and not articles.cited)

    def _article(self, row: Row, event: str, *, is_list: bool, aggregate: bool) -> RowArticle:
        """The article of a row, which says nothing yet."""
        text = self._text if is_list else self._text_unlisted
        printed = text.of(self._cells.printed(row.cells))
        return RowArticle(DATA_SET, self._ucdp, row.id, event, *printed, aggregate=aggregate)


def _say_setting(
    told: RowArticle,
    happened: When,
    place: Where,
    actors: Sequence[_Side],
    roles: Sequence[Role],
) -> None:
    """Let the article of a row say when and where its event was, and between whom."""
    told.says("when", Kind.DATE, happened)
    told.says("where", Kind.PLACE, place)
    for side, (actor, _), role in zip("ab", actors, roles, strict=True):
        told.says("who", Kind.PARTICIPANT, _participant(actor, role), as_slot=side)


def _is_of_days(happened: When) -> bool:
    """True if a row covers more days than the two that one night touches."""
    first, last = _first_day(happened), bounds(happened.edtf).latest
    if not first or not last:
        return True
    return date.fromisoformat(last) - date.fromisoformat(first) > timedelta(days=1)


def _row_place(cells: Mapping[str, str]) -> RowPlace:
    return RowPlace(cells["where_coordinates"], cells["adm_2"], cells["adm_1"])


@lru_cache(65536)
def _participant(actor: str, role: Role) -> Participant:
    return Participant(actor=actor, role=role)


def _flag_articles(
    flags: list[Flag], listed: Sequence[ListedArticle], number: str, first_day: str
) -> None:
    if any(one.day and one.day < first_day for one in listed):
        flags.append(Flag.ARTICLE_BEFORE_EVENT)
    if len({one.article for one in listed}) < len(listed):
        flags.append(Flag.ARTICLE_LISTED_TWICE)
    # -1 is in old records, which do not list their articles in a form that can be counted
    if number not in ("-1", str(len(listed))) and number:
        flags.append(Flag.ARTICLES_MISCOUNTED)


def _first_day(happened: When) -> str:
    return bounds(happened.edtf).earliest or ""


def _title(side_a: str, side_b: str, place: str) -> str:
    """The sides and the place of a row; its number of dead has a column of its own."""
    return f"{_short(side_a)} – {_short(side_b)}, {place}"


def _short(actor: str) -> str:
    name = actor.removeprefix("Government of ")
    if name != actor:
        return f"{name} gov."
    first, *others = actor.split(", ")
    return f"{first} and {count_text(len(others), 'other')}" if others else actor
