"""The window in which a note is written, which can be private."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.dialogs.editor import KEYS, Editor
from tui.dialogs.window import Avoided

PRIVATE = "Ctrl+P makes it private or not"


class NoteEditor(Editor):
    """The lines of a note, and the key that makes it private; `private` says if it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "turn_private", "Private", show=False, priority=True),
    ]
    keys = f"{KEYS} · {PRIVATE}"

    def __init__(
        self,
        about: str,
        text: str,
        why: str = "",
        beside: Avoided | None = None,
        typing: Callable[[str], None] = lambda _: None,
        *,
        private: bool = False,
    ) -> None:
        """`about` names the record that the note is on; the rest is as for an `Editor`."""
        self.private = private
        self._about = about
        super().__init__(self._title, text, why, beside, typing)

    @property
    def _title(self) -> str:
        return f"{'Private note' if self.private else 'Note'} on {self._about}"

    def action_turn_private(self) -> None:
        """Make the note private, or not."""
        self.private = not self.private
        self._name_shown = self._title
        self._typing(self.text)
        self.fit()
