"""Rows are marked, and one act is on all of them: one log entry, one undo."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.model.judgements import Assessment, Mark, Tag
from store.model.records import Event
from store.model.vocabulary import EventType
from store.queries.records import all_records
from tests.person import Person, seated
from tests.small import SmallCase
from tui.session.settings import remember_author

EVENTS = ("Hill taken", "Hill left", "Road cut", "Road opened", "Bridge blown")


@pytest.fixture(autouse=True)
def _signed() -> None:
    remember_author("Ada")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    small = SmallCase()
    for number, title in enumerate(EVENTS):
        publisher = small.source(f"Daily {number % 2}") if number < 4 else None
        article = small.article(f"a{number}", f"{title}.", title=title, publisher=publisher)
        small.claim(small.event(title), article, title)
    return small.write(tmp_path / "case.json")


def held(me: Person, kind: type[object]) -> list[object]:
    archive: Archive = me.session.archive
    found = archive.ask(lambda reader: [one for _, one in all_records(reader)])
    return [one for one in found if isinstance(one, kind)]


def entries(me: Person) -> int:
    return len(me.session.archive.history())


async def test_marks_stay_while_one_filters_and_moves_until_they_are_taken_off(case: Path) -> None:
    async with seated((120, 40), case) as me:
        first = me.titles[0]
        await me.press("g", "comma", "comma")
        assert me.explore.timeline.cursor == 2
        assert "· 2 marked" in me.screen
        assert me.screen.count("✓ ") == 2
        await me.command("words bridge")
        assert "2 marked" in me.screen
        await me.press("escape", "escape")
        await me.command("all")
        assert me.screen.count("✓ ") == 2
        await me.press("g", "comma")
        assert "1 marked" in me.screen
        assert me.titles[0] == first
        await me.press("g", "comma", "G", ";")
        assert me.said.startswith("3 more; 5 marked events.")
        await me.press("U")
        assert me.said == "5 marks taken off."
        assert "✓ " not in me.screen


@pytest.mark.parametrize("width", [80, 100, 108, 120])
async def test_what_is_marked_stands_apart_from_the_next_keys(case: Path, width: int) -> None:
    async with seated((width, 30), case) as me:
        await me.press("g", "comma", "comma")
        status = me.screen.splitlines()[-1]
        facts, _, keys = status.partition("2 marked")
        assert not facts or keys.startswith("    "), status
        assert status.rstrip().endswith("? keys")


async def test_a_tag_on_all_that_the_filter_leaves_is_one_act(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.command("words road")
        await me.command("mark all")
        await me.press("t")
        assert "Tag 2 marked events" in me.screen
        await me.type("supply")
        await me.press("enter")
        assert sorted(one.about for one in held(me, Tag)) == ["evt_Road cut", "evt_Road opened"]  # type: ignore[attr-defined]
        assert entries(me) == 1
        await me.command("tag supply")
        assert me.said == "2 marked events are already tagged supply."
        await me.press("u")
        assert me.said == "Undone: tag 2 marked events #supply."
        assert held(me, Tag) == []


async def test_stars_types_and_assessments_are_on_all_marked_events(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.press("g", "comma", "comma", "*")
        assert len(held(me, Mark)) == 2
        await me.press("comma", "*")
        assert len(held(me, Mark)) == 3
        await me.press("*")
        assert held(me, Mark) == []
        await me.command("set-type shelling")
        types = [one.type for one in held(me, Event)]  # type: ignore[attr-defined]
        assert types.count(EventType.SHELLING) == 3
        await me.press("A")
        assert "3 marked events" in me.screen
        await me.type("weak")
        await me.press("enter")
        await me.type("one origin")
        await me.press("enter")
        assert len(held(me, Assessment)) == 3
        assert entries(me) == 5


async def test_a_withdrawal_counts_what_depends_on_all_and_undo_brings_all_back(
    case: Path,
) -> None:
    async with seated((120, 40), case) as me:
        await me.press("g", "comma", "comma", "comma", "d")
        shown = " ".join(me.screen.split())
        assert "Withdraw 3 marked events: why?" in shown
        assert "Withdraw these 3 events with 3 passages and 3 claims?" in shown
        await me.type("invented")
        await me.press("enter", "enter")
        assert me.said.startswith("Nothing was changed.")
        await me.press("d", "enter", "down", "enter")
        assert me.said.startswith("Withdrawn: these 3 events with 3 passages and 3 claims.")
        assert me.explore.timeline.count == 2
        assert "marked" not in me.screen
        assert entries(me) == 1
        await me.press("u")
        assert me.explore.timeline.count == 5


async def test_an_act_is_on_the_marks_of_the_list_that_has_the_focus(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.press("g", "comma", "3", "M")
        assert [one.about for one in held(me, Mark)] == [me.article_id]  # type: ignore[attr-defined]
        await me.press("1", "M")
        assert me.said == "This works only on an article, not on 1 marked event."


async def test_the_publishers_of_marked_articles_are_graded_all_or_none(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.press("1", "G", "3", "comma", "=")
        assert "do not state their publisher: none is graded" in me.said
        await me.press("U", "1", "g", "3", "comma", "=")
        assert "Daily 0" in me.screen
