"""Repair of a damaged database in a new one."""

from pathlib import Path
from random import Random

import pytest

from store.archive import Archive
from store.custody.salvage_database import repair_database
from store.custody.verify import verify
from store.database.read_records import record
from store.errors import ConflictError, ExistingFile, UsageError
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import KeptCase, entitle, held
from tests.store.test_verify_database import altered


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A database with changes and an import."""
    case = KeptCase(tmp_path, "case.db")
    archive = case.write()
    archive.import_batches(imported(30), Harvest(30).batches(10))
    entitle(archive, "one")
    entitle(archive, "two")
    archive.undo()
    archive.close()
    return case


def test_one_that_is_whole_is_saved_with_its_log(case: KeptCase, tmp_path: Path) -> None:
    to = tmp_path / "saved.db"
    number, entries, told = repair_database(case.path, to)
    assert (number["events"], entries, list(told)) == (31, 4, [])
    assert list(verify(to)) == []
    was, archive = case.read(), Archive.open(to, author="me", writing=True)
    assert held(archive) == held(was)
    on_index(archive, assert_as_made_anew)
    archive.redo()
    archive.undo()
    archive.undo()
    assert archive.undo() is None, "of the import nothing is kept but its records"
    archive.close()
    was.close()


def test_what_refers_to_one_that_cannot_be_read_is_kept(case: KeptCase, tmp_path: Path) -> None:
    altered(case.path, "UPDATE events SET body = '{}' WHERE n = 5")
    to = tmp_path / "saved.db"
    number, entries, told = repair_database(case.path, to)
    assert (number["events"], entries) == (31, 0)
    assert told[0].startswith("events 5 is left out: ")
    assert "is lost: a stand-in is kept for what refers to it" in told[1]
    assert told[-1].startswith("the log stays with the old case")
    assert list(verify(to)) == []
    archive = Archive.open(to, writing=True)
    on_index(archive, assert_as_made_anew)
    assert archive.ask(record, "events", "evt_Fall") is not None
    archive.close()


def test_what_was_altered_outside_does_not_come_with_the_log(
    case: KeptCase, tmp_path: Path
) -> None:
    altered(case.path, "UPDATE actors SET body = replace(body, 'Rebels', 'Others')")
    _, entries, told = repair_database(case.path, tmp_path / "saved.db")
    assert entries == 0
    assert told == ["the log stays with the old case; the new one begins a new log"]


def test_however_it_is_damaged_there_is_a_new_one_or_a_word_on_it(
    case: KeptCase, tmp_path: Path
) -> None:
    whole = case.path.read_bytes()
    rng = Random(5)
    saved = 0
    for n in range(6):
        damaged = bytearray(whole)
        at = rng.randrange(4096, len(whole) - 9000)
        damaged[at : at + 8192] = rng.randbytes(8192)
        case.path.write_bytes(damaged)
        to = tmp_path / f"saved{n}.db"
        try:
            repair_database(case.path, to)
        except ConflictError:
            assert not to.exists()
            continue
        saved += 1
        assert list(verify(to)) == []
    assert saved > 3


def test_nothing_is_written_over(case: KeptCase, tmp_path: Path) -> None:
    with pytest.raises(ExistingFile, match="exists already"):
        repair_database(case.path, case.path)
    with pytest.raises(UsageError, match="would be a case file"):
        repair_database(case.path, tmp_path / "saved.json")
