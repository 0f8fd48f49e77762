"""The cells that differ: whatever was on the terminal before, it shows the frame.

The reference is a frame from nothing; where all terminals agree on the widths, Textual's own.
"""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.examples import sample
from tests.wire.glass import Glass, Width
from tui.terminal.grid import ChangedCells, Grid, Piece

PANE = 9
COLUMNS, LINES = 3 * PANE, 3
SIZE = (COLUMNS, LINES)
CERTAIN = ["a", "b", "  ", " ", "é", "─", "●", "حم", "漢字", "한", "。", "\N{NO-BREAK SPACE}"]
UNCERTAIN = [
    "e\u0301",
    "☎\ufe0f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1f8\U0001f1fe",
    "\u0915\u093f",
    "⚡",
    "\u0301",
]
WIDE = "漢字한。"
COLOURS = [None, "#010203", "#fafbfc", "color(9)", "color(200)", "default"]
ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")


def one_more(letter: str) -> int:
    """A terminal that gives emoji, and marks that take a cell, one more than Rich."""
    return 2 if letter >= "\u2600" and letter not in WIDE else get_character_cell_size(letter)


def one_less(letter: str) -> int:
    """A terminal that gives emoji one cell."""
    return (
        min(1, width)
        if (width := get_character_cell_size(letter)) and letter not in WIDE
        else width
    )


WIDTHS: list[Width] = [get_character_cell_size, one_more, one_less]


class Draw:
    """Draws lines and styles at random, the same for the same seed."""

    def __init__(self, seed: int, texts: Sequence[str]) -> None:
        self.random = random.Random(seed)
        self.texts = texts

    def style(self) -> Style:
        """A style."""
        some: dict[str, Any] = {name: self.random.random() < 0.2 for name in ATTRIBUTES}
        ink, ground = (self.random.choice(COLOURS) for _ in range(2))
        return Style(color=ink, bgcolor=ground, **some)

    def strip(self, width: int) -> Strip:
        """Some cells of a line."""
        segments = [
            Segment(
                "".join(self.random.choices(self.texts, k=self.random.randrange(6))), self.style()
            )
            for _ in range(self.random.randrange(4))
        ]
        return Strip(segments).adjust_cell_length(width, self.style())

    def span(self) -> tuple[int, int]:
        """A start and an end in a line, not the same."""
        start, end = sorted(self.random.sample(range(COLUMNS + 1), k=2))
        return start, end


def whole(lines: Sequence[Strip]) -> list[Piece]:
    """All of the screen."""
    return [(line, 0, strip) for line, strip in enumerate(lines)]


def shown_from_nothing(lines: Sequence[Strip], width: Width) -> Glass:
    """A terminal that got only this frame."""
    glass = Glass(*SIZE, width)
    glass.feed(Grid().changes(whole(lines), *SIZE, ColorSystem.TRUECOLOR))
    return glass


@pytest.mark.parametrize("seed", sample(range(200), of="panes"))
@pytest.mark.parametrize("width", WIDTHS)
def test_each_terminal_shows_the_frame_however_wide_it_takes_a_letter(
    seed: int, width: Width
) -> None:
    draw = Draw(seed, CERTAIN + UNCERTAIN)
    panes = [[draw.strip(PANE) for _ in range(3)] for _ in range(LINES)]
    glass, grid = Glass(*SIZE, width), Grid()
    glass.feed(grid.changes(whole([*map(Strip.join, panes)]), *SIZE, ColorSystem.TRUECOLOR))
    for _ in range(8):
        line, pane = draw.random.randrange(LINES), draw.random.randrange(3)
        panes[line][pane] = draw.strip(PANE)
        piece = (line, pane * PANE, panes[line][pane])
        glass.feed(grid.changes([piece], *SIZE, ColorSystem.TRUECOLOR))
        assert glass.cells == shown_from_nothing([*map(Strip.join, panes)], width).cells


@pytest.mark.parametrize("seed", sample(range(200), of="spans"))
def test_a_wide_letter_of_which_a_half_is_covered_is_blank(seed: int) -> None:
    draw = Draw(seed, CERTAIN)
    lines = [draw.strip(COLUMNS) for _ in range(LINES)]
    glass, grid = Glass(*SIZE), Grid()
    glass.feed(grid.changes(whole(lines), *SIZE, ColorSystem.TRUECOLOR))
    for _ in range(8):
        line, (start, end) = draw.random.randrange(LINES), draw.span()
        new = draw.strip(COLUMNS).crop(start, end)
        lines[line] = Strip.join([lines[line].crop(0, start), new, lines[line].crop(end, COLUMNS)])
        glass.feed(grid.changes([(line, start, new)], *SIZE, ColorSystem.TRUECOLOR))
        assert glass.cells == shown_from_nothing(lines, get_character_cell_size).cells


