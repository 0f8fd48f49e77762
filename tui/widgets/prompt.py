"""One line to type in, in place of the status line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui.messages import KeysAwaited, PromptChanged, PromptEnded
from tui.widgets.field import Field


class Prompt(Horizontal):
    """Posts each change of the typed text, and how it ended; shows the position among the matches.

    Keys go to it while it is `entered`: not before it has the focus, and none
    after the one that ends it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Accept", show=False, priority=True),
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+c", "leave", "Leave", show=False, priority=True),
    ]

    def __init__(self, what: str) -> None:
        super().__init__(id="prompt")
        self.entered = False
        self._what = what
        self._count = Static("", markup=False, id="prompt-count")

    def compose(self) -> ComposeResult:
        """The question, the line to type in, and the count."""
        yield Static(Content(self._what), markup=False, id="prompt-what")
        yield Field(id="prompt-input")
        yield self._count

    def on_descendant_focus(self) -> None:
        """Note that the prompt has the focus; it is left when a pane takes the focus."""
        self.entered = True
        self.post_message(KeysAwaited())

    def on_mount(self) -> None:
        """Let the user type at once."""
        self.query_one(Input).focus()

    @property
    def value(self) -> str:
        """The typed text."""
        return self.query_one(Input).value

    def count(self, at: int, found: int, *, typed: bool) -> None:
        """Show the position of the cursor among the matches."""
        self._count.update(Content(f"match {at}/{found}" if typed else ""))
        self.set_class(typed and not found, "-none")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        self.post_message(PromptChanged(event.value))

    def action_accept(self) -> None:
        """Accept the text on Enter."""
        self._end(self.value)

    def action_leave(self) -> None:
        """Leave on Esc."""
        self._end(None)

    def _end(self, text: str | None) -> None:
        self.entered = False
        self.post_message(PromptEnded(text))
