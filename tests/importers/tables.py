"""Tables of made-up rows of ACLED and UCDP GED, and what an import makes of them."""

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from store.archive import Archive
from store.custody.new_case import create_case
from store.database.read_records import records
from store.importing.import_files import ImportRun
from store.importing.open_files import ImportFiles
from store.importing.report import FileReport
from store.model.record import make_id
from store.model.records import (
    SCHEMA,
    Actor,
    AnyRecord,
    Article,
    Case,
    Claim,
    Event,
    Passage,
    Place,
    Source,
)
from store.model.values import Count, Participant, When
from store.model.vocabulary import Kind, TextKind

Row = Mapping[str, str]

ACLED: Row = {
    "event_id_cnty": "ZZZ101",
    "event_date": "2024-03-01",
    "year": "2024",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Blue Front",
    "assoc_actor_1": "",
    "inter1": "2",
    "actor2": "Military Forces of Zedland",
    "assoc_actor_2": "",
    "inter2": "1",
    "interaction": "12",
    "country": "Zedland",
    "admin1": "North Zed",
    "location": "Qorville",
    "latitude": "12.5",
    "longitude": "-1.25",
    "geo_precision": "1",
    "source": "Zed Daily; Zed Radio",
    "notes": "A made-up clash near Qorville.",
    "fatalities": "1",
    "timestamp": "1710000000",
}
"""A row of ACLED in which nothing is odd."""


def acled(number: int = 1, **cells: str) -> Row:
    """A plain row of ACLED with a number, but for these cells."""
    return {**ACLED, "event_id_cnty": f"ZZZ{100 + number}", **cells}


def table(rows: Sequence[Row], *, delimiter: str = ",", without: Sequence[str] = ()) -> str:
    """Rows under a header of the columns of the first, without some."""
    stream = io.StringIO()
    columns = [name for name in rows[0] if name not in without]
    writer = csv.writer(stream, lineterminator="\n", delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([[row.get(name, "") for name in columns] for row in rows])
    return stream.getvalue()


class Imported(NamedTuple):
    """The result of an import: its report, and the records of the case."""

    report: FileReport
    records: list[AnyRecord]

    def events(self) -> dict[str, Event]:
        """The events by the ids of their rows."""
        return {one.row.row: one for one in self.records if isinstance(one, Event) and one.row}

    def claims(self, row: str, kind: Kind) -> list[Claim]:
        """The claims of a kind about the event of a row, made by the data set."""
        event = self.events()[row].id
        rows = {
            one.id
            for one in self.records
            if isinstance(one, Article) and one.text_kind is TextKind.ROW
        }
        of_rows = {
            one.id for one in self.records if isinstance(one, Passage) and one.article in rows
        }
        return [
            one
            for one in self.records
            if isinstance(one, Claim)
            and (one.subject, one.kind) == (event, kind)
            and one.passage in of_rows
        ]

    def date(self, row: str = "ZZZ101") -> str:
        """The date of the event of a row, as EDTF."""
        (claim,) = self.claims(row, Kind.DATE)
        assert isinstance(claim.value, When)
        return claim.value.edtf

    def dead(self, row: str = "ZZZ101") -> int | None:
        """The best number of dead of a row, None if it has none."""
        found = [one for one in self.claims(row, Kind.FATALITIES) if not one.scope]
        if not found:
            return None
        (claim,) = found
        assert isinstance(claim.value, Count)
        return claim.value.best

    def roles(self, row: str = "ZZZ101") -> dict[str, str]:
        """The role of each actor of a row, by its name."""
        names = {one.id: one.name for one in self.records if isinstance(one, Actor)}
        return {
            names[one.value.actor]: one.value.role.value
            for one in self.claims(row, Kind.PARTICIPANT)
            if isinstance(one.value, Participant)
        }

    def flags(self, row: str = "ZZZ101") -> list[str]:
        """The flags of a row."""
        return [flag.value for flag in self.events()[row].flags]

    def names(self, kind: type[Actor] | type[Place] | type[Source]) -> set[str]:
        """The names of the actors, places or sources."""
        return {one.name for one in self.records if isinstance(one, kind)}


def imported(folder: Path, *contents: str, dates: str = "") -> Imported:
    """Import files into a new case; the report is that of the last.

    Raises what `ImportFiles` and `ImportRun.run` raise.
    """
    case = folder / "war.json"
    create_case(case, Case(id=make_id("case", "war"), schema=SCHEMA, name="war", title="War"))
    paths = []
    for number, content in enumerate(contents):
        path = folder / f"rows {number}.csv"
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    # what is on the disk is not looked at, and waiting for it is most of the time
    with patch.object(os, "fsync"):
        return _imported(case, paths, dates)


def _imported(case: Path, paths: list[Path], dates: str) -> Imported:
    archive = Archive.open(case, author="Ada", writing=True)
    try:
        report = ImportRun(archive, ImportFiles(paths, dates=dates)).run()
        found = archive.ask(lambda index: [one for _, one in records(index)])
    finally:
        archive.close()
    return Imported(report.files[-1], found)
