"""The line to type in."""

from typing import Any

from textual.widgets import Input

from store.model.text import one_line


class Field(Input):
    """A line to type in; pasted text may come from outside, and is made showable at once."""

    def __init__(self, value: str = "", *, placeholder: str = "", **how: Any) -> None:
        shown = one_line(placeholder)
        super().__init__(value, placeholder=shown, compact=True, select_on_focus=False, **how)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """The text as it may be shown, of the same length."""
        return one_line(value)
