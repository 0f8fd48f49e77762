"""The name under which the user acts: asked for before the first change, and changed at will."""

from collections.abc import Callable

from store.errors import ConflictError
from tui.dialogs.name_window import NameWindow
from tui.handlers.compare import ComparingScreen
from tui.handlers.quoted import quoted
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows


class AuthorPrompt:
    """Asks for the name, and signs with it from then on."""

    def __init__(self, screen: ComparingScreen, windows: Windows) -> None:
        self.screen = screen
        self._windows = windows

    def ask(self, signed: Callable[[], None], left: Callable[[], None]) -> None:
        """Ask for the name; call `signed` once it counts, or `left` if none is given."""
        window = NameWindow(opened(self.screen).author, quoted(self.screen))
        self._windows.push(window, lambda name: self.sign(name, signed), left)

    def change(self, name: str) -> None:
        """Sign with another name from now on; without one, ask for it."""
        session = opened(self.screen)

        def signed() -> None:
            self.screen.say(f"Your changes are signed {session.author} from now on.")

        if name:
            self.sign(name, signed)
        else:
            before = session.author or "nobody yet"
            self.ask(signed, lambda: self.screen.say(f"Your name is unchanged: {before}."))

    def sign(self, name: str, signed: Callable[[], None]) -> None:
        """Sign with a name from now on."""
        session = opened(self.screen)

        def sign() -> ConflictError | None:
            try:
                session.sign(name)
            except ConflictError as error:  # the name counts, but is not remembered
                return error
            return None

        def done(error: ConflictError | None) -> None:
            signed()
            if error is not None:
                self.screen.fail(error)

        self._windows.ask(sign, done)  # keys wait: the acts after this one come after it
