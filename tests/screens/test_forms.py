"""Screens of the forms in which an article is coded and records are edited."""

import shutil
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.conftest import Snap
from tests.journeys.test_changes import ANA
from tests.journeys.test_coding import at_words, form
from tests.person import Person, seated
from tests.screens.test_states import every_size
from tui.session.claim_words import NEW
from tui.session.settings import remember_author

FLED = "Over 50,000 people have fled the violence."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the bundled case."""
    remember_author(ANA)
    return Path(shutil.copyfile(BUNDLED, tmp_path / "hama.json"))


async def to_form(me: Person) -> None:
    """Open the form of a claim by the words."""
    await at_words(me, FLED)
    await me.press("v", "a")


def at(me: Person, key: str) -> None:
    """Put the cursor of the form on a field."""
    fields = form(me).form
    fields.at = fields.fields.index(fields[key])


@every_size
async def test_a_claim(size: tuple[int, int], case: Path, snap: Snap) -> None:
    async with seated(size, case) as me:
        await to_form(me)
        snap(me.app, "offered")
        await me.press("?")
        snap(me.app, "help")
        await me.press("escape", "enter")
        at(me, "kind")
        await me.type("killed")
        await me.press("enter")
        await me.type("a lot")
        await me.press("enter")
        snap(me.app, "line")
        await me.press("escape")
        snap(me.app, "error")
        await me.press(*["down"] * 12, "x")
        snap(me.app, "to-correct")


@every_size
async def test_a_claim_that_makes_an_event(size: tuple[int, int], case: Path, snap: Snap) -> None:
    async with seated(size, case) as me:
        await to_form(me)
        fields = form(me).form
        fields.put(fields["subject"], next(o for o in fields["subject"].offers if o.value == NEW))
        await me.press("down")
        snap(me.app, "new-event")
        await me.press("enter", "enter")
        at(me, "chain")
        await me.press("enter", *["down"] * 12)
        snap(me.app, "saves")


@every_size
async def test_editing(size: tuple[int, int], case: Path, snap: Snap) -> None:
    async with seated(size, case) as me:
        await me.press("E")
        snap(me.app, "event")
        await me.press("escape", "2", "E")
        snap(me.app, "actor")
        await me.press("escape", "3", "enter", "E")
        snap(me.app, "which")


@pytest.mark.parametrize("theme", ["light", "plain"])
async def test_the_themes(theme: str, case: Path, snap: Snap) -> None:
    async with seated((120, 40), case) as me:
        await me.command(f"theme {theme}")
        await to_form(me)
        snap(me.app, "claim")
        at(me, "note")
        await me.type("typed")
        snap(me.app, "line")
