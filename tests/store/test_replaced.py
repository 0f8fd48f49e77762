"""A case that is replaced, moved or deleted while it is open: nothing is lost or overwritten."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.verify import verify
from store.custody.verify_database import DatabaseCheck
from store.database import disk, open_files
from store.database.sqlite import is_database, wal_files
from store.document import known_document
from store.errors import ReadOnlyCase, ReplacedCase
from store.model.change import Edit
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import NAMES, KeptCase, abandon, entitle, title_of

Way = Callable[[Path], bytes | None]
"""A way in which a case goes from its place; returns the bytes that are there now."""


def replaced(path: Path) -> bytes:
    """Put another case in its place, as rsync, Syncthing and git do."""
    folder = path.parent / "elsewhere"
    folder.mkdir()
    other = KeptCase(folder, path.name)
    archive = other.write("Omar")
    entitle(archive, "Newcomer")
    archive.close()
    content = other.path.read_bytes()
    other.path.replace(path)
    return content


def moved(path: Path) -> None:
    """Give it another name."""
    path.rename(path.with_name("moved"))


def deleted(path: Path) -> None:
    """Delete it."""
    path.unlink()


def folder_replaced(path: Path) -> None:
    """Move the whole folder away, with all that is beside the case."""
    path.parent.rename(path.parent.with_name("away"))


WAYS: tuple[Way, ...] = (replaced, moved, deleted)


def _import(archive: Archive) -> None:
    archive.import_batches(imported(5), Harvest(5).batches())


ACTS: dict[str, Callable[[Archive], object]] = {
    "change": lambda archive: entitle(archive, "too late"),
    "undo": lambda archive: archive.undo(),
    "redo": lambda archive: archive.redo(),
    "import": _import,
    "redaction": lambda archive: archive.redact("evt_Fall", "title", "a name", "Hama"),
    "snapshot": lambda archive: archive.save_snapshot(),
    "close": lambda archive: archive.close(),
}

either = pytest.mark.parametrize("name", NAMES)
in_each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


class OpenCase(KeptCase):
    """A case with three saved entries that is open to be changed; its event is `Hama falls`."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        super().__init__(folder, name)
        self.archive = self.write()
        for title in ("Hama falls", "Hama is taken"):
            entitle(self.archive, title)
        self.archive.undo()
        self.unsaved = folder / f"{name}.unsaved"

    def check_kept(self, refused: ReplacedCase, content: bytes | None) -> None:
        """The newcomer is as it was, and the copy beside has every saved change."""
        assert self.content() == content
        assert str(self.path) in refused.message
        assert refused.message.endswith(f"every saved change is in {self.unsaved}")
        assert "choose which of the two" in refused.hint
        assert refused.exit_code == 72
        assert self.unsaved.stat().st_mode & 0o777 == 0o600
        check_copy(self.unsaved)
        assert not any(one.exists() for one in wal_files(self.path))

    def content(self) -> bytes | None:
        """The bytes in the place of the case."""
        return self.path.read_bytes() if self.path.exists() else None


def check_copy(path: Path) -> None:
    """The copy is a whole case with its log, which can be changed and undone."""
    assert list(findings(path)) == []
    archive = Archive.open(path, author="me", writing=True)
    assert title_of(archive) == "Hama falls"
    assert [entry.sequence for entry in archive.history()] == [3, 2, 1]
    assert archive.redo()
    assert title_of(archive) == "Hama is taken"
    archive.close()


def findings(path: Path) -> Iterator[object]:
    """All that is wrong with a case."""
    yield from DatabaseCheck(path).findings() if is_database(path) else verify(path)


@pytest.fixture
def open_case(tmp_path: Path, name: str) -> Iterator[OpenCase]:
    """A case that is open to be changed."""
    case = OpenCase(tmp_path / "folder", name)
    yield case
    abandon(case.archive)


@either
@in_each_way
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_refused_and_what_was_saved_is_beside(
    open_case: OpenCase, way: Way, act: str
) -> None:
    case = open_case
    content = way(case.path)
    with pytest.raises(ReplacedCase) as refused:
        ACTS[act](case.archive)
    assert ("replaced by another file" if content else "moved or deleted") in refused.value.message
    if act != "close":
        assert case.archive.why_read_only == refused.value.message
        assert title_of(case.archive) == "Hama falls", "it can be read on"
        assert len(case.archive.history()) == 3
        with pytest.raises(ReadOnlyCase, match="every saved change is in"):
            entitle(case.archive, "later still")
        case.archive.close()
    case.check_kept(refused.value, content)


