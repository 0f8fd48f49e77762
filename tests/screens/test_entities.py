"""Screens of the page of a record, and of the windows that merge, split and list doubles."""

import pytest

from tests.conftest import Snap
from tests.person import seated
from tests.screens.test_states import every_size


@every_size
async def test_a_page(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await me.command("page Hayat")
        snap(me.app, "actor")
        await me.command("page Hama province")
        snap(me.app, "place")
        await me.command("page SANA")
        await me.press("/")
        await me.type("oman")
        snap(me.app, "source")


@every_size
async def test_the_windows(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await me.command("page Rebel groups")
        await me.command("merge")
        snap(me.app, "no-double")
        await me.type("army")
        await me.press("enter", "down", "enter")
        snap(me.app, "merge")
        await me.press("escape")
        await me.command("split Northern groups")
        await me.press("enter")
        snap(me.app, "split")
        await me.press("escape")
        await me.command("doubles")
        snap(me.app, "doubles")


@pytest.mark.parametrize("theme", ["light", "plain"])
async def test_the_themes(theme: str, snap: Snap) -> None:
    async with seated((120, 40)) as me:
        await me.command(f"theme {theme}")
        await me.command("page Hama")
        snap(me.app, "page")
        await me.command("doubles")
        await me.press("enter")
        snap(me.app, "merge")
