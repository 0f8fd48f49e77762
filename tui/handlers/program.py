"""Help on keys and signs, on what is saved, and the program as a process of the shell."""

from collections.abc import Callable
from typing import Protocol

from tui.commands.registry import VIEWS, Command, key_of, shown_key
from tui.dialogs.pickers import help_window, signs_window
from tui.handlers.compare import ComparingScreen
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows


class Program(Protocol):
    """An application that can be stopped by the shell, and draw itself anew."""

    def suspend_process(self) -> bool:
        """Stop until the shell goes on; False where that cannot be done."""

    def redraw(self) -> None:
        """Draw all of the screen anew, whatever the terminal shows."""


class ProgramHandler:
    """The commands about the program itself."""

    def __init__(
        self, screen: ComparingScreen, windows: Windows, run: Callable[[str, str], None]
    ) -> None:
        self.screen = screen
        self._windows = windows
        self._run = run

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "help": lambda _: self.help(),
            "signs": lambda _: self.signs(),
            "saved": lambda _: self.saved(),
            "suspend": lambda _: self.suspend(),
            "redraw": lambda _: self._program.redraw(),
            "interrupt": lambda _: self.screen.say(f"To quit press {key_of('quit')}."),
        }

    @property
    def _program(self) -> Program:
        return self.screen.app  # type: ignore[return-value]

    def help(self) -> None:
        """List the keys of the focused pane, and all signs."""
        screen = self.screen
        selecting = screen.pane == "article" and screen.article.selecting
        self._windows.open(
            help_window(screen.pane, selecting=selecting),
            lambda pick: self._run(str(pick.value), ""),
        )

    def signs(self) -> None:
        """Explain the signs that are on the screen now."""
        self._windows.open(signs_window(self.screen.signed_text()), lambda _: None)

    def saved(self) -> None:
        """Say that there is nothing to save, and where the changes are."""
        session = opened(self.screen)
        if session.bundled:
            said = "Nothing was changed yet; your first change makes your own copy of the case."
        elif session.why_read_only:
            said = f"There is nothing to save: {session.why_read_only}."
        else:
            said = f"Every change is saved at once, in {session.case.name} and its log."
        self.screen.say(said)

    def suspend(self) -> None:
        """Stop the program until the shell brings it back."""
        if not self._program.suspend_process():
            self.screen.say("This terminal cannot suspend a program.")

    def unknown(self, key: str | None) -> None:
        """Say that a key has no command."""
        if key:
            self.screen.say(f"{shown_key(key)} does nothing here; {key_of('help')} lists the keys.")

    def elsewhere(self, row: Command) -> None:
        """Say where a command works that does nothing here."""
        if self.screen.pane in VIEWS:
            self.screen.say(f"This works in the panes; {key_of('back')} goes back to them.")
            return
        *others, last = ("compare view" if pane in VIEWS else pane for pane in row.panes)
        where = f"{', '.join(others)} and {last}" if others else last
        self.screen.say(f"{row.label} works in the {where}, not in the {self.screen.pane}.")
