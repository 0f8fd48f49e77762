"""Measurements of the bytes and the CPU time of a key, of a start, and of rest."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from bench.cases import Measured
from bench.keys import QUIET, opened, settle
from bench.report import Row, Section, p95
from bench.startup import EMPTY, PROGRAM
from bench.terminal import Terminal

SIZES = ((120, 40, 25_000, 3_000), (200, 60, None, 6_000))
"""Columns, lines, and the budgets in bytes: from the command until rest, and for `j`."""
IDLE = 20.0
"""Seconds at rest, in which a program is not to wake up."""


LINE = 125_000
"""Bytes a second of a slow line: 1 Mbit/s."""
DELAY = 0.05
"""Seconds that a byte is under way on it, to and fro alike."""
HELD = 30.0, 10.0
"""How often a held key comes a second, and for how many seconds it is held."""
BEHIND = 0.5
"""The budget in seconds for what the screen is behind, when the key is let go."""


class Pressed(NamedTuple):
    """The bytes that each press wrote, and the CPU time of a press in seconds, if known."""

    bytes: list[int]
    processor: float | None


def wire(case: Measured, environment: Mapping[str, str], presses: int, idle: float) -> Section:
    """Measure the bytes and the CPU time of `j`, the bytes of a start, and wake-ups at rest."""
    rows: list[Row] = []
    program = (*PROGRAM, *case.arguments)
    for columns, lines, start, budget in SIZES:
        size = f"{columns}x{lines}"
        with Terminal(program, columns, lines, environment) as terminal:
            at_start = opened(terminal, case)
            rows.append(_bytes(f"from the command to rest, {size}", [at_start], start))
            woken = terminal.wakeups()
            terminal.record(idle, idle)
            rows.append(_wakeups(f"wake-ups in {idle:g} s at rest, {size}", terminal, woken))
            terminal.type(b"g")
            settle(terminal)
            ours = pressed(terminal, b"j", presses)
            rows.append(_bytes(f"j, {size}", ours.bytes, budget))
        with Terminal(EMPTY, columns, lines, environment) as terminal:
            settle(terminal)
            empty = pressed(terminal, b"j", presses)
        rows.append(_bytes(f"  an empty app that draws two lines, {size}", empty.bytes))
        rows += _processor(ours, empty, size)
    return Section(f"Over the wire, {case.label}", rows)


def slow_line(case: Measured, environment: Mapping[str, str]) -> Section:
    """Hold `j` in a case over a slow line, and measure what is behind when it is let go."""
    rows: list[Row] = []
    for columns, lines, *_ in SIZES:
        with Terminal((*PROGRAM, *case.arguments), columns, lines, environment) as terminal:
            opened(terminal, case)
            behind, written = terminal.hold(b"j", *HELD, LINE)
        rows.append(_behind(behind + 2 * DELAY, written, f"{columns}x{lines}"))
    return Section(f"Over a line of 1 Mbit/s and 50 ms, {case.label}", rows)


def pressed(terminal: Terminal, key: bytes, presses: int) -> Pressed:
    """Press a key some times, each after the screen has settled, and count what is written."""
    before = terminal.processor()
    found = []
    for _ in range(presses):
        terminal.type(key)
        found.append(sum(len(chunk.written) for chunk in terminal.record(QUIET, 3)))
    after = terminal.processor()
    if before is None or after is None:
        return Pressed(found, None)
    return Pressed(found, (after - before) / presses)


def _bytes(what: str, found: Sequence[int], budget: int | None = None) -> Row:
    """Format numbers of bytes: median and 95th percentile, of which the first has the budget."""
    typical = median(found)
    measured = f"{typical:,.0f}" + (f" / {p95(found):,}" if len(found) > 1 else "") + " B"
    if budget is None:
        return Row(what, measured)
    return Row(what, measured, f"≤ {budget:,} B", typical <= budget)


def _behind(seconds: float, written: int, size: str) -> Row:
    """Format what is shown too late over a slow line while a key is held."""
    rate, held = HELD
    return Row(
        f"j held for {held:g} s, {size}: behind",
        f"{seconds:.2f} s, {written / 1000:,.0f} kB at {rate:g} keys a second",
        f"≤ {BEHIND:g} s",
        seconds <= BEHIND,
    )


def _wakeups(what: str, terminal: Terminal, before: int | None) -> Row:
    after = terminal.wakeups()
    if before is None or after is None:
        return Row(what, "not told by this system")
    return Row(what, f"{after - before}", "0", after == before)


def _processor(ours: Pressed, empty: Pressed, size: str) -> list[Row]:
    if ours.processor is None or empty.processor is None:
        return [Row(f"CPU of j, {size}", "not told by this system")]
    ratio = ours.processor / empty.processor if empty.processor else float("inf")
    return [
        Row(f"CPU of j, {size}", f"{ours.processor * 1000:.1f} ms"),
        Row(f"  an empty app that draws two lines, {size}", f"{empty.processor * 1000:.1f} ms"),
        Row(f"  ratio, {size}", f"{ratio:.2f}"),
    ]
