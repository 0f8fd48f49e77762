"""An import under way: its progress, its stop, and questions in the meantime."""

import io
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import ReadOnlyCase, UsageError
from store.importing import case_room
from store.importing.import_files import ImportRun, ImportStep, Progress
from store.importing.open_files import ImportFiles
from store.model.records import Event
from store.reader import Reader
from tests.ged import row, text
from tests.imports import held, new_case, run, written
from tui.cli.progress import ProgressBar
from tui.draw.progress import progress_words

ROWS = 1200


@contextmanager
def opened(case: Path, *, writing: bool = True) -> Iterator[Archive]:
    archive = Archive.open(case, author="Ada", writing=writing)
    try:
        yield archive
    finally:
        archive.close()


@pytest.fixture(params=["war.json", "war.db"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return new_case(tmp_path / str(request.param))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    rows = [row(id=str(number)) for number in range(ROWS)]
    return written(tmp_path, text(rows), "many.csv")


def events(case: Path) -> int:
    listed = run("events", "--case", case, "--format", "csv").stdout
    return len(listed.splitlines()) - 1


def count_events(index: Reader) -> int:
    (found,) = index.execute("SELECT count(*) FROM events").fetchone()
    return int(found)


def test_progress_is_told_now_and_then_and_comes_to_its_end(case: Path, many: Path) -> None:
    told: list[Progress] = []
    with opened(case) as archive:
        report = ImportRun(archive, ImportFiles([many])).run(told.append)
    assert [one.rows for one in told if one.step is ImportStep.READING] == [0, 500, 1000, ROWS]
    assert {one.step for one in told} == set(ImportStep)
    read = [one.read for one in told]
    assert read == sorted(read)
    assert told[-1].read == told[-1].size
    (one,) = report.files
    assert (one.added, one.taken_in, report.stopped) == (ROWS, True, False)
    assert events(case) == ROWS


@pytest.mark.parametrize("step", [ImportStep.COUNTING, ImportStep.READING, ImportStep.SAVING])
def test_what_is_stopped_is_not_in_and_the_files_before_it_are(
    step: ImportStep, case: Path, many: Path, tmp_path: Path
) -> None:
    small = written(tmp_path, text([row(id="small")]), "small.csv")
    with opened(case) as archive:
        importing = ImportRun(archive, ImportFiles([small, many]))

        def stop(progress: Progress) -> None:
            if progress.number == 2 and progress.step is step:
                importing.stop()

        report = importing.run(stop)
    first, second = report.files
    # asked to stop while it is saved, it is whole or not in: there is no batch after it
    assert (first.taken_in, report.stopped) == (True, step is not ImportStep.SAVING)
    assert second.taken_in is (step is ImportStep.SAVING)
    assert events(case) == (1 if report.stopped else 1 + ROWS)


def test_others_ask_the_archive_meanwhile(case: Path, many: Path) -> None:
    seen: list[int] = []
    with opened(case) as archive:

        def ask(_: Progress) -> None:
            seen.append(archive.ask(count_events))

        ImportRun(archive, ImportFiles([many])).run(ask)
        after = archive.ask(count_events)
    assert set(seen) == {0}, "nothing of it is there before it is whole"
    assert after == ROWS


def test_an_import_is_one_act_that_can_be_undone(case: Path, tmp_path: Path) -> None:
    few = written(tmp_path, text([row(id=str(number)) for number in range(120)]), "few.csv")
    with opened(case) as archive:
        ImportRun(archive, ImportFiles([few])).run()
        assert archive.undo() is not None
    assert events(case) == 0
    with opened(case) as archive:
        report = ImportRun(archive, ImportFiles([few])).run()
    assert report.files[0].added == 120
    assert events(case) == 120


def test_who_only_reads_imports_nothing_but_may_try(case: Path, many: Path) -> None:
    with opened(case, writing=False) as archive:
        files = ImportFiles([many])
        with pytest.raises(ReadOnlyCase):
            ImportRun(archive, files)
        report = ImportRun(archive, files, dry_run=True).run()
    assert (report.files[0].added, report.files[0].taken_in) == (ROWS, False)


def test_a_case_file_that_would_be_too_large_is_refused_before_it_is_written(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = new_case(tmp_path / "small.json")
    before = case.read_bytes()
    monkeypatch.setattr(case_room, "MAX_BYTES", 1024 * 1024)
    with (
        opened(case) as archive,
        pytest.raises(UsageError, match="would exceed the limit of 1 MB") as refused,
    ):
        ImportRun(archive, ImportFiles([many])).run()
    assert "conflict-tui new war.db" in refused.value.hint
    assert case.read_bytes() == before
    database = new_case(tmp_path / "large.db")
    with opened(database) as archive:
        assert ImportRun(archive, ImportFiles([many])).run().files[0].taken_in


def test_standard_input_is_read_to_its_end_before_the_case_is_touched() -> None:
    files = ImportFiles([Path("-")], io.BytesIO(text([row()]).encode()))
    assert files.found == (("standard input", "UCDP GED, 41 columns"),)
    files.close()


def test_ctrl_c_says_what_is_in_and_what_not(
    case: Path, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = written(tmp_path, text([row(id="small")]), "small.csv")

    def interrupt(_: object, progress: Progress) -> None:
        if progress.number == 2 and progress.step is ImportStep.READING:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(ProgressBar, "__call__", interrupt)
    before = signal.getsignal(signal.SIGINT)
    found = run("import", small, many, "--into", case, "--by", "Ada")
    assert found.exit_code == 130
    assert found.stderr.splitlines()[-1] == (
        f"Stopped: 1 of 2 files imported: {small}. Nothing of the others is in the case."
    )
    assert signal.getsignal(signal.SIGINT) is before
    assert events(case) == 1


@pytest.mark.parametrize(
    ("step", "read", "rows", "words"),
    [
        (ImportStep.COUNTING, 50, 600, "counting, 600 rows"),
        (ImportStep.READING, 100, 0, "5% 0 rows"),
        (ImportStep.READING, 150, 600, "52% 600 rows, 2 rejected, 60 rows/s, 0:10 left"),
        (ImportStep.SAVING, 200, 1200, "saving 1,200 rows"),
    ],
)
def test_the_words_of_the_progress(step: ImportStep, read: int, rows: int, words: str) -> None:
    rejected = 2 if read == 150 else 0
    progress = Progress("a.csv", 1, 1, step, read, 200, rows, rejected)
    assert progress_words(progress, 10.0, bar=0) == f"import {words}"
    assert progress_words(progress, 10.0, bar=4).endswith(f"█ {words}") is (read == 200)


def test_what_a_person_withdrew_does_not_come_back(case: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, text([row(id="1"), row(id="2")]))
    with opened(case) as archive:
        ImportRun(archive, ImportFiles([rows])).run()
    event = held(case, Event)[0]
    withdrawn = run("withdraw", event.id, "--reason", "no such", "--into", case, "--by", "Ada")
    assert withdrawn.exit_code == 0, withdrawn.stderr
    with opened(case) as archive:
        (again,) = ImportRun(archive, ImportFiles([rows])).run().files
    assert (again.added, again.unchanged, again.rejected) == (0, 1, 1)
    assert dict(again.reasons) == {"a person withdrew its event": 1}
    assert events(case) == 1
    with opened(case) as archive:
        archive.undo()
        (last,) = ImportRun(archive, ImportFiles([rows])).run().files
    assert (last.unchanged, last.rejected) == (2, 0)


def test_what_an_undo_took_back_can_be_imported_again(case: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, text([row(id="1"), row(id="2")]))
    with opened(case) as archive:
        ImportRun(archive, ImportFiles([rows])).run()
        archive.undo()
        (again,) = ImportRun(archive, ImportFiles([rows])).run().files
    assert (again.added, again.rejected) == (2, 0)
    assert events(case) == 2
