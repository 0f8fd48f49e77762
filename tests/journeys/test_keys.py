"""Random keys in any order and any size: the program goes on."""

import random

import pytest
from textual.widgets import Input

from tests.examples import WHOLE, share
from tests.journeys.keys import REGISTERED, SAFE_KEYS
from tests.person import Person, seated

PANES = ("timeline", "actors", "sources", "article")
PRESSES = 250 if WHOLE else 100


@pytest.mark.parametrize("pane", PANES)
async def test_every_key_of_the_registry_works_in_every_pane(pane: str) -> None:
    async with seated(size=(80, 24)) as me:
        for key in share(REGISTERED, PANES.index(pane), of=len(PANES)):
            me.explore.focus_pane(pane)
            await me.press(key)
            await only_the_screen(me)
        assert me.app.is_running
        await goes_on(me)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_random_keys_and_sizes(seed: int) -> None:
    dice = random.Random(seed)
    left = PRESSES
    while left > 0:
        async with seated(size=(80, 24)) as me:
            left = await press_at_random(me, dice, left)
            if not me.ended:
                await me.resize(100, 30)
                await only_the_screen(me)
                await goes_on(me)


async def press_at_random(me: Person, dice: random.Random, left: int) -> int:
    """Press keys in bursts, and resize the terminal; return the keys left if the palette quit."""
    while left > 0 and not me.ended:
        burst = dice.randint(1, 6)
        for key in dice.choices(SAFE_KEYS, k=burst):
            me.send(key)
        await me.settle()
        if dice.random() < 0.12 and not me.ended:
            await me.resize(dice.randint(1, 300), dice.randint(1, 100))
            if not me.ended:
                await me.resize(dice.randint(1, 120), dice.randint(1, 40))
        if dice.random() < 0.05 and not me.ended:
            me.send(":")
        left -= burst
    return left


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (5, 3), (59, 14), (160, 45), (300, 100)])
async def test_the_act_works_in_every_size(size: tuple[int, int]) -> None:
    async with seated(size=size) as me:
        await me.press("enter", "]", "[", "tab", "tab", "z", "z", "?", "pagedown", "escape")
        await me.press(":", "h", "pagedown", "escape", "/", "h", "escape", "backspace")
        await me.resize(100, 30)
        await goes_on(me)


async def only_the_screen(me: Person) -> None:
    """Leave every window and prompt."""
    while me.app.screen is not me.explore or isinstance(me.app.focused, Input):
        await me.press("escape")


async def goes_on(me: Person) -> None:
    """Assert that all events can be listed, and the first article of one be read."""
    await me.command("all")
    await me.press("1", "g")
    assert me.explore.timeline.count == me.explore.timeline.total
    assert me.explore.timeline.cursor == 0
    await me.press("enter")
    assert me.pane == "article"
    assert me.explore.article.view is not None
