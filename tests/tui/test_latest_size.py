"""A screen is laid out for the size that the terminal has now, however sizes follow."""

import pytest
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen

from tui.widgets.latest_size import LatestSize

ENOUGH = 20
"""Layouts after which a screen has been laid out without end."""


class CountingScreen(LatestSize[None]):
    """Counts the layouts for a size, and ends the program when there is no end."""

    def __init__(self) -> None:
        super().__init__()
        self.layouts: list[Size] = []

    def _screen_resized(self, size: Size) -> None:
        self.layouts.append(size)
        assert len(self.layouts) < ENOUGH
        super()._screen_resized(size)


class SizedApp(App[None]):
    def __init__(self, screen: Screen[None]) -> None:
        super().__init__()
        self.sized = screen

    def get_default_screen(self) -> Screen[None]:
        return self.sized


@pytest.mark.parametrize("earlier", [Size(1, 1), Size(200, 60)], ids=str)
async def test_two_sizes_in_the_queue_come_to_rest_at_the_latest(earlier: Size) -> None:
    screen = CountingScreen()
    async with SizedApp(screen).run_test(size=(80, 24)) as pilot:
        now = screen.app.size
        for size in (earlier, now, earlier, now):
            screen.post_message(events.Resize(size, size))
            screen.post_message(events.Show())
        await pilot.pause()
        assert screen.size == now
        assert earlier not in screen.layouts
