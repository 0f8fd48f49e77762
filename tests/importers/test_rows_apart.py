"""Files that a process of its own drafts: the records, the errors, and its end."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.archive import Archive
from store.database.read_records import records
from store.errors import UsageError
from store.importing import file_rows
from store.importing.draft_child import GivenFile
from store.importing.existing import ExistingRecords
from store.importing.file_rows import RowsHere, rows_of_file
from store.importing.formats import KNOWN
from store.importing.import_files import ImportRun, ImportStep, Progress
from store.importing.open_files import ImportFiles
from store.importing.report import ImportReport, ReportLine
from store.importing.rows_apart import RowsApart
from store.model.records import Event
from store.sandbox.process import ReaderProcess
from tests.ged import articles, listing, row, text
from tests.importers.tables import acled, table
from tests.imports import held, new_case, run, written

ROWS = 1200


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Let every file be large enough; the processes that are started."""
    started: list[subprocess.Popen[bytes]] = []
    start = ReaderProcess._start

    def kept(process: ReaderProcess) -> "subprocess.Popen[bytes]":
        started.append(start(process))
        return started[-1]

    monkeypatch.setattr(ReaderProcess, "_start", kept)
    monkeypatch.setattr(file_rows, "LARGE", 0)
    return started


def many(folder: Path) -> Path:
    return written(folder, text([row(id=str(n)) for n in range(ROWS)]), "many.csv")


def bring(
    case: Path, file: Path, told: Callable[[Progress], None] = lambda _: None
) -> tuple[ImportReport, list[ReportLine], list[Any]]:
    """Import a file; return the report, its lines, and all records of the case in their order."""
    lines: list[ReportLine] = []
    archive = Archive.open(case, author="Ada", writing=True)
    try:
        report = ImportRun(archive, ImportFiles([file])).run(told, lines.append)
        return report, lines, archive.ask(lambda index: list(records(index)))
    finally:
        archive.close()


def odd_rows() -> str:
    """Rows of which some are rejected, stand twice, are flagged, or share what they list."""
    shared = ("SOHR", "2016-03-02", "Army says 4 killed in Anton; rebels deny")
    return text(
        [
            *(listing(shared, ("AFP", "2016-03-03", f"{n} dead"), id=str(n)) for n in range(5)),
            row(id="6", best="many"),
            row(id="2"),
            row(id="7", low="9"),
            row(id="8", side_b="Nördliche Front", where_coordinates="Antön\ntown"),
            row(id="", best="1"),
            row(id="9", source_article="none"),
        ]
    )


def of_acled() -> str:
    return table([acled(n) for n in range(1, 40)])


@pytest.mark.parametrize("content", [odd_rows(), of_acled()], ids=["ged", "acled"])
@pytest.mark.parametrize("name", ["war.json", "war.db"])
def test_the_records_and_the_report_are_those_of_one_process(
    name: str, content: str, tmp_path: Path, apart: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, content)
    found = []
    for folder, least in (("apart", 0), ("here", file_rows.LARGE + 2**30)):
        (tmp_path / folder).mkdir()
        monkeypatch.setattr(file_rows, "LARGE", least)
        report, lines, made = bring(new_case(tmp_path / folder / name), file)
        (one,) = report.files
        assert len(apart) == 1, "only the first was drafted in another process"
        assert one.added > 0
        found.append(({**vars_of(one), "seconds": 0}, lines, made[1:]))
    assert found[0] == found[1]


def vars_of(report: Any) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__struct_fields__}


def test_a_process_that_is_killed_is_one_line_and_nothing_is_kept(
    tmp_path: Path, apart: list["subprocess.Popen[bytes]"]
) -> None:
    case = new_case(tmp_path / "war.db")
    before = case.read_bytes()

    def kill(progress: Progress) -> None:
        if progress.step is ImportStep.READING:
            os.kill(apart[0].pid, signal.SIGKILL)

    # more than the pipe and the pieces that wait can hold
    file = written(tmp_path, text([row(id=str(n)) for n in range(4 * ROWS)]), "many.csv")
    with pytest.raises(UsageError) as raised:
        bring(case, file, kill)
    assert raised.value.message == f"{file}: cannot be read, its reader ended (SIGKILL)"
    assert held(case, Event) == []
    assert case.read_bytes() == before


