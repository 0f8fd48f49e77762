"""`python -m bench [--quick]`: measure the program, and print each figure beside its budget.

`python -m bench scale` measures what grows with a case: see `bench.scale.__main__`.

A report, not a test: it ends with 0 whatever the figures are, and with another
status only where something cannot be run at all.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import keys, startup, wire
from bench.articles import articles
from bench.cases import Measured, describe, environment, in_subprocess, write_synthetic
from bench.load import loading, queries, thousand_claims
from bench.report import Section, lines, machine
from bench.scale.__main__ import main as scale
from seeds.bundled import BUNDLED

PARTS = ("help", "frame", "rows", "memory", "keys", "wire", "load", "queries", "articles")


def sections(parts: list[str], quick: bool, folder: Path) -> Iterator[Section]:
    """Run the requested measurements, and yield the results of each."""
    surroundings = environment(folder / "home")
    (folder / "home").mkdir()
    bundled = in_subprocess(describe, "bundled case", BUNDLED, ())
    small, large = (_synthetic(folder, events) for events in (1_000, 10_000))
    rounds, presses = (3, 10) if quick else (9, 50)
    if "help" in parts:
        yield startup.command_line(surroundings, rounds)
    if "frame" in parts:
        yield startup.first_frames(surroundings, rounds)
    if "rows" in parts:
        found = startup.first_rows(bundled, surroundings, rounds, 150)
        found += startup.first_rows(small, surroundings, rounds, 500)
        found += startup.first_rows(large, surroundings, rounds, 500)
        found.append(startup.key_while_loading(large, surroundings, rounds))
        yield Section("First rows and passage (120x40)", found)
    if "memory" in parts:
        yield startup.memory(
            [(bundled, 62), (small, None), (large, 80)], surroundings, max(3, rounds // 3)
        )
    if "keys" in parts:
        for case in (bundled, small, large):
            yield keys.timeline_keys(case, surroundings, presses)
    if "wire" in parts:
        yield wire.wire(bundled, surroundings, presses, 5 if quick else wire.IDLE)
        yield wire.slow_line(small, surroundings)
    if "load" in parts:
        yield in_subprocess(loading, large.path, "10,000", 3 if quick else 5)
    if "queries" in parts:
        yield in_subprocess(queries, large.path, "10,000", 5 if quick else 20)
        yield in_subprocess(thousand_claims, 5 if quick else 20)
    if "articles" in parts:
        yield from in_subprocess(articles, folder, surroundings, 3 if quick else 20)


def _synthetic(folder: Path, events: int) -> Measured:
    """Write a synthetic case of `events` events to the folder, and describe it."""
    path = folder / f"{events}.json"
    in_subprocess(write_synthetic, events, path)
    return in_subprocess(describe, f"{events:,} events", path, (str(path),))


def main(arguments: list[str]) -> int:
    """Print the report, and return the exit status."""
    if arguments[:1] == ["scale"]:
        return scale(arguments[1:])
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, rougher figures")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    asked = parser.parse_args(arguments)
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {unknown.pop()!r}; the parts are {', '.join(PARTS)}")
    found: list[Section] = []
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            for section in sections(asked.parts or list(PARTS), asked.quick, Path(folder)):
                print(f"… {section.heading}", file=sys.stderr, flush=True)
                found.append(section)
        except (RuntimeError, OSError) as error:
            print(f"cannot measure: {error}", file=sys.stderr)
            for report in Path(folder).rglob("crash-*.txt"):
                print(report.read_text("utf-8"), file=sys.stderr)
            status = 1
    print(machine())
    print("times are median / 95th percentile")
    print("\n".join(lines(found)))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
