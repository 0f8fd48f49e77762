"""The application: settings, themes, the first screen, and how it ends."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App
from textual.filter import LineFilter

from store.errors import ConflictError
from store.model.text import one_line
from tui import crash
from tui.messages import CaseRefused
from tui.screens.explore import ExploreScreen
from tui.styles.themes import DARK, LIGHT
from tui.widgets.filters import Ascii, SafetyNet

ENDED_BY_SIGNAL = 128
"""Added to a signal's number, as shells do."""


class ConflictApp(App[int]):
    """Opens one case on the explore screen.

    The exit status is 0, that of an error of `store.errors`, 128 and the
    number of the signal that ended it, or 1 after a crash.
    """

    TITLE = "conflict-tui"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(__file__).parent / "styles" / name
        for name in ("panes.tcss", "explore.tcss", "windows.tcss")
    ]
    BINDINGS: ClassVar = []

    def __init__(self, case: Path, *, bundled: bool) -> None:
        super().__init__()
        self.case = case
        self.bundled = bundled
        self.explore = ExploreScreen()
        self.net = SafetyNet()
        self.error: ConflictError | None = None
        self.crash: BaseException | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of Textual, and the last net for text from outside."""
        ascii_only = [] if _speaks_utf8() else [Ascii()]
        return [*super().get_line_filters(), *ascii_only, self.net]

    def get_default_screen(self) -> ExploreScreen:
        """The explore screen, at once."""
        return self.explore

    def on_mount(self) -> None:
        """Listen to signals."""
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self._end, ENDED_BY_SIGNAL + number)

    def on_ready(self) -> None:
        """Read the case after the first frame is drawn."""
        self.explore.read(self.case, bundled=self.bundled)

    def _end(self, status: int) -> None:
        self.exit(status, return_code=status)

    def on_case_refused(self, message: CaseRefused) -> None:
        """End because the case cannot be opened."""
        self.error = message.error
        self._end(message.error.exit_code)

    def action_change_theme_side(self) -> None:
        """From dark to light, or back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def _fatal_error(self) -> None:
        """After a crash: end without showing anything of the case."""
        self.crash = sys.exception()
        self._close_messages_no_wait()


def _speaks_utf8() -> bool:
    return "utf" in (sys.__stdout__.encoding if sys.__stdout__ else "utf-8").lower()


def run(case: Path, bundled: bool) -> int:
    """Show a case until the user quits; the exit status."""
    app = ConflictApp(case, bundled=bundled)
    app.run()
    if app.error is not None:
        hint = f"; {app.error.hint}" if app.error.hint else ""
        sys.stderr.write(one_line(f"conflict-tui: {app.error.message}{hint}") + "\n")
        return app.error.exit_code
    if app.crash is not None:
        path = crash.report(app.crash)
        where = f"the report is in {path}" if path else "no report could be written"
        sys.stderr.write(one_line(f"conflict-tui: a defect ended the program; {where}") + "\n")
        return 1
    return app.return_code or 0
