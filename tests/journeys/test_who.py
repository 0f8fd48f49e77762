"""Provenance on the screen: from the origins to the articles that print them, and into each."""

from pathlib import Path

from tests.examples import sample
from tests.journeys import coded
from tests.journeys.test_compare import ALEPPO, marked, place_of, to
from tests.journeys.test_type_ahead import burst
from tests.person import Person, seated
from tests.reports import EVENT, reported
from tests.sight import highlighted, shown, words
from tests.small import SmallCase


async def asked(me: Person, event: str) -> None:
    """Open the provenance of the event with this id."""
    await to(me, event)
    await me.press("w")
    assert me.pane == "who"


async def test_the_summary_counts_and_w_goes_back() -> None:
    async with seated((120, 40)) as me:
        event = coded.called(ALEPPO)
        await to(me, event)
        before = place_of(me)
        await me.press("w")
        articles = len({one.article for one in coded.behind(event)})
        tree = me.explore.comparing.tree
        assert f"{articles} articles · " in shown(me.app, tree.region)
        assert f"{ALEPPO} › who says so" in me.screen
        assert f"1/{tree.count}" in me.screen
        await me.press("w")
        assert place_of(me) == before


async def test_every_leaf_opens_its_article_on_its_passage() -> None:
    async with seated((120, 40)) as me:
        event = coded.called(ALEPPO)
        await asked(me, event)
        tree = me.explore.comparing.tree
        assert tree.found is not None
        opened = set()
        for row, node in enumerate(tree.found.nodes):
            assert tree.cursor == row
            leaf = next(one for one in tree.found.nodes[row:] if one.article is not None)
            exact = words(coded.tables()["passages"][leaf.passage_id]["exact"])
            assert marked(me, me.explore.comparing.this) == exact
            if node.article is not None:
                there = place_of(me)
                await me.press("enter")
                assert (me.pane, me.article_id) == ("article", node.article_id)
                assert highlighted(me.app) == exact
                opened.add(node.article_id)
                await me.press("backspace")
                assert place_of(me) == there
            await me.press("j" if row % 2 else "]")
        assert opened == {one.article for one in coded.behind(event)}


async def test_of_every_event_all_articles_are_in_the_tree() -> None:
    async with seated((120, 40)) as me:
        for event in sample(coded.event_ids(), of="who"):
            await asked(me, event)
            tree = me.explore.comparing.tree
            assert tree.found is not None
            leaves = {node.article_id for node in tree.found.nodes if node.article is not None}
            assert leaves == {one.article for one in coded.behind(event)}
            origins = sum(node.depth == 0 for node in tree.found.nodes)
            chains = {
                (coded.tables()["passages"][one["passage"]]["article"], *one.get("chain", ())[-1:])
                for one in coded.claims_on(event)
            }
            assert 1 <= origins <= len(chains)
            await me.press("G", "k")
            assert marked(me, me.explore.comparing.this)


async def test_from_compare_to_who_and_back() -> None:
    async with seated((120, 40)) as me:
        event = coded.called(ALEPPO)
        await to(me, event)
        await me.press("c", "j", "l")
        there = place_of(me)
        await me.press("w")
        assert (me.pane, me.location.subject) == ("who", event)
        await me.press("c")
        assert (me.pane, me.location.subject) == ("compare", event)
        await me.press("backspace", "backspace")
        assert place_of(me) == there


async def test_who_speaks_of_an_actor() -> None:
    async with seated((120, 40)) as me:
        await me.command("compare Hayat Tahrir al-Sham")
        await me.press("w")
        assert "Hayat Tahrir al-Sham › who says so" in me.screen
        await me.press("G", "enter")
        assert me.pane == "article"
        await me.press("backspace", "backspace", "backspace")
        assert me.pane == "timeline"


async def test_many_reports_rest_on_one_origin(tmp_path: Path) -> None:
    async with seated((120, 40), reported(tmp_path / "case.json", 12)) as me:
        await asked(me, "evt_Fighting in the northern suburbs")
        assert "SOHR carries 10 of 12 articles" in me.screen
        assert "publisher not stated" in me.screen
        await to(me, EVENT)
        await me.press("w")
        assert "◐ doubts" in me.screen
        await me.press("G")
        assert "○ denies" in me.screen


async def test_an_event_of_which_nobody_speaks(tmp_path: Path) -> None:
    case = SmallCase()
    case.article("paper", "Nothing of it.")
    case.claim(case.event("B"), "art_paper", "Nothing of it")
    case.event("A")
    async with seated((80, 24), case.write(tmp_path / "case.json")) as me:
        await asked(me, "evt_B")
        assert marked(me, me.explore.comparing.this) == "Nothing of it"
        await asked(me, "evt_A")
        assert "No source says so." in me.screen
        assert "Nothing of it" not in me.screen, "the passage shown before is gone"
        await me.press(*"jkhlrxn.", "enter", "[", "]", "G", "g", "pagedown")
        await me.press("w")
        assert not me.ended


async def test_finding_in_the_tree() -> None:
    async with seated((120, 40)) as me:
        await asked(me, coded.called(ALEPPO))
        tree = me.explore.comparing.tree
        assert tree.found is not None
        await me.press("/")
        await me.type("oman")
        await me.press("enter")
        visited = []
        while "No match after" not in me.said:
            visited.append(tree.cursor)
            await me.press("n")
        named = [row for row, node in enumerate(tree.found.nodes) if "Oman" in node.name]
        assert visited == named


async def test_a_click_on_a_line_shows_its_passage_and_two_open_it() -> None:
    async with seated((120, 40)) as me:
        await asked(me, coded.called(ALEPPO))
        tree = me.explore.comparing.tree
        assert tree.found is not None
        row = max(row for row, node in enumerate(tree.found.nodes) if node.article is not None)
        node = tree.found.nodes[row]
        at = (8, 1 + len(tree._head()) + row)
        await me.click(tree, at)
        assert tree.cursor == row
        assert marked(me, me.explore.comparing.this) == words(node.exact)
        await me.click(tree, at, times=2)
        assert (me.pane, me.article_id) == ("article", node.article_id)


async def test_in_a_burst_w_and_enter_open_the_first_article() -> None:
    async with seated((120, 40)) as me:
        event = coded.called(ALEPPO)
        await to(me, event)
        await burst(me, "w", "j", "enter")
        tree = me.explore.comparing.tree
        assert tree.found is not None
        first = next(node for node in tree.found.nodes if node.article is not None)
        assert (me.pane, me.article_id) == ("article", first.article_id)


async def test_in_a_burst_the_moves_after_w_count() -> None:
    async with seated((120, 40)) as me:
        await to(me, coded.called(ALEPPO))
        await burst(me, "w", "j", "j")
        assert me.explore.comparing.tree.cursor == 2
