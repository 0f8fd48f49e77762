"""`python -m bench.crash [--runs N] [--seed N] [PART …]`: report the losses of each store.

The exit status is 0 whatever the result. The same seed makes the same trials,
but the timing of processes depends on the system.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.crash import (
    articles,
    damage,
    faults,
    full,
    kills,
    pages,
    saves,
    screen,
    shown,
    undo,
    writers,
)
from bench.crash.stores import STORES
from bench.crash.tally import Trial, rows
from bench.report import Comparison, compared, machine

PARTS: dict[str, Trial] = {
    "kills": kills.TRIAL,
    "articles": articles.TRIAL,
    "faults": faults.TRIAL,
    "full": full.TRIAL,
    "cut": damage.CUT,
    "bits": damage.BITS,
    "writers": writers.TRIAL,
    "screen": screen.TRIAL,
    "undo": undo.TRIAL,
    "bytes": damage.BYTES,
    "pages": pages.TRIAL,
    "shown": shown.TRIAL,
    "saves": saves.TRIAL,
}


def comparison(trial: Trial, runs: int, seed: int) -> Comparison:
    """Run a trial with each store in a temporary folder, and compare the results."""
    found = []
    for store in STORES:
        with tempfile.TemporaryDirectory() as folder:
            found.append(trial.run(store, runs, seed, Path(folder)))
    return Comparison(trial.heading, list(rows(trial, found)))


def main(arguments: list[str]) -> int:
    """Print the table, and return the exit status."""
    parser = argparse.ArgumentParser("python -m bench.crash", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="how often what is random is tried")
    parser.add_argument("--seed", type=int, default=1, help="what chance is drawn from")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    asked = parser.parse_args(arguments)
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {unknown.pop()!r}; the parts are {', '.join(PARTS)}")
    found = []
    for part in asked.parts or PARTS:
        start = time.perf_counter()
        found.append(comparison(PARTS[part], asked.runs, asked.seed))
        print(f"… {part}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    print(machine())
    print(f"seed {asked.seed}, {asked.runs:,} runs")
    print("\n".join(compared([store.name for store in STORES], found)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
