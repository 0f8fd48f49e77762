"""Keys on the screen while it imports a data set, and the memory that this takes."""

import sys
from collections.abc import Mapping
from pathlib import Path

from bench.programs import run
from bench.report import Row, Section, milliseconds
from bench.startup import PROGRAM
from bench.terminal import Region, Terminal
from seeds.bundled import BUNDLED

TIMELINE = Region(0, 1, 120, 19)
PAGE = 10
"""Presses of `j` before as many of `k`."""
GAP = 0.15
"""Seconds between two keys."""
WORST, MEMORY = 100, 150
"""Budgets: ms to the first change of the timeline (p95), MiB of the process with the screen."""


def keys_while_importing(folder: Path, table: Path, environment: Mapping[str, str]) -> Section:
    """Move in the bundled case, as a database, while a GED file is imported into it."""
    heading = f"Keys while {table.name} is imported on the screen, 120x40"
    if not table.exists():
        return Section(heading, [Row("j and k", f"not measured: there is no {table}")])
    case = folder / "moved.db"
    run((sys.executable, "-m", "tui", "convert", str(BUNDLED), str(case)), environment)
    found: list[float] = []
    resident = 0.0
    with Terminal((*PROGRAM, str(case)), 120, 40, environment) as terminal:
        _shown(terminal, "1 Timeline")
        for typed, shown in (
            (f":import {table}", "import"),
            ("\r", "Who are you?"),
            ("bench\r", "rows/s"),
        ):
            terminal.type(typed.encode())
            _shown(terminal, shown)
        keys = (b"j" * PAGE + b"k" * PAGE) * 100
        for key in keys:
            at = terminal.type(bytes([key]))
            (moved,) = terminal.changes(terminal.record(GAP, 2 * GAP), TIMELINE)
            if "rows/s" not in terminal.text():
                break
            found += [first - at for first in moved[:1]]
            resident = max(resident, terminal.resident())
    words = f"{resident:.0f} MiB"
    return Section(
        heading,
        [
            milliseconds("j and k", found, worst=WORST, note=f"{len(found)} keys"),
            Row(
                "  memory, without the second process", words, f"≤ {MEMORY} MiB", resident <= MEMORY
            ),
        ],
    )


def _shown(terminal: Terminal, words: str) -> None:
    """Wait until the screen has these words. Raises `RuntimeError` where they do not come."""
    for _ in range(100):
        for _ in terminal.draw(terminal.record(GAP, GAP)):
            pass
        if words in terminal.text():
            return
    raise RuntimeError(f"the screen does not say {words!r}:\n{terminal.text()}")
