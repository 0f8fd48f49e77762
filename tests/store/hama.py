"""A small case that tests change: reports of a paper and an agency on one town."""

from typing import Any

import msgspec

from store.database.apply import apply
from store.model.change import Edit
from store.model.records import AnyRecord
from store.model.values import Control
from store.model.vocabulary import ControlState, Kind
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, changed, indexed

NEWS = "Rebels took Hama. The army denies it."


class Hama:
    """A paper and an agency about one fall of a town, indexed."""

    def __init__(self) -> None:
        case = SmallCase()
        self.opposition = case.actor("Opposition")
        self.rebels = case.actor("Rebels", "the rebels", part_of=self.opposition)
        self.army = case.actor("Army")
        self.syria = case.place("Syria")
        self.hama = case.place("Hama", within=self.syria)
        self.agency, self.paper = case.source("Agency"), case.source("Paper")
        self.news = case.article("news", NEWS, publisher=self.paper, title="Hama falls")
        self.report = case.article("report", "Rebels took Hama.", publisher=self.agency)
        self.fall = case.event("Fall")
        self.strike = case.event("Strike")
        self.took = case.claim(self.fall, self.news, "Rebels took Hama")
        self.too = case.claim(self.fall, self.report, "Rebels took Hama", chain=(self.agency,))
        case.acted(self.fall, self.news, "Rebels", self.rebels)
        case.placed(self.fall, self.news, "Hama", self.hama)
        case.claim(
            self.hama,
            self.news,
            "took Hama",
            kind=Kind.CONTROL,
            value=Control(holder=self.army, state=ControlState.HELD),
        )
        self.quoted: str = getattr(case.tables["claims"][self.took], "passage", "")
        del case.tables["case"]
        self.records: dict[str, Any] = {
            id: one for table in case.tables.values() for id, one in table.items()
        }
        self.tables = {id: table for table, held in case.tables.items() for id in held}
        self.connection = indexed((self.tables[id], one) for id, one in self.records.items())

    def add(self, one: AnyRecord, table: str) -> Edit:
        """The edit that adds a record."""
        return Edit(table, one.id, None, one)

    def alter(self, id: str, **fields: object) -> Edit:
        """The edit that gives fields of a record other values."""
        one = self.records[id]
        return Edit(self.tables[id], id, one, msgspec.structs.replace(one, **fields))

    def withdraw(self, *ids: str) -> list[Edit]:
        """The edits that withdraw these records."""
        return [Edit(self.tables[id], id, self.records[id], None) for id in ids]

    def about(self, article: str) -> list[str]:
        """All passages of the article, and all claims of those."""
        passages = [
            id for id in self.records if getattr(self.records[id], "article", "") == article
        ]
        return passages + [
            id for id in self.records if getattr(self.records[id], "passage", "") in passages
        ]

    def apply(self, *edits: Edit) -> None:
        """Apply one change, and compare the index with a new one."""
        apply(self.connection, changed(*edits))
        assert_as_made_anew(self.connection)
