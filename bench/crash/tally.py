"""Counts of trials and of their failures."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.crash.stores import Found, Store
from bench.report import Compared

UNREADABLE = "the case cannot be read"
LOST = "an acknowledged change is lost"
HALF = "a change is half there"
UNTOLD = "what was repaired is not told"


class Tally:
    """The counts of trials with one store, of failures by kind, and remarks."""

    def __init__(self) -> None:
        self.tries = 0
        self.wrong: Counter[str] = Counter()
        self.said: dict[str, str] = {}

    def look(self, found: Found | None, acknowledged: int) -> bool:
        """Count failures of a case that should have this number; return True for none."""
        if found is None:
            self.wrong[UNREADABLE] += 1
        elif len(set(found.numbers)) > 1 or -1 in found.numbers:
            self.wrong[HALF] += 1
        elif found.numbers[0] < acknowledged:
            self.wrong[LOST] += 1
        else:
            return True
        return False


class Trial(NamedTuple):
    """A trial: its title, its kinds of failure, and its remarks.

    `run` returns for one store a tally by kind of trial, None where the store does
    not support it.
    """

    heading: str
    run: Callable[[Store, int, int, Path], Mapping[str, Tally | None]]
    wrongs: Sequence[str]
    says: Sequence[str] = ()


def rows(trial: Trial, found: Sequence[Mapping[str, Tally | None]]) -> Iterator[Compared]:
    """Format the tallies of all stores as rows; the archive, which comes first, must be free
    of failures.
    """
    for kind in found[0]:
        tallies = [one.get(kind) for one in found]
        archive = tallies[0]
        assert archive is not None
        yield Compared(
            f"{kind}: tries" if kind else "tries",
            [f"{one.tries:,}" if one else "–" for one in tallies],
        )
        for wrong in trial.wrongs:
            cells = [f"{one.wrong[wrong]:,}" if one else "–" for one in tallies]
            yield Compared(f"  {wrong}", cells, "0", archive.wrong[wrong] == 0)
        for said in trial.says:
            if any(one and said in one.said for one in tallies):
                yield Compared(
                    f"  {said}", [one.said.get(said, "–") if one else "–" for one in tallies]
                )
