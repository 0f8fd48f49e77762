"""Frames for which a slow line has no room are left out, and what they had is drawn later."""

import asyncio
from typing import cast

import pytest
from textual._compositor import CompositorUpdate

from tests.person import seated
from tui.app import CATCH_UP


async def test_of_frames_on_a_full_line_one_is_drawn_once_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with seated((80, 24)) as me:
        app, driver = me.app, me.app._driver
        assert driver is not None
        monkeypatch.setattr("tui.app.TerminalDriver", type(driver))
        monkeypatch.setattr(driver, "is_behind", True, raising=False)
        drawn: list[str] = []
        monkeypatch.setattr(app, "refresh", lambda: drawn.append("whole"))
        frame = cast("CompositorUpdate", app.screen._compositor.render_update(full=True))
        for _ in range(3):
            app._display(app.screen, frame)
        assert drawn == []
        await asyncio.sleep(CATCH_UP * 4)
        assert drawn == ["whole"], "once, for all that were left out"
        app._display(app.screen, frame)
        await asyncio.sleep(CATCH_UP * 4)
        assert drawn == ["whole"] * 2, "again, while the line is full"
        monkeypatch.undo()
