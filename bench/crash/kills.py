"""Trials with a writer that is killed at random moments, and a check of its case."""

import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from bench.crash.children import child
from bench.crash.stores import BY_NAME, REFUSED, Found, Store, numbered_events
from bench.crash.tally import HALF, LOST, UNREADABLE, UNTOLD, Tally, Trial
from store.custody.chain import TORN
from store.custody.verify import verify

DAMAGED = "something is not as it was written"
ACKNOWLEDGED = "changes that were acknowledged"
TORN_LINES = "torn lines"
_LATER = 0.05
"""The latest second at which a writer is killed, after its start or its first number."""
_RESTS = 7
_OF_ONE_CASE = 25


def kills(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Kill a writer `runs` times; each continues the case of the one before."""
    draw = Random(seed)
    tally = Tally()
    path = folder / "case.json"
    number = changes = torn = 0
    for run in range(runs):
        if run % _OF_ONE_CASE == 0:
            path = _new(store, folder / f"{run}")
            number = 0
        said = _killed(store, path, number, draw.uniform(0, _LATER), at_once=run % 2 == 0)
        acknowledged = said[-1] if said else number
        changes += len(said)
        found = read(store, path)
        tally.tries += 1
        if not tally.look(found, acknowledged) and not store.is_archive:
            # begin a new case, so that the damage of an archive is not counted again
            path = _new(store, folder / f"{run}-again")
            number = 0
            continue
        if store.is_archive:
            torn += _look_at_files(tally, path, found)
        number = max(acknowledged, found.numbers[0] if found else 0)
    tally.said = {ACKNOWLEDGED: f"{changes:,}", TORN_LINES: f"{torn:,}"}
    return {"": tally}


def _new(store: Store, folder: Path) -> Path:
    """Make a new case in a new folder."""
    folder.mkdir()
    store.make(folder / "case.json")
    return folder / "case.json"


def _killed(store: Store, path: Path, number: int, after: float, *, at_once: bool) -> list[int]:
    """Kill a writer, and return every number that it sent before."""
    with child(count, store.name, str(path), number) as writer:
        said = [] if at_once else [writer.says.recv()]
        time.sleep(after)
        writer.process.kill()
        return said + writer.rest(-signal.SIGKILL)


def count(says: Connection, name: str, path: str, number: int) -> None:
    """Set consecutive numbers, and send each when its change is acknowledged."""
    writing = BY_NAME[name].write(Path(path))
    while True:
        number += 1
        writing.give(number, numbered_events())
        says.send(number)
        if number % _RESTS == 0:
            writing.save_snapshot()


def read(store: Store, path: Path) -> Found | None:
    """Read the contents of the case, None where it is unreadable."""
    try:
        return store.read(path)
    except REFUSED:
        return None


def _look_at_files(tally: Tally, path: Path, found: Found | None) -> bool:
    """Verify the files of an archive, and tell if the last line of its log is torn."""
    log = path.with_name(path.name + ".log")
    torn = log.exists() and not log.read_bytes().endswith(b"\n") and log.stat().st_size > 0
    tally.wrong[UNTOLD] += bool(torn and found and not found.messages)
    tally.wrong[DAMAGED] += any(one.what != TORN for one in verify(path))
    return torn


TRIAL = Trial(
    "A writer is killed at a random moment (SIGKILL)",
    kills,
    (UNREADABLE, LOST, HALF, DAMAGED, UNTOLD),
    (ACKNOWLEDGED, TORN_LINES),
)
