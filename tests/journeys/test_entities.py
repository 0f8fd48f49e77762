"""A coder makes one of two records, two of one, and reads the page of each, by keyboard alone."""

from pathlib import Path

import pytest

from store.custody.verify import verify
from tests.journeys.test_coding import form
from tests.person import Person, seated
from tests.small import SmallCase
from tests.store.kept import NAMES, put_case
from tui.session.settings import remember_author


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Three attacks by one group under three spellings, one of them of another war."""
    remember_author("Ana Nowak")
    small = SmallCase()
    zed, press = small.place("Zed"), small.source("Zed Press")
    for number, name in enumerate(("Ahrar al-Sham", "Ahrar ash-Sham", "Blue Front"), 1):
        text = f"On Monday {name} took post {number} at Zed."
        article = small.article(f"report {number}", text, publisher=press)
        event = small.event(f"Post {number} falls")
        small.claim(event, article, text)
        small.acted(event, article, name, small.actor(name))
        small.placed(event, article, "at Zed", zed)
    path = tmp_path / str(request.param)
    put_case(path, small.records())
    return path


async def to_page(me: Person, name: str) -> None:
    """Open the page of an actor, place or source by its name."""
    await me.command(f"page {name}")
    assert me.pane == "page"


async def test_two_spellings_become_one_and_the_act_is_taken_back_from_the_log(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await to_page(me, "Ahrar ash")
        await me.command("merge")
        assert "Merge Ahrar ash-Sham into" in me.screen
        assert "the same words" in me.screen
        await me.press("enter")
        assert "What moves: 1 claim." in me.screen
        await me.press("enter")
        assert "Merged: 1 claim moved." in me.said
        assert "Ahrar al-Sham" in me.screen  # the page is that of the other
        assert "also: Ahrar ash-Sham" in me.screen
        assert "Events (2)" in me.screen
        await me.command("alias AS")
        await me.press("L", "down", "enter", "t")
        assert "cannot be taken back: later acts changed the same records since: 2 (Ana" in me.said
        await me.press("L", "enter", "t")
        assert "Taken back: edit Ahrar al-Sham: also AS" in me.said
        await me.press("u", "u")
        await me.press("L", "pagedown", "enter", "t")
        assert "Taken back: merge Ahrar ash-Sham into Ahrar al-Sham." in me.said
        assert "Events (1)" in me.screen
    assert not list(verify(case))


async def test_the_other_way_round_and_the_other_value_are_a_key_away(case: Path) -> None:
    async with seated((80, 24), case) as me:
        await to_page(me, "Blue")
        await me.command("merge")
        await me.type("Green")
        assert "No other has the words “Green”." in me.screen
        await me.press(*["backspace"] * 5)
        await me.type("Ahrar al")
        await me.press("enter", "down", "enter")
        assert "✓ Blue Front" in me.screen
        await me.press("pagedown", "enter")
        await me.press("enter")
        assert "Merged" in me.said
        await to_page(me, "Blue Front")
        assert "also: Ahrar al-Sham" in me.screen


async def test_a_page_leads_to_everything_and_back(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.press("p")
        assert "Of this event" in me.screen
        await me.type("zed")
        await me.press("enter")
        assert me.pane == "page"
        assert "Zed  city" in me.screen
        assert "Zed Press" in me.screen
        await me.press("G", "enter")
        assert me.pane == "timeline"
        assert me.event_id == "evt_Post 3 falls"
        await me.press("backspace")
        assert me.pane == "page"
        assert me.explore.comparing.page.cursor == me.explore.comparing.page.count - 1
        await me.press("c")
        assert me.pane == "compare"
        await me.press("backspace", "p")
        assert me.pane == "timeline"
        await me.press("3", "p")
        assert "Zed Press  outlet" in me.screen
        await me.press("c")
        assert me.pane == "page"
        assert "this is a source" in me.said
        await me.press("w", "x", "X", "]", "n", "r", ".", "backspace")
        assert me.pane == "sources"


async def test_all_events_of_a_page_are_a_filter(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await to_page(me, "Blue")
        line = next(
            at
            for at, one in enumerate(me.explore.comparing.page.found.lines)  # type: ignore[union-attr]
            if one.title == "All in the timeline"
        )
        for _ in range(line):
            await me.press("j")
        await me.press("enter")
        assert me.pane == "timeline"
        assert me.titles == ["Post 3 falls"]


async def test_doubles_are_worked_through_and_what_is_not_the_same_stays_away(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.command("doubles")
        assert "Ahrar al-Sham  ≈  Ahrar ash-Sham" in me.screen
        await me.press("n")
        assert "No two names or events look like one" in me.screen
        await me.press("escape")
        assert "Not the same" in me.said
        await me.command("doubles")
        assert "≈" not in me.screen
        await me.press("escape", "u")
        await me.command("doubles")
        await me.press("enter")
        assert "What moves: 1 claim." in me.screen
        await me.press("escape")
        assert "Likely doubles" in me.screen
        await me.press("enter", "enter")
        assert "Merged" in me.said
    assert not list(verify(case))


async def test_a_part_goes_to_a_new_record(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await to_page(me, "Zed")
        await me.command("split")
        assert "split NAME" in me.said
        await me.command("split New Zed")
        assert "What goes to the new record, New Zed? The first row splits." in me.screen
        await me.press("up", "enter")
        assert "Nothing was chosen" in me.said
        await me.command("split New Zed")
        await me.press("enter", "up", "enter")
        assert "Split: 1 record went to New Zed" in me.said
        await to_page(me, "New Zed")
        assert "Events (1)" in me.screen
        await me.press("u")
        assert "Undone: split New Zed off Zed" in me.said
    assert not list(verify(case))


async def test_another_name_is_one_command_and_no_name_comes_twice(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.press("2")
        await me.command("alias The Ahrar")
        assert "Added the name" in me.said
        await me.command("alias The Ahrar")
        assert "already" in me.said
        await me.command("alias")
        assert "alias NAME" in me.said


async def test_where_nothing_is_alike_the_others_are_listed(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await to_page(me, "Blue")
        await me.command("merge")
        assert [pick.title for pick in me.window.list.picks] == ["Ahrar al-Sham", "Ahrar ash-Sham"]
        await me.press("escape", "escape")
        await me.press("1", "g")
        await me.command("merge")
        assert sorted(pick.title for pick in me.window.list.picks) == [
            "Post 2 falls",
            "Post 3 falls",
        ]


async def test_the_claims_of_a_part_can_go_one_by_one(tmp_path: Path) -> None:
    remember_author("Ana Nowak")
    small = SmallCase()
    article = small.article("report", "Blue took the hill. Blue kept the road.")
    event, blue = small.event("Hill taken"), small.actor("Blue")
    small.acted(event, article, "Blue took", blue)
    small.acted(event, article, "Blue kept", blue)
    path = small.write(tmp_path / "case.json")
    async with seated((120, 40), path) as me:
        await to_page(me, "Blue")
        await me.command("split Azure")
        assert "who" not in me.screen.split("Split Blue")[1]
        await me.press("right")
        assert "“Blue kept”" in me.screen
        await me.press("down")
        first = me.window.pick
        assert first is not None
        await me.press("enter")
        assert "· Hill taken" in me.screen
        assert "Split 1 record off" in me.screen
        await me.press("left")
        assert "“Blue kept”" not in me.screen
        await me.press("g", "up", "up", "enter")
        assert me.said.startswith("Split: 1 record went to Azure"), me.said
    assert not list(verify(path))


async def test_a_record_that_another_refers_to_is_made_on_the_spot(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await to_page(me, "Blue")
        await me.press("E")
        assert "Edit Blue Front · named by 1 claim" in me.screen
        fields = form(me).form
        fields.at = fields.fields.index(fields["part_of"])
        await me.type("+The Coalition")
        assert [pick.title for pick in me.window.list.picks] == ["+The Coalition"]
        await me.press("enter")
        assert fields["part_of"].words == "+The Coalition"
        fields.at = fields.fields.index(fields["part_of"])
        await me.press("enter")
        await me.type("Ahrar al")
        assert me.window.list.picks[0].title == "Ahrar al-Sham"
        await me.press("enter")
        assert fields["part_of"].words == "+The Coalition; Ahrar al-Sham"
        fields.at = len(fields.fields)
        await me.press("enter")
        assert me.said.startswith("Edited Blue Front: part of"), me.said
        assert "The Coalition" in me.screen
        await me.press("u")
        assert "The Coalition" not in me.screen.partition("Undone")[0]
    assert not list(verify(case))