@pytest.mark.parametrize("colours", ["truecolor", "256", "standard", None])
def test_the_terminal_shows_what_textual_would_write(colours: str | None) -> None:
    draw, grid, ours, theirs = Draw(1, CERTAIN), Grid(), Glass(*SIZE), Glass(*SIZE)
    console = Console(color_system=colours, force_terminal=True)  # type: ignore[arg-type]
    frame: CompositorUpdate = LayoutUpdate(
        [[draw.strip(COLUMNS)] for _ in range(LINES)], Region(0, 0, *SIZE)
    )
    ends = [[PANE, 2 * PANE, COLUMNS]] * LINES
    for _ in range(40):
        for glass, update in ((theirs, frame), (ours, ChangedCells(frame, grid))):
            glass.feed(update.render_segments(console).replace("\n", ""))
        assert ours.cells == theirs.cells
        chops = [{at: draw.strip(PANE) for at in range(0, COLUMNS, PANE)} for _ in range(LINES)]
        pane = PANE * draw.random.randrange(3)
        frame = ChopsUpdate(chops, [(draw.random.randrange(LINES), pane, pane + PANE)], ends)


def test_what_is_shown_already_is_not_written_again() -> None:
    draw, grid = Draw(1, CERTAIN), Grid()
    lines = [draw.strip(COLUMNS) for _ in range(LINES)]
    assert grid.changes(whole(lines), *SIZE, ColorSystem.TRUECOLOR)
    assert grid.changes(whole(lines), *SIZE, ColorSystem.TRUECOLOR) == ""


def test_only_the_cells_that_differ_are_written() -> None:
    grid, before, after = Grid(), Style(color="#010203", bold=True), Style(color="#010203")
    grid.changes([(1, 0, Strip([Segment("Hama fell", before)]))], *SIZE, ColorSystem.TRUECOLOR)
    for text, style, written in (
        ("Hama fell", before, ""),
        ("Homs fell", before, "\x1b[2;2H\x1b[1;38;2;1;2;3moms\x1b[m"),
        ("Homs fall", after, "\x1b[2;1H\x1b[38;2;1;2;3mHoms fall\x1b[m"),
        ("Hims  all", after, "\x1b[2;2H\x1b[38;2;1;2;3mims  \x1b[m"),
    ):
        strip = Strip([Segment(text, style)])
        assert grid.changes([(1, 0, strip)], *SIZE, ColorSystem.TRUECOLOR) == written


@pytest.mark.parametrize("size", [(COLUMNS, LINES), (COLUMNS - 1, LINES), (COLUMNS, LINES + 1)])
def test_all_is_written_where_it_is_unknown_what_the_terminal_shows(size: tuple[int, int]) -> None:
    draw, grid = Draw(1, CERTAIN), Grid()
    lines = [draw.strip(COLUMNS - 1) for _ in range(LINES)]
    first = grid.changes(whole(lines), *SIZE, ColorSystem.TRUECOLOR)
    if size == SIZE:
        grid.forget()
    assert grid.changes(whole(lines), *size, ColorSystem.TRUECOLOR) == first


@pytest.mark.parametrize("seed", sample(range(100), of="moves"))
@pytest.mark.parametrize("width", WIDTHS)
def test_lines_that_moved_are_moved_by_the_terminal(seed: int, width: Width) -> None:
    draw, size = Draw(seed, CERTAIN + UNCERTAIN * (seed % 2)), (COLUMNS, 16)
    lines = [draw.strip(COLUMNS) for _ in range(16)]
    glass, grid, moved = Glass(*size, width), Grid(), 0
    glass.feed(grid.changes(whole(lines), *size, ColorSystem.TRUECOLOR))
    for _ in range(8):
        top, bottom = draw.random.randrange(5), draw.random.randrange(9, 17)
        block = lines[top:bottom]
        by = draw.random.choice((1, 2))
        come = [draw.strip(COLUMNS) for _ in range(by)]
        up = draw.random.random() < 0.5
        lines[top:bottom] = [*block[by:], *come] if up else [*come, *block[:-by]]
        lines[draw.random.randrange(16)] = draw.strip(COLUMNS)
        written = grid.changes(whole(lines), *size, ColorSystem.TRUECOLOR)
        moved += "\x1b[r" in written
        glass.feed(written)
        fresh = Glass(*size, width)
        fresh.feed(Grid().changes(whole(lines), *size, ColorSystem.TRUECOLOR))
        assert glass.cells == fresh.cells
    assert moved


def test_a_move_is_a_few_bytes() -> None:
    grid, size = Grid(), (60, 12)
    rows = [Strip([Segment(f"row {at} ".ljust(60, "abcdefg"[at % 7]))]) for at in range(20)]
    grid.changes(whole(rows[:12]), *size, ColorSystem.TRUECOLOR)
    for start, sequence in (
        (1, "\x1b[1;12r\x1b[12;1H\n\x1b[r"),
        (0, "\x1b[1;12r\x1b[1;1H\x1bM\x1b[r"),
    ):
        come = rows[start + 11] if start else rows[0]
        written = grid.changes(whole(rows[start : start + 12]), *size, ColorSystem.TRUECOLOR)
        assert written == f"{sequence}\x1b[{12 if start else 1};1H{come.text}"
