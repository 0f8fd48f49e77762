"""The window that asks who acts; it looks like no other, because its answer signs every change."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui.dialogs.window import Avoided, Part, Window
from tui.draw.placement import Lines
from tui.draw.styles import said, styled
from tui.widgets.field import Field
from tui.widgets.theme_styles import styles_of

WHO = "Who are you?"
WHY_A_NAME = "The log records who made each change, under this name."
KEYS = "Enter signs with it · Esc leaves it · :author changes it later"
NO_NAME = "Type a name, or leave with Esc."


class NameWindow(Window[str | None]):
    """Asks for a name; the answer is the name, or None if the user gives none."""

    least_width, most_width = 60, 70

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sign", "Sign", show=False, priority=True),
        Binding("escape,ctrl+c", "leave", "Leave", show=False, priority=True),
    ]

    def __init__(self, name: str, beside: Avoided | None = None) -> None:
        """`name` is the name till now, empty without one."""
        super().__init__("", beside)
        self._head = Static("", markup=False, id="name-head")
        self._field = Field(name, placeholder="your name")
        self._why = Static("", markup=False, id="why")
        self._keys = Static(Content(KEYS), markup=False, id="editor-keys")

    def compose(self) -> ComposeResult:
        """The question, the line to type in, and the keys."""
        with self._box:
            yield self._head
            yield self._field
            yield self._why
            yield self._keys

    def parts(self, width: int) -> Sequence[Part]:
        """The question, the field, what is wrong, and the keys."""
        return (
            Part(self._head, Lines(len(said(WHY_A_NAME).wrap(width)) + 2, 2)),
            Part(self._field, Lines(1)),
            Part(self._why, Lines(1, 0)),
            Part(self._keys, Lines(len(said(KEYS).wrap(width)) + 1)),
        )

    def on_mount(self) -> None:
        """Let the user type at once."""
        styles = styles_of(self.app)
        head = (styled(WHO, styles.strong), styled(WHY_A_NAME, styles.muted))
        self._head.update(Content("\n").join(head))
        self.fit()
        self._field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take back what was said of an empty name."""
        event.stop()
        self._why.update(Content(""))

    def action_sign(self) -> None:
        """Answer with the name, unless there is none."""
        name = " ".join(self._field.value.split())
        if name:
            self.dismiss(name)
        else:
            self._why.update(styled(NO_NAME, styles_of(self.app).denies))

    def action_leave(self) -> None:
        """Give no name."""
        self.dismiss(None)
