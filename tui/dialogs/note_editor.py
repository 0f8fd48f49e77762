"""The window in which a note is written, which can be private."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tui.dialogs.editor import KEYS, Editor
from tui.dialogs.window import Avoided
from tui.session.outside_editor import Edited

PRIVATE, PUBLIC = "Ctrl+P private", "Ctrl+P not private"
OUTSIDE = "Ctrl+O $EDITOR"


class NoteEditor(Editor):
    """The lines of a note, and the keys that make it private, or open it in another editor.

    `private` says if it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "turn_private", "Private", show=False, priority=True),
        Binding("ctrl+o", "outside", "Editor", show=False, priority=True),
    ]

    def __init__(
        self,
        about: str,
        text: str,
        why: str = "",
        beside: Avoided | None = None,
        typing: Callable[[str], None] = lambda _: None,
        *,
        private: bool = False,
        outside: Callable[[str], Edited] = Edited,
    ) -> None:
        """`about` names the record that the note is on; the rest is as for an `Editor`.

        `outside` lets the user edit a text in another program.
        """
        self.private = private
        self._outside = outside
        self._about = about
        super().__init__(self._title, text, why, beside, typing)
        self._keys.update(Content(self._key_words))

    @property
    def _title(self) -> str:
        return f"{'Private note' if self.private else 'Note'} on {self._about}"

    @property
    def _key_words(self) -> str:
        return f"{KEYS} · {PUBLIC if self.private else PRIVATE} · {OUTSIDE}"

    def action_turn_private(self) -> None:
        """Make the note private, or not."""
        self.private = not self.private
        self._name_shown = self._title
        self._keys.update(Content(self._key_words))
        self._typing(self.text)
        self.fit()

    def action_outside(self) -> None:
        """Edit the text in another program, and take what was changed there."""
        found = self._outside(self.text)
        if found.text != self.text:
            self._area.text = found.text
            self._area.move_cursor(self._area.document.end)
        self.tell(found.why)
        self.app.refresh(layout=True)
