"""Times from the command to the first frame, to the first rows, and of the help."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.cases import FRAME, Measured
from bench.report import Row, Section, milliseconds
from bench.terminal import Region, Terminal

EMPTY = (sys.executable, "-m", "bench.empty_app")
PROGRAM = (sys.executable, "-m", "tui")
BASELINE = (sys.executable, "-c", "import click, tinydb, sqlite3")
SIZES = ((80, 24), (120, 40), (200, 60))
HELP_MARGIN = 40
"""CPU time in ms that the help may take beyond the baseline's imports."""
FRAME_RATIO = 1.7
"""The budget for the first frame, as a ratio to an empty app: decision 057."""
KEY_WHILE_LOADING = b"\x03"
"""ctrl+c, to which the status line responds even while loading."""
LOADING_STEP = 0.15
"""The seconds by which the key is delayed in each round, to hit every phase of loading."""


class Start(NamedTuple):
    """The seconds from the command until each text was on the screen (None: never), and MiB."""

    frame: float | None
    rows: float | None
    passage: float | None
    resident: float


def started(
    command: Sequence[str],
    size: tuple[int, int],
    environment: Mapping[str, str],
    case: Measured | None = None,
    limit: float = 20,
) -> Start:
    """Start a program once, and wait until the case's first screen is complete."""
    with Terminal(command, *size, environment) as terminal:
        article = Region(50, 0, *size) if size[0] >= 120 else terminal.whole
        wanted = {"frame": (FRAME, terminal.whole)}
        if case:
            wanted |= {"rows": (case.rows, terminal.whole), "passage": (case.passages, article)}
        found: dict[str, float] = {}
        end = time.perf_counter() + limit
        while len(found) < len(wanted) and time.perf_counter() < end:
            for at in terminal.draw(terminal.record(0.4, 5)):
                for name, (words, region) in wanted.items():
                    if name not in found and re.search(words, terminal.text(region)):
                        found[name] = at - terminal.started
        return Start(
            found.get("frame"), found.get("rows"), found.get("passage"), terminal.resident()
        )


def first_frames(environment: Mapping[str, str], rounds: int) -> Section:
    """Measure the first frame of the bundled case and that of an empty app, alternately."""
    rows: list[Row] = []
    for columns, lines in SIZES:
        pairs: list[tuple[float, float]] = []
        for _ in range(rounds):
            ours = started(PROGRAM, (columns, lines), environment).frame
            empty = started(EMPTY, (columns, lines), environment).frame
            if ours is None or empty is None:
                raise RuntimeError(f"no {FRAME!r} on the screen at {columns}x{lines}")
            pairs.append((ours, empty))
        ratios = sorted(ours / empty for ours, empty in pairs)
        ratio = median(ratios)
        size = f"{columns}x{lines}"
        rows += [
            milliseconds(f"first frame, {size}", [ours for ours, _ in pairs]),
            milliseconds(f"  an empty app, {size}", [empty for _, empty in pairs]),
            Row(
                f"  ratio of each pair, {size}",
                f"{ratio:.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})",
                f"≤ {FRAME_RATIO} median",
                ratio <= FRAME_RATIO,
            ),
        ]
    return Section("First frame (from the command, bundled case)", rows)


def first_rows(
    case: Measured, environment: Mapping[str, str], rounds: int, budget: float
) -> list[Row]:
    """Measure the first rows and passage after the first frame, at 120x40; budget in ms."""
    starts = [
        started((*PROGRAM, *case.arguments), (120, 40), environment, case) for _ in range(rounds)
    ]
    rows = []
    for name in ("rows", "passage"):
        times = [
            at - start.frame
            for start in starts
            if start.frame is not None and (at := getattr(start, name)) is not None
        ]
        note = "" if len(times) == rounds else f"seen in {len(times)} of {rounds}"
        what = f"first {name} after the frame, {case.label}"
        rows.append(milliseconds(what, times, budget, note=note))
    return rows


def memory(
    cases: Sequence[tuple[Measured, float | None]], environment: Mapping[str, str], rounds: int
) -> Section:
    """Measure the resident memory after the first screen, at 120x40; budgets in MiB."""
    found: list[tuple[str, list[Start], float | None]] = [
        ("an empty app", [started(EMPTY, (120, 40), environment) for _ in range(rounds)], None)
    ]
    for case, budget in cases:
        command = (*PROGRAM, *case.arguments)
        starts = [started(command, (120, 40), environment, case) for _ in range(rounds)]
        found.append((case.label, starts, budget))
    rows = []
    for label, starts, budget in found:
        typical = median(start.resident for start in starts)
        rows.append(
            Row(
                f"resident memory, {label}",
                f"{typical:.1f} MiB",
                f"≤ {budget:g} MiB" if budget else "",
                typical <= budget if budget else None,
            )
        )
    return Section("Resident memory (after the first screen, 120x40)", rows)


def key_while_loading(case: Measured, environment: Mapping[str, str], rounds: int) -> Row:
    """Measure the response to a key during loading, typed later in each round."""
    times: list[float] = []
    late = 0
    for number in range(rounds):
        with Terminal((*PROGRAM, *case.arguments), 120, 40, environment) as terminal:
            chunks = terminal.record(0, 20, until=FRAME.encode())
            chunks += terminal.record(1, 0.05 + number * LOADING_STEP)
            for _at in terminal.draw(chunks):
                pass
            if re.search(case.rows, terminal.text()):
                late += 1
                continue
            typed = terminal.type(KEY_WHILE_LOADING)
            status = Region(0, 39, 120, 40)
            (changed,) = terminal.changes(terminal.record(1, 5), status)
            times += [at - typed for at in islice(changed, 1)]
    note = f"rows were there first in {late} of {rounds}" if late else ""
    return milliseconds(f"a key while it loads, {case.label}", times, worst=50, note=note)


def command_line(environment: Mapping[str, str], rounds: int) -> Section:
    """Measure the CPU time of the help and that of its permitted imports."""
    help_, baseline = (*PROGRAM, "--help"), BASELINE
    _cpu(help_, environment)  # the first run compiles and reads from the disk
    _cpu(baseline, environment)
    pairs = [(_cpu(help_, environment), _cpu(baseline, environment)) for _ in range(rounds)]
    over = median(ours - base for ours, base in pairs) * 1000
    toolkit = _imported(help_, environment, "textual")
    return Section(
        "Command line",
        [
            milliseconds("CPU of --help", [ours for ours, _ in pairs]),
            milliseconds("  CPU of importing click, tinydb, sqlite3", [base for _, base in pairs]),
            Row(
                "  difference of each pair",
                f"{over:.1f} ms",
                f"≤ {HELP_MARGIN} ms median",
                over <= HELP_MARGIN,
            ),
            Row("modules of textual that --help imports", f"{toolkit}", "0", toolkit == 0),
        ],
    )


def _cpu(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Run a command, which must succeed, and return its user and system time in seconds."""
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def _imported(command: Sequence[str], environment: Mapping[str, str], package: str) -> int:
    """Count the modules of a package that a run of Python imports."""
    traced = (command[0], "-X", "importtime", *command[1:])
    done = subprocess.run(traced, env=environment, capture_output=True, text=True, check=True)
    return len(re.findall(rf"\| +{package}(?:\.\S+)?$", done.stderr, re.MULTILINE))
