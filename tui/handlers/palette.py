"""The palette: every command by its name, and typed ones with an argument."""

from collections.abc import Callable

from store.errors import ConflictError
from store.queries.filters import FilterKind
from tui.commands.registry import BY_ID, Completion
from tui.dialogs.picker import Picker, PickerRow, Rows
from tui.dialogs.pickers import palette_rows, palette_window
from tui.draw.phrases import error_words
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.handlers.windows import Windows

Edited = Callable[[FilterKind, str], None]
"""Puts the filters of a typed line, of which the kind of the first is known, in place of one."""


class PaletteHandler:
    """Opens the palette, finds its rows in the background, and runs the choice.

    If the command does not take what was typed, the palette opens again, with the text and the
    reason.
    """

    def __init__(
        self, screen: ScreenProtocol, windows: Windows, run: Callable[[str, str], None]
    ) -> None:
        self.screen = screen
        self._windows = windows
        self._run = run

    def show(self, typed: str = "", why: str = "", edited: Edited | None = None) -> None:
        """Open the palette as if this had been typed in it; `why` says why it was refused before.

        A filter is given to `edited`, if that is given, in place of being added.
        """
        session = opened(self.screen)

        def open_window(first: Rows) -> None:
            window = palette_window(session, self._look_up, typed, first, why)
            self._windows.open(window, lambda pick: self._chosen(pick, window, edited))

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

    def _chosen(self, pick: PickerRow, window: Picker, edited: Edited | None) -> None:
        assert isinstance(pick.value, tuple)
        command, argument = pick.value
        row = BY_ID[command]
        if row.completion is Completion.FILE and argument.endswith("/"):
            self.show(f"{row.typed} {argument}")  # what is in the folder
            return
        if command == "palette":
            self.show(argument, edited=edited)  # what else the line can mean
            return
        typed = window.typed
        with self._windows.refusing(lambda error: self.show(typed, error_words(error), edited)):
            if edited is not None and row.filter is not None and argument:
                edited(row.filter, argument)
            else:
                self._run(command, argument)
