"""Trials with two and four simultaneous writers: each change is saved or refused."""

import time
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from bench.crash.children import child
from bench.crash.kills import ACKNOWLEDGED, DAMAGED, read
from bench.crash.stores import BY_NAME, REFUSED, Store, numbered_events
from bench.crash.tally import LOST, UNREADABLE, Tally, Trial
from store.custody.verify import verify

_CHANGES = 20
_AT_ONCE = 4
"""The number of changes after which a writer closes and reopens the case."""
_OPENINGS = 100
_PAUSE = 0.02
_REFUSALS = "times that a writer was refused"


def writers(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Run two and four simultaneous writers with one event each, once for 100 runs."""
    times = max(1, runs // 100)
    found: dict[str, Tally | None] = {}
    for many, called in ((2, "two writers"), (4, "four writers")):
        tally = Tally()
        acknowledged = refused = 0
        for n in range(times):
            path = folder / f"{many}-{n}" / "case.json"
            path.parent.mkdir()
            store.make(path)
            messages = _write(store, path, many, seed + n)
            refused += sum(one.count(None) for one in messages)
            last = [max(filter(None, one), default=0) for one in messages]
            acknowledged += sum(last)
            _check(tally, store, path, last)
        tally.said = {ACKNOWLEDGED: f"{acknowledged:,}", _REFUSALS: f"{refused:,}"}
        found[called] = tally
    return found


def _write(store: Store, path: Path, many: int, seed: int) -> list[list[int | None]]:
    """Run the writers, and return the messages of each: acknowledged numbers, None for refusals."""
    with ExitStack() as ends:
        children = [
            ends.enter_context(child(keep_writing, store.name, str(path), which, seed))
            for which in range(many)
        ]
        return [one.rest() for one in children]


def keep_writing(says: Connection, name: str, path: str, which: int, seed: int) -> None:
    """Set consecutive numbers of one event, send each, and reopen the case repeatedly."""
    store, event = BY_NAME[name], numbered_events()[which]
    draw = Random(f"{seed} {which}")
    number = 0
    for _ in range(_OPENINGS):
        try:
            writing = store.write(Path(path))
        except REFUSED:
            says.send(None)
            time.sleep(draw.uniform(0, _PAUSE))
            continue
        try:
            for _ in range(_AT_ONCE):
                writing.give(number + 1, [event])
                number += 1
                says.send(number)
                time.sleep(draw.uniform(0, _PAUSE / 4))
        except REFUSED:
            says.send(None)
        with suppress(*REFUSED):
            writing.close()
        if number >= _CHANGES:
            break
        time.sleep(draw.uniform(0, _PAUSE))


def _check(tally: Tally, store: Store, path: Path, last: list[int]) -> None:
    """Count failures of a case, given the last acknowledged numbers of its writers."""
    tally.tries += 1
    found = read(store, path)
    if found is None:
        tally.wrong[UNREADABLE] += 1
    elif any(has < said for has, said in zip(found.numbers, last, strict=False)):
        tally.wrong[LOST] += 1
    if store.is_archive:
        tally.wrong[DAMAGED] += any(True for _ in verify(path))


TRIAL = Trial(
    "Several writers at once",
    writers,
    (UNREADABLE, LOST, DAMAGED),
    (ACKNOWLEDGED, _REFUSALS),
)
