"""A redaction on a full disk, and one that is killed: it is made or not, and then finished."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.pack import pack
from store.database.purge import mark_unpurged
from store.errors import ConflictError, UnpurgedRedaction, UnwritableCase
from tests.examples import sample
from tests.store.faults import HOWS, Disk, Killed, failing
from tests.store.kept import NAMES, entitle
from tests.store.sqlite_disk import WriteCounter, counting, exit_code_of
from tests.store.witness import (
    NAME,
    NEWS,
    check_what_was_said,
    finish_and_check,
    places_with_name,
    put_witness_case,
    redact_witness,
    seen,
)

pytestmark = pytest.mark.slow


def copied(path: Path, to: Path) -> Path:
    """A copy of a case with all files of its folder."""
    shutil.copytree(path.parent, to)
    return to / path.name


def attempt(path: Path, during: AbstractContextManager[object]) -> ConflictError | None:
    """Try the redaction within a context, and return the error with which it failed."""
    try:
        redact_witness(path, during)
    except ConflictError as error:
        return error
    return None


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that names the witness, to be copied."""
    return put_witness_case(tmp_path_factory.mktemp("database"), "case.db")


def writes_of(database: Path, folder: Path) -> int:
    """The number of writes that redacting a copy of the database takes."""
    counter = WriteCounter()
    redact_witness(copied(database, folder), counting(counter))
    return counter.calls


def test_whenever_the_disk_of_a_database_is_full_what_is_said_is_true(
    database: Path, tmp_path: Path
) -> None:
    said = set()
    for at in sample(range(1, writes_of(database, tmp_path / "whole") + 1), "full"):
        path = copied(database, tmp_path / str(at))
        error = attempt(path, counting(WriteCounter(at)))
        said.add(type(error).__name__)
        found = seen(path)
        check_what_was_said(path, found, error)
        finish_and_check(path, found)
    assert said == {"UnwritableCase", "UnpurgedRedaction"}


def test_whenever_a_database_is_killed_the_redaction_is_finished_when_it_is_opened(
    database: Path, tmp_path: Path
) -> None:
    for at in sample(range(1, writes_of(database, tmp_path / "whole") + 1), "killed"):
        path = copied(database, tmp_path / str(at))
        killing = counting(WriteCounter(at, kills=True))
        assert exit_code_of(partial(redact_witness, path, killing)) == 9
        finish_and_check(path, seen(path))


