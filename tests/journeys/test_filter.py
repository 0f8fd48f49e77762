"""Filters narrow the timeline, are shown, and are removed again by Back."""

from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.model import changes
from tests import sight
from tests.journeys import coded
from tests.person import Person, seated
from tests.sight import filter_row, shown
from tui.commands.registry import BY_ID, shown_key


def total() -> int:
    return len(coded.event_ids())


async def test_an_actor_typed_in_the_palette_becomes_a_filter() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        assert me.filters == ["actor=Hayat Tahrir al-Sham"]
        assert set(me.titles) == coded.events_of_actor("Hayat Tahrir al-Sham")
        row = f"actor=Hayat Tahrir al-Sham × {len(me.titles)} of {total()} events"
        assert filter_row(me.app) == row


async def test_a_part_of_an_actor_counts_as_the_actor() -> None:
    async with seated() as me:
        await me.command("actor Syrian rebels")
        assert set(me.titles) == coded.events_of_actor("Syrian rebels")
        assert coded.events_of_actor("Islamist-led factions") < set(me.titles)


async def test_a_tag_that_was_begun_is_completed_and_becomes_a_filter(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_bytes(BUNDLED.read_bytes())
    archive = Archive.open(case, author="me", writing=True)
    one = changes.tag(coded.event_ids()[0], "Ambush", "me", "2026-11-22T00:00:00Z")
    archive.change(changes.add_or_replace(None, one, "tag Ambush", "me", one.at))
    archive.close()
    async with seated(case=case) as me:
        await me.command("by tag")
        await me.type("amb")
        assert [pick.title for pick in me.window.list.picks] == ["#Ambush"]
        await me.press("enter")
        assert me.filters == ["tag=Ambush"]
        assert me.titles == [coded.title(one.about)]


async def test_without_tags_there_is_none_to_filter_by() -> None:
    async with seated() as me:
        await me.press(":")
        await me.type("tagged ")
        assert [pick.title for pick in me.window.list.picks] == ["The case has no tags."]
        await me.press("enter")
        assert me.filters == []


async def test_a_place_takes_what_lies_within_it() -> None:
    async with seated() as me:
        await me.command("place Hama")
        (filter_,) = me.filters
        assert filter_.startswith("place=Hama")
        places = coded.tables()["places"]
        named = {
            coded.title(claim["subject"])
            for claim in coded.tables()["claims"].values()
            if claim["kind"] == "place"
            and claim["subject"].startswith("evt_")
            and places[claim["value"]["place"]]["name"] == filter_.removeprefix("place=")
        }
        assert named
        assert named <= set(me.titles) < set(map(coded.title, coded.event_ids()))


async def test_a_day_leaves_the_events_that_may_have_been_on_it() -> None:
    async with seated() as me:
        await me.command("date 2024-12-05")
        assert me.filters == ["date=5 Dec 2024"]
        assert "Rebels take Hama" in me.titles
        assert "Fighting for the city of Hama" in me.titles, "27 Nov to 5 Dec includes the 5th"
        assert "Rebels reach a hill north of Hama" not in me.titles, "that was on the 3rd"


async def test_a_second_date_takes_the_place_of_the_first() -> None:
    async with seated() as me:
        await me.command("date 2024-12-05")
        await me.command("date ..1999")
        assert me.filters == ["date=until 1999"]
        assert me.titles
        assert "Rebels take Hama" not in me.titles


async def test_words_narrow_and_words_after_an_exclamation_mark_exclude() -> None:
    async with seated() as me:
        await me.press("&")
        await me.type("hama")
        await me.press("enter")
        with_hama = set(me.titles)
        await me.press("&")
        await me.type("!prison")
        await me.press("enter")
        assert me.filters == ["words=hama", "words≠prison"]
        without_prison = set(me.titles)
        await me.press("-", "&")
        await me.type("prison")
        await me.press("enter")
        assert me.filters == ["words=hama", "words=prison"]
        with_prison = set(me.titles)
        assert with_prison
        assert without_prison
        assert with_prison | without_prison == with_hama
        assert not with_prison & without_prison


async def test_leaving_the_prompt_for_words_filters_nothing() -> None:
    async with seated() as me:
        await me.press("&")
        await me.type("hama")
        await me.press("escape")
        assert me.filters == []
        assert me.pane == "timeline"
        assert len(me.titles) == total()


async def test_space_on_an_actor_filters_by_it_and_keeps_the_focus() -> None:
    async with seated() as me:
        await me.press("2", "j")
        actor = me.explore.actors.rows[me.explore.actors.cursor].name
        await me.press("space")
        assert me.filters == [f"actor={actor}"]
        assert me.pane == "actors"
        assert set(me.titles) == coded.events_of_actor(actor)


async def test_space_on_a_source_of_all_filters_by_it() -> None:
    async with seated() as me:
        await me.press("3", ".")
        source = me.explore.sources.sources[me.explore.sources.cursor]
        await me.press("space")
        assert me.filters == [f"source={source.name}"]
        assert len(me.titles) == source.events


async def test_space_on_an_article_without_a_publisher_says_so() -> None:
    async with seated() as me:
        event = next(event for event in coded.event_ids() if unstated(event))
        me.explore.timeline.move_to(me.row_of(event))
        await me.settle()
        await me.press("3", "space")
        assert me.filters == []
        assert "does not state its publisher" in me.said


def unstated(event: str) -> bool:
    """True if the first article behind an event names no publisher and no authority."""
    first = coded.behind(event)[0].article
    articles, passages = coded.tables()["articles"], coded.tables()["passages"]
    chains = [
        claim.get("chain")
        for claim in coded.claims_on(event)
        if passages[claim["passage"]]["article"] == first
    ]
    return articles[first].get("publisher") is None and not any(chains)


async def test_minus_drops_the_newest_filter_and_says_when_there_is_none() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        await me.command("date 2024-12")
        await me.press("-")
        assert me.filters == ["actor=Hayat Tahrir al-Sham"]
        await me.press("-")
        assert me.filters == []
        assert len(me.titles) == total()
        await me.press("-")
        assert "no filter to drop" in me.said


async def test_back_takes_a_filter_off_and_forward_puts_it_on_again() -> None:
    async with seated() as me:
        await me.press("j", "j", "j")
        before = me.place
        await me.command("actor HTS")
        filtered = me.place
        await me.press("backspace")
        assert me.place == before
        assert len(me.titles) == total()
        await me.press("alt+right")
        assert me.place == filtered
        assert me.filters == ["actor=Hayat Tahrir al-Sham"]


async def test_a_filter_keeps_the_event_where_it_can() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        await me.press("G")
        event = me.event_id
        await me.press("-")
        assert me.event_id == event


async def test_a_filter_without_events_says_what_to_do_next() -> None:
    async with seated() as me:
        await me.command("words atlantis")
        assert me.titles == []
        timeline = shown(me.app, me.explore.timeline.region)
        assert "No events match." in timeline
        assert f"The filters hide all {total()} events" in " ".join(timeline.split())
        key = shown_key(BY_ID["filter.drop"].keys[0])
        assert f"{key} drops the newest, :all drops all." in " ".join(timeline.split())
        await only_the_way_out_works(me)
        await me.command("all")
        assert len(me.titles) == total()


async def only_the_way_out_works(me: Person) -> None:
    """Press every key of movement and pivot: without an event they do nothing and raise nothing."""
    for pane in "1234":
        await me.press(pane, *"jkGg", "ctrl+d", "ctrl+u", "enter", *"][nN..", "space")
    await me.press("1")
    assert me.titles == []


@pytest.mark.parametrize("typed", ["date 2024-13", "date yesterday", "date 2024-12-05..2024-12-01"])
async def test_a_date_that_is_none_is_explained_and_changes_nothing(typed: str) -> None:
    async with seated() as me:
        await me.press(":")
        await me.type(typed)
        (pick,) = me.window.list.picks
        assert "is not a date" in pick.title
        assert "for example" in pick.about
        await me.press("enter")
        assert me.window.typed == typed
        assert pick.title in sight.words(me.screen), "the reason stands at the field"
        await me.press("escape")
        assert me.filters == []


async def test_the_same_filter_twice_is_one_step_of_the_trail() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        steps = me.session.trail.steps
        await me.command("actor HTS")
        assert me.session.trail.steps == steps
        assert "already" in me.said


async def test_several_filters_in_one_line_and_which_of_a_name_is_meant() -> None:
    async with seated() as me:
        await me.press(":")
        await me.type("place aleppo")
        asides = [pick.aside for pick in me.window.list.picks]
        assert all(aside.endswith((" event", " events")) for aside in asides)
        await me.press("escape")
        await me.command("actor hts place aleppo date 29 Nov-1 Dec 2024")
        assert [one.partition("=")[0] for one in me.filters] == ["actor", "place", "date"]
        assert me.filters[-1] == "date=29 Nov to 1 Dec 2024"
        assert me.session.trail.steps == (1, 0), "one step of the trail"


async def test_any_filter_can_be_edited_turned_round_or_dropped() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        await me.command("words hama")
        await me.command("date 2024-12")
        await me.press("_", "down", "!")
        assert me.filters == ["actor=Hayat Tahrir al-Sham", "words≠hama", "date=Dec 2024"]
        await me.press("_", "enter")
        assert me.window.typed == "date Dec 2024"
        await me.press(*["backspace"] * 8, *"foo", "enter")
        assert "is not a date" in me.window.why
        await me.press(*["backspace"] * 3, *"2024", "enter")
        assert me.filters == ["actor=Hayat Tahrir al-Sham", "words≠hama", "date=2024"]
        await me.press("_", "down", "down", "-")
        assert me.filters == ["words≠hama", "date=2024"]
        assert me.said.startswith("actor=Hayat Tahrir al-Sham dropped; ")


async def test_a_click_drops_a_filter_or_lists_them() -> None:
    async with seated() as me:
        await me.command("actor HTS")
        await me.command("date 2024-12")
        bar = me.explore.filter_bar
        row = shown(me.app, bar.region)
        await me.click(bar, (row.index("actor"), 0))
        assert me.window.pick is not None
        assert me.window.pick.title == me.filters[0], "the cursor is on what was clicked"
        await me.press("escape")
        await me.click(bar, (row.index("×"), 0))
        assert me.filters == ["date=Dec 2024"]


async def test_a_filter_that_hid_everything_leads_back_to_the_event() -> None:
    async with seated() as me:
        await me.press("G")
        event = me.event_id
        await me.command("words atlantis")
        assert me.titles == []
        await me.press("-")
        assert me.event_id == event


async def test_the_numbers_beside_actors_follow_the_filter_and_say_what_they_count() -> None:
    async with seated((120, 40)) as me:
        name = "Hayat Tahrir al-Sham"
        before = shown(me.app, me.explore.actors.region)
        assert "· events" in before.splitlines()[0]
        await me.command("actor HTS")
        await me.command("date 2024-12")
        drawn = shown(me.app, me.explore.actors.region)
        assert "· events that match" in drawn.splitlines()[0]
        (line,) = [line for line in drawn.splitlines() if name in line]
        assert line.split()[-2] == str(len(me.titles))
        await me.press("-", "-")
        assert "that match" not in shown(me.app, me.explore.actors.region)
