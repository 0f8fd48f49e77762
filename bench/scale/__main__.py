"""`python -m bench scale [--sizes 10k,100k,1M] [--case FILE]`: measure growth with case size.

Each figure beside its budget, other programs on the same rows beside them, and
at the end how each grows. Cases are invented (`seeds.synthetic`), and made
anew: a million events take some minutes and 5 GB on the disk.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.cases import describe, environment, in_subprocess
from bench.report import Section, lines, machine
from bench.scale.cases import Sized, make_cases, size_of
from bench.scale.chart import chart
from bench.scale.import_keys import keys_while_importing
from bench.scale.importing import GED, importing
from bench.scale.peers import Peers, others
from bench.scale.questions import questions
from bench.scale.screen import Times, screen

SIZES = "10k,100k,1M"


class Bench:
    """A run: the cases, the measurements of each, and the results."""

    def __init__(self, folder: Path, asked: argparse.Namespace) -> None:
        self.folder = folder
        self.asked = asked
        (folder / "home").mkdir()
        self.environment = environment(folder / "home")
        self.peers = Peers(asked.peers)
        self.found: dict[int, Times] = {}

    def sections(self) -> Iterator[Section]:
        """Run the measurements, and yield the results of each."""
        if not self.asked.alone and (missing := self.peers.missing()):
            print(missing, file=sys.stderr)
        for one in self._cases():
            rounds, presses = (2, 8) if self.asked.quick else (5, 30)
            budget = 500 if not one.database else 150
            section, times = screen(one.case, self.environment, rounds, presses, budget)
            yield section
            section, asked = in_subprocess(
                questions, one.case.path, one.case.label, 1 if rounds < 3 else 3
            )
            yield section
            self.found[one.events] = {**times, **asked}
            if not self.asked.alone:
                yield from others(
                    one, self.peers, self.folder, self.environment, max(3, rounds), presses
                )
        for measure in (importing, keys_while_importing):
            yield measure(self.folder, self.asked.data / GED, self.environment)

    def _cases(self) -> Iterator[Sized]:
        for path in self.asked.case:
            case = in_subprocess(describe, "", path, (str(path),))
            yield _sized(path, None, case.events)
        for events in self.asked.sizes:
            path, file = in_subprocess(make_cases, self.asked.folder or self.folder, events)
            yield _sized(path, file, events)


def _sized(path: Path, file: Path | None, events: int) -> Sized:
    database = path.suffix != ".json"
    label = f"{events:,} events ({'SQLite' if database else 'TinyDB'})"
    return Sized(events, database, in_subprocess(describe, label, path, (str(path),)), file)


def main(arguments: Sequence[str]) -> int:
    """Print the report, and return the exit status."""
    parser = argparse.ArgumentParser("python -m bench scale", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="events, such as %(default)s")
    parser.add_argument(
        "--case", type=Path, action="append", default=[], help="measure this case, too"
    )
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, rougher figures")
    parser.add_argument("--alone", action="store_true", help="no other programs")
    parser.add_argument(
        "--peers",
        type=Path,
        default=Path(".venv-peers"),
        help="the environment of the other programs",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("CONFLICT_DATA", "../shared/data")),
        help="the folder of data sets: ucdp/… there is imported",
    )
    parser.add_argument(
        "--folder", type=Path, help="make the cases there, where they are not yet, and keep them"
    )
    asked = parser.parse_args(arguments)
    try:
        asked.sizes = [size_of(text) for text in asked.sizes.split(",") if text]
    except ValueError:
        parser.error(f"{asked.sizes!r} are no numbers of events; for example {SIZES}")
    status = 0
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(Path(temporary), asked)
        found: list[Section] = []
        try:
            for section in bench.sections():
                print(f"… {section.heading}", file=sys.stderr, flush=True)
                found.append(section)
        except (RuntimeError, OSError) as error:
            print(f"cannot measure: {error}", file=sys.stderr)
            status = 1
    print(machine())
    print("times are median / 95th percentile")
    print("\n".join(lines(found)))
    print("\nGrowth: medians in ms\n" + "\n".join(chart(sorted(bench.found), bench.found)))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
