"""Looking in other ways: zoom, width, sort, scope, theme, and the windows."""

import pytest

from store.analysis.readings import CONVERSE, GLYPHS, MEANINGS, Reading
from store.model.labels import STANCE_GLYPHS
from store.model.vocabulary import Stance
from tests.journeys import coded
from tests.journeys.test_compare import resized
from tests.person import seated
from tests.screens.test_states import every_size
from tests.sight import last_line, shown, theme_colour, words
from tui.commands.registry import COMMANDS, in_pane, shown_keys
from tui.dialogs.picker import Picker
from tui.dialogs.signs import SIGNS
from tui.styles.themes import DARK, LIGHT

PANES = ("timeline", "actors", "sources", "article")
NUMBERED = list(zip("1234", PANES, strict=True))


@pytest.mark.parametrize(("key", "pane"), NUMBERED)
async def test_zoom_shows_the_pane_alone_and_z_or_esc_brings_all_back(key: str, pane: str) -> None:
    async with seated() as me:
        await me.press(key, "z")
        visible = [id_ for id_ in PANES if me.explore.query_one(f"#{id_}").region]
        assert visible == [pane]
        width, height = me.app.size
        assert me.explore.query_one(f"#{pane}").region.size == (width, height - 2)
        await me.press("z" if key in "13" else "escape")
        assert [id_ for id_ in PANES if me.explore.query_one(f"#{id_}").region] == list(PANES)
        assert me.pane == pane


async def test_the_zoom_follows_tab_and_ends_with_a_pivot() -> None:
    async with seated() as me:
        await me.press("z", "tab")
        assert [id_ for id_ in PANES if me.explore.query_one(f"#{id_}").region] == ["actors"]
        await me.press("shift+tab", "enter")
        assert me.pane == "article"
        assert me.explore.query_one("#article").region
        await me.press("backspace")
        assert me.pane == "timeline"
        assert me.location.zoomed
        assert [id_ for id_ in PANES if me.explore.query_one(f"#{id_}").region] == ["timeline"]


async def test_esc_never_leaves_and_never_takes_a_filter_off() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        await me.press("escape", "escape")
        assert me.filters == ["actor=Hayat Tahrir al-Sham"]
        assert "Backspace goes back, q quits." in me.said
        assert me.app.is_running


@pytest.mark.parametrize(("columns", "pane"), [(100, "actors"), (200, "timeline")])
async def test_the_lists_give_and_take_room_to_a_limit(columns: int, pane: str) -> None:
    async with seated((columns, 30)) as me:
        lists = me.explore.query_one(f"#{pane}")
        before = lists.region.width
        await me.press(">")
        assert lists.region.width == before + 4
        await me.press("<", "<")
        assert lists.region.width == before - 4
        for key in "<>":
            for _ in range(50):
                await me.press(key)
            assert "cannot grow further" in me.said
            assert lists.region.width >= 20
            assert me.explore.article.region.width >= 20


async def test_an_order_is_chosen_and_turned_and_keeps_the_event() -> None:
    async with seated() as me:
        event = me.event_id
        by_date = me.titles
        await me.press("s", *"support", "enter")
        rows = me.session.window(me.explore.timeline.numbers)
        assert [row.origins for row in rows] == sorted((row.origins for row in rows), reverse=True)
        await me.press("s", *"disputed", "enter")
        rows = me.session.window(me.explore.timeline.numbers)
        assert [row.contradicts for row in rows] == sorted(
            (row.contradicts for row in rows), reverse=True
        )
        await me.press("s", *"type", "enter")
        types = [row.type for row in me.session.window(me.explore.timeline.numbers)]
        assert types == sorted(types)
        await me.press("s", *"title", "enter")
        assert me.titles == sorted(me.titles, key=str.lower)
        await me.press("S")
        assert me.titles == sorted(me.titles, key=str.lower, reverse=True)
        assert me.event_id == event
        await me.press("s", "escape")
        assert me.titles == sorted(me.titles, key=str.lower, reverse=True), "nothing was chosen"
        await me.command("sort date")
        assert me.titles == by_date


