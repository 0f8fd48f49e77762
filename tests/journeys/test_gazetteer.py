"""A place that is made in a form gets its coordinates from the gazetteer that the user named."""

import shutil
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.coding.gazetteer import gazetteer_about
from store.model.records import Place
from tests.gazetteers import dump
from tests.journeys.test_changes import ANA, WIDE
from tests.journeys.test_coding import at_words, form
from tests.person import Person, seated
from tui.session.settings import remember_author


@pytest.fixture
def case(tmp_path: Path) -> Path:
    remember_author(ANA)
    return Path(shutil.copyfile(BUNDLED, tmp_path / "hama.json"))


def place(me: Person, name: str) -> Place:
    rows = me.session.archive.ask(
        lambda reader: reader.execute("SELECT id FROM places WHERE name = ?", (name,)).fetchall()
    )
    one = me.session.held("places", rows[0][0])
    assert isinstance(one, Place)
    return one


async def type_place(me: Person, typed: str) -> None:
    """Claim by a sentence where its event was, and type a place."""
    await at_words(me, "dramatic")
    await me.press("v", "a", "down")
    await me.type("where")
    await me.press("enter")
    await me.type(typed)
    await me.press("enter")


async def test_a_new_place_is_chosen_among_those_of_the_gazetteer(
    case: Path, tmp_path: Path
) -> None:
    async with seated(WIDE, case) as me:
        await me.command("gazetteer")
        assert me.said.startswith("No gazetteer is indexed. :gazetteer FILE")
        await me.command(f"gazetteer {dump(tmp_path)}")
        assert me.said.startswith("Indexed GeoNames, CC BY 4.0: 8 places of QQ.txt")
        await type_place(me, "+Qorville")
        shown = me.screen
        assert "Which place?" in shown
        assert "Qorville · Inner Zamah, Zamah Governorate, QQ" in shown
        assert "km from" in shown
        assert "12,000 people" in shown
        await me.press("enter")
        assert form(me).form["value"].taken is not None
        await me.press("enter", "enter")
        made = place(me, "Qorville")
        assert (made.latitude, made.longitude, made.precision) == (35.5, 36.5, 1)
        about = gazetteer_about()
        assert about is not None
        assert made.basis == f"gazetteer GeoNames (CC BY 4.0) of {about.date}, 1"


async def test_the_choice_can_be_left_or_passed_over(case: Path, tmp_path: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.command(f"gazetteer {dump(tmp_path)}")
        await type_place(me, "+Qorville")
        await me.press("escape")
        assert form(me).form["value"].unread == "+Qorville"
        await me.press("enter")
        await me.type("without")
        await me.press("enter", "enter", "enter")
        assert (place(me, "Qorville").latitude, place(me, "Qorville").basis) == (None, "")


async def test_without_a_gazetteer_a_place_is_made_as_it_was_typed(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await type_place(me, "+Zed @ 35.13 36.75 p3")
        await me.press("enter", "enter")
        made = place(me, "Zed")
        assert (made.latitude, made.precision, made.basis) == (35.13, 3, "typed")
