"""Latency on the screen for a case of any size, and of other programs on the same rows."""

import re
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from bench.cases import Measured
from bench.keys import answers, opened, settle
from bench.report import Row, Section, milliseconds
from bench.startup import PROGRAM, started
from bench.terminal import Region, Terminal

SIZE = (120, 40)
TIMELINE = Region(0, 5, 50, 16)
"""The rows of the timeline, under its histogram."""
LIMIT = 60
"""The limit of seconds until the first rows of a program."""

Times = dict[str, list[float]]


def screen(
    case: Measured, environment: Mapping[str, str], rounds: int, presses: int, budget: int
) -> tuple[Section, Times]:
    """Measure first rows, memory and keys of the program; `budget` in ms is for the first rows."""
    command = (*PROGRAM, *case.arguments)
    starts = [started(command, SIZE, environment, case) for _ in range(rounds)]
    found: Times = {
        name: [
            at - start.frame
            for start in starts
            if start.frame is not None and (at := getattr(start, name)) is not None
        ]
        for name in ("rows", "passage")
    }
    found["frame"] = [start.frame for start in starts if start.frame is not None]
    found["memory"] = [start.resident for start in starts]
    rows = [
        milliseconds("first frame, from the command", found["frame"]),
        milliseconds("first rows after the frame", found["rows"], budget),
        milliseconds("first passage after the frame", found["passage"], budget),
        _memory(found["memory"], 150),
    ]
    with Terminal(command, *SIZE, environment) as terminal:
        opened(terminal, case)
        rows += _processor("CPU time until it is at rest", "start", found, terminal.processor(), 1)
        rows += _keys(terminal, case, presses, found)
        rows += _filtering(terminal, presses, found)
    return Section(f"The screen, {case.label}", rows), found


def _memory(resident: Sequence[float], budget: float | None) -> Row:
    typical = median(resident)
    return Row(
        "resident memory",
        f"{typical:.0f} MiB",
        f"≤ {budget:g} MiB" if budget else "",
        typical <= budget if budget else None,
    )


def _processor(what: str, name: str, found: Times, taken: float | None, times: int) -> list[Row]:
    """Format the CPU time of each repetition, where the system reports it."""
    if not taken:
        return []
    found[name] = [taken / times]
    return [Row(what, f"{taken / times * 1000:.1f} ms")]


def _keys(terminal: Terminal, case: Measured, presses: int, found: Times) -> list[Row]:
    rows: list[Row] = []
    found["cursor"], found["preview"] = [], []
    taken = 0.0
    pages = max(1, min(40, case.events // 30))
    for where, start, key in (
        ("top", b"g", b"j"),
        ("middle", b"g" + b"\x04" * pages, b"j"),
        ("end", b"G", b"k"),
    ):
        terminal.type(start)
        settle(terminal)
        before = terminal.processor() or 0
        answered = answers(terminal, [key] * presses)
        taken += (terminal.processor() or 0) - before
        found["cursor"] += answered.first
        found["preview"] += answered.article
        rows += [
            milliseconds(f"{key.decode()} at the {where}", answered.first, 10, 30),
            milliseconds("  the article has followed", answered.article, None, 150),
        ]
    rows += _processor("CPU time of a key, with the article", "key", found, taken, presses * 3)
    found["jump"] = answers(terminal, [b"g", b"G"] * max(2, presses // 4)).first
    rows.append(milliseconds("G and g: jump to the ends", found["jump"], 10, 30))
    return rows


def _filtering(terminal: Terminal, presses: int, found: Times) -> list[Row]:
    """Measure Space on an actor, and `-`: from the key to the first change of the rows."""
    terminal.type(b"g")
    settle(terminal)
    found["filtering"] = []
    for _ in range(max(2, presses // 4)):
        for into, key in ((b"2", b" "), (b"", b"-")):
            if into:
                terminal.type(into)
                settle(terminal)
            typed = terminal.type(key)
            (changed,) = terminal.changes(terminal.record(0.4, 5), TIMELINE)
            found["filtering"] += [at - typed for at in changed[:1]]
    what = "a filter on and off: the rows have changed"
    return [milliseconds(what, found["filtering"], None, 100)]


class Program(NamedTuple):
    """Another program: its command, what its first rows match, and what it lacks.

    Where a query must be run first, `ready` is what the screen shows before that, `query` is
    typed then, `go` runs it, and `into` moves the cursor into the rows.
    """

    label: str
    command: Sequence[str]
    rows: str
    lacks: str
    ready: str = ""
    query: bytes = b""
    go: bytes = b""
    into: bytes = b""


def other(
    program: Program,
    environment: Mapping[str, str],
    events: int,
    presses: int,
    limit: float = LIMIT,
) -> Section:
    """Measure another program on the same rows: first rows, memory, next row."""
    heading = f"{program.label}, {events:,} events"
    since, rows = "from the command", []
    with Terminal(program.command, *SIZE, environment) as terminal:
        asked = terminal.started
        if program.ready:
            if (ready := _shown(terminal, program.ready, limit)) is None:
                return Section(heading, [Row("first screen", f"none after {limit:g} s")])
            rows = [Row("ready for a query, from the command", f"{ready - asked:.1f} s")]
            settle(terminal)
            terminal.type(program.query)
            settle(terminal)
            asked, since = terminal.type(program.go), "from the key that runs the query"
        if (first := _shown(terminal, program.rows, limit)) is None:
            return Section(heading, [*rows, Row("first rows", f"none after {limit:g} s")])
        # what it still does with the rest of the rows
        settle(terminal)
        rest = time.perf_counter() - asked
        resident = terminal.resident()
        if program.into:
            terminal.type(program.into)
            settle(terminal)
        down = answers(terminal, [b"\x1b[B"] * presses)
    rows += [
        Row(f"first rows, {since}", f"{first - asked:.1f} s"),
        Row("  at rest again", f"{rest:.1f} s"),
        _memory([resident], None),
        milliseconds("arrow down at the top", down.first),
        Row("it has no", program.lacks),
    ]
    return Section(heading, rows)


def _shown(terminal: Terminal, words: str, limit: float) -> float | None:
    """Draw until the screen matches, and return the time of that; None after `limit` seconds.

    Raises `RuntimeError` where the program has ended.
    """
    end = time.perf_counter() + limit
    found: float | None = None
    while found is None and time.perf_counter() < end:
        terminal.processor()
        for at in terminal.draw(terminal.record(0.2, 1)):
            if found is None and re.search(words, terminal.text()):
                found = at
    return found
