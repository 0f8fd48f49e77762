"""Any table of incidents, a row an event, as a mapping says.

What cannot be read is kept: the article of a row holds all of its cells, and a date or a
number that is none is flagged, and told with its column.
"""

from collections.abc import Mapping, Sequence

from store.importers.base import BaseImporter
from store.importers.cells import BadCell
from store.importers.date_cells import Order
from store.importers.draft import Draft, Row
from store.importers.mapped_cells import RowCells, TableCells
from store.importers.mapped_dates import zone_of
from store.importers.mapped_ids import MappedIds
from store.importers.mapped_places import MappedPlaces
from store.importers.mapped_reports import MappedReports, parts_of
from store.importers.mapped_tolls import Tolls
from store.importers.mapped_values import CodeTable, Dates
from store.importers.mapping import TOLL_KINDS, TableMapping, as_names, table_key
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import Groups, RowArticle, RowText
from store.importers.table import ColumnLayout
from store.model.record import make_id
from store.model.records import Actor, DataSet, Event, RowRef
from store.model.values import Participant
from store.model.vocabulary import (
    EVENT_TYPES,
    ActorKind,
    EventType,
    Kind,
    Role,
    SourceKind,
    Stance,
)

LONGEST_TITLE = 160
"""The most characters of a title that is made of cells; longer ones end in an ellipsis."""


def data_set_of(mapping: TableMapping) -> DataSet:
    """The data set to which the rows of a mapped table belong."""
    told = mapping.data_set
    return DataSet(
        id=make_id("dst", "mapped", told.name),
        name=told.name,
        version=told.version,
        licence=told.licence,
        redistributable=told.redistributable,
        citation=told.citation,
    )


