"""A window for writing some lines; leaving it loses nothing that was typed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from tui.dialogs.window import Avoided, Part, Window
from tui.draw.placement import Lines
from tui.draw.styles import said

KEYS = "Esc saves · Ctrl+C keeps it as a draft"

LINES = 12
"""Lines of text that the window has room for."""


class Editor(Window[str | None]):
    """Some lines of text; the answer is the text, or None if the user gave it up.

    Esc keeps the text: what was typed by mistake is taken back with undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "Keep", show=False, priority=True),
        Binding("ctrl+c", "give_up", "Later", show=False, priority=True),
    ]
    keys: ClassVar[str] = KEYS

    def __init__(
        self,
        name: str,
        text: str,
        why: str = "",
        beside: Avoided | None = None,
        typing: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`why` says why the text could not be kept, if that was tried, or since when it waits.

        `typing` is told what is typed.
        """
        super().__init__(name, beside)
        self._told = why
        self._typing = typing
        self._area = TextArea(text, soft_wrap=True, show_line_numbers=False, id="editor")
        self._area.cursor_blink = False
        self._why = Static(said(why), markup=False, id="why")
        self._keys = Static(Content(self.keys), markup=False, id="editor-keys")

    def compose(self) -> ComposeResult:
        """The lines, and the keys to leave."""
        with self._box:
            yield self._area
            yield self._why
            yield self._keys

    def parts(self, width: int) -> Sequence[Part]:
        """The text, the reason why it is not kept yet, and the keys."""
        why = len(said(self._told).wrap(width)) if self._told else 0
        return (
            Part(self._area, Lines(LINES, 3)),
            Part(self._why, Lines(why + bool(why), why)),
            Part(self._keys, Lines(2)),
        )

    def on_mount(self) -> None:
        """Let the user type at once, after the text that is there."""
        self._area.move_cursor(self._area.document.end)
        self._area.focus()
        self.fit()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell what is typed."""
        event.stop()
        self._typing(self.text)

    def tell(self, why: str) -> None:
        """Say something below the text."""
        self._told = why
        self._why.update(said(why))
        self.fit()

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
