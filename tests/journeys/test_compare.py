"""Claims side by side: to the contradiction, through every cell, to the article and back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.queries.compare import Voice
from tests.examples import sample, share
from tests.journeys import coded
from tests.journeys.test_type_ahead import burst, to_the_start
from tests.person import Person, seated
from tests.reports import EVENT, reported
from tests.sight import frame, highlighted, shown, theme_colour, words
from tests.small import SmallCase
from tui.commands.registry import PANES
from tui.draw.timeline import mark_of
from tui.panes.passage_pair import PassageBox
from tui.session.trail import Location

ALEPPO = "Rebels take Aleppo"


async def to(me: Person, event: str) -> None:
    """Focus the timeline, on the event with this id."""
    await me.press("1")
    me.explore.timeline.move_to(me.row_of(event))
    await me.settle()


async def compared(me: Person, event: str) -> None:
    """Compare the event with this id."""
    await to(me, event)
    await me.press("c")
    assert me.pane == "compare"


def here(me: Person) -> Voice:
    """The voice under the cursor."""
    grid = me.explore.comparing.grid
    assert grid.comparison is not None
    assert grid.voice is not None, "the cursor stands on an empty cell"
    return grid.comparison.voices[grid.voice]


def claim(voice: Voice) -> dict[str, object]:
    """The claim of a voice as the case file has it, and the words of its passage."""
    found = coded.tables()["claims"][voice.claim]
    return {**found, "exact": coded.tables()["passages"][found["passage"]]["exact"]}


def marked(me: Person, box: PassageBox) -> str:
    """The words of a box that are drawn as a passage."""
    passage = theme_colour(me.app, "passage")
    lines: dict[int, str] = {}
    for cell in frame(me.app, box.content_region):
        if cell.background == passage:
            lines[cell.y] = lines.get(cell.y, "") + cell.letter
    return words("\n".join(lines.values()))


def boxes(me: Person) -> tuple[PassageBox, PassageBox]:
    return me.explore.comparing.this, me.explore.comparing.other


def place_of(me: Person) -> Location:
    """The location of the session, without the cursors of the views that are not visible."""
    views = {id_: view for id_, view in me.place.views.items() if id_ == me.pane or id_ in PANES}
    return replace(me.place, views=views)


async def resized(me: Person, width: int, height: int) -> None:
    """Pull the terminal to another size, and wait until all is laid out."""
    await me.resize(width, height)
    await me.pilot.pause()
    await me.settle()


def belonging(event: str) -> set[str]:
    """The ids of an event and of its parts, however deep."""
    found = {event}
    while more := {
        id_
        for id_, one in coded.tables()["events"].items()
        if id_ not in found and one.get("part_of") in found
    }:
        found |= more
    return found


# one contradiction


async def test_the_capture_of_aleppo_is_told_of_two_days_and_both_are_read() -> None:
    async with seated((120, 40)) as me:
        await to(me, coded.called(ALEPPO))
        before = place_of(me)
        await me.press("c")
        mine = here(me)
        assert (mine.reading, mine.first) == ("perhaps contradicts", False)
        assert claim(mine)["kind"] == "date"
        grid = me.explore.comparing.grid
        assert grid.comparison is not None
        stands = grid.comparison.stands(grid.comparison.voices.index(mine))[0]
        theirs = grid.comparison.voices[stands.other]
        this, other = boxes(me)
        assert marked(me, this) == words(str(claim(mine)["exact"]))
        assert (
            marked(me, other)
            == words(str(claim(theirs)["exact"]))
            == ("captured Aleppo over the weekend")
        )
        rule = words(shown(me.app, other.content_region))
        assert (
            "29 Nov 2024 (counted from another date) and 30 Nov to 1 Dec 2024 (our reading of"
            in rule
        )
        assert "cannot both be true" in rule
        assert "≟ perhaps contradicts" in me.screen
        assert "Rebels take Aleppo › compare" in me.screen
        await me.press("backspace")
        assert place_of(me) == before


async def test_enter_opens_the_article_on_the_passage_and_back_returns_to_the_cell() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        await me.press("l", "j")
        voice, there = here(me), place_of(me)
        await me.press("enter")
        wanted = coded.tables()["passages"][voice.passage_id]
        assert (me.pane, me.article_id) == ("article", wanted["article"])
        assert highlighted(me.app) == words(wanted["exact"])
        await me.press("backspace")
        assert place_of(me) == there
        assert here(me) == voice
        assert marked(me, boxes(me)[0]) == words(wanted["exact"]), "the boxes are filled again"


async def test_n_sets_one_after_the_other_against_the_cell_and_comes_round() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        grid, (_, other) = me.explore.comparing.grid, boxes(me)
        assert grid.comparison is not None
        assert grid.voice is not None
        stands = grid.comparison.stands(grid.voice)
        assert len(stands) > 1
        for key, way in (("n", [*stands, stands[0]]), ("N", [*reversed(stands)])):
            for place, one in enumerate(way):
                if key == "N" or place:
                    await me.press(key)
                assert marked(me, other) == words(
                    str(claim(grid.comparison.voices[one.other])["exact"])
                )
                assert f"{stands.index(one) + 1} of {len(stands)}" in me.screen


# every event, every cell


async def test_every_event_is_compared_in_words_of_its_claims() -> None:
    async with seated((120, 40)) as me:
        for event in sample(coded.event_ids(), of="compared"):
            await compared(me, event)
            voice = here(me)
            told = claim(voice)
            grid = me.explore.comparing.grid
            assert grid.comparison is not None
            claims = coded.tables()["claims"]
            heard = {who(claims[voice.claim]) for voice in grid.comparison.voices}
            assert heard >= {
                who(one) for one in claims.values() if one["subject"] in belonging(event)
            }
            cell = words(lit(me))
            printed = (told.get("value") or {}).get("printed") or told["exact"]  # type: ignore[attr-defined]
            assert words(str(printed))[:4] in cell.replace("…", "")
            assert told.get("stance", "asserts") == voice.stance
            assert marked(me, boxes(me)[0]).startswith(words(str(told["exact"]))[:30])
            await me.press("c")
            assert (me.pane, me.event_id) == ("timeline", event), "the same key goes back"


def who(told: dict[str, Any]) -> tuple[str, str, str, str]:
    """The subject, kind, article and origin of a claim; claims that agree in all share one cell."""
    article = coded.tables()["passages"][told["passage"]]["article"]
    return told["subject"], told["kind"], article, "".join(told.get("chain", ())[-1:])


def lit(me: Person) -> str:
    """The words of the cell that is lit."""
    colour = theme_colour(me.app, "cursor-row")
    region = me.explore.comparing.grid.region
    return "".join(cell.letter for cell in frame(me.app, region) if cell.background == colour)


@pytest.mark.parametrize("title", sample([ALEPPO, "Rebels take Hama"], of="voices"))
async def test_rows_and_columns_lead_to_every_voice_once(title: str) -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(title))
        grid = me.explore.comparing.grid
        assert grid.comparison is not None
        await me.press("g")
        visited: list[str] = []
        for row in range(grid.count):
            assert grid.cursor == row
            while "further left" not in me.said:
                await me.press("h" if row % 2 else "[")
            visited.append(here(me).claim)
            while "further right" not in me.said:
                await me.press("l" if row % 2 else "]")
                if "further" not in me.said:
                    visited.append(here(me).claim)
            await me.press("j")
        assert len(visited) == len(set(visited))
        assert set(visited) == {voice.claim for voice in grid.comparison.voices}


# what is at odds


async def test_x_goes_to_every_line_that_is_at_odds_and_round() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        grid = me.explore.comparing.grid
        assert grid.comparison is not None
        wanted = {row.line for row in grid.comparison.disputes()}
        assert len(wanted) > 1
        visited = [here(me).line]
        for _ in range(len(wanted) - 1):
            await me.press("x")
            visited.append(here(me).line)
        assert visited == sorted(visited)
        assert set(visited) == wanted
        await me.press("x")
        assert here(me).line == visited[0]
        assert "Back to the first" in me.said


async def test_x_in_a_pane_leads_to_the_first_of_the_event() -> None:
    async with seated((120, 40)) as me:
        await to(me, coded.called(ALEPPO))
        await me.press("x")
        assert (me.pane, here(me).reading) == ("compare", "perhaps contradicts")


async def test_capital_x_goes_round_all_that_is_at_odds_in_the_case() -> None:
    async with seated((120, 40)) as me:
        visited: list[str] = []
        while len(visited) < 2 or me.location.subject != visited[0]:
            await me.press("X")
            assert me.pane == "compare"
            assert here(me).at_odds
            found = me.explore.comparing.grid.comparison
            assert found is not None
            assert found.disputes(), "something is at odds, not only far apart"
            visited.append(me.location.subject)
        subjects = visited[:-1]
        assert len(subjects) == len(set(subjects)) > 3
        listed = {
            row.id
            for row in me.session.window(me.explore.timeline.numbers)
            if row.contradicts or row.differs
        }
        assert listed <= set(subjects)
        for subject in reversed(visited):
            assert me.location.subject == subject
            await me.press("backspace")
        assert me.pane == "timeline"


async def test_only_what_is_at_odds_and_all_again() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        grid, voice = me.explore.comparing.grid, here(me)
        rows = grid.count
        await me.press(".")
        assert 0 < grid.count < rows
        assert here(me) == voice
        assert "only what is at odds" in me.screen
        assert "it happened" not in shown(me.app, grid.content_region)
        await me.press(".")
        assert grid.count == rows
        assert here(me) == voice


async def test_where_nothing_is_at_odds_the_grid_says_so(tmp_path: Path) -> None:
    async with seated((120, 40), reported(tmp_path / "case.json", 1)) as me:
        await compared(me, EVENT)
        assert "nothing found at odds" in me.screen
        assert "No other report mentions this." in me.screen
        await me.press("x")
        assert "Nothing was found at odds here" in me.said
        await me.press("X")
        assert "Nothing was found at odds in this case." in me.said
        await me.press("n")
        assert "No other report mentions this." in me.said
        await me.press(".")
        assert "Nothing was found at odds here." in me.screen
        await me.press("j", "k", "l", "h", "G", "g", "n", "x", "r", "enter")
        assert "Move to a cell" in me.said
        await me.press(".")
        assert here(me).value or here(me).stance


async def test_the_timeline_marks_filters_and_sorts_what_is_disputed() -> None:
    async with seated((120, 40)) as me:
        rows = me.session.window(me.explore.timeline.numbers)
        disputed = [row.title for row in rows if row.contradicts]
        await me.command("support disputed")
        assert me.titles == disputed
        assert "≠" in shown(me.app, me.explore.timeline.region)
        await me.press("-")
        await me.command("sort disputed")
        assert set(me.titles[: len(disputed)]) == set(disputed)
        await to(me, coded.called(ALEPPO))
        assert "perhaps contradicts: when (29 Nov 2024" in words(
            shown(me.app, me.explore.sources.content_region)
        )


async def test_what_d_does_not_find_is_named_and_an_exact_name_comes_first() -> None:
    async with seated((120, 40)) as me:
        await me.press("D")
        await me.type("zzz")
        assert "No dispute matches “zzz”." in me.screen
        assert "Nothing was found at odds" not in me.screen
        await me.press("escape", "D")
        await me.type("russia")
        assert me.window.list.picks[0].title == "Russia"
        assert len(me.window.list.picks) > 1
        await me.press("enter")
        assert me.session.location.subject.startswith("act_")


async def test_in_a_low_terminal_rule_and_passage_get_the_room_beside_them() -> None:
    async with seated((80, 24)) as me:
        await compared(me, coded.called("Rebels push south"))
        found = " ".join(me.screen.split())
        assert "⇄ out of order" in found
        this, other = boxes(me)
        assert "…" not in str(other.render()), "neither rule nor passage nor origin is cut"
        assert this.outer_size.width < other.outer_size.width
        grid = me.explore.comparing.grid
        assert grid.scrollable_content_region.height >= 2 + 1 + 2 * grid.row_height


async def test_d_lists_what_is_at_odds_in_the_case_and_enter_compares_it() -> None:
    async with seated((120, 40)) as me:
        await to(me, coded.called(ALEPPO))
        before = place_of(me)
        rows = me.session.window(me.explore.timeline.numbers)
        await me.press("D")
        assert "At odds in this case" in me.screen
        picks = me.window.list.picks
        told = {row.id: (row.contradicts, row.stale, row.differs, row.apart) for row in rows}
        about = coded.called("Rebels encircle Hama from three sides")
        assert told.pop(about) == (0, 1, 0, 0), "what is told of it is at odds about the place"
        events = [(pick.aside, pick.value) for pick in picks if pick.aside.endswith("event")]
        assert [id_ for _, id_ in events] == [
            id_
            for at in range(4)
            for id_, figures in told.items()
            if figures[at] and not any(figures[:at])
        ], "what asks most for a person first, then by the timeline"
        marks = {row.id: mark_of(row, me.explore.timeline.theme_styles)[0] for row in rows}
        for sign, id_ in events:
            worst = marks[str(id_)]
            assert worst in "◇≪" or sign == f"{worst} event", "each has the sign of the timeline"
        assert ("⇄ event", coded.called("Rebels push south")) in events
        others = [(pick.aside, pick.title) for pick in picks if not pick.aside.endswith("event")]
        assert others == [
            ("◁ place", "Hama"),
            ("◇ place", "Idlib province"),
            ("◇ actor", "Iran"),
            ("∥ actor", "Russia"),
        ]
        await me.type("29 nov")
        found = [one.title for one in me.window.list.picks]
        assert found == ["Rebels push south", ALEPPO]
        await me.press("down")
        assert "contradicts: when (29 Nov 2024 / 30 Nov to 1 Dec 2024" in words(
            shown(me.app, me.window.region)
        )
        await me.press("enter")
        assert (me.pane, me.location.subject) == ("compare", coded.called(ALEPPO))
        assert here(me).reading == "perhaps contradicts"
        await me.press("D", "escape")
        assert (me.pane, me.location.subject) == ("compare", coded.called(ALEPPO))
        await me.press("backspace")
        assert place_of(me) == before
        await me.command("disputes")
        await me.type("unconditional")
        await me.press("enter")
        assert "Russia › compare" in me.screen


async def test_where_nothing_is_at_odds_the_list_says_so(tmp_path: Path) -> None:
    async with seated((80, 24), reported(tmp_path / "case.json", 1)) as me:
        await me.press("D")
        assert "Nothing was found at odds in this case." in me.screen
        await me.press("enter")
        assert (me.pane, me.app.screen) == ("timeline", me.explore)


async def test_what_is_set_against_the_cell_has_its_column_in_view() -> None:
    async with seated((80, 24)) as me:
        await compared(me, coded.called(ALEPPO))
        grid = me.explore.comparing.grid
        found = grid.comparison
        assert found is not None
        assert len(found.articles) > 2, "more than have room"
        for key in ["", *"nnNjlnjhnxxr.nn.r"]:
            await me.press(*key)
            voice = here(me)
            stands = me.explore.comparing._stands
            if not stands:
                assert "↔" not in me.screen
                continue
            other = found.voices[stands[me.explore.comparing._at].other]
            same = (
                other.origin_id == voice.origin_id
                if me.location.by_origin
                else (other.article == voice.article)
            )
            head = shown(me.app, grid.region).splitlines()[1]
            assert ("↔" in head) is not same
            if not same:
                of = (
                    other.origin
                    if me.location.by_origin
                    else found.articles[other.article].publisher
                )
                assert (of or "undated") in head.partition("↔")[2] or not of
                grid_words = words(shown(me.app, grid.region))
                beside = other.line == voice.line
                assert not beside or other.value[:12] in grid_words, "read beside the cell"


async def test_numbers_that_are_far_apart_say_so_and_x_leads_to_them() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called("People flee the fighting"))
        assert (here(me).value, here(me).reading) == ("at least 50,000", "far apart")
        grid = me.explore.comparing.grid
        assert "≪ far apart ×5.6 “" in lit(me)
        assert shown(me.app, grid.region).count("×5.6") == 2, "and that of the other number"
        assert "1 ≪ far apart" in me.screen.splitlines()[1]
        assert "but one is 5.6 times the other" in words(shown(me.app, boxes(me)[1].content_region))
        line = here(me).line
        await me.press("g")
        assert here(me).line != line
        await me.press("x")
        assert here(me).line == line, "there is no other"
        await me.press("x")
        assert here(me).line == line, "round"
        await me.press(".")
        assert here(me).line == line, "it is kept with what is at odds"


# by article and by origin


async def test_by_origin_the_cursor_stays_on_its_voice() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        grid = me.explore.comparing.grid
        assert grid.comparison is not None
        for moves in ("", "jl", "jjj", "G"):
            await me.press(*moves)
            voice = here(me)
            await me.press("r")
            assert here(me) == voice
            assert "Compare by origin" in me.screen
            origins = {one.origin_id for one in grid.comparison.voices}
            assert len(grid._heads) == len(origins)
            assert voice.origin in shown(me.app, grid.region)
            await me.press("r")
            assert here(me) == voice
            assert "Compare by article" in me.screen


# actors and places


async def test_an_actor_under_the_cursor_is_compared() -> None:
    async with seated((120, 40)) as me:
        await me.press("2", ".")
        names = [row.name for row in me.explore.actors.rows]
        me.explore.actors.move_to(names.index("Hayat Tahrir al-Sham"))
        await me.settle()
        before = place_of(me)
        await me.press("c")
        assert "Hayat Tahrir al-Sham › compare" in me.screen
        assert me.location.subject == me.explore.actors.rows[me.explore.actors.cursor].id
        await me.press("enter")
        assert me.pane == "article", "on a passage about an actor, with an event of its article"
        await me.press("backspace", "backspace")
        await me.pilot.pause()  # the article scrolls once it is laid out
        await me.settle()
        assert place_of(me) == before


async def test_a_place_is_compared_by_its_name() -> None:
    async with seated((120, 40)) as me:
        await me.command("compare Hama")
        assert "Hama › compare" in me.screen
        assert coded.tables()["places"][me.location.subject]["name"] == "Hama"
        assert "◁ stale" in me.screen
        await me.command("compare xyzzy")
        assert me.pane == "compare"


async def test_an_actor_of_whom_nothing_is_claimed(tmp_path: Path) -> None:
    case = SmallCase()
    article, event = case.article("paper", "The rebels took it."), case.event("A")
    case.acted(event, article, "The rebels", case.actor("The rebels"))
    async with seated((80, 24), case.write(tmp_path / "case.json")) as me:
        await me.press("2", "c")
        assert me.pane == "compare"
        await me.press(*"jklhrxn.", "enter", "w", "enter", "j", "/", "escape", "c")
        assert not me.ended


async def test_an_event_without_articles_is_compared_and_nobody_speaks(tmp_path: Path) -> None:
    case = SmallCase()
    case.article("paper", "Nothing of it.")
    case.event("A")
    async with seated((80, 24), case.write(tmp_path / "case.json")) as me:
        await me.press("c")
        assert (me.pane, me.location.subject) == ("compare", "evt_A")
        assert "No report mentions this." in me.screen
        await me.press(*"jklhrxn.", "X", "enter", "[", "]", "G", "g", "pagedown")
        await me.press("backspace")
        assert me.pane == "timeline"


# ways out


@pytest.mark.parametrize("view", ["c", "w"])
async def test_keys_of_the_panes_lead_back_to_them_with_a_step_of_the_trail(view: str) -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        if view == "w":
            await me.press("w")
        there = place_of(me)
        for key, pane in zip("1234", ("timeline", "actors", "sources", "article"), strict=True):
            await me.press(key)
            assert me.pane == pane
            assert me.explore.query_one(f"#{pane}").region
            await me.press("backspace")
            assert place_of(me) == there
        await me.command("actor HTS")
        assert (me.pane, me.filters) == ("timeline", ["actor=Hayat Tahrir al-Sham"])
        await me.press("backspace")
        assert place_of(me) == there
        await me.press("&")
        await me.type("prison")
        await me.press("enter")
        assert (me.pane, me.filters) == ("timeline", ["words=prison"])
        await me.press("backspace")
        assert place_of(me) == there


@pytest.mark.parametrize("key", ["z", "<", ">", "s", "tab", "shift+tab", "space"])
async def test_what_is_for_the_panes_says_so_in_a_view(key: str) -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        for view in "cw":
            await me.press(*view.replace("c", ""))
            there = place_of(me)
            await me.press(key)
            assert place_of(me) == there
            assert "Backspace goes back" in me.said


async def test_help_in_a_view_lists_its_keys() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        await me.press("?")
        titles = [pick.title for pick in me.window.list.picks]
        assert "By article or by origin" in titles
        assert "Zoom" not in titles
        await me.type("by origin")
        await me.press("enter")
        assert me.location.by_origin
        await me.press("w", "?")
        assert "By article or by origin" not in [pick.title for pick in me.window.list.picks]


# typing ahead

NAMED = {"\r": "enter", "\b": "backspace", "\x1b": "escape", " ": "space"}


def unscrolled(location: Location) -> Location:
    """A location without its scroll positions: a view that is left at once is never laid out."""
    return replace(location, views={id_: replace(v, scroll=0) for id_, v in location.views.items()})


BURSTS = (
    *("cxnrjl", "cxr.jjl", "cxrr..", "cxl\r", "wc", "cww", "cjj", "cx\r\b", "XXX"),
    *("D\r", "Dhama\r", "D\x1bjj", "XDiran\r", "cx/hayat\rj", "X:actor hts\r"),
)
"""Keys that are pressed one by one, and in one burst."""


async def test_a_burst_does_what_the_keys_do_one_by_one() -> None:
    async with seated((120, 40)) as me:
        row = me.row_of(coded.called(ALEPPO))
        for keys in sample(BURSTS, of="bursts"):
            named = [NAMED.get(key, key) for key in keys]
            await to_the_start(me, row)
            await me.press(*named)
            one_by_one = unscrolled(place_of(me))
            await to_the_start(me, row)
            await burst(me, *named)
            assert unscrolled(place_of(me)) == one_by_one, keys


# finding


async def test_finding_in_the_grid_and_from_match_to_match() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        await me.press("g", "/")
        await me.type("hayat")
        await me.press("enter")
        assert "Hayat Tahrir al-Sham" in here(me).value, "the cell that matches, not its row alone"
        assert "match 1/" in me.screen
        found = {here(me).claim}
        while "No match after" not in me.said:
            found.add(here(me).claim)
            await me.press("n")
        assert len(found) > 1
        await me.press("N", "escape", "n")
        assert "match" not in me.said, "without a search n sets another claim against the cell"


async def test_esc_in_a_search_returns_to_the_cell() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        await me.press("j", "l")
        before = place_of(me)
        await me.press("/")
        await me.type("hayat")
        assert place_of(me) != before
        await me.press("escape")
        assert place_of(me) == before
        await me.press("/")
        await me.type("xyzzy")
        await me.press("enter")
        assert place_of(me) == before
        assert "is not in what is compared" in me.said


# the mouse, and the size of the terminal


async def test_a_click_goes_to_its_cell_and_two_open_its_article() -> None:
    async with seated((200, 60)) as me:
        await compared(me, coded.called(ALEPPO))
        grid = me.explore.comparing.grid
        assert grid.comparison is not None
        laid = grid._layout(grid.scrollable_content_region.width)
        for row, columns in enumerate(row.cells for row in grid._rows[:6]):
            for column, place in columns.items():
                shown = grid._shown(laid)
                if column not in shown:
                    continue
                x = 2 + laid.label + shown.index(column) * laid.column + 5
                y = 1 + len(grid._head()) + grid._line_of(row) - round(grid.scroll_y)
                await me.click(grid, (x, y + column % 2))
                assert (grid.cursor, grid.column, grid.voice) == (row, column, place)
                voice = here(me)
                assert marked(me, boxes(me)[0]).startswith(voice.exact[:20])
        await me.click(grid, (x, y), times=2)
        assert (me.pane, me.article_id) == (
            "article",
            coded.tables()["passages"][voice.passage_id]["article"],
        )


async def test_a_click_on_a_heading_or_an_empty_cell() -> None:
    async with seated((200, 60)) as me:
        await compared(me, coded.called(ALEPPO))
        grid, voice = me.explore.comparing.grid, here(me)
        for y in (1, 2, 3):
            await me.click(grid, (60, y), times=2)
            assert (me.pane, here(me)) == ("compare", voice)
        row = next(row for row in range(grid.count) if len(grid._rows[row].cells) == 1)
        y = 1 + len(grid._head()) + grid._line_of(row) - round(grid.scroll_y)
        for x in (3, 50, 190):
            await me.click(grid, (x, y))
            assert (grid.cursor, grid.column) == (row, *grid._rows[row].cells)


SIZES = ((1, 1), (2, 2), (10, 3), (30, 8), (60, 15), (300, 3), (3, 100), (1, 1))


@pytest.mark.parametrize("view", ["c", "w"])
async def test_a_terminal_that_becomes_tiny_and_large_again(view: str) -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        await me.press(*view.replace("c", ""))
        before, drawn = place_of(me), me.screen
        for size in share(SIZES, "cw".index(view), of=2):
            await resized(me, *size)
            await me.press("j", "l", "n", "?", "escape", "k", "h", "r", "r", ".", ".", "G")
        await resized(me, 120, 40)
        assert not me.ended
        await me.press("backspace", "alt+right")
        assert me.pane == before.pane
        assert me.screen.splitlines()[0] == drawn.splitlines()[0]


async def test_what_is_seen_after_a_resize_is_as_if_opened_in_that_size() -> None:
    async with seated((120, 40), painting=True) as me:
        await compared(me, coded.called(ALEPPO))
        await resized(me, 80, 24)
        small = me.screen
        await resized(me, 120, 40)
        await me.press("g")
        large = me.screen
    for size, seen, keys in (((80, 24), small, ""), ((120, 40), large, "g")):
        async with seated(size, painting=True) as me:
            await compared(me, coded.called(ALEPPO))
            await me.press(*keys)
            assert me.screen == seen


async def test_the_theme_changes_in_a_view() -> None:
    async with seated((120, 40)) as me:
        await compared(me, coded.called(ALEPPO))
        before = marked(me, boxes(me)[0])
        await me.press("T")
        assert marked(me, boxes(me)[0]) == before, "drawn in the colours of the new theme"
