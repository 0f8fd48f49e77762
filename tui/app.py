"""The application: settings, themes, the first screen."""

import gc
import signal
import sys
from collections import deque
from collections.abc import Sequence
from os import environ
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message_pump import MessagePump
from textual.screen import Screen

from store.errors import ConflictError
from tui.commands.registry import BY_ID
from tui.driver import TerminalDriver
from tui.messages import CaseChosen, CaseRefused, KeysAwaited
from tui.screens.explore import ExploreScreen
from tui.styles.themes import OTHER_SIDE, PLAIN, THEMES, first_theme
from tui.terminal.grid import ChangedCells
from tui.widgets.output_filters import Ascii, SafetyNet

LEAVING = frozenset(key for id_ in ("quit", "interrupt") for key in BY_ID[id_].keys if len(key) > 1)
"""The keys that lead out while the case is read, and are no letters."""

ENDED_BY_SIGNAL = 128
"""Added to a signal's number, as shells do."""


CATCH_UP = 0.05
"""Seconds until a frame that was left out is drawn, if the line is free by then."""


def _collect() -> None:
    """Collect garbage among what is made from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class ConflictApp(App[int]):
    """Opens one case on the explore screen.

    The exit status is 0, that of an error of `store.errors`, 128 plus the
    number of the signal that ended it, or 1 after a crash. `error` and `crash`
    are what it ended with, `unkept` is what could not be saved at the end.
    """

    TITLE = "conflict-tui"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(__file__).parent / "styles" / name
        for name in ("panes.tcss", "explore.tcss", "windows.tcss", "figures.tcss")
    ]
    BINDINGS: ClassVar = [  # before any window, which need not know of it
        Binding(key, "redraw", show=False, priority=True) for key in BY_ID["redraw"].keys
    ]

    def __init__(self, case: Path, *, bundled: bool, read_only: bool = False) -> None:
        super().__init__()
        self.case = case
        self.bundled = bundled
        self.read_only = read_only
        self.explore = ExploreScreen()
        self.net = SafetyNet()
        self.error: ConflictError | None = None
        self.unkept: list[ConflictError] = []
        self.crash: BaseException | None = None
        self.next_case: Path | None = None
        """The case with which the user goes on."""
        self._keys: deque[events.Key] = deque()
        self._key_underway = False
        self._is_late = False
        """True while a frame is left out because the line is slow."""
        self._begin_with_theme()

    def _begin_with_theme(self) -> None:
        """Choose the theme that the terminal can show, before anything is drawn."""
        for theme in THEMES.values():
            self.register_theme(theme)
        found = first_theme(self.console.color_system, environ.get("COLORFGBG", ""))
        chosen = PLAIN.name if self.no_color else found
        # the start paints once: with this theme, not with Textual's own before it
        self.set_reactive(App.theme, chosen)
        self.add_class(f"-theme-{chosen}")
        self.stylesheet.set_variables(self.get_css_variables())
        self._refresh_truecolor_filter(self.ansi_theme)
        # Textual paints grey where no colour is wanted
        self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and our last safety net for text from outside."""
        ascii_only = [] if _speaks_utf8() else [Ascii()]
        return [*super().get_line_filters(), *ascii_only, self.net]

    def get_driver_class(self) -> type[Driver]:
        """Our own in place of Textual's for Linux and macOS."""
        found = super().get_driver_class()
        return TerminalDriver if found is LinuxDriver else found

    def get_default_screen(self) -> ExploreScreen:
        """The explore screen, at once."""
        return self.explore

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        """Write of a frame what is not on the terminal yet."""
        driver = self._driver
        if isinstance(driver, TerminalDriver) and isinstance(renderable, CompositorUpdate):
            if driver.is_behind:
                self._draw_later()
                return
            renderable = ChangedCells(renderable, driver.grid)
        super()._display(screen, renderable)
        if self.explore.begun:  # the rows are there: the modules and answers until now stay
            _collect()

    def _draw_later(self) -> None:
        """Draw what has changed once the line has taken what was written before.

        On a slow line the frames between would only be late.
        """
        if not self._is_late:
            self._is_late = True
            self.set_timer(CATCH_UP, self._draw_now)

    def _draw_now(self) -> None:
        self._is_late = False
        self.refresh()

    def redraw(self) -> None:
        """Draw all of the screen anew, whatever the terminal shows."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.grid.forget()
        self.refresh()

    def action_redraw(self) -> None:
        """Draw all of the screen anew."""
        self.redraw()

    def on_terminal_overwritten(self) -> None:
        """Draw all of the screen anew."""
        self.redraw()

    # keys typed ahead go where they were meant to: to the prompt that an earlier key opens

    async def on_event(self, event: events.Event) -> None:
        """Pass keys on one at a time, everything else at once."""
        key = event if isinstance(event, events.Key) and not event.is_forwarded else None
        if key is not None and (self.explore.begun or key.key not in LEAVING):
            self._keys.append(key)
            await self._next_key()
        else:
            await super().on_event(event)

    async def _next_key(self) -> None:
        if self._keys and not self._key_underway and not self._holding:
            self._key_underway = True
            await super().on_event(self._keys.popleft())
            self._follow(self.focused or self.screen)

    def _follow(self, node: MessagePump | None) -> None:
        """Follow a key from the focused widget up, behind it in each queue."""
        if node is None or node is self:
            self.call_later(self._key_done)
        else:
            node.call_later(self._follow, node._parent)

    async def _key_done(self) -> None:
        self._key_underway = False
        await self._next_key()

    async def on_keys_awaited(self, message: KeysAwaited) -> None:
        """Pass on the keys that waited, perhaps to a prompt or window that has the focus now."""
        message.stop()
        await self._next_key()

    @property
    def _holding(self) -> bool:
        """True if a prompt or window is about to open, or a key waits for an answer."""
        if self.screen is not self.explore:
            return not getattr(self.screen, "entered", True)
        return self.explore.dispatcher.holding

    async def on_ready(self) -> None:
        """Read the case after the first frame is drawn."""
        await self.explore.read(self.case, bundled=self.bundled, read_only=self.read_only)

    def on_unmount(self) -> None:
        """Finish the acts not done yet, keep any text being written, and close the case."""
        self.explore.handover.end()
        session = self.explore.session
        if session is None:
            return
        dispatcher = self.explore.dispatcher
        dispatcher.imports.end()
        self.unkept = [*dispatcher.changes.finish(), *dispatcher.imports.left_out()]
        dispatcher.drafts.finish()
        try:
            session.close()
        except ConflictError as error:
            self.unkept.append(error)

    def suspend_process(self) -> bool:
        """Stop until the shell goes on; False where that cannot be done."""
        able = self._driver is not None and self._driver.can_suspend
        self.action_suspend_process()
        return able

    def end(self, status: int) -> None:
        """End with a status as soon as possible; for threads and signals, too."""
        if self._loop is None:
            raise SystemExit(status)
        self._loop.call_soon_threadsafe(self.exit, status, status)

    def on_terminal_gone(self) -> None:
        """End as on the signal that most terminals send when they go away."""
        self.end(ENDED_BY_SIGNAL + signal.SIGHUP)

    def on_case_chosen(self, message: CaseChosen) -> None:
        """End, to go on with another case."""
        self.next_case = message.case
        self.exit()

    def on_case_refused(self, message: CaseRefused) -> None:
        """End because the case cannot be opened."""
        self.error = message.error
        self.end(message.error.exit_code)

    def change_theme(self, name: str) -> None:
        """Use the theme with a name; without one, the light one for the dark, or back."""
        self.theme = name or OTHER_SIDE[self.theme]

    # Textual draws an error with its local variables, which may hold text of the case

    def _fatal_error(self) -> None:
        if not self._exit:  # a window that is ended while it opens misses what it is made of
            self.crash = self.crash or sys.exception() or self._exception
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """Handle a crash that Textual would otherwise draw itself in the same way."""
        self._fatal_error()


def _speaks_utf8() -> bool:
    return "utf" in (sys.__stdout__.encoding if sys.__stdout__ else "utf-8").lower()
