"""A case is packed into one file, and unpacked unchanged."""

import zipfile
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.pack import pack, unpack
from store.custody.verify import verify
from store.errors import DamagedCase, ExistingFile, MissingCase, UnwritableCase
from tests.store.faults import Disk, failing
from tests.store.kept import KeptCase, abandon, entitle, title_of


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A case whose log is newer than its file."""
    case = KeptCase(tmp_path)
    case.titles("one", "two")
    return case


def test_it_is_opened_as_it_was_and_can_be_undone(case: KeptCase, tmp_path: Path) -> None:
    with case.log.open("ab") as file:
        file.write(b"torn")
    for name in ("one.zip", "other.zip"):
        pack(case.path, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    to = tmp_path / "opened.json"
    unpack(tmp_path / "one.zip", to)
    assert list(verify(to)) == []
    assert to.stat().st_mode & 0o777 == 0o600
    archive = Archive.open(to, writing=True)
    assert (archive.notices, title_of(archive)) == ((), "two")
    archive.undo()
    assert title_of(archive) == "one"
    abandon(archive)


def test_a_case_that_was_never_changed_has_no_log(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    pack(case.path, tmp_path / "one.zip")
    unpack(tmp_path / "one.zip", tmp_path / "opened.json")
    assert (tmp_path / "opened.json").read_bytes() == case.path.read_bytes()
    assert not (tmp_path / "opened.json.log").exists()


def test_nothing_is_written_over(case: KeptCase, tmp_path: Path) -> None:
    pack(case.path, tmp_path / "one.zip")
    with pytest.raises(ExistingFile, match="exists already"):
        pack(case.path, tmp_path / "one.zip")
    with pytest.raises(ExistingFile, match="exists already"):
        unpack(tmp_path / "one.zip", case.path)
    (tmp_path / "new.json.log").touch()
    with pytest.raises(ExistingFile, match="exists already"):
        unpack(tmp_path / "one.zip", tmp_path / "new.json")
    with failing(Disk(3)), pytest.raises(UnwritableCase, match="cannot be written"):
        pack(case.path, tmp_path / "two.zip")
    assert not (tmp_path / "two.zip").exists()


def test_what_is_no_packed_case_is_refused(case: KeptCase, tmp_path: Path) -> None:
    with pytest.raises(MissingCase):
        unpack(tmp_path / "none.zip", tmp_path / "new.json")
    with pytest.raises(DamagedCase, match="is not a packed case"):
        unpack(case.path, tmp_path / "new.json")
    whole = tmp_path / "whole.zip"
    pack(case.path, whole)
    with zipfile.ZipFile(whole) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    wrong = {
        "a part more": {**parts, "../evil": b""},
        "a part less": {"case.json": b"{}"},
        "another part": {**parts, "case.json": parts["case.json"] + b" "},
        "no manifest": {**parts, "manifest.json": b"[]"},
        "too large": {**parts, "manifest.json": b" " * 5000},
    }
    for name, held in wrong.items():
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w") as file:
            for part, content in held.items():
                file.writestr(part, content)
        with pytest.raises(DamagedCase):
            unpack(path, tmp_path / "new.json")
    damaged = bytearray(whole.read_bytes())
    damaged[60] ^= 1
    (tmp_path / "damaged.zip").write_bytes(damaged)
    with pytest.raises(DamagedCase):
        unpack(tmp_path / "damaged.zip", tmp_path / "new.json")
    assert not (tmp_path / "new.json").exists()


@pytest.fixture
def database(tmp_path: Path) -> KeptCase:
    """A database with changes that lie beside it still."""
    database = KeptCase(tmp_path, "case.db")
    database.titles("one", "two")
    return database


def test_a_database_is_mailed_with_all_that_was_saved(database: KeptCase, tmp_path: Path) -> None:
    writer = database.write()
    entitle(writer, "three")
    for name in ("one.zip", "other.zip"):
        pack(database.path, tmp_path / name)
    writer.close()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    to = tmp_path / "opened.db"
    unpack(tmp_path / "one.zip", to)
    assert list(verify(to)) == []
    for one in (to, tmp_path / "one.zip"):
        assert one.stat().st_mode & 0o777 == 0o600
    archive = Archive.open(to, writing=True)
    assert title_of(archive) == "three"
    archive.undo()
    assert title_of(archive) == "two"
    archive.close()
    assert not [*tmp_path.glob("*.copy"), *tmp_path.glob("*.new")]


def test_a_packed_database_that_is_not_what_it_says_is_refused(
    database: KeptCase, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.zip"
    pack(database.path, whole)
    with pytest.raises(ExistingFile, match="exists already"):
        unpack(whole, database.path)
    with zipfile.ZipFile(whole) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for held in (
        {**parts, "case.db": parts["case.db"] + b" "},
        {**parts, "case.db": b"\0" * 10_000_000},
        {**parts, "manifest.json": b"[]"},
    ):
        path = tmp_path / "wrong.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for part, content in held.items():
                file.writestr(part, content)
        with pytest.raises(DamagedCase):
            unpack(path, tmp_path / "new.db")
    assert not list(tmp_path.glob("new.db*"))
