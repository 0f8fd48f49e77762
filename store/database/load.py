"""Loading of a whole case into an empty index."""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from store.analysis.kinship import kin_of
from store.analysis.sourced_claim import NO_KINSHIPS, KinshipIndex, SourcedClaim
from store.analysis.speakers import Speakers, speakers_of
from store.analysis.toll_figures import NO_VERDICTS, Verdicts, verdicts_of
from store.database.checksums import update_checksums
from store.database.dispute_rows import (
    disputes_of,
    insert_disputes,
    update_all_dispute_counts,
    with_parts,
)
from store.database.read_records import INDEXED, wholes_of
from store.database.record_rows import (
    WITHIN,
    check_references,
    insert_derived,
    insert_records,
    insert_within,
    sourced_claim,
)
from store.errors import DamagedCase, RefusedChange
from store.model.change import Edit
from store.model.records import RECORD_TYPES, Actor, AnyRecord, Article, Event, Passage, Place


def load(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Insert all records that the edits add, and their derived rows, into an empty index.

    Raises `DamagedCase`, naming the record and the field, where a record refers
    to a missing one, has the id of another one, or quotes words that its article
    does not contain, and `RefusedChange` where an edit alters or withdraws a
    record.
    """
    added: dict[str, list[AnyRecord]] = {table: [] for table in RECORD_TYPES}
    for edit in edits:
        if edit.before is not None:
            raise RefusedChange(
                f"{edit.table} {edit.id}: there is no such record, because the case is empty",
                "look at the current state of the case",
            )
        if edit.after is not None:
            added[edit.table].append(edit.after)
    loading = _Loading(connection)
    for table, records in added.items():
        loading.add(table, records)
    loading.derive()


class _Loading:
    """A load while it runs: the number and table of each id, and the records by number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.numbers: dict[str, int] = {}
        self.tables: dict[str, str] = {}
        self.records: dict[str, dict[int, Any]] = {}
        self.by_id: dict[str, Any] = {}
        # the methods of `store.database.record_rows.ReferencedRecords`, as fast as possible
        self.number: Callable[[str], int] = self.numbers.__getitem__
        self.article: Callable[[str], Article] = self.by_id.__getitem__
        self.passage: Callable[[str], Passage] = self.by_id.__getitem__
        self.event: Callable[[str], Event] = self.by_id.__getitem__
        self.speakers: Speakers = {}
        self.kin: KinshipIndex = NO_KINSHIPS
        self.verdicts: Verdicts = NO_VERDICTS

    def named(self, table: str, n: int, /) -> Actor | Place:
        named: Actor | Place = self.records[table][n]
        return named

    def add(self, table: str, records: Iterable[AnyRecord]) -> None:
        """Add the records of one table; the tables that they refer to come first."""
        held = self.records[table] = dict(enumerate(records, 1))
        for n, record in held.items():
            if record.id in self.tables:
                raise DamagedCase(
                    f"{table} {record.id}: id: another record has the same id",
                    "give one of them another id",
                )
            self.tables[record.id] = table
            self.numbers[record.id] = n
            self.by_id[record.id] = record
        for record in held.values():
            check_references(table, record, self.tables.get)
        if table == "sources":
            self.speakers = speakers_of(held.values())
        elif table == "kinships":
            articles = self.records["articles"].values()
            earlier = {one.id: one.version_of for one in articles if one.version_of}
            self.kin = kin_of(held.values(), self.by_id, self.speakers, earlier)
        if table in INDEXED:
            insert_records(self.connection, table, held, self)

    def derive(self) -> None:
        """Insert all derived rows."""
        judged = (self.records[table].values() for table in ("grades", "rulings"))
        self.verdicts = verdicts_of(chain.from_iterable(judged))
        for table in WITHIN:
            insert_within(self.connection, table, self.records[table], self)
        about: dict[str, list[SourcedClaim]] = {}
        for claim in self.records["claims"].values():
            about.setdefault(claim.subject, []).append(sourced_claim(claim, self))
        events = self.records["events"].items()
        insert_derived(
            self.connection, ((n, event, about.get(event.id, ())) for n, event in events), self
        )
        members = (one.id for table in WITHIN for one in self.records[table].values())
        wholes = wholes_of(self.connection, members)
        found = {id: disputes_of(id, told, wholes) for id, told in with_parts(about).items()}
        insert_disputes(self.connection, found, lambda ids: {id: about.get(id, ()) for id in ids})
        update_all_dispute_counts(self.connection)
        update_checksums(self.connection, "events", "1")
        self.connection.execute("INSERT INTO article_words (article_words) VALUES ('rebuild')")
