"""Files beside a case: links are not followed, FIFOs not waited for, and backups are private."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from store.archive import Archive
from store.custody.doctor import repair
from store.custody.verify import verify
from store.document.backups import MAX_BACKUPS, backup_path
from store.errors import ConflictError
from tests.store.kept import NAMES, KeptCase, entitle
from tui.cli.main import cli

PATIENCE = 20


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    """End a test that waits, as for the other end of a FIFO."""

    def end(*_: object) -> None:
        raise TimeoutError("it waits without end")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def linked(path: Path) -> Path:
    """Put a symbolic link to a file of somebody else there, and return that."""
    other = path.with_name("other")
    other.write_bytes(b"theirs\n")
    path.symlink_to(other)
    return other


def dangling(path: Path) -> Path:
    """Put a symbolic link to nothing there, and return where it leads."""
    path.symlink_to(path.with_name("other"))
    return path.with_name("other")


def fifo(path: Path) -> Path:
    """Put a FIFO there, and return it."""
    os.mkfifo(path)
    return path


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def change(case: Path) -> None:
    """Open a case for writing, change it, and close it."""
    archive = Archive.open(case, author="me", writing=True)
    try:
        entitle(archive, "Taken")
    finally:
        archive.close()


IN_THE_WAY = [linked, dangling, fifo]
Put = Callable[[Path], Path]


@pytest.mark.parametrize("put", IN_THE_WAY)
@pytest.mark.parametrize("suffix", [".log", ".lock", ".1", ".5", ".new", ".log.new"])
def test_what_is_beside_a_case_file_is_neither_followed_nor_waited_for(
    suffix: str, put: Put, tmp_path: Path
) -> None:
    case = KeptCase(tmp_path)
    other = put(tmp_path / f"case.json{suffix}")
    before = content(other)
    with suppress(ConflictError):
        change(case.path)
    with suppress(ConflictError):
        list(verify(case.path))
    for command in ("doctor", "verify"):
        assert run(command, case.path).exit_code in (0, 65, 74)
    if put is not fifo:
        assert content(other) == before


@pytest.mark.parametrize("put", IN_THE_WAY)
@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal", ".lock", ".new", ".new-wal"])
def test_what_is_beside_a_database_is_neither_followed_nor_waited_for(
    suffix: str, put: Put, tmp_path: Path
) -> None:
    case = KeptCase(tmp_path, NAMES[1])
    other = put(tmp_path / f"case.db{suffix}")
    before = content(other)
    with suppress(ConflictError):
        change(case.path)
    for command in ("doctor", "verify"):
        assert run(command, case.path).exit_code in (0, 65, 74)
    if put is not fifo:
        assert content(other) == before


@pytest.mark.parametrize(
    ("suffix", "code", "words"),
    [
        (".log", 74, "case.json.log: cannot be read (it is a symbolic link)"),
        (".lock", 77, "case.json: cannot be locked for writing (it is a symbolic link)"),
    ],
)
def test_a_link_in_the_way_is_said_in_one_line(
    suffix: str, code: int, words: str, tmp_path: Path
) -> None:
    case = KeptCase(tmp_path)
    linked(tmp_path / f"case.json{suffix}")
    refused = run("withdraw", "evt_Fall", "--reason", "no", "--into", case.path, "--by", "Ada")
    assert (refused.exit_code, refused.stderr.count("\n")) == (code, 1), refused.stderr
    assert words in refused.stderr


def test_a_fifo_in_the_way_is_said_in_one_line(tmp_path: Path) -> None:
    case = KeptCase(tmp_path, NAMES[1])
    fifo(tmp_path / "case.db-wal")
    refused = run("verify", case.path)
    assert refused.exit_code == 74
    assert "case.db-wal: cannot be used (it is not a regular file); move it away" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_backup_that_is_a_link_is_found_by_verify_and_not_read(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    (tmp_path / "case.json.2").symlink_to(case.path)
    (found,) = verify(case.path)
    assert (found.file.name, found.what) == (
        "case.json.2",
        "cannot be read (it is a symbolic link)",
    )


def test_a_backup_that_is_a_link_is_not_what_a_case_is_repaired_from(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    case.path.rename(elsewhere)
    case.path.write_bytes(b"{")
    (tmp_path / "case.json.1").symlink_to(elsewhere)
    with pytest.raises(ConflictError):
        repair(case.path, tmp_path / "new.json")


def modes(path: Path) -> dict[str, int]:
    """The permissions of the case and its backups."""
    files = (path, *(backup_path(path, n) for n in range(1, MAX_BACKUPS + 1)))
    return {one.name: one.stat().st_mode & 0o777 for one in files if one.exists()}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o777])
def test_no_backup_is_open_to_others(mode: int, tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    case.path.chmod(mode)
    case.titles("Before")
    backup_path(case.path, 1).write_bytes(case.path.read_bytes())
    backup_path(case.path, 1).chmod(mode)
    was = case.path.read_bytes()
    change(case.path)
    assert modes(case.path) == dict.fromkeys(("case.json", "case.json.1", "case.json.2"), 0o600)
    assert backup_path(case.path, 1).read_bytes() == was


def test_a_backup_shares_no_file_with_a_name_of_somebody_else(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    theirs = tmp_path / "theirs.json"
    theirs.hardlink_to(case.path)
    theirs.chmod(0o644)
    was = theirs.read_bytes()
    change(case.path)
    backup = backup_path(case.path, 1)
    assert backup.stat().st_ino != theirs.stat().st_ino
    assert (backup.read_bytes(), theirs.read_bytes()) == (was, was)
    assert theirs.stat().st_mode & 0o777 == 0o644
    assert modes(case.path) == dict.fromkeys(("case.json", "case.json.1"), 0o600)


@pytest.mark.parametrize("kind", [".json", ".db"])
@pytest.mark.parametrize("length", [220, 223, 243, 244, 250, 251, 255, 256, 300])
def test_a_name_that_is_too_long_is_said_in_one_line_and_leaves_nothing(
    length: int, kind: str, tmp_path: Path
) -> None:
    case = tmp_path / ("x" * (length - len(kind)) + kind)
    found = run("new", case, "--title", "War")
    if found.exit_code == 0:
        unknown = run("withdraw", "evt_none", "--reason", "no", "--into", case, "--by", "Ada")
        assert unknown.exit_code == 67, unknown.stderr
        assert length < 250
    else:
        assert (found.exit_code, found.stderr.count("\n")) == (71, 1), found.stderr
        assert "File name too long" in found.stderr
        assert list(tmp_path.iterdir()) == []
        assert length > 220
    for command in ("verify", "doctor"):
        assert run(command, case).exit_code == (66 if found.exit_code else 0) or length > 255


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("length", [248, 252, 255])
def test_a_case_that_was_given_a_name_of_the_greatest_length_can_be_read(
    length: int, name: str, tmp_path: Path
) -> None:
    case = KeptCase(tmp_path, name).path
    long = case.with_name("x" * (length - len(case.suffix)) + case.suffix)
    case.rename(long)
    before = sorted(tmp_path.iterdir())
    withdrawal = ("withdraw", "evt_Fall", "--reason", "no", "--by", "Ada", "--into")
    for command in (("verify",), ("doctor",), withdrawal):
        found = run(*command, long)
        assert found.exit_code in (0, 71, 74, 77), found.stderr
        assert found.stderr.count("\n") <= 1
        assert "unexpected" not in found.stderr
    assert long in before
