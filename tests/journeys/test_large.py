"""A large case: the counts come after the rows, and nothing else is different."""

import asyncio

import pytest

from tests.person import seated
from tui.dialogs import pickers
from tui.screens import explore
from tui.session import session


async def walk() -> list[str]:
    """The screens in turn: at first, all actors, all sources, a filter, another order, and back."""
    async with seated((200, 60)) as me:
        seen = [me.screen]
        sort = ("1", "s", *"support", "enter")
        for keys in (("2", "."), ("3", "."), ("2", " "), sort, ("backspace",)):
            await me.press(*keys)
            seen.append(me.screen)
        return seen


async def test_a_large_case_looks_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small = await walk()
    assert "2 Actors, all" in small[1]
    monkeypatch.setattr(session, "COUNTED_AT_ONCE", 0)
    assert await walk() == small


async def test_the_first_rows_wait_for_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore, "AFTER_ROWS", 3600)
    async with seated((120, 40)) as me:
        assert "event 15/124" in me.screen
        assert me.explore.commanded is None
        await me.press("j")
        assert me.explore.commanded is not None


async def test_what_commands_need_is_there_before_the_first_key() -> None:
    async with seated((120, 40)) as me:
        while me.explore.commanded is None:
            await asyncio.sleep(explore.AFTER_ROWS / 4)


async def test_of_very_many_disputes_the_first_are_listed_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pickers, "LISTED", 2)
    async with seated((120, 40)) as me:
        await me.press("D")
        assert "The first 2 of " in me.screen
        await me.press("down", "enter")
        assert me.explore.pane == "compare"
