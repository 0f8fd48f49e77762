"""The screen of the program over the wire: whatever was pressed, the terminal shows the frame."""

import asyncio
import random
from pathlib import Path
from statistics import median

import pytest
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.screen import Screen

from seeds.bundled import BUNDLED
from tests.examples import sample
from tests.hostile.corpus import hostile_case
from tests.person import seated
from tests.wire.glass import Glass
from tui.app import ConflictApp
from tui.commands.registry import COMMANDS
from tui.terminal.grid import ChangedCells, Grid

LEAVING = {"quit", "suspend", "interrupt"}
KEYS = [key for command in COMMANDS if command.id not in LEAVING for key in command.keys]
OFTEN = ["j", "j", "k", "down", "]", "[", "enter", "backspace", "escape", "escape", "a", "tab"]
TERMINALS = {
    "truecolour": {"COLORTERM": "truecolor"},
    "16 colours": {"COLORTERM": "", "TERM": "xterm"},
    "no colour": {"NO_COLOR": "1"},
}
INKS = {"truecolour": {"2"}, "16 colours": {"3", "9"}, "no colour": set()}
"""The first digits of the inks that a terminal is given."""
BAR = 1
"""Cells of a scroll bar."""
START = 5
"""Bytes for each cell from the command to rest at most; 15 without the grid."""
RESIZED = 0.02
"""Seconds after which Textual has taken a new size."""
SIZES = ((120, 40), (80, 24), (61, 15))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_case(tmp_path_factory.mktemp("case"), big=False)


class Wire:
    """A terminal that gets what is written of each frame."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.glass, self.grid = Glass(*size), Grid()
        self.written = 0
        """The bytes so far."""

    def show(self, screen: Screen[object], frame: object) -> None:
        """Write a frame."""
        if isinstance(frame, CompositorUpdate):
            written = ChangedCells(frame, self.grid).render_segments(screen.app.console)
            self.glass.feed(written)
            self.written += len(written.encode())


@pytest.mark.parametrize("seed", sample(range(30), of="wire"))
@pytest.mark.parametrize("terminal", TERMINALS)
async def test_the_terminal_shows_the_screen_after_any_keys(
    seed: int, terminal: str, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in TERMINALS[terminal].items():
        monkeypatch.setenv(name, value)
    draw = random.Random(seed)
    size = draw.choice(SIZES)
    wire = Wire(size)
    monkeypatch.setattr(ConflictApp, "_display", lambda _, screen, frame: wire.show(screen, frame))
    async with seated(size, hostile if seed % 2 else BUNDLED, read_only=True, painting=True) as me:
        for _ in range(24):
            await me.press(draw.choice(KEYS if draw.random() < 0.3 else OFTEN))
            if draw.random() < 0.05:
                size = draw.choice([other for other in SIZES if other != size])
                wire.glass = Glass(*size)  # what a terminal leaves there is unknown
                await me.resize(*size)
                await asyncio.sleep(RESIZED)
                await me.settle()
            screen = me.app.screen
            frame = screen._compositor.render_update(
                full=True, screen_stack=me.app._background_screens
            )
            fresh = Wire(size)
            fresh.show(screen, frame)
            assert wire.glass.cells == fresh.glass.cells
    inks = {cell.ink for line in wire.glass.cells for cell in line if cell.ink}
    assert {ink[0] for ink in inks} <= INKS[terminal]
    assert bool(inks) == bool(INKS[terminal])


@pytest.mark.parametrize(("size", "most"), [((120, 40), 3_000), ((200, 60), 6_000)])
async def test_a_step_writes_few_bytes(
    size: tuple[int, int], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire(size)
    monkeypatch.setattr(ConflictApp, "_display", lambda _, screen, frame: wire.show(screen, frame))
    async with seated(size, painting=True) as me:
        assert wire.written < START * size[0] * size[1]
        await me.press("g")
        steps = []
        for _ in range(15):  # the list begins to scroll
            wire.written = 0
            await me.press("j")
            steps.append(wire.written)
    assert median(steps) <= most


async def test_a_step_draws_the_rows_and_what_is_shown_of_the_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames: list[set[int]] = []

    def draw(_: ConflictApp, __: Screen[object], frame: object) -> None:
        if isinstance(frame, ChopsUpdate):
            frames.append({line for line, start, end in frame.spans if end - start > BAR})

    monkeypatch.setattr(ConflictApp, "_display", draw)
    async with seated((120, 40), painting=True) as me:
        await me.press("g")
        for row in range(1, 6):
            frames.clear()
            await me.press("j")
            drawn = set().union(*frames)
            listed = {line for line in drawn if line in range(2, me.explore.timeline.region.bottom)}
            assert len(listed) == 2, "of the list two rows are drawn: where the cursor was, and is"
            assert me.explore.timeline.cursor == row
            frames.clear()
            me.explore.retell()
            me.explore.timeline.relabel()
            await me.settle()
            assert not frames, "what is the same is not drawn"
