"""The first change to the bundled case makes the user's own copy of it."""

from pathlib import Path

import platformdirs
import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.own_copy import newer_bundled, own_copy
from store.errors import UnwritableCase
from tests.store.faults import Disk, failing
from tests.store.kept import KeptCase, entitle, held


def test_the_copy_has_all_records_and_is_the_users_alone() -> None:
    copy = own_copy(BUNDLED)
    assert copy == Path(platformdirs.user_data_dir("conflict-tui")) / "hama-2024.json"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    bundled, own = Archive.open(BUNDLED), Archive.open(copy, writing=True)
    assert held(own) == held(bundled)
    assert own.notices == ()
    bundled.close()
    own.close()


def test_the_copy_is_made_once_and_a_newer_bundled_case_is_offered(tmp_path: Path) -> None:
    bundled = KeptCase(tmp_path).path
    copy = own_copy(bundled)
    archive = Archive.open(copy, writing=True)
    entitle(archive, "mine")
    archive.close()
    assert not newer_bundled(copy, bundled)
    bundled.write_text(bundled.read_text().replace("Rebels", "Insurgents"))
    assert newer_bundled(copy, bundled)
    assert not newer_bundled(bundled, bundled)
    was = copy.read_bytes()
    assert own_copy(bundled) == copy
    assert copy.read_bytes() == was


def test_no_half_copy_is_left_where_the_disk_fails(tmp_path: Path) -> None:
    bundled = KeptCase(tmp_path).path
    with failing(Disk(4)), pytest.raises(UnwritableCase):
        own_copy(bundled)
    assert list(Path(platformdirs.user_data_dir("conflict-tui")).iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    Path(tmp_path / "xdg").mkdir()
    (tmp_path / "xdg" / "data").write_text("in the way")
    with pytest.raises(UnwritableCase, match="cannot be created"):
        own_copy(BUNDLED)
