"""Someone types faster than the screen draws: every key goes where it was meant."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input

import tui.session.open_case
from seeds.bundled import BUNDLED
from tests.examples import share
from tests.person import Person, seated
from tui.app import ConflictApp
from tui.dialogs.picker import Picker
from tui.session.session import Session
from tui.session.views import AlreadyShown


async def burst(me: Person, *keys: str) -> None:
    for key in keys:
        me.send(key)
    await me.settle()


async def to_the_start(me: Person, row: int) -> None:
    """Go back all the way, to a row of the timeline that is entered and compared anew."""
    while me.app.screen is not me.explore or isinstance(me.app.focused, Input):
        await me.press("escape")
    await me.press("escape")
    while me.session.trail.steps[0]:
        await me.press("backspace")
    me.explore.dispatcher.run("sort", "date")
    await me.press("1")
    me.explore.timeline.move_to(row + 1)
    await me.press("c", "c")
    me.explore.timeline.move_to(row)
    await me.press("escape")


async def test_letters_after_the_colon_reach_the_palette() -> None:
    async with seated() as me:
        await burst(me, ":", *"HTS")
        assert me.app.screen.query_one(Input).value == "HTS"


async def test_a_search_and_two_enters_find_and_then_open_the_article() -> None:
    async with seated() as me:
        await burst(me, "/", *"prison", "enter", "enter")
        assert me.explore.event is not None
        assert "prison" in me.explore.event.row.title.lower()
        assert me.pane == "article"


async def test_words_and_enter_filter() -> None:
    async with seated() as me:
        await burst(me, "&", *"hama", "enter")
        assert [filter_.text() for filter_ in me.session.location.filter.filters] == ["words=hama"]


async def test_q_in_a_search_is_a_letter() -> None:
    async with seated() as me:
        await burst(me, "/", "q")
        assert not me.ended
        await burst(me, "escape")


async def test_the_next_article_is_that_of_the_event_just_reached() -> None:
    async with seated() as me:
        await burst(me, "k", "j", "]")
        assert me.explore.event is not None
        assert me.session.location.article == me.explore.event.evidence[1].n


THEN: tuple[tuple[str, ...], ...] = (
    ("/", *"prison", "enter", "j"),
    ("/", *"prison", "escape", "j"),
    (":", *"actor", "space", *"hts", "enter", "j"),
    ("/", *"prison", "enter", "n", "enter", "n"),
    ("?", "escape", "j", "j"),
    ("&", *"hama", "enter", "j", "]"),
    ("]", "/", *"hama", "enter", "j", "c"),
    ("?", *"sort", "enter", "j"),
)
"""Keys for a prompt or a window, and one for the pane after them."""


async def test_the_key_after_a_prompt_or_a_window_is_for_the_pane() -> None:
    async with seated() as me:
        row = me.explore.timeline.cursor
        for keys in share(THEN, 0, of=2):
            seen = []
            for at_once in (False, True):
                await to_the_start(me, row)
                await (burst(me, *keys) if at_once else me.press(*keys))
                rows = me.explore.list_of(me.pane)
                at = rows.cursor if rows else me.explore.article.offset_here
                seen.append((me.pane, me.event_id, me.filters, me.said, at))
            assert seen[0] == seen[1], "".join(keys)


async def test_an_answer_that_comes_late_does_not_take_a_move_back() -> None:
    async with seated() as me:
        before = me.session.look(me.location, AlreadyShown())
        at = me.explore.timeline.cursor
        me.explore.timeline.move_to(at + 5)
        me.explore._apply(before)
        assert me.explore.timeline.cursor == at + 5
        await me.settle()
        assert me.explore.event is not None
        assert me.explore.event.row.n == me.explore.timeline.event_at(at + 5)
        assert me.explore.timeline.cursor == at + 5


# while the case is being read


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds the reading of the case until it is set."""
    go_on = threading.Event()
    open_session = tui.session.open_case.open_session

    def held(*args: object, **options: object) -> Session:
        go_on.wait()
        return open_session(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tui.session.open_case, "open_session", held)
    yield go_on
    go_on.set()


@asynccontextmanager
async def early(reading: threading.Event, *keys: str) -> AsyncIterator[Person]:
    """Someone who pressed keys before the case was there."""
    app = ConflictApp(BUNDLED, bundled=True)
    async with app.run_test(size=(100, 30)) as pilot:
        me = Person(pilot)
        for key in keys:
            me.send(key)
            await pilot.pause()
        assert app.explore.session is None
        try:
            yield me
        finally:
            reading.set()  # the program waits for it before it ends


EARLY: tuple[tuple[str, ...], ...] = (
    ("/", *"take_aleppo", "enter", "e"),
    ("/", *"prison?q", "escape", "j"),
    ("j", "j", "/", *"hama", "enter", "enter"),
    ("2", "j", "space"),
    ("&", *"hama", "enter", "j", "]"),
    (":", *"actor", "space", *"hts", "enter", "j"),
    ("enter", "]", "n"),
)
"""Keys that are pressed while the case is read."""


def what_is_seen(me: Person) -> tuple[object, ...]:
    return me.pane, me.event_id, me.filters, me.said, type(me.app.screen)


async def test_what_is_typed_while_the_case_is_read_is_done_in_order_when_it_is_there(
    reading: threading.Event,
) -> None:
    early_seen = []
    some = share(EARLY, 0, of=2)
    for keys in some:
        reading.clear()
        async with early(reading, *keys) as me:
            reading.set()
            await me.settle()
            early_seen.append(what_is_seen(me))
    async with seated() as me:
        row = me.explore.timeline.cursor
        for keys, seen in zip(some, early_seen, strict=True):
            await me.press(*keys)
            assert what_is_seen(me) == seen, "".join(keys)
            await to_the_start(me, row)


@pytest.mark.parametrize("keys", [("q",), ("j", "q"), ("/", "q", "ctrl+q")], ids=" ".join)
async def test_one_can_quit_while_the_case_is_read(
    reading: threading.Event, keys: tuple[str, ...]
) -> None:
    async with early(reading, *keys) as me:
        assert me.ended


async def test_a_q_in_a_search_is_a_letter_while_the_case_is_read_and_ctrl_c_says_how_to_quit(
    reading: threading.Event,
) -> None:
    async with early(reading, "/", *"iraq", "ctrl+c") as me:
        assert not me.ended
        assert me.said.startswith("To quit press q")
        reading.set()
        await me.settle()
        assert me.app.screen.query_one(Input).value == "iraq"


async def test_the_keys_are_explained_while_the_case_is_read(reading: threading.Event) -> None:
    async with early(reading, "j", "?") as me:
        assert isinstance(me.app.screen, Picker)
