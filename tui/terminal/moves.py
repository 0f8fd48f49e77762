"""Lines that a frame has moved up or down, which a terminal can move itself."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.terminal.row import Row

STEPS = (1, -1, 2, -2)
"""By how many lines something may have moved up; a heading scrolls with the row under it."""

ALIKE = 5
"""Lines that must have moved whole for it to be looked at closely."""

WORTH = 150
"""Cells that a move must save; the sequences for it take 20 bytes."""


class Move(NamedTuple):
    """The lines from `top` up to `bottom`, which moved up by some lines, or down by as many."""

    top: int
    bottom: int
    up: int

    def written(self) -> str:
        """The sequence for it: a region that scrolls, from its last or its first line."""
        region = f"\x1b[{self.top + 1};{self.bottom}r"
        if self.up > 0:
            return f"{region}\x1b[{self.bottom};1H{self.up * chr(10)}\x1b[r"
        return f"{region}\x1b[{self.top + 1};1H{-self.up * f'{chr(27)}M'}\x1b[r"

    def moved(self, rows: Sequence[Row]) -> list[Row]:
        """The lines of a screen after it; what comes in is unknown."""
        block = list(rows[self.top : self.bottom])
        come = [Row.unknown(len(block[0].texts)) for _ in range(abs(self.up))]
        block = [*block[self.up :], *come] if self.up > 0 else [*come, *block[: self.up]]
        return [*rows[: self.top], *block, *rows[self.bottom :]]


def move_of(before: Sequence[Row], after: Sequence[Row]) -> Move | None:
    """The move that saves the most cells; None where none is worth it."""
    most, best = WORTH, None
    for step in STEPS:
        lines = range(max(0, -step), len(after) - max(0, step))
        whole = sum(after[at] == before[at + step] != after[at + step] for at in lines)
        if whole < ALIKE:
            continue
        saved, start = 0, lines.start
        for at in lines:
            saved += after[at].differs(before[at]) - after[at].differs(before[at + step])
            if saved <= 0:
                saved, start = 0, at + 1
            elif saved > most:
                most = saved
                best = Move(min(start, start + step), max(at, at + step) + 1, step)
    return best
