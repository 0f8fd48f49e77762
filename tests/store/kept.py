"""A small case on the disk that tests change and read."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from store.archive import Archive
from store.database.create import create_database
from store.database.read_records import record, records
from store.database.sqlite import has_database_suffix
from store.document.snapshot import write_case
from store.document.tinydb_file import case_record
from store.model.change import Change, Edit
from store.model.records import AnyRecord
from tests.small import SmallCase

WHEN = "2025-01-01T00:00:00Z"


NAMES = ("case.json", "case.db")
"""The names of a case in files and of one in a database, for scenarios with both."""


def put_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write a new case: a database where its name says so."""
    if not has_database_suffix(path):
        write_case(path, records)
        return
    tables: dict[str, list[AnyRecord]] = {}
    for table, one in records:
        tables.setdefault(table, []).append(one)
    create_database(path, case_record(tables), tables)


class KeptCase:
    """A case of one event in a folder, and those who open it."""

    def __init__(self, folder: Path, name: str = NAMES[0]) -> None:
        small = SmallCase()
        self.fall = small.event("Fall")
        self.rebels = small.actor("Rebels")
        self.path = folder / name
        put_case(self.path, small.records())
        self.log = folder / f"{name}.log"

    def write(self, author: str = "me") -> Archive:
        """Open the case for writing."""
        return Archive.open(self.path, author=author, writing=True)

    def read(self) -> Archive:
        """Open the case for reading."""
        return Archive.open(self.path)

    def titles(self, *titles: str) -> None:
        """Set these titles of the event one after another, without writing a snapshot."""
        archive = self.write()
        for title in titles:
            entitle(archive, title)
        abandon(archive)

    def title(self) -> str:
        """The title of the event, read after opening the case."""
        archive = self.read()
        try:
            return title_of(archive)
        finally:
            archive.close()


def title_of(archive: Archive) -> str:
    """The title of the one event."""
    return str(getattr(archive.ask(record, "events", "evt_Fall"), "title", "none"))


def entitle(archive: Archive, title: str, who: str = "") -> None:
    """Give the one event another title."""
    event = archive.ask(record, "events", "evt_Fall")
    assert event is not None
    after = msgspec.structs.replace(event, title=title)
    archive.change(Change(who, WHEN, f"it is {title}", [Edit("events", event.id, event, after)]))


def abandon(archive: Archive) -> None:
    """Close a case as after a kill, without writing anything."""
    archive._engine.close()


def held(archive: Archive) -> dict[str, AnyRecord]:
    """Every record by id."""
    found = archive.ask(lambda connection: list(records(connection)))
    return {archive.case.id: archive.case, **{one.id: one for _, one in found}}
