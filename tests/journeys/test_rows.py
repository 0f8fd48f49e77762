"""Rows of data sets on the screen: a person sees that they are rows before relying on them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.person import Person, seated
from tests.rows import CLOSED, ENGINE, FIGHT, GUESSED, HINT, NOTED, ODD, VALLEY, rows_case
from tests.sight import highlighted, shown, words


@pytest.fixture
async def me(tmp_path: Path) -> AsyncIterator[Person]:
    async with seated((120, 40), rows_case(tmp_path / "case.json")) as person:
        yield person


async def look_at(me: Person, event: str) -> None:
    me.explore.timeline.move_to(me.row_of(event))
    await me.settle()
    assert me.event_id == event


def line_with(me: Person, text: str) -> str:
    (line,) = [line for line in shown(me.app).splitlines() if text in line]
    return line


async def test_a_flagged_row_has_a_sign_and_what_is_odd_is_said_in_words(me: Person) -> None:
    await look_at(me, ODD)
    timeline = shown(me.app, me.explore.timeline.region)
    (row,) = [line for line in timeline.splitlines() if line.count("1 Dec ")]
    assert "⚑" in row
    assert timeline.count("⚑") == 1
    odd = (
        "⚑ the low estimate of the dead is above the best one; an article is dated before the event"
    )
    assert odd in words(shown(me.app, me.explore.sources.content_region))
    await me.press("i")
    titles = [pick.title for pick in me.window.list.picks]
    assert titles == [odd]


async def test_odd_rows_are_filtered_and_the_palette_knows_the_flags(me: Person) -> None:
    await me.press(":")
    await me.type("flag before")
    assert [pick.title for pick in me.window.list.picks] == [
        "article-before-event",
        "year-before-report",
    ]
    assert "an article is dated before the event" in me.screen
    await me.press("enter")
    assert (me.filters, me.titles) == (["flag=article before event"], [ODD[4:]])
    await me.press("backspace")
    await me.command("flag !any")
    assert ODD[4:] not in me.titles
    assert me.filters == ["flag≠any"]


async def test_what_a_machine_made_is_marked_in_every_pane(me: Person) -> None:
    await look_at(me, GUESSED)
    assert " µ Police act against" in line_with(me, "┃ 4 Dec ")
    assert "machine-made" in me.screen.splitlines()[0]
    sources = words(shown(me.app, me.explore.sources.content_region))
    assert "µ 40 %" in sources
    assert "made by a machine, and nobody has reviewed it" in sources
    assert "µ read by a machine" in shown(me.app, me.explore.article.content_region)
    await me.press("c")
    assert "µ 40 %" in shown(me.app, me.explore.comparing.grid.region)
    assert "read by a machine, confidence 40 %" in words(
        shown(me.app, me.explore.comparing.this.content_region)
    )
    await me.press("c", "w")
    assert "µ 40 %" in shown(me.app, me.explore.comparing.tree.region)
    await me.press("w")
    await me.command("made !machine")
    assert GUESSED[4:] not in me.titles


async def test_a_headline_says_that_there_is_no_text_and_a_row_of_what_it_is(me: Person) -> None:
    await look_at(me, FIGHT)
    note = words(shown(me.app, me.explore.article.content_region))
    assert "Agency · 1 Dec 2024 · headline only" in note
    assert "The data set has only this headline, no text: Valley Register 3.1, CC BY 4.0." in note
    await me.press("]", "]")
    row = words(shown(me.app, me.explore.article.content_region))
    assert "row of a data set Valley Register 3.1, CC BY 4.0. Cite: Doe" in row
    assert highlighted(me.app) == "date_start: 2024-11-30"
    await me.press("n")
    assert highlighted(me.app) == "best: 12"
    assert "· row of Valley Register" in shown(me.app, me.explore.sources.region)
    assert "source 3/3 (2●)" in me.screen, "the row is not counted as a further report"


async def test_whom_a_data_set_names_as_origin_is_a_hint_and_no_origin(me: Person) -> None:
    await look_at(me, FIGHT)
    hint = f"Valley Register 3.1 names as origin: {HINT}"
    assert hint in words(shown(me.app, me.explore.sources.content_region))
    await me.press("w")
    assert HINT not in shown(me.app, me.explore.comparing.tree.region)


async def test_what_may_not_be_passed_on_says_so_where_it_is_read(me: Person) -> None:
    await look_at(me, NOTED)
    assert "Closed Ledger 2024, no redistribution, not redistributable." in words(
        shown(me.app, me.explore.article.content_region)
    )


async def test_an_aggregate_is_called_so_where_it_is_compared(me: Person) -> None:
    await look_at(me, ODD)
    await me.press("c", "j", "j", "j", "k")
    await me.press("G")
    assert "Σ aggregate" in shown(me.app, me.explore.comparing.grid.region)
    assert "Σ aggregate: it covers several events, so it is not compared." in words(
        shown(me.app, me.explore.comparing.this.content_region)
    )
    assert "one covers several events" in words(
        shown(me.app, me.explore.comparing.other.content_region)
    )
    assert "coded by Valley Register 3.1" in words(
        shown(me.app, me.explore.comparing.other.content_region)
    )


async def test_the_help_says_what_the_signs_mean(me: Person) -> None:
    await me.press("?")
    for sign, meaning in (("⚑", "odd"), ("µ", "machine"), ("Σ", "several events")):
        await me.type(meaning)
        assert any(pick.aside == sign for pick in me.window.list.picks)
        await me.press(*["backspace"] * len(meaning))


async def test_the_data_sets_are_listed_and_one_is_filtered_by(me: Person) -> None:
    await me.command("datasets")
    assert [pick.title for pick in me.window.list.picks] == [CLOSED, ENGINE, VALLEY]
    assert "no redistribution, not redistributable" in me.screen
    await me.press("down", "down")
    about = words(me.screen)
    for said in ("CC BY 4.0, redistributable", "low-above-best 1", "Cite: Doe (2024)"):
        assert said in about
    await me.press("enter")
    assert me.filters == [f"dataset={VALLEY}"]
    assert me.titles == [FIGHT[4:], ODD[4:]]
