"""Trials in which each system call of a save fails in turn: the case must be old or new."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crash.disk import WAYS, Disk, Way, failing
from bench.crash.kills import read
from bench.crash.stores import REFUSED, Store, numbered_events
from bench.crash.tally import HALF, LOST, UNREADABLE, Tally, Trial

REFUSED_YET_THERE = "a change that was refused is there"
NO_MORE = "no change can be made any more"
_CALLS = "calls of the system"
_FEW = 100
_NAME = "case.json"
_SOME = ("EIO", "a short write of 0.5", "fsync")


def faults(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Make each call of a change and of a snapshot fail in each way, for few runs in some.

    The trials are not random.
    """
    few = runs < _FEW
    ways = [WAYS[name] for name in (_SOME if few else WAYS)]
    return {
        "the first change": _every_call(store, folder, ways, (0,), resting=False),
        "a later change": _every_call(store, folder, ways, (1, 2), resting=False),
        "a snapshot": _every_call(store, folder, ways, (1,) if few else (6, 7), resting=True),
    }


def _every_call(
    store: Store, folder: Path, ways: Sequence[Way], numbers: Sequence[int], *, resting: bool
) -> Tally | None:
    """Make each call of the saves after these numbers fail in each way.

    From 1 to 2 the file grows, from 2 to 3 it shrinks; after 6 all backups exist.
    Returns None where no call is made at all.
    """
    tally = Tally()
    for number in numbers:
        before = folder / f"{number}"
        if not before.exists():
            _make(store, before, number)
        for way in ways:
            for at in count(1):
                disk = Disk(way, at)
                with TemporaryDirectory(dir=folder) as trial:
                    shutil.copytree(before, trial, dirs_exist_ok=True)
                    acknowledged = _save(store, disk, Path(trial), number, resting=resting)
                    if not disk.failed:
                        break
                    tally.tries += 1
                    _check(tally, store, Path(trial), acknowledged)
            if not way.only:
                tally.said[_CALLS] = f"{at - 1}"
    return tally if tally.tries else None


def _make(store: Store, folder: Path, number: int) -> None:
    """Make a case in which each number up to this one was saved separately."""
    folder.mkdir()
    store.make(folder / _NAME)
    if number:
        writing = store.write(folder / _NAME)
        for given in range(1, number + 1):
            writing.give(given, numbered_events())
            writing.save_snapshot()
        writing.close()


def _save(store: Store, disk: Disk, folder: Path, number: int, *, resting: bool) -> int:
    """Save the number after this one on the disk, and return the acknowledged number.

    Afterwards there are two copies of the case: as after a kill, and as closed.
    """
    writing = store.write(folder / _NAME)
    if resting:
        number += 1
        writing.give(number, numbered_events())
    acknowledged = number
    with failing(disk), suppress(*REFUSED):
        if resting:
            writing.save_snapshot()
        else:
            writing.give(number + 1, numbered_events())
            acknowledged += 1
    shutil.copytree(folder, folder / "killed")
    with suppress(*REFUSED):
        writing.close()
    return acknowledged


def _check(tally: Tally, store: Store, folder: Path, acknowledged: int) -> None:
    """Check the case as it was left and as it was closed, and change it again."""
    for left in (folder / "killed" / _NAME, folder / _NAME):
        found = read(store, left)
        if not tally.look(found, acknowledged):
            return
        if found and found.numbers[0] > acknowledged:
            tally.wrong[REFUSED_YET_THERE] += 1
            return
    try:
        writing = store.write(folder / _NAME)
        writing.give(acknowledged + 1, numbered_events())
        writing.close()
    except REFUSED:
        tally.wrong[NO_MORE] += 1
    else:
        tally.look(read(store, folder / _NAME), acknowledged + 1)


TRIAL = Trial(
    "Each call of a save fails in turn: EIO, ENOSPC, a short write, fsync",
    faults,
    (UNREADABLE, LOST, HALF, REFUSED_YET_THERE, NO_MORE),
    (_CALLS,),
)
