"""The palette: every command by its name, and typed ones with an argument."""

from collections.abc import Callable

from store.errors import ConflictError
from tui.commands.registry import BY_ID, Completion
from tui.dialogs.picker import PickerRow, Rows
from tui.dialogs.pickers import palette_rows, palette_window
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.handlers.windows import Windows


class PaletteHandler:
    """Opens the palette, finds its rows in the background, and runs the choice."""

    def __init__(
        self, screen: ScreenProtocol, windows: Windows, run: Callable[[str, str], None]
    ) -> None:
        self.screen = screen
        self._windows = windows
        self._run = run

    def show(self, typed: str = "") -> None:
        """Open the palette as if this had been typed in it."""
        session = opened(self.screen)

        def open_window(first: Rows) -> None:
            self._windows.open(palette_window(session, self._look_up, typed, first), self._chosen)

        if typed:
            self._windows.ask(lambda: palette_rows(session, typed), open_window)
        else:
            open_window(palette_rows(session, typed))

    def _look_up(
        self,
        find: Callable[[], Rows],
        show: Callable[[Rows], None],
        fail: Callable[[ConflictError], None],
    ) -> None:
        self.screen.questions.ask("palette", find, show, fail)

    def _chosen(self, pick: PickerRow) -> None:
        assert isinstance(pick.value, tuple)
        command, argument = pick.value
        if BY_ID[command].completion is Completion.FILE and argument.endswith("/"):
            self.show(f"{BY_ID[command].typed} {argument}")  # what is in the folder
        else:
            self._run(command, argument)
