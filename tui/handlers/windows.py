"""Windows over the explore screen, one at a time, and the questions that are asked for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from textual.screen import ModalScreen

from store.errors import ConflictError
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.window import Window
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
        self._refused: Callable[[ConflictError], None] | None = None

    @contextmanager
    def refusing(self, refused: Callable[[ConflictError], None]) -> Iterator[None]:
        """Let the errors of a command, and of what it asks, go to the window it was typed in."""
        self._refused = refused
        try:
            yield
        finally:
            self._refused = None

    def fail(self, error: ConflictError) -> None:
        """Say what went wrong, where the command was typed if it was."""
        (self._refused or self._screen.fail)(error)

    def open(
        self,
        window: Picker,
        act: Callable[[PickerRow], None],
        left: Callable[[], None] = lambda: None,
    ) -> None:
        """Open a window with rows, and act on the choice in it, or on leaving it."""

        def chosen(pick: PickerRow) -> None:
            if pick.value is None:
                left()
            else:
                act(pick)

        self.push(window, chosen, left)

    def push(
        self, window: Window[T | None], act: Callable[[T], None], left: Callable[[], None]
    ) -> None:
        """Open a window, unless one is open, and act on its answer, or on leaving it."""
        if self.shown:
            return
        self.shown = True

        def closed(answer: T | None) -> None:
            self.shown = False
            if answer is None:
                left()
            else:
                act(answer)

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
        fail = self._refused or self._screen.fail

        def answered(found: T) -> None:
            self.asking = False
            try:
                act(found)
            except ConflictError as error:
                fail(error)
            self._go_on()

        def failed(error: ConflictError) -> None:
            self.asking = False
            fail(error)
            self._go_on()

        self._screen.questions.ask("subject", question, answered, failed)

    def ask_for_form(
        self,
        question: Callable[[], T],
        answered: Callable[[T], None],
        failed: Callable[[ConflictError], None],
    ) -> None:
        """Ask the case in the background for an open window, which holds back keys by itself."""
        self._screen.questions.ask("form", question, answered, failed)

    def _go_on(self) -> None:
        if not (self.shown or self.asking):
            self._release()
