"""One line in which to type, in place of the status line."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.messages import PromptChanged, PromptEnded


class Prompt(Input):
    """Says each change of what is typed, and how it ended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+c", "leave", "Leave", show=False),
    ]

    def __init__(self, what: str) -> None:
        super().__init__(placeholder=what, compact=True, select_on_focus=False, id="prompt")
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        self.post_message(PromptChanged(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter accepts."""
        event.stop()
        self.post_message(PromptEnded(event.value))

    def action_leave(self) -> None:
        """Esc leaves."""
        self.post_message(PromptEnded(None))