class Mapped(BaseImporter):
    """Drafts of the rows of one file."""

    def __init__(
        self,
        mapping: TableMapping,
        layout: ColumnLayout,
        known: Mapping[str, str],
        *,
        may_be_other: bool = True,
    ) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        self.may_be_other = may_be_other
        self.dataset = data_set_of(mapping)
        self.whole = mapping.data_set.complete
        self._mapping = mapping
        self._table = TableCells(layout.columns)
        self._counted = TableCells(layout.columns)
        self._ids = MappedIds(mapping, self._table)
        self.row = self._ids.row
        self._text = RowText(_groups(mapping, layout.columns), _numbers(layout.columns))
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        zone = zone_of(mapping.constants.time_zone) if mapping.constants.time_zone else None
        order = Order(layout.dates) if layout.dates else mapping.date.order
        self._dates = Dates(mapping, zone, order)
        self._tolls = Tolls(mapping)
        self._places = MappedPlaces(self._shared, mapping, self.dataset)
        self._reports = MappedReports(self._shared, mapping, self.dataset, zone, order)
        self.offices = self._reports.offices
        event = mapping.event
        self._types = CodeTable(event.type, event.types, _TYPES)
        self._stances = CodeTable(event.confidence, event.stances, _STANCES)
        self._telling = [
            name for key, name in mapping.named() if not key.startswith(("row.", "date."))
        ]
        self._shared.add("datasets", self.dataset)
        publisher = mapping.data_set.publisher or mapping.data_set.name
        self._publisher = self._shared.source(publisher, SourceKind.DATA_SET)

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence on the ids, and one on each column with cells that could not be read."""
        return (*self._ids.remarks, *self._table.remarks)

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row's dates, and of how exactly it names its point."""
        row = RowCells(self._counted, Row(0, 0, "", "", list(cells)))
        self._places.count(row)
        self._dates.count(row)
        self._tolls.count(row)

    def counted(self) -> None:
        """Raise `UsageError` if the dates are in another order than the mapping says."""
        self._dates.counted()
        self._tolls.counted()

    def _draft(self, row: Row) -> Draft:
        cells = RowCells(self._table, row)
        if not any(map(cells.known, self._telling)):
            raise BadCell("", "says nothing in the columns that the mapping names")
        event = make_id("evt", self.dataset.id, row.id)
        told = RowArticle(self.dataset, self._publisher, row.id, event, *self._text.of(row.cells))
        if (happened := self._dates.of(cells)) is not None:
            told.says("when", Kind.DATE, happened)
        place = self._places.of(cells)
        if place:
            told.says("where", Kind.PLACE, place[0])
        names = self._participants(told, cells)
        for columns, count in self._tolls.of(cells):
            told.says("tolls", TOLL_KINDS[columns.kind], count, scope=columns.scope)
        type = self._types.of(cells, self._mapping.constants.type)
        stance = self._stances.of(cells, Stance.ASSERTS)
        reports = self._reports.of(cells, event)
        if stance is not Stance.ASSERTS or not reports.claims:
            named = () if reports.claims else dict.fromkeys(reports.sources.values())
            chains: list[tuple[str, ...]] = [(source,) for source in named]
            for chain in chains or [()]:
                told.says("what", Kind.OCCURRENCE, None, chain=chain, stance=stance)
        title = self._title(cells) or _made_title(type, names, place[1] if place else "")
        return Draft(
            row=row,
            event=Event(
                id=event,
                title=title,
                type=type,
                row=RowRef(dataset=self.dataset.id, row=row.id, sha256=row.sha256),
                flags=cells.in_order(),
                hint="; ".join(reports.sources) if reports.claims else "",
            ),
            shared=self._shared.take(),
            article=told.article,
            passages=tuple(told.passages),
            claims=(*told.claims, *reports.claims),
            links=reports.links,
            distinct=len(reports.claims),
        )

    def _title(self, row: RowCells) -> str:
        """The title that cells give, on one line; "" if they are empty."""
        event = self._mapping.event
        for columns in (event.title, event.note):
            title = ", ".join(filter(None, map(row.known, as_names(columns))))
            if len(title) > LONGEST_TITLE:
                return f"{title[:LONGEST_TITLE].rpartition(' ')[0] or title[:LONGEST_TITLE]} …"
            if title:
                return title
        return ""

    def _participants(self, told: RowArticle, row: RowCells) -> list[str]:
        """Add the participants, each once in a role; return their names."""
        names: dict[str, None] = {}
        seen: set[tuple[str, Role]] = set()
        for column in self._mapping.actors:
            if not row.known(column.column):
                continue
            for name in map(words_of, parts_of(row.raw(column.column), column.split)):
                civilians = name.casefold().startswith("civilian")
                role = Role.VICTIM if civilians and column.role is Role.PARTY else column.role
                if (name, role) in seen:
                    continue
                seen.add((name, role))
                names[name] = None
                actor = Actor(
                    id=make_id("act", self.dataset.id, name),
                    name=name,
                    kind=ActorKind.CIVILIANS if civilians else column.kind,
                )
                id = self._shared.add("actors", actor)
                slot = f"{role.value} {name}"
                told.says("who", Kind.PARTICIPANT, Participant(actor=id, role=role), as_slot=slot)
        return list(names)


_TYPES = {name: one for one, of in EVENT_TYPES.items() for name in (one.value, of.label)}
_STANCES = {one.value: one for one in Stance}


def _made_title(type: EventType, names: Sequence[str], place: str) -> str:
    """A title of two of the actors and the place; with a single one the type as well."""
    sides = " – ".join(names[:2])
    if len(names) < 2:
        what = "Incident" if type is EventType.OTHER else EVENT_TYPES[type].label.capitalize()
        sides = ": ".join(filter(None, (sides, what)))
    return ", ".join(filter(None, (sides, place)))


def _numbers(columns: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(columns)}


def _groups(mapping: TableMapping, columns: Sequence[str]) -> Groups:
    """The columns of the article of a row, each in the group of its first field, in their order."""
    group_of = {
        "row": "row", "date": "when", "place": "where", "event": "what", "actors": "who",
        "tolls": "tolls", "reports": "reports",
    }  # fmt: skip
    found: dict[str, str] = {}
    for key, column in mapping.named():
        if key != "row.id_from":
            group = group_of[key.partition(".")[0].partition(" ")[0]]
            found.setdefault(table_key(column), group)
    order = (*group_of.values(), "others")
    of_columns = [(found.get(table_key(name), "others"), name) for name in columns]
    return [(group, [name for of, name in of_columns if of == group]) for group in order]
