"""The border of a pane, with its name at the left and its count at the right."""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from tui.draw.styles import cell, said

_AROUND = 6
"""Cells of the upper border that are not the label's: corners, rules and blanks."""


def fits(pane: Widget, name: str, count: str) -> bool:
    """True if the upper border of a pane has room for both, with a rule between them."""
    return cell_len(name) + len(count) + 4 <= pane.outer_size.width - _AROUND


def entitle(pane: Widget, title: Content, *, below: bool = False) -> None:
    """Set the title in the upper or lower border, and draw only this line anew.

    Textual draws all of the pane anew, also for the title that it has.
    """
    name, line = ("_border_subtitle", pane.outer_size.height - 1) if below else ("_border_title", 0)
    if getattr(pane, name) != title:
        setattr(pane, name, title)
        left, top = pane.content_offset
        pane.refresh(Region(-left, line - top, pane.outer_size.width, 1))


def label(pane: Widget, name: str, count: str, *, focused: bool | None = None) -> None:
    """Set the upper border of a pane: `name ─────── count`.

    Textual allows one title a border line, so the rule between the two is part of it.
    """
    if not pane.outer_size:
        return  # the pane is labelled again when it is laid out
    room = pane.outer_size.width - _AROUND
    left = said(name)
    if room < 4:
        entitle(pane, Content(""))
        return
    if focused is None:
        focused = pane.has_focus or pane.has_focus_within
    if not fits(pane, left.plain, count):
        entitle(pane, cell(Content(" ").join([left, said(count)]) if count else left, room))
        return
    rule = ("━" if focused else "─") * (room - left.cell_length - len(count) - 2)
    entitle(pane, Content(" ").join([left, Content(rule), Content(count)]) if count else left)
