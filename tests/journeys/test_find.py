"""Finding in a pane: as one types, from match to match, and back to where one was."""

import pytest

from tests.journeys import coded
from tests.person import Person, seated
from tests.sight import frame, last_line, shown
from tui.widgets.prompt import Prompt


async def find(me: Person, pane: str, text: str) -> None:
    await me.press(pane, "/")
    await me.type(text)


def prompt(me: Person) -> Prompt:
    return me.explore.query_one(Prompt)


async def test_in_the_timeline_each_letter_finds_and_enter_keeps_the_matches() -> None:
    async with seated() as me:
        await find(me, "1", "hama")
        rows = [i for i, title in enumerate(me.titles) if "hama" in title.lower()]
        found = me.explore.dispatcher.finder.found
        assert found is not None
        assert set(rows) <= set(found.places), "the place counts, too"
        assert me.explore.timeline.cursor in found.places
        await me.press("enter")
        assert me.pane == "timeline"
        assert f"/{len(found.places)}" in last_line(me.app)
        visited = [me.explore.timeline.cursor]
        while "No match after" not in me.said:
            await me.press("n")
            visited.append(me.explore.timeline.cursor)
        start = found.places.index(visited[0])
        assert visited[:-1] == list(found.places[start:])
        await me.press("N")
        assert me.explore.timeline.cursor == found.places[-2]


async def test_upper_case_respects_case() -> None:
    async with seated() as me:
        await find(me, "1", "HAMA")
        assert me.explore.dispatcher.finder.found is not None
        assert not me.explore.dispatcher.finder.found.places


@pytest.mark.parametrize(
    ("pane", "needle"), [("1", "prison"), ("2", "e"), ("3", "e"), ("4", "iran"), ("4", "xyz")]
)
async def test_esc_puts_cursor_and_scroll_back_where_they_were(pane: str, needle: str) -> None:
    async with seated(size=(100, 24)) as me:
        await me.press("j", "j", pane, "j")
        before = me.place
        await find(me, pane, needle)
        await me.press("escape")
        assert not me.explore.query(Prompt)
        assert me.place == before
        assert "match" not in last_line(me.app)


async def test_in_the_actors() -> None:
    async with seated() as me:
        await me.press("2", ".")
        names = [row.name for row in me.explore.actors.rows]
        await me.press("/")
        await me.type("israel")
        assert "israel" in names[me.explore.actors.cursor].lower()
        await me.press("enter", "n")
        assert "israel" in names[me.explore.actors.cursor].lower()


async def test_in_the_sources() -> None:
    async with seated() as me:
        event = next(event for event in coded.event_ids() if len(coded.behind(event)) > 1)
        me.explore.timeline.move_to(me.row_of(event))
        await me.settle()
        await find(me, "3", "without a title no such")
        assert prompt(me).has_class("-none")
        await me.press("enter")
        assert "is not in the sources" in me.said
        await find(me, "3", "rebels")
        assert me.explore.sources.cursor == 0
        await me.press("enter")
        assert me.pane == "sources"


async def test_in_the_article_every_match_is_marked_and_n_goes_on() -> None:
    async with seated() as me:
        await find(me, "4", "assad")
        view = me.explore.article.view
        assert view is not None
        text = view.text.lower()
        count = text.count("assad")
        assert count > 1
        assert len(me.explore.article.matches) == count
        await me.press("enter")
        marked = [cell.letter for cell in frame(me.app, me.explore.article.region) if cell.reverse]
        assert "".join(marked).lower().count("assad") >= 1
        offsets = [me.explore.article.offset_here]
        while "No match after" not in me.said:
            await me.press("n")
            offsets.append(me.explore.article.offset_here)
        assert all(text.startswith("assad", offset) for offset in offsets)
        assert len(set(offsets)) >= 2


async def test_what_is_not_there_is_said_and_nothing_moves() -> None:
    async with seated() as me:
        await me.press("j")
        before = me.place
        await find(me, "1", "xyzzy")
        assert "0/0" in shown(me.app, prompt(me).region) or prompt(me).has_class("-none")
        await me.press("enter")
        assert "'xyzzy' is not in the timeline." in me.said
        assert me.place == before


async def test_searching_leaves_the_filter_alone() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        filters, titles = me.filters, me.titles
        await find(me, "1", "hama")
        await me.press("enter", "n", "escape", "escape")
        assert (me.filters, me.titles) == (filters, titles)


async def test_esc_ends_a_kept_search_and_n_is_for_passages_again() -> None:
    async with seated() as me:
        await find(me, "4", "hama")
        await me.press("enter")
        assert "match" in last_line(me.app)
        await me.press("escape")
        assert "match" not in last_line(me.app)
        await me.press("1", "enter")
        passage = me.location.passage
        await me.press("n")
        assert me.location.passage != passage


async def test_keys_typed_at_the_prompt_are_letters_not_commands() -> None:
    async with seated() as me:
        await find(me, "1", "q?:/1]")
        assert prompt(me).value == "q?:/1]"
        assert me.app.screen is me.explore
        await me.press("ctrl+c")
        assert not me.explore.query(Prompt)
        assert me.app.is_running


async def test_the_prompt_opens_once() -> None:
    async with seated() as me:
        me.send("/")
        me.send("/")
        await me.settle()
        assert len(me.explore.query(Prompt)) == 1


@pytest.mark.parametrize("way", ["tab", "shift+tab", "mouse"])
async def test_going_to_another_pane_closes_the_prompt_and_keeps_what_was_found(way: str) -> None:
    async with seated() as me:
        await find(me, "1", "hama")
        found = me.explore.dispatcher.finder.found
        if way == "mouse":
            await me.click(me.explore.actors, (4, 2))
        else:
            await me.press(way)
        assert not me.explore.query(Prompt)
        assert me.explore.status.display
        assert me.pane == ("article" if way == "shift+tab" else "actors")
        await me.press("1")
        assert me.explore.dispatcher.finder.found is found
        assert "match" in last_line(me.app)
        await find(me, "2", "e")
        assert prompt(me).value == "e"