@either
@in_each_way
def test_while_an_import_is_under_way(open_case: OpenCase, way: Way) -> None:
    case = open_case
    content: list[bytes | None] = []

    def batches() -> Iterator[list[Edit]]:
        for n, batch in enumerate(Harvest(50).batches(10)):
            if n == 1:
                content.append(way(case.path))
            yield list(batch)

    with pytest.raises(ReplacedCase) as refused:
        case.archive.import_batches(imported(50), batches())
    assert title_of(case.archive) == "Hama falls"
    case.archive.close()
    case.check_kept(refused.value, content[0])


@either
def test_a_newcomer_opens_as_it_was_left(open_case: OpenCase, name: str) -> None:
    case = open_case
    replaced(case.path)
    with pytest.raises(ReplacedCase):
        entitle(case.archive, "too late")
    case.archive.close()
    if is_database(case.path):
        assert list(findings(case.path)) == []
        assert case.title() == "Newcomer"


@either
def test_a_second_copy_does_not_replace_the_first(open_case: OpenCase, name: str) -> None:
    case = open_case
    case.unsaved.write_bytes(b"of another day")
    deleted(case.path)
    with pytest.raises(ReplacedCase, match=rf"{name}\.unsaved-2$"):
        entitle(case.archive, "too late")
    assert case.unsaved.read_bytes() == b"of another day"
    check_copy(case.unsaved.with_name(f"{name}.unsaved-2"))


@either
@in_each_way
def test_nothing_is_kept_or_said_where_nothing_was_done(
    tmp_path: Path, name: str, way: Way
) -> None:
    case = KeptCase(tmp_path, name)
    archive = case.write()
    assert title_of(archive) == "Fall"
    content = way(case.path)
    archive.save_snapshot()
    archive.close()
    assert (case.path.read_bytes() if case.path.exists() else None) == content
    assert not list(tmp_path.glob("*.unsaved*"))
    assert not any(one.exists() for one in wal_files(case.path))


@either
def test_where_the_folder_is_gone_the_copy_is_above(open_case: OpenCase, name: str) -> None:
    case = open_case
    folder_replaced(case.path)
    with pytest.raises(ReplacedCase) as refused:
        entitle(case.archive, "too late")
    case.archive.close()
    copy = case.path.parent.parent / f"{name}.unsaved"
    assert refused.value.message.endswith(f"every saved change is in {copy}")
    check_copy(copy)


@either
@in_each_way
def test_a_reader_says_so(tmp_path: Path, name: str, way: Way) -> None:
    case = KeptCase(tmp_path, name)
    reader = case.read()
    assert title_of(reader) == "Fall"
    way(case.path)
    with pytest.raises(ReplacedCase, match="while it was open") as refused:
        reader.follow()
    assert refused.value.hint == "open it again"
    assert reader.why_read_only == refused.value.message
    assert title_of(reader) == "Fall", "what it has read stays"
    with pytest.raises(ReplacedCase):
        reader.start_writing()
    reader.close()


