"""Windows over the explore screen, one at a time, and the questions that are asked for them."""

from collections.abc import Callable
from typing import TypeVar

from textual.screen import ModalScreen

from store.errors import ConflictError
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.screen_protocol import ScreenProtocol

T = TypeVar("T")


class Windows:
    """Opens windows; `release` is called when keys that were held back may go on."""

    def __init__(self, screen: ScreenProtocol, release: Callable[[], None]) -> None:
        self.asking = False
        """True while a question is asked whose answer further keys are for."""
        self.shown = False
        """True while a window is open."""
        self._screen = screen
        self._release = release

    def open(
        self,
        window: Picker,
        act: Callable[[PickerRow], None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Open a window once, and act on the choice in it, or on leaving it."""
        if self.shown:
            return
        self.shown = True

        def closed(pick: PickerRow | None) -> None:
            self.shown = False
            if pick is not None and pick.value is not None:
                act(pick)
            elif left is not None:
                left()

        self._screen.app.push_screen(window, closed)

    def show(self, window: ModalScreen[T], act: Callable[[T | None], None]) -> None:
        """Open a window of another sort once, and act on its answer."""
        if self.shown:
            return
        self.shown = True

        def closed(answer: T | None) -> None:
            self.shown = False
            act(answer)

        self._screen.app.push_screen(window, closed)

    def ask(self, question: Callable[[], T], act: Callable[[T], None]) -> None:
        """Ask the case in the background, and act on the answer, perhaps with a window.

        Further keys are held back until then, and are for the window if one opens.
        """
        self.asking = True

        def answered(found: T) -> None:
            self.asking = False
            try:
                act(found)
            except ConflictError as error:
                self._screen.fail(error)
            if not self.shown:
                self._release()

        def failed(error: ConflictError) -> None:
            self.asking = False
            self._screen.fail(error)
            self._release()

        self._screen.questions.ask("subject", question, answered, failed)