@pytest.mark.parametrize("step", [ImportStep.COUNTING, ImportStep.READING])
def test_a_stop_ends_the_process(
    step: ImportStep, tmp_path: Path, apart: list["subprocess.Popen[bytes]"]
) -> None:
    case = new_case(tmp_path / "war.db")
    archive = Archive.open(case, author="Ada", writing=True)
    importing = ImportRun(archive, ImportFiles([many(tmp_path)]))

    def stop(progress: Progress) -> None:
        if progress.step is step:
            importing.stop()

    report = importing.run(stop)
    archive.close()
    assert report.stopped
    assert [one.taken_in for one in report.files] == [False]
    assert [one.poll() for one in apart] == [-signal.SIGKILL]
    assert held(case, Event) == []


def test_dates_in_two_orders_are_refused_in_the_same_words(
    tmp_path: Path, apart: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    dates = [("13/03/2016", "1"), ("03/13/2016", "2")]
    file = written(tmp_path, text([row(id=id, date_start=d, date_end=d) for d, id in dates]))
    said = []
    for number, least in enumerate((0, 2**30)):
        monkeypatch.setattr(file_rows, "LARGE", least)
        case = new_case(tmp_path / f"{number}.db")
        done = run("import", file, "--into", case, "--by", "Ada")
        assert done.exit_code == 65
        said.append(done.stderr.splitlines()[-1])
    assert said[0] == said[1]
    assert "two orders" in said[0]
    assert len(apart) == 1


def test_a_file_is_drafted_here_that_is_small_tried_or_partly_in_the_case(
    tmp_path: Path, apart: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = new_case(tmp_path / "war.db")
    file = many(tmp_path)
    archive = Archive.open(case, author="Ada", writing=True)
    (opened,) = ImportFiles([file]).opened
    existing = ExistingRecords(archive)

    def chosen(*, dry_run: bool = False) -> type:
        return type(rows_of_file(opened, KNOWN, existing, dry_run=dry_run))

    assert chosen() is RowsApart
    assert chosen(dry_run=True) is RowsHere
    monkeypatch.setattr(file_rows, "LARGE", opened.table.size + 1)
    assert chosen() is RowsHere
    ImportRun(archive, ImportFiles([file])).run()
    monkeypatch.setattr(file_rows, "LARGE", 0)
    assert chosen() is RowsHere
    archive.close()
    assert apart == []


def test_what_a_draft_shares_that_is_not_taken_comes_with_the_next(
    tmp_path: Path, apart: list[Any]
) -> None:
    one = articles(("AFP", "2016-03-02", "Four killed in Anton"))
    case = new_case(tmp_path / "war.db")
    first = written(tmp_path, text([row(id="1", source_article=one)]), "first.csv")
    bring(case, first)
    (event,) = held(case, Event)
    done = run("withdraw", event.id, "--reason", "no such", "--into", case, "--by", "Ada")
    assert done.exit_code == 0, done.stderr
    both = written(tmp_path, text([row(id=n, source_article=one) for n in "12"]), "both.csv")
    report, _, _ = bring(case, both)
    assert len(apart) == 2
    (of,) = report.files
    assert (of.added, of.rejected) == (1, 1)
    assert run("verify", case).exit_code == 0


def test_a_file_that_changes_between_its_two_readings_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, text([row()]))
    with path.open("rb") as file:
        source = GivenFile(file, "rows.csv")
        source.open().close()
        os.utime(path, (1, 1))
        with pytest.raises(UsageError, match="has changed while it was read"):
            source.open()
