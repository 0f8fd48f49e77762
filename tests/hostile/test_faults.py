"""Commands on a disk that fails at any call, or is full: no lie, no crash, nothing half-made."""

import errno
import resource
import shutil
import signal
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from store.archive import Archive
from tests import ged
from tests.examples import WHOLE, sample
from tests.store.faults import Disk, Memory, failing, out_of_memory
from tests.store.kept import NAMES, KeptCase
from tests.store.sqlite_disk import exit_code_of
from tui.cli.main import cli

MAKE = ("new", "pack", "unpack", "convert", "doctor")
"""The commands that make a file; after an error there is none."""

CHANGE = ("undo", "redo", "withdraw", "attach", "redact", "import")
"""The commands that change a case."""

FAILED = (71, 74)
"""The exit codes for what could not be written, and for a disk that fails."""

FEW = 2
"""The number of functions in which memory runs out, of each command, in `make test`."""

SIZES = (0, 1, 500, 2_000, 4_096, 8_192, 20_000, 60_000, 200_000)
"""Sizes in bytes beyond which no file grows on the full disk."""

CASE_FILES = ("", ".log", ".lock", ".1", ".2", "-wal", "-shm")
"""The endings of the files that a case has."""


class Answer(NamedTuple):
    """The end of a command in a process of its own."""

    exit_code: int
    stderr: str


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture(params=NAMES)
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> KeptCase:
    """A case with two changes, of which one can be redone, and beside it what commands need."""
    folder = tmp_path / "whole"
    folder.mkdir()
    case = KeptCase(folder, str(request.param))
    case.titles("one", "two", "three")
    assert run("undo", "--into", case.path, "--by", "me").exit_code == 0
    rows = [ged.row(id=str(n), date_start="2016-03-01", year="2016") for n in range(3)]
    (folder / "rows.csv").write_text(ged.text(rows))
    assert run("pack", case.path, "--into", folder / "packed.zip").exit_code == 0
    return case


def arguments(command: str, path: Path, event: str) -> list[str]:
    """The arguments of a command on the case at `path`, which writes beside it."""
    folder, suffix = path.parent, path.suffix
    other = {".json": ".db", ".db": ".json"}[suffix]
    signed = ["--into", str(path), "--by", "me"]
    return {
        "new": [str(folder / f"made{suffix}")],
        "pack": [str(path), "--into", str(folder / "made.zip")],
        "unpack": [str(folder / "packed.zip"), "--into", str(folder / f"made{suffix}")],
        "convert": [str(path), str(folder / f"made{other}")],
        "doctor": [str(path), "--repair", str(folder / f"made{suffix}")],
        "undo": signed,
        "redo": signed,
        "withdraw": [event, "--reason", "why", *signed],
        "redact": [event, "title", "--reason", "why", "--yes", *signed],
        "attach": [str(folder / "rows.csv"), *signed],
        "import": [str(folder / "rows.csv"), *signed],
    }[command]


@contextmanager
def full(size: int) -> Iterator[None]:
    """Let no file grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("command", [*MAKE, *CHANGE])
def test_whatever_fails_it_is_said_and_nothing_is_half_made(
    command: str, whole: KeptCase, tmp_path: Path
) -> None:
    number = count()

    def attempt(fault: Disk | int | None) -> tuple[Path, Result]:
        folder = tmp_path / str(next(number))
        shutil.copytree(whole.path.parent, folder)
        path = folder / whole.path.name
        how = failing(fault) if isinstance(fault, Disk) else nullcontext()
        with how if not isinstance(fault, int) else full(fault):
            return path, run(command, *arguments(command, path, whole.fall))

    sound = Disk()
    path, result = attempt(sound)
    good = result.exit_code
    assert result.exception is None or isinstance(result.exception, SystemExit)
    faults: list[Disk | int] = [
        Disk(at, error)
        for at in range(1, len(sound.calls) + 1)
        for error in (errno.ENOSPC, errno.EIO)
    ]
    for fault in sample([*faults, *SIZES], of=f"{command} {path.name}"):
        path, result = attempt(fault)
        checked(command, whole, path, result, good)
        shutil.rmtree(path.parent)


@pytest.mark.parametrize("command", [*MAKE, *CHANGE])
def test_where_memory_runs_out_it_is_said_and_nothing_is_half_made(
    command: str, whole: KeptCase, tmp_path: Path
) -> None:
    number = count()

    def attempt(memory: Memory) -> tuple[Path, Result]:
        folder = tmp_path / str(next(number))
        shutil.copytree(whole.path.parent, folder)
        path = folder / whole.path.name
        with out_of_memory(memory):
            return path, run(command, *arguments(command, path, whole.fall))

    path, result = attempt(sound := Memory())
    good = result.exit_code
    faults = [(name, at) for name, most in sorted(sound.calls.items()) for at in {1, most}]
    assert len(faults) > 10
    step = 1 if WHOLE else len(faults) // FEW
    for name, at in faults[zlib.crc32(f"{command} {path.name}".encode()) % step :: step]:
        answers = tmp_path / "answer"

        def child(memory: Memory, answers: Path) -> None:
            path, result = attempt(memory)
            answers.write_text(f"{path}\n{result.exit_code}\n{result.stderr}")

        # in a process of its own, as what it has open then goes with it
        assert exit_code_of(partial(child, Memory(name, at), answers)) == 0
        made, code, stderr = answers.read_text().split("\n", 2)
        next(number)
        checked(command, whole, Path(made), Answer(int(code), stderr), good)
        shutil.rmtree(Path(made).parent)


def checked(command: str, whole: KeptCase, path: Path, result: Result | Answer, good: int) -> None:
    """Assert that the exit code is true, that the case is whole, and that nothing is left."""
    told = f"{command}: {result.exit_code} {result.stderr}"
    if isinstance(result, Result):
        assert result.exception is None or isinstance(result.exception, SystemExit), told
    assert result.exit_code in (good, *FAILED), told
    assert "Traceback" not in result.stderr
    if command == "redact":  # what was begun is finished or taken back by the next writer
        Archive.open(path, author="me", writing=True).close()
    verified = run("verify", path)
    assert verified.exit_code == 0, told + verified.output + verified.stderr
    left = {one.name for one in path.parent.iterdir()}
    left -= {one.name for one in whole.path.parent.iterdir()}
    left -= {path.name + ending for ending in CASE_FILES}
    if result.exit_code == good and command in MAKE:
        assert any(name.startswith("made.") for name in left), told
    elif left and isinstance(result, Answer):  # it was done before memory ran out
        assert whole_result(command, path), told
    else:
        assert left == set(), told
    assert not [name for name in left if name.endswith((".new", ".copy"))], told
    if result.exit_code:
        assert (
            any(words in result.stderr for words in ("cannot be", "not enough memory")) or good
        ), told


def whole_result(command: str, path: Path) -> bool:
    """Tell if the file that a command has made is whole."""
    made = Path(arguments(command, path, "")[-1])
    if command == "pack":
        packed, made = made, made.with_name("unpacked" + path.suffix)
        assert run("unpack", packed, "--into", made).exit_code == 0
    return run("verify", made).exit_code == 0
