"""The file of an export: there whole or not at all, nobody else's to read, never in the way."""

import csv
import errno
import os
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from store.archive import Archive
from store.database import disk
from store.exporting.export import PAGE, export_of, write_export
from store.model.records import Event
from store.model.vocabulary import EventType
from store.queries.export_events import EventExport, export_events
from store.queries.filters import Filters
from store.reader import Reader
from tests.exports.case import exported, exports_case
from tests.imports import run
from tests.small import SmallCase


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return exports_case(tmp_path / "war.json")


def test_nothing_is_overwritten_unless_it_is_asked_for(case: Path) -> None:
    into = case.with_name("out.csv")
    into.write_text("mine")
    refused = run("export", case, "--to", "csv", "--into", into)
    assert refused.exit_code == 73
    assert refused.stderr == (
        f"conflict-tui: {into}: exists already; name a new file, or replace it by --force\n"
    )
    assert into.read_text() == "mine"
    done = run("export", case, "--to", "csv", "--into", into, "--force")
    assert done.stderr.splitlines()[-1] == f"{into} has 3 events"
    assert into.stat().st_mode & 0o777 == 0o600
    assert len(list(csv.DictReader(StringIO(into.read_text("utf-8"))))) == 3


def test_no_file_of_the_case_is_replaced(case: Path) -> None:
    before = case.read_bytes()
    link = case.with_name("link.csv")
    link.symlink_to(case)
    log = case.with_name("war.json.log")
    for into in (case, link, log, case.parent / "." / "war.json"):
        refused = run("export", case, "--to", "csv", "--into", into, "--force")
        assert refused.exit_code == 64
        assert "is a file of the case" in refused.stderr
    assert case.read_bytes() == before
    assert not log.exists()
    assert link.is_symlink()


def test_a_folder_or_a_name_that_cannot_be_is_one_line(case: Path) -> None:
    for into in (case.parent, case.parent / "no" / "out.csv", case.parent / ("x" * 300)):
        for force in ((), ("--force",)):
            refused = run("export", case, "--to", "csv", "--into", into, *force)
            assert refused.exit_code == 73
            assert refused.stderr.count("\n") == 1 + ("left out" in refused.stderr)
    assert sorted(one.name for one in case.parent.iterdir()) == ["war.json"]


def test_a_full_disk_leaves_nothing(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "fsync", full)
    refused = run("export", case, "--to", "csv", "--into", case.with_name("out.csv"))
    assert refused.exit_code == 73
    assert "No space left on device" in refused.stderr
    assert [one.name for one in case.parent.iterdir()] == ["war.json"]


def test_a_newcomer_of_that_name_is_not_replaced(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into, link = case.with_name("out.csv"), disk.link

    def late(existing: Path, new: Path) -> None:
        new.write_text("mine")
        link(existing, new)

    monkeypatch.setattr(disk, "link", late)
    assert run("export", case, "--to", "csv", "--into", into).exit_code == 73
    assert into.read_text() == "mine"
    assert sorted(one.name for one in case.parent.iterdir()) == ["out.csv", "war.json"]


def test_a_format_says_what_it_holds(case: Path) -> None:
    refused = run("export", case, "--to", "kml", "--what", "claims")
    assert refused.exit_code == 64
    assert refused.stderr == (
        "conflict-tui: kml holds events, not claims; for claims: csv, json, jsonl, annotations\n"
    )
    unknown = run("export", case, "--to", "xls")
    assert unknown.exit_code == 64
    assert "'xls' is not one of csv, json, jsonl, geojson, kml" in unknown.stderr


def test_a_pipe_gets_what_a_file_gets(case: Path) -> None:
    for form in ("csv", "ris"):
        piped = run("export", case, "--to", form)
        assert piped.stdout_bytes.decode() == exported(case, form)


NUMBER = 5_000


@pytest.mark.parametrize("form", ["csv", "geojson", "ftm"])
def test_rows_are_written_before_the_next_are_read(
    form: str, many: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[int] = []
    written: list[int] = []

    def counted(reader: Reader, numbers: Sequence[int]) -> list[EventExport]:
        pages.append(len(stream.getvalue()))
        assert len(numbers) <= PAGE
        return export_events(reader, numbers)

    stream = StringIO()
    monkeypatch.setattr("store.exporting.export.export_events", counted)
    done = write_export(
        many,
        stream,
        export_of(form, None, Filters(), restricted=False),
        lambda done, whole: written.append(done),
    )
    assert done.rows == NUMBER
    assert len(pages) == NUMBER // PAGE
    assert pages == sorted(set(pages)), "every page is in the file before the next is read"
    assert written == list(range(0, NUMBER, PAGE))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Any:
    case = SmallCase()
    for number in range(NUMBER):
        id_ = f"evt_{number}"
        case.add("events", Event(id=id_, title=f"Event {number}", type=EventType.CLASH))
    archive = Archive.open(case.write(tmp_path_factory.mktemp("many") / "many.json"))
    yield archive
    archive.close()
