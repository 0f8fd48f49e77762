"""A window in which to write some lines; nothing that was typed is lost by leaving it."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tui.messages import TypingBegan
from tui.widgets.frame import label


class Editor(ModalScreen[str | None]):
    """Some lines of text; the answer is what was written, or None where it was given up.

    Esc keeps the text: what was typed by mistake is taken back with undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "Keep", show=False, priority=True),
        Binding("ctrl+c", "give_up", "Give up", show=False, priority=True),
    ]

    def __init__(self, name: str, text: str, *, at_end: Callable[[str], object]) -> None:
        """`at_end` keeps what is written when the program is ended meanwhile."""
        super().__init__()
        self._at_end = at_end
        self.entered = False
        self._name_shown = name
        self._before = text
        self._area = TextArea(text, soft_wrap=True, show_line_numbers=False, id="editor")
        self._area.cursor_blink = False
        self._box = Vertical(id="window")

    def compose(self) -> ComposeResult:
        """The lines, and how to leave."""
        with self._box:
            yield self._area
            yield Static(
                Content("Esc keeps it · Ctrl+C gives it up"), markup=False, id="editor-keys"
            )

    def on_mount(self) -> None:
        """Write at once, behind what is there."""
        self._area.move_cursor(self._area.document.end)
        self._area.focus()
        self.call_after_refresh(lambda: label(self._box, self._name_shown, ""))

    def on_descendant_focus(self) -> None:
        """It has the focus."""
        self.entered = True
        self.post_message(TypingBegan())

    @property
    def text(self) -> str:
        """What is written."""
        return self._area.text

    def save(self) -> None:
        """The program ends: keep what is written, if there is anything new."""
        if self.text.strip() and self.text != self._before:
            self._at_end(self.text)

    def action_keep(self) -> None:
        """Keep what is written, if it is other than before."""
        self.dismiss(self.text if self.text != self._before else None)

    def action_give_up(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
