"""A window for writing some lines; leaving it loses nothing that was typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tui.draw.styles import said
from tui.messages import KeysAwaited
from tui.widgets.frame import label


class Editor(ModalScreen[str | None]):
    """Some lines of text; the answer is the text, or None if the user gave it up.

    Esc keeps the text: what was typed by mistake is taken back with undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "Keep", show=False, priority=True),
        Binding("ctrl+c", "give_up", "Discard", show=False, priority=True),
    ]

    def __init__(self, name: str, text: str, why: str = "") -> None:
        """`why` says why the text could not be kept, if that was tried."""
        super().__init__()
        self._why = why
        self.entered = False
        self._name_shown = name
        self._area = TextArea(text, soft_wrap=True, show_line_numbers=False, id="editor")
        self._area.cursor_blink = False
        self._box = Vertical(id="window")

    def compose(self) -> ComposeResult:
        """The lines, and the keys to leave."""
        with self._box:
            yield self._area
            if self._why:
                yield Static(said(f"Not saved: {self._why}"), markup=False, id="editor-why")
            yield Static(Content("Esc saves · Ctrl+C discards"), markup=False, id="editor-keys")

    def on_mount(self) -> None:
        """Let the user type at once, after the text that is there."""
        self._area.move_cursor(self._area.document.end)
        self._area.focus()
        self.call_after_refresh(lambda: label(self._box, self._name_shown, ""))

    def on_descendant_focus(self) -> None:
        """Note that the window has the focus."""
        self.entered = True
        self.post_message(KeysAwaited())

    @property
    def text(self) -> str:
        """The text in the window."""
        return self._area.text

    def action_keep(self) -> None:
        """Keep the text."""
        self.dismiss(self.text)

    def action_give_up(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
