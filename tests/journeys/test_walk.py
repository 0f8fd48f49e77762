"""The central act of the program, for every event of the bundled case: to each article, and back.

The expectation is read from the case file, and the result from the frame.
"""

import pytest

from tests.examples import WHOLE, sample
from tests.journeys import coded
from tests.person import Person, seated
from tests.sight import highlighted, words

CHUNKS = 12 if WHOLE else 2


def test_the_timeline_lists_every_event_of_the_file_once() -> None:
    assert len(set(coded.event_ids())) == len(coded.event_ids()) >= CHUNKS


@pytest.mark.parametrize("chunk", range(CHUNKS))
async def test_from_an_event_to_every_article_behind_it_and_back(chunk: int) -> None:
    async with seated(size=(120, 40)) as me:
        timeline = me.explore.timeline
        listed = [row.id for row in me.session.window(timeline.numbers)]
        assert sorted(listed) == sorted(coded.event_ids())
        for index in sample(range(chunk, len(listed), CHUNKS), of=str(chunk)):
            timeline.move_to(index)
            await me.settle()
            assert me.event_id == listed[index]
            await walk(me, listed[index])


async def walk(me: Person, event: str) -> None:
    """Enter, `]` to the end, `[` back, Enter on the passage, Backspace, Backspace."""
    expected = coded.behind(event)
    before = me.place
    assert before.pane == "timeline"
    await me.press("enter")
    assert me.pane == "article"
    sees(me, event, expected[0])
    for one in expected[1:]:
        await me.press("]")
        sees(me, event, one)
    await me.press("]")
    assert ("last of the" if len(expected) > 1 else "only article") in me.said
    sees(me, event, expected[-1])
    for one in reversed(expected[:-1]):
        await me.press("[")
        sees(me, event, one)
    await me.press("[")
    assert ("first of the" if len(expected) > 1 else "only article") in me.said
    sees(me, event, expected[0])
    await to_the_event_and_back(me, event, expected[0])
    await me.press("backspace")
    assert me.place == before


def sees(me: Person, event: str, one: coded.Behind) -> None:
    """Assert that the article is that of the file, and that its passage's words are highlighted."""
    current = me.explore.article.current
    assert current is not None
    assert (me.event_id, me.article_id, current.id) == (event, one.article, one.passage)
    assert highlighted(me.app) == words(one.exact)
    assert me.pane == "article", "] and [ leave the focus where it is"


async def to_the_event_and_back(me: Person, event: str, one: coded.Behind) -> None:
    """Enter on the passage leads to its event, or offers its events; Backspace takes it back."""
    there = me.place
    supported = coded.supported_by(one.passage)
    await me.press("enter")
    if len(supported) > 1:
        picks = me.window.list.picks
        assert sorted(pick.title for pick in picks) == sorted(map(coded.title, supported))
        wanted = [pick.title for pick in picks].index(coded.title(event))
        await me.press(*["down"] * wanted, "enter")
    assert (me.pane, me.event_id) == ("timeline", event)
    await me.press("backspace")
    assert me.place == there
    sees(me, event, one)