@pytest.fixture(scope="module")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in files that names the witness, to be copied."""
    return put_witness_case(tmp_path_factory.mktemp("file"), "case.json")


def calls_of(case_file: Path, folder: Path) -> list[str]:
    """The calls of the file system that redacting a copy of the case makes."""
    disk = Disk()
    redact_witness(copied(case_file, folder), failing(disk))
    return disk.calls


@pytest.mark.parametrize("how", HOWS)
def test_whatever_call_fails_of_a_case_in_files_what_is_said_is_true(
    case_file: Path, tmp_path: Path, how: Callable[[int], Disk]
) -> None:
    calls = calls_of(case_file, tmp_path / "whole")
    assert {"rename", "link", "fsync", "write", "unlink", "open_file"} < set(calls)
    said = set()
    for at in sample(range(1, len(calls) + 1), "fails"):
        path = copied(case_file, tmp_path / str(at))
        error = attempt(path, failing(how(at)))
        said.add(type(error).__name__)
        found = seen(path)
        check_what_was_said(path, found, error)
        finish_and_check(path, found)
    assert {"UnwritableCase", "UnpurgedRedaction"} <= said


def test_whenever_a_case_in_files_is_killed_the_redaction_is_finished_when_it_is_opened(
    case_file: Path, tmp_path: Path
) -> None:
    for at in sample(range(1, len(calls_of(case_file, tmp_path / "whole")) + 1), "killed"):
        for partly in (False, True):
            path = copied(case_file, tmp_path / f"{at} {partly}")
            killing = failing(Killed(at, short=partly))
            assert exit_code_of(partial(redact_witness, path, killing)) == 9
            finish_and_check(path, seen(path))


def test_a_second_kill_while_it_is_finished_changes_nothing(
    case_file: Path, tmp_path: Path
) -> None:
    calls = calls_of(case_file, tmp_path / "whole")
    made = len(calls) - calls[::-1].index("link")  # the last backup is made before the log is
    interrupted = 0
    for at in sample(range(made, len(calls) + 1), "twice"):
        path = copied(case_file, tmp_path / str(at))
        assert exit_code_of(partial(redact_witness, path, failing(Killed(at)))) == 9
        for again in (2, 4, 6, 8):
            opening = partial(_open_to_write, path, failing(Killed(again)))
            interrupted += exit_code_of(opening) == 9
        finish_and_check(path, seen(path))
    assert interrupted >= 4


def _open_to_write(path: Path, during: AbstractContextManager[object]) -> None:
    with during:
        Archive.open(path, author="me", writing=True)


@pytest.mark.parametrize("name", NAMES)
def test_without_room_on_the_disk_nothing_is_changed(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_witness_case(tmp_path, name)
    archive = Archive.open(path, author="me", writing=True)
    was = {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.suffix != ".db-shm"}
    monkeypatch.setattr("store.database.disk.free_bytes", lambda folder: 1000)
    with pytest.raises(UnwritableCase, match="1,000 bytes are free in") as refused:
        archive.redact(NEWS, "text", "to protect the witness", NAME)
    assert refused.value.message.endswith("; nothing was redacted")
    assert was == {one: (tmp_path / one).read_bytes() for one in was}
    assert archive.writable
    monkeypatch.undo()
    archive.redact(NEWS, "text", "to protect the witness", NAME)
    assert places_with_name(tmp_path) == []
    archive.close()


def test_where_room_runs_out_between_the_two_steps_that_is_said_and_it_is_finished_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_witness_case(tmp_path, "case.db")
    free = iter([1 << 40, 0, 0])
    monkeypatch.setattr("store.database.disk.free_bytes", lambda folder: next(free))
    monkeypatch.setattr("store.database.purge.temporary_folder", lambda: tmp_path)
    error = attempt(path, nullcontext())
    assert isinstance(error, UnpurgedRedaction)
    check_what_was_said(path, seen(path), error)
    archive = Archive.open(path, author="me", writing=True)
    (notice,) = archive.notices
    assert "redacted, but not yet purged: 0 bytes are free" in notice
    entitle(archive, "it can be changed all the same")
    archive.close()
    monkeypatch.undo()
    finish_and_check(path, seen(path))


def test_a_reader_that_comes_between_the_two_steps_delays_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_witness_case(tmp_path, "case.db")
    others: list[sqlite3.Connection] = []

    def come(connection: sqlite3.Connection, sequence: int) -> None:
        mark_unpurged(connection, sequence)
        other = sqlite3.connect(path)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM log").fetchone()
        others.append(other)

    monkeypatch.setattr("store.database.sqlite_engine.mark_unpurged", come)
    monkeypatch.setattr("store.database.sqlite._BUSY", 0.1)
    error = attempt(path, nullcontext())
    assert isinstance(error, UnpurgedRedaction)
    assert "another program is reading the case" in error.message
    others[0].close()
    check_what_was_said(path, seen(path), error)
    with pytest.raises(UnpurgedRedaction, match="is not finished"):
        pack(path, tmp_path / "case.zip")
    finish_and_check(path, seen(path))


@pytest.mark.parametrize("name", NAMES)
def test_whoever_goes_from_reading_to_writing_finishes_it(tmp_path: Path, name: str) -> None:
    path = put_witness_case(tmp_path, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.database.sqlite_engine.purge", _fail)
        patch.setattr("store.document.snapshot_and_log.CaseFiles.reload_log", _fail)
        with pytest.raises(UnpurgedRedaction):
            redact_witness(path, nullcontext())
    archive = Archive.open(path, author="me")
    (notice,) = archive.notices
    assert "is not finished" in notice
    archive.start_writing()
    assert archive.notices[-1].endswith("a redaction was not finished, and now is")
    assert places_with_name(tmp_path) == []
    archive.close()


def _fail(*_: object, **__: object) -> None:
    raise UnpurgedRedaction("redacted, but not yet purged: a test", "")
