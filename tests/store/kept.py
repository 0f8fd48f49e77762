"""A small case on the disk that tests change, and what is asked of it afterwards."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from store.archive import Archive
from store.database.create import make_database
from store.database.read_records import record, records
from store.database.sqlite import to_be_database
from store.document.snapshot import write_case
from store.document.tinydb_file import one_case
from store.model.change import Change, Edit
from store.model.records import AnyRecord
from tests.small import SmallCase

WHEN = "2025-01-01T00:00:00Z"


NAMES = ("case.json", "case.db")
"""A case in files and one in a database, for scenarios that both must stand."""


def put_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write a new case: a database where its name says so."""
    if not to_be_database(path):
        write_case(path, records)
        return
    tables: dict[str, list[AnyRecord]] = {}
    for table, one in records:
        tables.setdefault(table, []).append(one)
    make_database(path, one_case(tables), tables)


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
        """The case as somebody opens it who changes it."""
        return Archive.open(self.path, author=author, writing=True)

    def read(self) -> Archive:
        """The case as somebody opens it who only reads."""
        return Archive.open(self.path)

    def titles(self, *titles: str) -> None:
        """Give the event these titles, one after another, and do not write the case file anew."""
        archive = self.write()
        for title in titles:
            entitle(archive, title)
        abandon(archive)

    def title(self) -> str:
        """The title of the event, as whoever opens the case reads it."""
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
    """Let a case go as a program does that is killed: nothing more is written."""
    archive._engine.close()


def held(archive: Archive) -> dict[str, AnyRecord]:
    """Every record by id."""
    found = archive.ask(lambda connection: list(records(connection)))
    return {archive.case.id: archive.case, **{one.id: one for _, one in found}}