async def test_scope_lists_all_actors_and_comes_back_to_those_of_the_event() -> None:
    async with seated() as me:
        await me.press("2")
        of_event = [row.name for row in me.explore.actors.rows]
        await me.press(".")
        everyone = {row.name: row.events for row in me.explore.actors.rows}
        assert everyone["Hayat Tahrir al-Sham"] == len(
            coded.events_of_actor("Hayat Tahrir al-Sham")
        )
        assert set(of_event) <= set(everyone)
        await me.press(".")
        assert [row.name for row in me.explore.actors.rows] == of_event


async def test_a_list_of_all_follows_the_filter_and_stays_when_the_event_changes() -> None:
    async with seated() as me:
        await me.press("2", ".")
        everyone = len(me.explore.actors.rows)
        await me.command("place Hama")
        filtered = len(me.explore.actors.rows)
        assert 0 < filtered < everyone
        await me.press("1", "j")
        assert len(me.explore.actors.rows) == filtered
        await me.press("1", ".")
        assert "works in the actors, sources and compare view" in me.said
        await me.press("Y")
        assert me.said == "Y does nothing here; ? lists the keys."


async def test_the_theme_turns_light_and_dark_again() -> None:
    async with seated() as me:
        dark = theme_colour(me.app, "background")
        await me.press("T")
        assert me.app.theme == LIGHT.name
        assert theme_colour(me.app, "background") != dark
        await me.command("theme")
        assert me.app.theme == DARK.name


@pytest.mark.parametrize("key", [":", "?"])
async def test_a_window_opens_once_however_fast_the_key_is_pressed(key: str) -> None:
    async with seated() as me:
        me.send(key)
        me.send(key)
        await me.settle()
        assert sum(isinstance(screen, Picker) for screen in me.app.screen_stack) == 1
        await me.press("escape")
        assert me.app.screen is me.explore
        assert me.pane == "timeline"


async def test_the_palette_finds_commands_and_names() -> None:
    async with seated() as me:
        await me.press(":")
        assert me.window.list.count == len(COMMANDS)
        await me.type("zoom")
        assert [pick.title for pick in me.window.list.picks] == ["Zoom"]
        await me.press("enter")
        assert me.location.zoomed
        await me.press("z", ":")
        await me.type("HTS")
        names = [(pick.title, pick.aside) for pick in me.window.list.picks]
        assert ("Hayat Tahrir al-Sham", "actor") in names
        await me.press(
            *["down"] * names.index(("Hayat Tahrir al-Sham", "actor")),
            "enter",
        )
        assert me.filters == ["actor=Hayat Tahrir al-Sham"]


async def test_the_palette_says_when_nothing_is_like_what_is_typed() -> None:
    async with seated() as me:
        await me.press(":")
        await me.type("xyzzy")
        assert "No matching command or name." in me.screen
        await me.press("down", "up", "pagedown", "pageup", "enter")
        assert me.window.typed == "xyzzy"  # it stays: the next letters are no commands
        await me.press(*["backspace"] * 5)
        await me.type("plac")
        await me.type("r")
        assert ":place" in me.screen
        await me.press("escape")
        assert me.app.screen is me.explore


async def test_a_command_that_wants_an_argument_asks_for_it() -> None:
    async with seated() as me:
        await me.command("filter by place")
        assert all(" event" in pick.aside for pick in me.window.list.picks[:20])
        await me.type("aleppo")
        await me.press("enter")
        assert len(me.filters) == 1
        assert me.filters[0].startswith("place=")


@pytest.mark.parametrize(("key", "pane"), NUMBERED)
async def test_help_lists_the_keys_of_the_focused_pane(key: str, pane: str) -> None:
    async with seated() as me:
        await me.press(key, "?")
        listed = [(pick.title, pick.aside) for pick in me.window.list.picks]
        keys = [(one.label, shown_keys(one)) for one in in_pane(pane)]
        assert listed == keys + [(name, sign) for sign, name, _ in SIGNS]
        assert f"Keys and signs: the {pane}" in shown(me.app, me.window.region)


