"""Latency from a key to the updated screen, in the timeline at 120x40."""

import re
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bench.cases import Measured
from bench.report import Row, Section, milliseconds
from bench.startup import PROGRAM
from bench.terminal import Region, Terminal

SIZE = (120, 40)
LISTS = Region(0, 0, 50, SIZE[1] - 1)
ARTICLE = Region(50, 1, SIZE[0], SIZE[1] - 1)
"""Left are the lists and right is the article at this size, between two lines."""
PAGE = 12
"""Rows of the timeline on the screen, about."""
PIECES = 0.004
"""Seconds within which changes are pieces of one frame; Textual draws every 17 ms at most."""
CURSOR, CURSOR_WORST, PREVIEW = 10, 30, 150
"""Budgets in ms: the cursor has moved (median, p95), the article has followed (p95)."""
QUIET = 0.2
"""Seconds without a change after which an answer is complete; more than a preview may take."""
HELD = 1 / 30
"""Seconds between the repeats of a key that is held down."""


class Answers(NamedTuple):
    """Seconds from each key to the first change on the screen, and to the last in the article."""

    first: list[float]
    article: list[float]


def answers(terminal: Terminal, keys: Sequence[bytes]) -> Answers:
    """Type keys, each after the screen has settled, and measure the latencies."""
    found = Answers([], [])
    for key in keys:
        typed = terminal.type(key)
        anywhere, article = terminal.changes(terminal.record(QUIET, 3), terminal.whole, ARTICLE)
        found.first.extend(at - typed for at in anywhere[:1])
        found.article.extend(at - typed for at in article[-1:])
    return found


def held(terminal: Terminal, key: bytes, repeats: int) -> tuple[list[float], list[float]]:
    """Hold a key down; return seconds between list changes, and from the last to the preview."""
    chunks = []
    for _ in range(repeats):
        typed = terminal.type(key)
        while (left := typed + HELD - time.perf_counter()) > 0:
            chunks += terminal.record(left, left)
    chunks += terminal.record(2 * QUIET, 3)
    lists, article = terminal.changes(chunks, LISTS, ARTICLE)
    gaps = [after - before for before, after in pairwise(lists)]
    gaps = [gap for gap in gaps if gap > PIECES]
    return gaps, [at - typed for at in article[-1:]]


def timeline_keys(case: Measured, environment: Mapping[str, str], presses: int) -> Section:
    """Measure the keys of the timeline: at its top, in its middle and at its end."""
    rows: list[Row] = []
    presses = min(presses, case.events // 3)
    with Terminal((*PROGRAM, *case.arguments), *SIZE, environment) as terminal:
        opened(terminal, case)
        pages = max(1, min(40, case.events // 2 // PAGE))
        for where, start, keys in (
            ("top", b"g", b"j"),
            ("middle", b"g" + b"\x04" * pages, b"j"),
            ("end", b"G", b"k"),
        ):
            terminal.type(start)
            settle(terminal)
            found = answers(terminal, [keys] * presses)
            rows += [
                _cursor(f"{keys.decode()} at the {where}", found, presses),
                milliseconds("  the article has followed", found.article, worst=PREVIEW),
            ]
        rows.append(_cursor("G and g", answers(terminal, [b"g", b"G"] * (presses // 4)), 0))
        terminal.type(b"g")
        settle(terminal)
        gaps, last = held(terminal, b"j", 60)
        rows += [
            milliseconds("j held at 30 Hz: between two frames", gaps),
            milliseconds("  the article after the last", last, worst=PREVIEW),
        ]
        rows += _pivots(terminal, presses)
    return Section(f"Keys in the timeline, 120x40, {case.label}", rows)


def _pivots(terminal: Terminal, presses: int) -> list[Row]:
    """Measure `]` and Enter from each event in turn, from the top."""
    following, entering = Answers([], []), Answers([], [])
    terminal.type(b"g")
    settle(terminal)
    for _ in range(presses):
        for into, key in ((following, b"]"), (entering, b"\r")):
            found = answers(terminal, [key])
            into.first.extend(found.first)
            into.article.extend(found.article)
        for back in (b"1", b"j"):
            terminal.type(back)
            settle(terminal, QUIET)
    return [
        milliseconds("]: the first change, be it words", following.first),
        milliseconds("  the article has changed", following.article, worst=PREVIEW),
        milliseconds("Enter: the first change", entering.first),
        milliseconds("  the article has changed", entering.article, worst=PREVIEW),
    ]


def _cursor(what: str, found: Answers, presses: int) -> Row:
    """Format the first response to a key, with a remark where responses are missing."""
    answered = len(found.first)
    note = f"{answered} of {presses} changed the screen" if answered < presses else ""
    return milliseconds(what, found.first, CURSOR, CURSOR_WORST, note)


def opened(terminal: Terminal, case: Measured, limit: float = 30) -> int:
    """Wait until the case is on the screen; return how many bytes were written until then.

    Raises `RuntimeError` after `limit` seconds.
    """
    end = time.perf_counter() + limit
    written = 0
    while not re.search(case.rows, terminal.text()):
        if time.perf_counter() > end:
            raise RuntimeError(f"no rows of {case.label} on the screen:\n{terminal.text()}")
        written += settle(terminal)
    return written + settle(terminal)


def settle(terminal: Terminal, quiet: float = 2 * QUIET) -> int:
    """Draw until the screen no longer changes; return how many bytes were written."""
    chunks = terminal.record(quiet, 20)
    for _ in terminal.draw(chunks):
        pass
    return sum(len(chunk.written) for chunk in chunks)