# only a database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[OpenCase]:
    """A database that is open to be changed."""
    case = OpenCase(tmp_path / "folder", "case.db")
    yield case
    abandon(case.archive)


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_no_copy_can_be_saved_the_wal_is_set_aside(
    database: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = replaced(database.path)
    monkeypatch.setattr(open_files, "save_copy", _full)
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
        patch.setattr(disk, "fsync", _full)
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


# only a case file


@pytest.fixture
def file(tmp_path: Path) -> Iterator[OpenCase]:
    """A case file that is open to be changed, saved before its last change."""
    case = OpenCase(tmp_path / "folder", "case.json")
    yield case
    abandon(case.archive)


def saved(case: OpenCase) -> None:
    """Save the document, which then has the title."""
    case.archive.save_snapshot()
    assert b"Hama falls" in case.path.read_bytes()


def edited(path: Path) -> bytes:
    """Write the document anew in its place, as an editor may, with a word of the same length."""
    before = path.read_bytes()
    content = before.replace(b'"Rebels"', b'"Rebals"')
    assert content != before
    path.write_bytes(content)
    return content


@pytest.mark.parametrize("act", ACTS)
def test_an_edit_in_place_is_not_overwritten(file: OpenCase, act: str) -> None:
    saved(file)
    content = edited(file.path)
    with pytest.raises(ReplacedCase, match="was edited by another program while") as refused:
        ACTS[act](file.archive)
    file.archive.close()
    file.check_kept(refused.value, content)


def test_a_document_that_was_saved_again_with_the_same_records_is_ours(file: OpenCase) -> None:
    saved(file)
    copy = file.path.with_name("copied")
    copy.write_bytes(file.path.read_bytes())
    copy.replace(file.path)
    entitle(file.archive, "Hama is held")
    os.utime(file.path, (1, 1))
    file.archive.close()
    assert file.title() == "Hama is held"
    assert not file.unsaved.exists()


def test_what_takes_its_place_while_it_is_saved_is_not_overwritten(
    file: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    write_new = disk.write_new

    def slow(path: Path, pieces: Iterable[bytes]) -> None:
        write_new(path, pieces)
        if path == file.path.with_name("case.json.new"):
            written.append(replaced(file.path))

    monkeypatch.setattr(disk, "write_new", slow)
    with pytest.raises(ReplacedCase) as refused:
        file.archive.save_snapshot()
    monkeypatch.undo()
    file.archive.close()
    file.check_kept(refused.value, written[0])
    assert not file.path.with_name("case.json.new").exists()


@pytest.mark.parametrize("way", [moved, deleted], ids=lambda way: way.__name__)
@pytest.mark.parametrize("act", ACTS)
def test_a_log_that_is_gone_is_kept_in_the_copy(file: OpenCase, way: Way, act: str) -> None:
    content = file.content()
    way(file.log)
    with pytest.raises(ReplacedCase, match=r"its log case\.json\.log was moved or") as refused:
        ACTS[act](file.archive)
    file.archive.close()
    file.check_kept(refused.value, content)
    assert not file.log.exists()


def test_a_log_that_another_program_goes_on_with(file: OpenCase) -> None:
    content = file.content()
    with file.log.open("ab") as log:
        log.write(b"{}\n")
    theirs = file.log.read_bytes()
    with pytest.raises(ReplacedCase, match="log was changed by another program") as refused:
        entitle(file.archive, "too late")
    file.archive.close()
    file.check_kept(refused.value, content)
    assert file.log.read_bytes() == theirs


def test_a_log_where_there_was_none(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    archive = case.write()
    case.log.write_bytes(b"{}\n")
    with pytest.raises(ReplacedCase, match="log was replaced by another file"):
        entitle(archive, "too late")
    archive.close()
    assert case.log.read_bytes() == b"{}\n"


def test_where_no_copy_can_be_saved_the_log_has_it(
    file: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = replaced(file.path)
    monkeypatch.setattr(disk, "write_new", _full)
    with pytest.raises(ReplacedCase, match=r"could not be copied beside it \(.*No space"):
        entitle(file.archive, "too late")
    with pytest.raises(ReplacedCase, match="No space"):
        file.archive.close()
    assert file.content() == content
    assert file.log.read_bytes().count(b"\n") == 3
    assert not list(file.path.parent.glob("*.unsaved*"))


def test_saving_by_the_writer_is_nothing_new_to_a_reader(file: OpenCase) -> None:
    reader = file.read()
    for title in ("Hama is held", "Hama stays held"):
        entitle(file.archive, title)
        file.archive.save_snapshot()
        assert len(reader.follow()) == 1
        assert title_of(reader) == title
    file.archive.close()
    assert reader.start_writing() == []
    entitle(reader, "Hama is Hama")
    reader.close()
    assert file.title() == "Hama is Hama"


def test_looking_costs_few_calls_and_reads_nothing(
    file: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(file)
    looked: list[Path] = []
    look = Path.stat

    def counted(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        looked.append(path)
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", counted)
    monkeypatch.setattr(known_document, "read_snapshot", _full)
    entitle(file.archive, "Hama is held")
    assert looked.count(file.path) == 1
    assert looked.count(file.log) <= 2
