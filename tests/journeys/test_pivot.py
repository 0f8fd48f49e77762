"""Pivots from every pane, and the way back from each."""

from pathlib import Path

import pytest

from store.model.values import Coded
from store.model.vocabulary import Kind
from tests.journeys import coded
from tests.person import Person, seated
from tests.sight import highlighted, words
from tests.small import SmallCase


async def test_enter_on_an_actor_shows_the_events_of_this_actor() -> None:
    async with seated() as me:
        await me.press("2", "j", "j")
        before = me.place
        actor = me.explore.actors.rows[me.explore.actors.cursor]
        await me.press("enter")
        assert me.pane == "timeline"
        assert me.filters == [f"actor={actor.name}"]
        assert len(me.titles) == actor.events
        assert actor.name in me.said
        await me.press("backspace")
        assert me.place == before


async def test_enter_on_an_article_in_the_sources_reads_it_at_its_passage() -> None:
    async with seated() as me:
        event = next(event for event in coded.event_ids() if len(coded.behind(event)) > 1)
        await to(me, event)
        await me.press("3", "j")
        before = me.place
        assert me.article_id == coded.behind(event)[1].article, "moving previews"
        await me.press("enter")
        assert me.pane == "article"
        assert me.article_id == coded.behind(event)[1].article
        assert highlighted(me.app) == words(coded.behind(event)[1].exact)
        await me.press("backspace")
        assert me.place == before


async def test_enter_on_a_source_of_all_shows_the_events_it_stands_behind() -> None:
    async with seated() as me:
        await me.press("3", ".", "j")
        source = me.explore.sources.sources[me.explore.sources.cursor]
        before = me.place
        await me.press("enter")
        assert me.pane == "timeline"
        assert me.filters == [f"source={source.name}"]
        assert len(me.titles) == source.events
        await me.press("backspace")
        assert me.place == before


async def test_next_article_works_from_every_pane_and_leaves_the_focus() -> None:
    async with seated() as me:
        event = next(event for event in coded.event_ids() if len(coded.behind(event)) > 1)
        await to(me, event)
        first, second = coded.behind(event)[:2]
        for key, pane in zip("1234", ("timeline", "actors", "sources", "article"), strict=True):
            await me.press(key, "J")
            assert (me.pane, me.article_id, me.event_id) == (pane, second.article, event)
            assert me.explore.sources.cursor == 1
            await me.press("K")
            assert (me.pane, me.article_id, me.event_id) == (pane, first.article, event)


async def test_a_passage_of_several_events_offers_them_and_esc_declines() -> None:
    async with seated() as me:
        event, passage = shared_passage()
        await to(me, event)
        await me.press("enter")
        before = me.place
        await me.press("enter")
        offered = {pick.title for pick in me.window.list.picks}
        assert offered == set(map(coded.title, coded.supported_by(passage)))
        await me.press("escape")
        assert me.place == before
        other = next(one for one in coded.supported_by(passage) if one != event)
        await me.press("enter")
        titles = [pick.title for pick in me.window.list.picks]
        await me.press(*["down"] * titles.index(coded.title(other)), "enter")
        assert (me.pane, me.event_id) == ("timeline", other)
        current = me.explore.article.current
        assert current is not None
        assert current.id == passage, "the same passage, seen from the other event"
        await me.press("backspace")
        assert me.place == before


async def test_an_event_that_the_filter_hides_drops_the_filter_and_says_so() -> None:
    async with seated() as me:
        event, passage = shared_passage()
        other = next(one for one in coded.supported_by(passage) if one != event)
        await to(me, event)
        await me.press("&")
        await me.type('"' + coded.title(event) + '"')
        await me.press("enter")
        assert me.titles == [coded.title(event)]
        await me.press("enter")
        before = me.place
        await me.press("enter")
        titles = [pick.title for pick in me.window.list.picks]
        await me.press(*["down"] * titles.index(coded.title(other)), "enter")
        assert me.event_id == other
        assert me.filters == []
        assert len(me.titles) == len(coded.event_ids())
        assert "filters hid this event and were removed" in me.said
        await me.press("backspace")
        assert me.place == before
        assert len(me.filters) == 1


