"""Trials with a full disk, simulated by RLIMIT_FSIZE."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crash.children import child
from bench.crash.kills import read
from bench.crash.stores import BY_NAME, REFUSED, Found, Store, numbered_events
from bench.crash.tally import HALF, LOST, UNREADABLE, Tally, Trial

_CHANGES = 4
_ROOM = 1000
"""The bytes by which the highest limit exceeds the final size of a file."""
_REFUSED = "tries in which something was refused"


def full(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Change a case under `runs` different limits of file size.

    They are spread evenly from zero to a little more than the final size of each
    file. All trials run in a child process.
    """
    tally = Tally()
    refused = 0
    with child(fill, store.name, str(folder), runs) as filling:
        for acknowledged, complained, found in filling.rest():
            tally.tries += 1
            refused += complained
            for one in found:
                if not tally.look(one, acknowledged):
                    break
    tally.said[_REFUSED] = f"{refused:,}"
    return {"": tally}


def fill(says: Connection, name: str, folder: str, runs: int) -> None:
    """Run the trial at each limit, and send the results."""
    store = BY_NAME[name]
    case = Path(folder) / "case.json"
    store.make(case)
    for limit in _limits(store, case, runs):
        with TemporaryDirectory(dir=folder) as trial:
            says.send(_filled(store, case, Path(trial) / "case.json", limit))


def _limits(store: Store, case: Path, runs: int) -> list[int]:
    """Choose `runs` limits, equally many for each file that grows."""
    with TemporaryDirectory(dir=case.parent) as trial:
        _filled(store, case, Path(trial) / "case.json", resource.RLIM_INFINITY)
        files = [Path(trial) / "case.json"] + [Path(trial) / "case.json.log"] * store.is_archive
        sizes = [one.stat().st_size + _ROOM for one in files]
    each = runs // len(sizes)
    return [size * n // each for size in sizes for n in range(each)]


def _filled(
    store: Store, case: Path, path: Path, limit: int
) -> tuple[int, bool, list[Found | None]]:
    """Return the acknowledged number, if anything was refused, and the contents of the case.

    The contents are read while the disk is full, after a kill, and after closing.
    """
    shutil.copyfile(case, path)
    acknowledged, complained = 0, False
    with _no_file_larger_than(limit):
        try:
            writing = store.write(path)
        except REFUSED:
            return 0, True, [read(store, path)]
        try:
            for number in range(1, _CHANGES + 1):
                writing.give(number, numbered_events())
                acknowledged = number
            writing.save_snapshot()
        except REFUSED:
            complained = True
        found = [read(store, path)]
    shutil.copytree(path.parent, path.parent / "killed")
    found.append(read(store, path.parent / "killed" / path.name))
    with suppress(*REFUSED):
        writing.close()
    found.append(read(store, path))
    return acknowledged, complained, found


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    """Limit the size of files within the context; Python ignores SIGXFSZ."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


TRIAL = Trial(
    "The disk is full (RLIMIT_FSIZE, four changes and a snapshot)",
    full,
    (UNREADABLE, LOST, HALF),
    (_REFUSED,),
)
