"""A simulated user at the screen, who presses keys, waits for the screen, and reads it."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerCancelled

from seeds.bundled import BUNDLED
from tests import sight
from tests.examples import sampled
from tui.app import ConflictApp
from tui.dialogs.picker import Picker
from tui.screens.explore import ExploreScreen
from tui.session.session import Session
from tui.session.trail import Location

ROUNDS = 2
"""The number of consecutive idle checks after which the screen counts as still."""

A_MOMENT = 0.001
"""Seconds to wait where a message is being handled that waits for something itself."""

TEST = "PYTEST_CURRENT_TEST"
"""The variable in which pytest keeps the name of the test."""

Frame = Callable[[Screen[object]], None]


class Person:
    """A user of a running app; every action waits until the screen is still."""

    def __init__(self, pilot: Pilot[int], frame: Frame = lambda _: None) -> None:
        """`frame` paints a screen that is still, where the app itself holds its frames."""
        self.pilot = pilot
        self.frame = frame
        assert isinstance(pilot.app, ConflictApp)
        self.app = pilot.app

    # actions

    async def press(self, *keys: str) -> None:
        """Press keys, by Textual's names or as letters, and wait after each."""
        for key in keys:
            self.send(key)
            await self.settle()

    def send(self, key: str) -> None:
        """Press a key without waiting."""
        letter = key if len(key) == 1 else None
        name = _character_to_key(key) if letter and not key.isalnum() else key
        assert self.app._driver is not None
        event = events.Key(name, " " if key == "space" else letter)
        event.set_sender(self.app)
        self.app._driver.send_message(event)

    async def type(self, text: str) -> None:
        """Type a text without a pause."""
        for letter in text:
            self.send("space" if letter == " " else letter)
        await self.settle()

    async def command(self, typed: str) -> None:
        """Open the palette, type a command, and choose its first row."""
        await self.press(":")
        await self.type(typed)
        await self.press("enter")

    async def resize(self, width: int, height: int) -> None:
        """Resize the terminal."""
        size = Size(width, height)
        assert self.app._driver is not None
        self.app._driver._size = size
        self.app.post_message(events.Resize(size, size))
        await self.settle()

    async def click(self, widget: Widget, offset: tuple[int, int], *, times: int = 1) -> None:
        """Click on a cell of a widget; the cells of its border count."""
        await self.pilot.click(widget, offset=offset, times=times)
        await self.settle()

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag the mouse from a cell of the screen to another."""
        await self.pilot.mouse_down(offset=start)
        await self.pilot.hover(offset=end)
        await self.pilot.mouse_up(offset=end)
        await self.settle()

    async def settle(self) -> None:
        """Wait until every question is answered and everything is drawn."""
        app = self.app
        quiet = 0
        while quiet < ROUNDS and not self.ended:
            await self._nothing_to_do()
            assert app._exception is None, f"the app crashed: {app._exception!r}"
            if not self.ended:
                app.screen._on_timer_update()
                quiet = 0 if self._busy else quiet + 1
        if not self.ended:
            self.frame(app.screen)

    async def _nothing_to_do(self) -> None:
        """Let the app run until no task of it can go on, and no widget is handling a message.

        The event loop itself knows this; a message to every widget, as Textual's pilot sends to
        learn it, costs more than most keys.
        """
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        while not self.ended and self.app._exception is None:
            if self.app.explore.session is None or not self.app.explore.questions.idle:
                with suppress(WorkerCancelled):  # its window was closed meanwhile
                    await self.app.workers.wait_for_complete()
                await asyncio.sleep(0)
            elif ready:
                await asyncio.sleep(0)
            elif self._busy:
                await asyncio.sleep(A_MOMENT)
            else:
                return

    @property
    def _busy(self) -> bool:
        """True if anything is waiting to be handled, answered or drawn."""
        app = self.app
        pumps = [app, *app.screen.walk_children(with_self=True)]
        return (
            app.explore.session is None
            or not app.explore.questions.idle
            or any(
                pump.message_queue_size
                or pump._next_callbacks
                or not pump._message_queue.ready_event._waiters  # it is in a handler
                for pump in pumps
            )
            or bool(app.screen._callbacks)
        )

    # observations

    @property
    def ended(self) -> bool:
        """True after the program was quit."""
        return self.app._exit

    @property
    def explore(self) -> ExploreScreen:
        """The explore screen, a window over it or not."""
        return self.app.explore

    @property
    def session(self) -> Session:
        """The session."""
        assert self.explore.session is not None
        return self.explore.session

    @property
    def location(self) -> Location:
        """The location of the session."""
        return self.session.location

    @property
    def place(self) -> Location:
        """The location of the session, with the current cursors, scroll positions and focus."""
        assert self.app.screen is self.explore, "a window is open"
        return replace(self.location, views=self.explore.views(), pane=self.pane)

    @property
    def pane(self) -> str:
        """The pane with the focus."""
        return self.explore.pane

    @property
    def window(self) -> Picker:
        """The window over the screen."""
        assert isinstance(self.app.screen, Picker), "no window is open"
        return self.app.screen

    @property
    def said(self) -> str:
        """The text of the status line."""
        return sight.said(self.app)

    @property
    def screen(self) -> str:
        """All text on the screen."""
        return sight.shown(self.app)

    @property
    def event_id(self) -> str:
        """The id of the event that is shown."""
        assert self.explore.event is not None
        return self.explore.event.row.id

    @property
    def article_id(self) -> str:
        """The id of the article that is shown."""
        assert self.explore.article.view is not None
        return self.explore.article.view.id

    @property
    def titles(self) -> list[str]:
        """The titles of the events that match the filter."""
        return [row.title for row in self.session.window(self.explore.timeline.numbers)]

    def row_of(self, event: str) -> int:
        """The row of an event in the timeline, by its id."""
        listed = [row.id for row in self.session.window(self.explore.timeline.numbers)]
        return listed.index(event)

    @property
    def filters(self) -> list[str]:
        """The filters as texts."""
        return [filter_.text() for filter_ in self.location.filter.filters]


@asynccontextmanager
async def seated(
    size: tuple[int, int] = (100, 30),
    case: Path = BUNDLED,
    *,
    read_only: bool = False,
    painting: bool = False,
) -> AsyncIterator[Person]:
    """Run the app with a case for a simulated user.

    It paints whenever the screen is still, or not at all, which takes half of the time of a
    journey: `sight` reads the cells without a paint, and `tests/screens` and `tests/hostile`
    paint. The last screen of a sample of the journeys is painted, too.
    """
    app = ConflictApp(case, bundled=case == BUNDLED, read_only=read_only)
    with _frames_held() as paint:
        async with app.run_test(size=size) as pilot:
            person = Person(pilot, paint if painting else _drop_frame)
            await person.settle()
            yield person
            if not person.ended and (painting or sampled(os.environ[TEST], of="last screens")):
                person.frame = paint
                app.screen.refresh()
                await person.settle()
    assert app.net.caught == 0, "text from outside reached the last net"


@contextmanager
def _frames_held() -> Iterator[Frame]:
    """Lay screens out without painting them; yields the function that paints what has changed."""
    paint = Screen._compositor_refresh

    def hold(screen: Screen[object]) -> None:
        if screen is not screen.app.screen:
            paint(screen)
            return
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)

    Screen._compositor_refresh = hold  # type: ignore[assignment, method-assign]
    try:
        yield paint
    finally:
        Screen._compositor_refresh = paint  # type: ignore[method-assign]


def _drop_frame(screen: Screen[object]) -> None:
    """Forget what has changed instead of painting it."""
    screen._compositor._dirty_regions.clear()
