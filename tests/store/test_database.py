"""A case in a database: opening, refusals, and faults of the disk."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.verify import verify
from store.database import sqlite
from store.database.open_connections import FileConnection
from store.errors import (
    ConflictError,
    DamagedCase,
    NewerCase,
    ReadOnlyCase,
    UnreadableCase,
    UnwritableCase,
)
from store.model.records import SCHEMA
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import KeptCase, abandon, entitle, held, title_of
from tests.store.test_faults import no_file_larger_than
from tests.store.test_verify_database import altered


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A database whose event was given a title in an earlier session."""
    case = KeptCase(tmp_path, "case.db")
    archive = case.write()
    entitle(archive, "before")
    archive.close()
    return case


def test_what_a_file_is_decides_and_not_its_name(case: KeptCase, tmp_path: Path) -> None:
    renamed = case.path.rename(tmp_path / "case.json")
    archive = Archive.open(renamed)
    assert title_of(archive) == "before"
    archive.close()
    case_file = SmallCase().write(tmp_path / "file.db")
    Archive.open(case_file).close()


def test_the_files_are_the_owners_alone(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "after")
    modes = {one.name: one.stat().st_mode & 0o777 for one in case.path.parent.glob("case*")}
    assert modes == dict.fromkeys(("case.db", "case.db-wal", "case.db-shm", "case.db.lock"), 0o600)
    archive.close()
    assert not [*case.path.parent.glob("case.db-*")], "nothing lies beside it once it is closed"


def test_it_is_kept_as_safe_as_can_be(case: KeptCase) -> None:
    archive = case.write()

    def pragma(name: str) -> object:
        return archive.ask(lambda asked: asked.execute(f"PRAGMA {name}").fetchone()[0])

    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "user_version": SCHEMA,
        "application_id": sqlite.APPLICATION,
    }
    assert {name: pragma(name) for name in wanted} == wanted
    archive.close()


