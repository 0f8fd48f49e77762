"""A full or failing disk, and a killed program: no acknowledged change is lost."""

import errno
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import Mock

import pytest

from store.archive import Archive
from store.custody.verify import verify
from store.database.undo_stack import UndoStack
from store.errors import ConflictError, ReadOnlyCase, UnwritableCase
from tests.store.faults import HOWS, Disk, failing
from tests.store.kept import KeptCase, abandon, entitle, title_of
from tests.store.sqlite_disk import forked

pytestmark = pytest.mark.slow


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A case on the disk whose event was given a title before."""
    case = KeptCase(tmp_path)
    archive = case.write()
    entitle(archive, "before")
    archive.close()
    return case


@pytest.mark.parametrize("how", HOWS)
def test_whatever_call_fails_a_change_is_saved_or_not_made(
    tmp_path: Path, how: Callable[[int], Disk]
) -> None:
    at = 0
    while True:
        at += 1
        (tmp_path / str(at)).mkdir()
        case = KeptCase(tmp_path / str(at))
        archive = case.write()
        disk = how(at)
        with failing(disk):
            try:
                entitle(archive, "after")
            except UnwritableCase:
                assert title_of(archive) == "Fall"
                assert not archive.writable
                assert "could not be saved" in archive.why_read_only
                with pytest.raises(ReadOnlyCase):
                    entitle(archive, "later")
                assert archive.history() == []
            else:
                assert title_of(archive) == "after"
        expected = title_of(archive)
        abandon(archive)
        assert case.title() == expected
        if not disk.failed:
            break
    assert disk.calls == ["open_file", "write", "fsync", "open_file", "fsync", "close"]


@pytest.mark.parametrize("how", HOWS)
def test_whatever_call_fails_a_snapshot_loses_nothing(
    tmp_path: Path, how: Callable[[int], Disk]
) -> None:
    at = 0
    while True:
        at += 1
        (tmp_path / str(at)).mkdir()
        case = KeptCase(tmp_path / str(at))
        for title in ("one", "two"):
            archive = case.write()
            entitle(archive, title)
            archive.close()
        archive = case.write()
        entitle(archive, "three")
        disk = how(at)
        with failing(disk), suppress(UnwritableCase):
            archive.save_snapshot()
        assert case.path.is_file()
        assert case.title() == title_of(archive) == "three"
        entitle(archive, "four")
        archive.close()
        assert case.title() == "four"
        assert not list(case.path.parent.glob("*.new"))
        if not disk.failed:
            break
    assert {"rename", "link", "fsync", "write", "unlink"} < set(disk.calls)


def test_what_cannot_be_taken_back_is_said(case: KeptCase) -> None:
    archive = case.write()
    with failing(Disk(2)) as _, pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.database.disk.truncate", _refuse)
        with pytest.raises(UnwritableCase):
            entitle(archive, "after")
    assert "could not be removed" in archive.why_read_only
    assert title_of(archive) == "before"
    archive.close()


def _refuse(*_: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_a_failed_fsync_is_never_tried_again(case: KeptCase) -> None:
    archive = case.write()
    disk = Disk(2)
    with failing(disk):
        for _ in range(3):
            with pytest.raises(ConflictError):
                entitle(archive, "after")
        archive.close()
    assert disk.failed == "fsync"
    assert disk.calls.count("fsync") == 1
    assert case.title() == "before"


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Limit the size of files within the context."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_full_disk_leaves_the_case_as_it_was(case: KeptCase, room: int) -> None:
    archive = case.write()
    size = case.log.stat().st_size
    with no_file_larger_than(size + room), pytest.raises(UnwritableCase) as refused:
        entitle(archive, "after")
    assert refused.value.exit_code == 71
    assert case.log.stat().st_size == size
    assert title_of(archive) == "before"
    archive.close()
    assert case.title() == "before"


def test_a_snapshot_that_finds_no_room_leaves_the_case_as_it_was(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "after")
    was = case.path.read_bytes()
    with no_file_larger_than(100), pytest.raises(UnwritableCase, match="cannot be written"):
        archive.close()
    assert case.path.read_bytes() == was
    assert case.title() == "after"
    case.write().close()


def test_a_log_that_another_program_writes_into_is_left_to_it(case: KeptCase) -> None:
    archive = case.write()
    with case.log.open("ab") as file:
        file.write(b"something else")
    was = case.log.read_bytes()
    with pytest.raises(UnwritableCase, match="another program"):
        entitle(archive, "after")
    assert case.log.read_bytes() == was
    abandon(archive)


def test_a_log_that_was_removed_meanwhile_takes_no_change(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "after")
    case.log.unlink()
    with pytest.raises(UnwritableCase):
        entitle(archive, "later")
    assert title_of(archive) == "after"
    abandon(archive)


def keep_writing(path: Path, number: int, to: int) -> None:
    """Change the title to one number after the other, and tell each that is saved."""
    archive = Archive.open(path, author="writer", writing=True)
    while True:
        number += 1
        entitle(archive, str(number))
        os.write(to, b"%d\n" % number)
        if number % 7 == 0:
            archive.save_snapshot()


def test_whenever_it_is_killed_all_that_it_acknowledged_is_there(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    rng = Random(1)
    number = 0
    for _ in range(20):
        reads, writes = os.pipe()
        writer = forked(partial(keep_writing, case.path, number, writes))
        os.close(writes)
        with os.fdopen(reads, "rb") as told:
            said = [told.readline() for _ in range(rng.randint(1, 60))]
            os.kill(writer, signal.SIGKILL)
            said += told.readlines()
        os.waitpid(writer, 0)
        acknowledged = max(int(one) for one in said if one.endswith(b"\n"))
        archive = Archive.open(case.path)
        number = int(title_of(archive))
        assert number - acknowledged in (0, 1)
        assert [one.sequence for one in archive.history()] == list(range(number, 0, -1))
        archive.close()


def test_what_was_logged_before_memory_ran_out_is_there_when_it_is_opened_again(
    case: KeptCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = case.write()
    entitle(archive, "one")
    with monkeypatch.context() as patch:
        patch.setattr(UndoStack, "add", Mock(side_effect=MemoryError))
        with pytest.raises(MemoryError):
            entitle(archive, "two")
    with pytest.raises(ReadOnlyCase):
        entitle(archive, "three")
    archive.close()
    assert list(verify(case.path)) == []
    again = case.read()
    assert title_of(again) == "two"
    again.close()