@pytest.fixture
def overlapping(tmp_path: Path) -> Path:
    """Two passages that begin at the same word, the longer one of event A."""
    case = SmallCase()
    article = case.article("paper", "The army left the town at dawn. Nobody was hurt.")
    a, b = case.event("A"), case.event("B")
    case.claim(a, article, "The army left the town at dawn")
    case.claim(b, article, "The army left the town")
    return case.write(tmp_path / "case.json")


async def test_enter_follows_the_highlighted_passage_where_others_overlap_it(
    overlapping: Path,
) -> None:
    async with seated(case=overlapping) as me:
        await me.press("enter")
        assert (me.event_id, me.pane) == ("evt_A", "article")
        assert highlighted(me.app) == "The army left the town at dawn"
        await me.press("enter")
        assert (me.event_id, me.pane) == ("evt_A", "timeline")


async def test_the_cursor_chooses_another_passage_of_the_text(overlapping: Path) -> None:
    async with seated(case=overlapping) as me:
        await me.press("enter", "right", "enter")
        assert (me.event_id, me.pane) == ("evt_B", "timeline"), "the shorter one is there, too"


NAMED = Coded(scheme="name", code="hts", label="HTS")


async def test_a_passage_without_an_event_says_what_it_is_about(tmp_path: Path) -> None:
    case = SmallCase()
    article = case.article("paper", "HTS is a group. It took the town.")
    event, actor = case.event("A"), case.actor("HTS")
    case.claim(event, article, "It took the town")
    case.claim(actor, article, "HTS is a group", kind=Kind.NAME, value=NAMED)
    async with seated(case=case.write(tmp_path / "case.json")) as me:
        await me.press("enter", "g", "enter")
        assert me.pane == "article"
        assert "not about an event" in me.said


async def test_an_event_without_an_article_says_so(tmp_path: Path) -> None:
    case = SmallCase()
    case.article("paper", "Nothing of it.")
    case.event("A")
    async with seated(case=case.write(tmp_path / "case.json")) as me:
        await me.press("enter")
        assert me.pane == "timeline"
        assert "No article" in me.said
        assert "No article supports it." in me.screen
        await me.press("]", "[", "3", "enter", "j", "4", "enter")
        assert me.event_id == "evt_A"


async def test_n_goes_through_the_passages_of_the_article_to_both_ends(tmp_path: Path) -> None:
    case = SmallCase()
    event, other = case.event("A"), case.event("B")
    article = case.article("paper", "One. Two. Three.", title="Zero")
    for of, exact in ((event, "Two"), (other, "Zero"), (other, "Three"), (event, "One")):
        case.claim(of, article, exact)
    async with seated(case=case.write(tmp_path / "case.json")) as me:
        await me.press("enter")
        assert highlighted(me.app) == "One"
        for key, exact in (("n", "Two"), ("n", "Three"), ("N", "Two"), ("N", "One"), ("N", "Zero")):
            await me.press(key)
            assert highlighted(me.app) == exact
            assert me.event_id == "evt_A", "reading on does not leave the event"
        await me.press("N")
        assert "first passage" in me.said
        await me.press("n", "n", "n", "n")
        assert "last passage" in me.said
        assert highlighted(me.app) == "Three"


async def test_back_and_forward_say_where_the_trail_ends() -> None:
    async with seated() as me:
        await me.press("backspace")
        assert "at the first step" in me.said
        await me.press("alt+right")
        assert "at the newest step" in me.said
        await me.press("enter", "alt+left")
        assert me.pane == "timeline"
        await me.press("alt+right")
        assert me.pane == "article"


async def test_going_somewhere_new_cuts_the_way_forward() -> None:
    async with seated() as me:
        await me.press("enter", "backspace", "2", "enter")
        there = me.place
        await me.press("alt+right")
        assert "at the newest step" in me.said
        assert me.place == there


def shared_passage() -> tuple[str, str]:
    """An event whose first passage supports another event, too; and the passage."""
    for event in coded.event_ids():
        first = coded.behind(event)[0].passage
        if len(coded.supported_by(first)) > 1:
            return event, first
    raise AssertionError("the bundled case has no such passage")


async def to(me: Person, event: str) -> None:
    """Put the cursor of the timeline on an event."""
    me.explore.timeline.move_to(me.row_of(event))
    await me.settle()
    assert me.event_id == event
