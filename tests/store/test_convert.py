"""Conversion of a case file to a database and back, without loss."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody import convert as converting
from store.custody.convert import convert
from store.custody.verify import verify
from store.database.read_records import records
from store.errors import ConflictError, ExistingFile, ReadOnlyCase, UnwritableCase, UsageError
from store.model.records import Event
from store.model.vocabulary import EventType
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.importing import additions, imported
from tests.store.kept import KeptCase, entitle, held


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A case file with a log; its last change but one was undone."""
    case = KeptCase(tmp_path)
    archive = case.write()
    for title in ("one", "two", "three"):
        entitle(archive, title)
    archive.undo()
    archive.close()
    return case


def test_there_and_back_it_is_the_same_to_the_byte(case: KeptCase, tmp_path: Path) -> None:
    database, back = tmp_path / "case.db", tmp_path / "back.json"
    convert(case.path, database)
    assert database.stat().st_mode & 0o777 == 0o600
    convert(database, back)
    assert back.read_bytes() == case.path.read_bytes()
    assert (tmp_path / "back.json.log").read_bytes() == case.log.read_bytes()


def test_the_bundled_case_comes_back_with_all_that_it_holds(tmp_path: Path) -> None:
    convert(BUNDLED, tmp_path / "hama.db")
    convert(tmp_path / "hama.db", tmp_path / "hama.json")
    first, last = Archive.open(BUNDLED), Archive.open(tmp_path / "hama.json")
    assert held(first) == held(last)
    of_first, of_last = (
        [one for _, one in archive.ask(lambda asked: list(records(asked)))]
        for archive in (first, last)
    )
    assert of_first == of_last
    first.close()
    last.close()


def test_it_goes_on_from_its_log_on_both_sides(case: KeptCase, tmp_path: Path) -> None:
    convert(case.path, tmp_path / "case.db")
    archive = Archive.open(tmp_path / "case.db", author="me", writing=True)
    assert [one.sequence for one in archive.history()] == [4, 3, 2, 1]
    archive.redo()
    archive.undo()
    archive.undo()
    entitle(archive, "four")
    on_index(archive, assert_as_made_anew)
    archive.close()
    convert(tmp_path / "case.db", tmp_path / "back.json")
    archive = Archive.open(tmp_path / "back.json", author="me", writing=True)
    assert [one.sequence for one in archive.history()] == [8, 7, 6, 5, 4, 3, 2, 1]
    archive.undo()
    archive.undo()
    assert archive.undo() is None
    archive.close()


def test_an_import_is_told_of_in_the_case_file_and_stands(tmp_path: Path) -> None:
    kept = KeptCase(tmp_path, "case.db")
    archive = kept.write()
    event = Event(id="evt_New", title="New", type=EventType.OTHER)
    archive.import_batches(imported(), [additions(("events", event))])
    entitle(archive, "Fall of Hama")
    archive.close()
    convert(kept.path, tmp_path / "case.json")
    archive = Archive.open(tmp_path / "case.json", author="me", writing=True)
    assert archive.undo() is not None
    assert archive.undo() is None, "a case file has no more of it than the log says"
    assert archive.history()[-1].imported == imported()
    assert event.id in held(archive)
    archive.close()


def test_nothing_is_written_over_and_nothing_is_what_it_was(case: KeptCase, tmp_path: Path) -> None:
    taken = tmp_path / "taken.db"
    for name in ("taken.db", "taken.db-wal", "taken.db.log"):
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(ExistingFile, match="exists already"):
            convert(case.path, taken)
        (tmp_path / name).unlink()
    with pytest.raises(UsageError, match="is a case file already"):
        convert(case.path, tmp_path / "other.json")
    convert(case.path, taken)
    with pytest.raises(UsageError, match="is a database already"):
        convert(taken, tmp_path / "other.db")
    assert sorted(one.name for one in tmp_path.glob("taken*")) == ["taken.db"]


def test_a_case_file_is_no_larger_than_it_should_be(
    case: KeptCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert(case.path, tmp_path / "case.db")
    monkeypatch.setattr(converting, "MAX_FILE_EVENTS", 0)
    with pytest.raises(UsageError, match="has 1 event,") as refused:
        convert(tmp_path / "case.db", tmp_path / "back.json")
    assert "--force" in refused.value.hint
    convert(tmp_path / "case.db", tmp_path / "forced.json", force=True)
    monkeypatch.setattr(converting, "MAX_BYTES", 100)
    with pytest.raises(UnwritableCase, match="but the limit is 100"):
        convert(tmp_path / "case.db", tmp_path / "back.json", force=True)
    assert not list(tmp_path.glob("back*"))


def test_an_edit_outside_must_be_in_the_log_first(case: KeptCase, tmp_path: Path) -> None:
    case.path.write_bytes(case.path.read_bytes().replace(b'"title":"two"', b'"title":"x"'))
    with pytest.raises(ReadOnlyCase, match="edited outside"):
        convert(case.path, tmp_path / "case.db")
    archive = case.write()
    entitle(archive, "y")
    archive.close()
    convert(case.path, tmp_path / "case.db")


def test_what_cannot_be_written_leaves_nothing(case: KeptCase, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    for source, name in ((case.path, "case.db"), (tmp_path / "case.db", "back.json")):
        with pytest.raises(ConflictError, match="cannot be written"):
            convert(source, tmp_path / "none" / name)
        if source == case.path:
            convert(source, tmp_path / name)


def test_a_log_that_is_gone_is_missed_on_both_sides(case: KeptCase, tmp_path: Path) -> None:
    database = tmp_path / "case.db"
    convert(case.path, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM log")
    (found,) = verify(database)
    assert found.what == "its log should reach entry 4, but ends with entry 0"
    archive = Archive.open(database)
    assert found.what in archive.notices[0]
    archive.close()