async def test_what_a_sign_means_is_found_by_its_name_and_by_itself() -> None:
    async with seated() as me:
        await me.press("?")
        await me.type("origin")
        drawn = shown(me.app, me.window.region)
        assert "Signs" in drawn
        picks = {pick.aside: pick for pick in me.window.list.picks}
        assert {"3/2", "3/2?", "−1", "¹"} <= set(picks)
        assert all("origin" in f"{one.title} {one.about}".lower() for one in picks.values())
        while me.window.list.picks[me.window.list.cursor].aside != "3/2?":
            await me.press("down")
        assert "At least one origin is unknown." in words(me.screen)
        await me.press("enter")
        assert me.app.screen is me.explore, "there is nothing to be done"
        for sign, name in (("≠", "contradicts"), ("●", "asserts"), ("⊃", "refined")):
            await me.press("?")
            await me.type(sign)
            assert [pick.title for pick in me.window.list.picks] == [name]
            await me.press("escape")


def test_every_stance_and_every_reading_is_explained() -> None:
    explained = {(sign, name): meaning.lower() for sign, name, meaning in SIGNS}
    assert len(explained) == len(SIGNS), "each once"
    assert "sorted by its first day" in explained["2016", "some time in"]
    for stance in Stance:
        assert f"{stance} it" in explained[STANCE_GLYPHS[stance], stance]
    for reading in Reading:
        assert explained[GLYPHS[reading], reading] == f"{MEANINGS[reading]}."
    assert set(CONVERSE.values()) <= set(explained)


async def test_where_there_is_little_room_the_key_of_the_keys_is_told_last_of_all() -> None:
    async with seated((120, 40)) as me:
        hints = last_line(me.app)
        assert hints.endswith("x at odds  c compare  w who says so  s sort  ? keys")
        for width in (110, 80, 60):
            await resized(me, width, 30)
            fewer = last_line(me.app)
            assert fewer.endswith("  ? keys")
            assert len(fewer) <= width
        assert ": commands" not in fewer
        await resized(me, 9, 30)
        assert "keys" not in last_line(me.app)


async def test_the_next_keys_fit_what_is_under_the_cursor_and_can_be_clicked() -> None:
    async with seated((120, 40)) as me:
        await me.press("2")
        assert "Enter its events  Space filter by it" in last_line(me.app)
        await me.press("4")
        assert "n next passage" in last_line(me.app)
        await me.click(me.explore.status, (last_line(me.app).index("n next"), 0))
        assert me.explore.article.passage != me.explore.sources.evidence[0].passages[0].n
        await me.click(me.explore.status, (last_line(me.app).index("? keys"), 0))
        assert "Keys and signs" in me.screen


async def test_the_signs_on_the_screen_are_explained_and_no_others() -> None:
    async with seated((120, 40)) as me:
        drawn = shown(me.app, me.explore.timeline.region)
        await me.press("!")
        found = {pick.aside for pick in me.window.list.picks}
        assert {"●", "3/2?", "◇", "▌"} <= found
        assert ("⚑" in found) == ("⚑" in drawn) is False
        await me.press("escape")
        assert me.app.screen is me.explore


@every_size
async def test_no_window_covers_the_words_that_a_judgement_is_about(size: tuple[int, int]) -> None:
    async with seated(size) as me:
        await me.press("A")
        (passage,) = me.explore.article.passage_regions()
        assert not me.app.screen.query_one("#window").region.overlaps(passage)
        await me.press("escape", "x", "R")
        for box in (me.explore.comparing.this, me.explore.comparing.other):
            assert box.region.area
            assert not me.app.screen.query_one("#window").region.overlaps(box.region)
        assert len(me.window.list.picks) == 4


async def test_help_can_be_narrowed_and_does_what_is_chosen() -> None:
    async with seated() as me:
        await me.press("?")
        await me.type("sort")
        assert "Sort the timeline" in [pick.title for pick in me.window.list.picks]
        await me.press("enter")
        assert "Sort the timeline" in shown(me.app, me.window.region)
        await me.press(*"title", "enter")
        assert me.app.screen is me.explore
        assert me.titles == sorted(me.titles, key=str.lower)
