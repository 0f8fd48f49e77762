"""Screens of the explore view: at three sizes, in two themes, in every state."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from seeds.bundled import BUNDLED
from tests.conftest import Snap
from tui.app import ConflictApp

SIZES = [(80, 24), (120, 40), (200, 60)]

Settle = Callable[[Pilot[int]], Awaitable[None]]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_first(size: tuple[int, int], snap: Snap, settled: Settle) -> None:
    app = ConflictApp(BUNDLED, bundled=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        snap(app, "screen")
        assert app.net.caught == 0
