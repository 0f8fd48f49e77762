"""The border of a pane, with its name at the left and its count at the right."""

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.draw.styles import cell, said

_AROUND = 6
"""Cells of the upper border that are not the label's: corners, rules and blanks."""


def fits(pane: Widget, name: str, count: str) -> bool:
    """True if the upper border of a pane has room for both, with a rule between them."""
    return cell_len(name) + len(count) + 4 <= pane.outer_size.width - _AROUND


def label(pane: Widget, name: str, count: str, *, focused: bool | None = None) -> None:
    """Set the upper border of a pane: `name ─────── count`.

    Textual allows one title a border line, so the rule between the two is part of it.
    """
    room = pane.outer_size.width - _AROUND
    left = said(name)
    if room < 4:
        pane.border_title = ""
        return
    if focused is None:
        focused = pane.has_focus or pane.has_focus_within
    if not fits(pane, left.plain, count):
        pane.border_title = cell(Content(" ").join([left, said(count)]) if count else left, room)
        return
    rule = ("━" if focused else "─") * (room - left.cell_length - len(count) - 2)
    pane.border_title = Content(" ").join([left, Content(rule), Content(count)]) if count else left
