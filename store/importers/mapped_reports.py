"""The reports that a row of a mapped table names: articles, or names of sources alone."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from store.importers.date_cells import Order
from store.importers.gdelt import NO_HEADLINE
from store.importers.mapped_cells import RowCells
from store.importers.mapped_dates import moment_in
from store.importers.mapped_values import NOT_A_DATE
from store.importers.mapping import ReportColumns, Separators, TableMapping, as_names
from store.importers.outlets import kind_of, office
from store.importers.record_factory import RecordFactory, title_passage, words_of
from store.importers.report_addresses import LONGEST, addresses_in, publisher_of
from store.model.address import address_key
from store.model.record import make_id
from store.model.records import Article, Claim, DataSet, Stamp
from store.model.vocabulary import (
    Flag,
    Kind,
    ReadBy,
    SourceKind,
    StampBasis,
    TextKind,
)

UNNAMED = frozenset(
    ("undisclosed source", "local source", "local sources", "anonymous", "witness", "eyewitness")
)
"""Sources that are nobody in particular."""


def parts_of(cell: str, split: Separators) -> list[str]:
    """The parts of a cell between separators, without empty ones; with none, the cell."""
    separators = as_names(split)
    pattern = "|".join(map(re.escape, separators))
    parts = re.split(pattern, cell) if separators else [cell]
    return [" ".join(part.split()) for part in parts if part.strip()]


class ReportsOfRow(NamedTuple):
    """The claims of the articles of a row, and the number listed.

    `sources` are the ids of those named without an article, by their names.
    """

    claims: tuple[Claim, ...]
    links: int
    sources: Mapping[str, str]


class MappedReports:
    """The reports of the rows of one table."""

    def __init__(
        self,
        shared: RecordFactory,
        mapping: TableMapping,
        dataset: DataSet,
        zone: tzinfo | None,
        order: Order | None,
    ) -> None:
        self.offices: dict[str, str] = {}
        self._shared = shared
        self._groups = mapping.reports
        self._order, self._numbers = order, mapping.date.numbers
        self._publisher = mapping.constants.publisher
        self._dataset = dataset
        self._zone = zone

    def of(self, row: RowCells, event: str) -> ReportsOfRow:
        """The reports of a row on its event."""
        claims: dict[str, Claim] = {}
        sources: dict[str, str] = {}
        links = 0
        for group in self._groups:
            for passage in self._articles(group, row, sources):
                links += 1
                made = Claim(
                    id=make_id("clm", event, passage, "occurrence"),
                    subject=event,
                    kind=Kind.OCCURRENCE,
                    passage=passage,
                    read_by=ReadBy.DATA_SET,
                )
                claims[made.id] = made
        if links > len(claims):
            row.flag(Flag.ARTICLE_LISTED_TWICE)
        return ReportsOfRow(tuple(claims.values()), links, sources)

    def _articles(self, group: ReportColumns, row: RowCells, sources: dict[str, str]) -> list[str]:
        """The passages in the titles of the articles; names without one go to `sources`."""
        names, titles, dates = (
            parts_of(row.raw(column), group.split) if row.known(column) else []
            for column in (group.publisher, group.title, group.date)
        )
        addresses = addresses_in(row.raw(group.url))
        if titles and addresses and len(titles) != len(addresses):
            titles = []
            row.flag(Flag.ARTICLES_MISCOUNTED)
        many = max(len(titles), len(addresses))
        aligned = len(names) == many
        if not aligned:
            for name in names:
                sources[words_of(name)] = self._source(name)
            if many and names:
                row.flag(Flag.ARTICLES_MISCOUNTED)
        return [
            self._article(
                title=titles[at] if titles else "",
                address=addresses[at] if addresses else "",
                publisher=names[at] if aligned else self._publisher,
                published=self._stamp(group.date, dates[at] if len(dates) == many else "", row),
            )
            for at in range(many)
        ]

    def _article(self, title: str, address: str, publisher: str, published: Stamp | None) -> str:
        """The passage of an article's title; its address stands for an unknown headline."""
        shown = words_of(title or address)
        key = ("url", address_key(address)) if address else (self._dataset.id, publisher, shown)
        id = make_id("art", *key)
        name = publisher or publisher_of(address)
        made = title_passage(id, shown)
        self._shared.add(
            "articles",
            Article(
                id=id,
                title=shown,
                publisher=self._source(name) if name else None,
                text_kind=TextKind.HEADLINE,
                published=published,
                url=words_of(address) or None,
                dataset=self._dataset.id,
                note="" if title else NO_HEADLINE,
            ),
        )
        self._shared.add("passages", made)
        return made.id

    def _source(self, printed: str) -> str:
        name = words_of(printed)[:LONGEST]
        if name.casefold() in UNNAMED:
            self.offices[name] = f"{name} (nobody in particular)"
            return self._shared.source(name, SourceKind.UNNAMED)
        # an account is not an office whose name says where it was read: "Zed News (X)"
        publisher = name if name.startswith("@") else office(name).publisher
        self.offices[name] = publisher
        return self._shared.source(publisher, kind_of(publisher))

    def _stamp(self, column: str, cell: str, row: RowCells) -> Stamp | None:
        """The time of publication; a time without a zone is in that of the mapping."""
        if not cell:
            return None
        found = moment_in(cell, self._order, self._numbers)
        if found is None or len(found.edtf) != len("2024-11-29"):
            row.unread(column, NOT_A_DATE, Flag.NO_DATE)
            return None
        if not found.time:
            return Stamp(at=found.edtf, printed=cell)
        if found.zone or self._zone is None:
            return Stamp(at=f"{found.edtf}T{found.time}{found.zone}", printed=cell)
        offset = _offset(found.edtf, found.time, self._zone)
        at = f"{found.edtf}T{found.time}{offset}"
        return Stamp(at=at, printed=cell, basis=StampBasis.ZONE_ASSUMED, note="zone of the mapping")


def _offset(day: str, time: str, zone: tzinfo) -> str:
    """The offset of a zone at a time, as +03:00."""
    shift = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone).strftime("%z")
    return f"{shift[:3]}:{shift[3:5]}"
