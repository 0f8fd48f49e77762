"""A database that is replaced while it is open, and whatever else damages one from outside."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from store.archive import Archive
from store.database import disk, open_files
from store.database.sqlite import is_database, wal_files
from store.errors import ReadOnlyCase, ReplacedCase, UsageError
from store.importing.open_files import ImportFiles
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import KeptCase, abandon, entitle, title_of
from tests.store.replacing import ACTS, OpenCase, check_copy, findings, full, replaced
from tui.session.read_original import read_original


@pytest.fixture
def database(tmp_path: Path) -> Iterator[OpenCase]:
    """A database that is open to be changed."""
    case = OpenCase(tmp_path / "folder", "case.db")
    yield case
    abandon(case.archive)


def test_where_no_copy_can_be_saved_the_wal_is_set_aside(
    database: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = replaced(database.path)
    monkeypatch.setattr(open_files, "save_copy", full)
    for _ in range(2):
        with pytest.raises(ReplacedCase, match=r"could not be copied beside it \(.*No space"):
            database.archive.save_snapshot()
    assert title_of(database.archive) == "Hama falls", "it can be read on"
    with pytest.raises(ReplacedCase):
        database.archive.close()
    assert database.content() == content
    assert not any(one.exists() for one in wal_files(database.path))
    assert database.unsaved.with_name("case.db.unsaved-wal").stat().st_size
    assert database.title() == "Newcomer"


def test_a_copy_is_saved_as_soon_as_there_is_room(
    database: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = replaced(database.path)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "fsync", full)
        with pytest.raises(ReplacedCase, match="could not be copied"):
            entitle(database.archive, "too late")
    assert not database.unsaved.exists()
    with pytest.raises(ReplacedCase) as refused:
        database.archive.close()
    database.check_kept(refused.value, content)


def test_a_wal_that_is_gone_is_noticed(database: OpenCase) -> None:
    wal, _ = wal_files(database.path)
    wal.unlink()
    with pytest.raises(ReplacedCase, match=r"lost its file case\.db-wal, which was moved"):
        entitle(database.archive, "too late")
    check_copy(database.unsaved)
    database.archive.close()
    assert database.title() == "Hama falls"


def test_at_rest_the_database_file_alone_has_every_change(database: OpenCase) -> None:
    wal, _ = wal_files(database.path)
    assert wal.stat().st_size
    database.archive.save_snapshot()
    assert wal.stat().st_size == 0
    content = replaced(database.path)
    # a program that knows nothing of this, after a kill of the one that has it open
    with sqlite3.connect(database.path) as other:
        assert other.execute("SELECT title FROM events").fetchall() == [("Newcomer",)]
    other.close()
    assert database.content() == content


def test_a_reader_does_not_keep_it_from_resting(database: OpenCase) -> None:
    reader = database.read()
    with reader._engine.reading():
        reader._engine.connection.execute("SELECT count(*) FROM events").fetchone()
        entitle(database.archive, "Hama is held")
        database.archive.save_snapshot()
    reader.close()
    assert title_of(database.archive) == "Hama is held"


def test_looking_at_the_file_drops_no_lock(database: OpenCase) -> None:
    """POSIX locks are lost when the process closes any descriptor of the file."""
    database.archive.save_snapshot()
    assert is_database(database.path)
    entitle(database.archive, "Hama is held")
    wal, _ = wal_files(database.path)
    # the last to close a database removes its WAL, and this one must not believe it is the last
    code = (
        "import sqlite3, sys; other = sqlite3.connect(sys.argv[1]);"
        " other.execute('SELECT count(*) FROM events').fetchone(); other.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(database.path)], check=True)
    assert wal.exists()
    entitle(database.archive, "Hama stays held")
    database.archive.close()
    assert database.title() == "Hama stays held"


def test_the_open_database_is_no_file_to_import_or_attach(database: OpenCase) -> None:
    with pytest.raises(UsageError, match="is the open case"):
        ImportFiles([database.path])
    with pytest.raises(UsageError, match="is the open case"):
        read_original(database.path)
    database.archive.close()
    assert read_original(database.path).startswith(b"SQLite format 3")


def test_a_database_with_two_names_is_only_read(tmp_path: Path) -> None:
    case = KeptCase(tmp_path, "case.db")
    second = tmp_path / "second.db"
    second.hardlink_to(case.path)
    for path in (case.path, second):
        with pytest.raises(ReadOnlyCase, match=r"has 2 names \(hard links\)"):
            Archive.open(path, author="me", writing=True)
    reader = case.read()
    assert title_of(reader) == "Fall"
    with pytest.raises(ReadOnlyCase, match="2 names"):
        reader.start_writing()
    second.unlink()
    assert reader.start_writing() == []
    entitle(reader, "Hama falls")
    reader.close()
    assert case.title() == "Hama falls"


def overwritten(path: Path, content: bytes) -> None:
    """Write another file into the place of a case, as `cp` does: its inode stays."""
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(content)


@pytest.fixture
def newcomer(tmp_path: Path) -> bytes:
    """The bytes of another case that the same program made."""
    (tmp_path / "other").mkdir()
    other = KeptCase(tmp_path / "other", "case.db")
    with closing(other.write("Omar")) as archive:
        entitle(archive, "Newcomer")
    return other.path.read_bytes()


@pytest.mark.parametrize("act", ACTS)
def test_one_that_is_overwritten_in_place_is_left_alone(
    act: str, database: OpenCase, newcomer: bytes
) -> None:
    before = database.path.read_bytes()
    overwritten(database.path, newcomer)
    aside = database.unsaved.with_name("case.db.unsaved-wal")
    with pytest.raises(ReplacedCase, match="was overwritten by another program") as refused:
        ACTS[act](database.archive)
    assert f"its last changes are kept in {aside}" in refused.value.message
    with pytest.raises(ReplacedCase, match="was overwritten"):
        title_of(database.archive)
    with pytest.raises(ReplacedCase, match="was overwritten"):
        database.archive.history()
    with suppress(ReplacedCase):
        database.archive.close()
    assert database.content() == newcomer
    assert not any(one.exists() for one in wal_files(database.path))
    database.unsaved.write_bytes(before)  # beside what it belongs to, it has every change
    check_copy(database.unsaved)


def test_an_older_copy_of_the_same_case_is_another_one(database: OpenCase) -> None:
    database.archive.save_snapshot()
    older = database.path.read_bytes()
    entitle(database.archive, "Hama is held")
    database.archive.save_snapshot()
    overwritten(database.path, older)
    with pytest.raises(ReplacedCase, match="all its changes were in it"):
        entitle(database.archive, "too late")
    database.archive.close()
    assert database.content() == older


def test_on_a_full_disk_the_changes_are_left_in_the_wal(
    database: OpenCase, newcomer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten(database.path, newcomer)
    monkeypatch.setattr(disk, "write_new", full)
    with pytest.raises(ReplacedCase, match=r"could not be copied beside it \(No space"):
        entitle(database.archive, "too late")
    with pytest.raises(ReplacedCase):
        database.archive.close()
    assert database.content() == newcomer
    assert database.unsaved.with_name("case.db.unsaved-wal").stat().st_size


def test_its_own_writing_is_never_taken_for_that_of_another(tmp_path: Path) -> None:
    case = KeptCase(tmp_path, "case.db")
    archive = case.write()
    batches = list(Harvest(900).batches(300))
    for n in range(3):
        archive.import_batches(imported(300, f"{n}.csv"), batches[n : n + 1])
        archive.redact("evt_Fall", "title", "a name", title_of(archive)[:3])
        archive.save_snapshot()
        entitle(archive, f"Fall {n}")
        archive.undo()
    archive.close()
    assert list(findings(case.path)) == []
