"""Times of a change until it is acknowledged, and of a query while a snapshot is written."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median

from bench.cases import in_subprocess
from bench.crash.stores import BY_NAME, Store, Writing
from bench.crash.tally import Tally, Trial
from seeds.synthetic import synthetic_case

SLOW = "its p99 is over 50 ms"
_BUDGET = 0.05
_EVENTS = 20
"""The events of the case for each run, 20,000 at most."""
_MOST_EVENTS = 20_000
_SECONDS = 20
"""The limit of seconds for changes, as TinyDB writes the whole file for each."""
_CHANGES = "changes"
_CHANGE = "a change: median / p99 / longest, ms"
_REST = "the snapshot, ms"
_WAIT = "longest wait for an answer meanwhile, ms"


def saves(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Change `runs` events of a large case, in a child process."""
    events = min(_EVENTS * runs, _MOST_EVENTS)
    took, said = in_subprocess(measured, store.name, folder / "case.json", events, runs, seed)
    tally = Tally()
    tally.tries = 1
    p99 = sorted(took)[-(-len(took) * 99 // 100) - 1]
    tally.wrong[SLOW] = int(p99 > _BUDGET)
    times = (median(took), p99, max(took))
    tally.said = {
        _CHANGES: f"{len(took):,}",
        _CHANGE: " / ".join(f"{one * 1000:,.1f}" for one in times),
        **said,
    }
    return {f"{events:,} events": tally}


def measured(
    name: str, path: Path, events: int, runs: int, seed: int
) -> tuple[Sequence[float], dict[str, str]]:
    """Return the seconds of each change, and remarks on the snapshot."""
    draw = Random(seed)
    store = BY_NAME[name]
    store.make(path, events)
    ids = [one.id for table, one in synthetic_case(events) if table == "events"]
    writing = store.write(path)
    took: list[float] = []
    for number in range(1, runs + 1):
        took.append(_timed(writing.give, number, [draw.choice(ids)]))
        if sum(took) > _SECONDS:
            break
    said = _measure_snapshot(writing, ids[0])
    writing.close()
    return took, said


def _measure_snapshot(writing: Writing, event: str) -> dict[str, str]:
    """Measure writing a snapshot, and a query meanwhile."""
    took: list[float] = []
    resting = threading.Thread(target=lambda: took.append(_timed(writing.save_snapshot)))
    resting.start()
    waited = [_timed(writing.ask, event)]
    while resting.is_alive():
        waited.append(_timed(writing.ask, event))
        time.sleep(0.001)
    resting.join()
    return {_REST: f"{took[0] * 1000:,.0f}", _WAIT: f"{max(waited) * 1000:,.0f}"}


def _timed(work: Callable[..., object], *args: object) -> float:
    """Return the seconds that `work` takes."""
    start = time.perf_counter()
    work(*args)
    return time.perf_counter() - start


TRIAL = Trial(
    "A change of a large case",
    saves,
    (SLOW,),
    (_CHANGES, _CHANGE, _REST, _WAIT),
)