FOREIGN = {
    "another program's": (DamagedCase, "PRAGMA application_id = 7"),
    "a newer program's": (NewerCase, f"PRAGMA user_version = {SCHEMA + 1}"),
    "an older one's": (DamagedCase, "PRAGMA user_version = 0"),
    "a table more": (DamagedCase, "CREATE TABLE more (n)"),
    "a table less": (DamagedCase, "DROP TABLE disputes"),
    "an index less": (DamagedCase, "DROP INDEX claims_by_event"),
    "a column more": (DamagedCase, "ALTER TABLE notes ADD COLUMN more TEXT"),
    "a view": (DamagedCase, "CREATE VIEW seen AS SELECT 1"),
    "a trigger": (
        DamagedCase,
        "CREATE TRIGGER on_log AFTER INSERT ON log BEGIN DELETE FROM events; END",
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("writing", [False, True])
def test_what_is_not_ours_is_refused_and_left_as_it_is(
    case: KeptCase, what: str, *, writing: bool
) -> None:
    error, statement = FOREIGN[what]
    with closing(sqlite3.connect(case.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    before = case.path.read_bytes()
    with pytest.raises(error) as refused:
        Archive.open(case.path, writing=writing)
    assert refused.value.message.startswith(f"{case.path}: ")
    assert case.path.read_bytes() == before


def test_a_file_that_is_cut_off_is_refused(case: KeptCase) -> None:
    whole = case.path.read_bytes()
    for size in (20, 100, 5_000, len(whole) // 2):
        case.path.write_bytes(whole[:size])
        with pytest.raises(ConflictError):
            _read_all(case.path)


def _read_all(path: Path) -> None:
    """Open a case and read all of it."""
    archive = Archive.open(path)
    try:
        held(archive)
        archive.history()
    finally:
        archive.close()


def test_opening_reads_no_more_of_a_large_case_than_of_a_small_one(tmp_path: Path) -> None:
    steps = []
    for rows in (10, 500):
        (tmp_path / str(rows)).mkdir()
        case = KeptCase(tmp_path / str(rows), "case.db")
        archive = case.write()
        archive.import_batches(imported(rows), Harvest(rows).batches())
        archive.close()
        steps.append(_steps_of_opening(case.path))
    assert steps[1] <= steps[0] * 1.05 + 200


def _steps_of_opening(path: Path) -> int:
    """Count the instructions of SQLite's virtual machine for opening a case."""
    number = 0

    def count() -> int:
        nonlocal number
        number += 1
        return 0

    class Counted(FileConnection):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self.set_progress_handler(count, 1)

    with pytest.MonkeyPatch.context() as patch:
        connect = sqlite3.connect
        patch.setattr(
            sqlite3,
            "connect",
            lambda *args, **kwargs: connect(*args, **{**kwargs, "factory": Counted}),
        )
        Archive.open(path, writing=True).close()
    return number


@pytest.mark.parametrize("room", [0, 4096])
def test_a_full_disk_leaves_it_as_it_was_and_read_only(case: KeptCase, room: int) -> None:
    archive = case.write()
    with no_file_larger_than(room), pytest.raises(UnwritableCase) as refused:
        entitle(archive, "after")
    assert refused.value.exit_code == 71
    assert title_of(archive) == "before"
    assert "could not be saved" in archive.why_read_only
    with pytest.raises(ReadOnlyCase):
        entitle(archive, "later")
    archive.close()
    assert case.title() == "before"
    assert list(verify(case.path)) == []


def test_an_import_that_finds_no_room_leaves_nothing(case: KeptCase) -> None:
    archive = case.write()
    before = held(archive)
    size = case.path.stat().st_size
    with no_file_larger_than(size), pytest.raises(UnwritableCase):
        archive.import_batches(imported(), Harvest(2_000).batches())
    assert held(archive) == before
    assert not archive.writable
    archive.close()
    archive = case.write()
    archive.import_batches(imported(20), Harvest(20).batches())
    on_index(archive, assert_as_made_anew)
    archive.close()


IMPORTING = """
import sys
from pathlib import Path
from store.archive import Archive
from tests.store.harvest import Harvest
from tests.store.importing import imported
archive = Archive.open(Path(sys.argv[1]), author="writer", writing=True)
def batches():
    for batch in Harvest(100_000).batches(50):
        yield batch
        print("batch", flush=True)
archive.import_batches(imported(), batches())
"""


def test_one_that_is_killed_while_it_takes_in_is_as_before(case: KeptCase) -> None:
    before = case.read()
    was = held(before)
    before.close()
    for number in (1, 8, 45):
        importer = subprocess.Popen(
            [sys.executable, "-c", IMPORTING, case.path],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert importer.stdout is not None
        for _ in range(number):
            assert importer.stdout.readline()
        importer.send_signal(signal.SIGKILL)
        importer.stdout.close()
        importer.wait()
        archive = case.write()
        assert held(archive) == was
        on_index(archive, assert_as_made_anew)
        archive.close()
    assert list(verify(case.path)) == []


def test_a_change_that_another_program_makes_is_waited_for(
    case: KeptCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY", 0.01)
    archive = case.write()
    with closing(sqlite3.connect(case.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnreadableCase, match="another program is using"):
            entitle(archive, "after")
        other.execute("ROLLBACK")
    assert archive.writable, "nothing is wrong with the disk"
    entitle(archive, "after")
    abandon(archive)
    assert case.title() == "after"


def test_a_log_that_was_altered_is_told_of_in_one_line(case: KeptCase) -> None:
    altered(case.path, "UPDATE log SET line = replace(line, 'before', 'after')")
    archive = case.read()
    with pytest.raises(DamagedCase, match="entry 1 of its log"):
        archive.history()
    archive.close()


def test_any_name_of_a_file_will_do(tmp_path: Path) -> None:
    case = KeptCase(tmp_path, "a?b#c%20 – حماة.db")
    case.titles("one")
    assert case.title() == "one"
    assert list(verify(case.path)) == []


def test_where_nothing_can_be_written_beside_it_it_is_read_as_it_is(
    case: KeptCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_readable", lambda _: False)
    before = case.path.read_bytes()
    assert case.title() == "before"
    assert case.path.read_bytes() == before
    wal, _ = sqlite.wal_files(case.path)
    wal.write_bytes(b"changes")
    with pytest.raises(UnreadableCase, match="its last changes are in"):
        case.read()
