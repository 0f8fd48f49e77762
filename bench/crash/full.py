"""The disk is full after so many bytes, through RLIMIT_FSIZE."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crash.children import child
from bench.crash.kills import read
from bench.crash.stores import BY_NAME, REFUSED, Found, Store, counted
from bench.crash.tally import HALF, LOST, UNREADABLE, Tally, Trial

_CHANGES = 4
_ROOM = 1000
"""So many bytes more than it has in the end are the highest limit."""
_REFUSED = "tries in which something was refused"


def full(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Change a case while no file may have more than so many bytes, at so many limits.

    They are spread evenly, from nothing to a little more than each of its
    files has in the end. All of it is done in a process of its own.
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
    """Say what comes of each limit."""
    store = BY_NAME[name]
    case = Path(folder) / "case.json"
    store.make(case)
    for limit in _limits(store, case, runs):
        with TemporaryDirectory(dir=folder) as trial:
            says.send(_filled(store, case, Path(trial) / "case.json", limit))


def _limits(store: Store, case: Path, runs: int) -> list[int]:
    """So many limits, as many for each file that grows."""
    with TemporaryDirectory(dir=case.parent) as trial:
        _filled(store, case, Path(trial) / "case.json", resource.RLIM_INFINITY)
        files = [Path(trial) / "case.json"] + [Path(trial) / "case.json.log"] * store.is_archive
        sizes = [one.stat().st_size + _ROOM for one in files]
    each = runs // len(sizes)
    return [size * n // each for size in sizes for n in range(each)]


def _filled(
    store: Store, case: Path, path: Path, limit: int
) -> tuple[int, bool, list[Found | None]]:
    """The number that was acknowledged, whether anything was refused, and what the case holds.

    That is read while the disk is full, as it is when the writer was killed,
    and after it has closed.
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
                writing.give(number, counted())
                acknowledged = number
            writing.rest()
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
    """Meanwhile the system lets no file grow beyond so many bytes; Python ignores SIGXFSZ."""
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
