"""The border of a pane: its name at the left, its count at the right."""

from textual.content import Content
from textual.widget import Widget

from tui.draw.ink import cell, said


def label(pane: Widget, name: str, count: str) -> None:
    """Set the upper border of a pane: `name ─────── count`.

    Textual has one title a border line, so the rule between the two is part of it.
    """
    rule = "━" if pane.has_focus or pane.has_focus_within else "─"
    room = pane.size.width + pane.gutter.width - 6
    if room < 4:
        pane.border_title = ""
        return
    left = said(name)
    if left.cell_length + len(count) + 4 > room:
        pane.border_title = (
            cell(left, min(room, left.cell_length))
            if not count
            else cell(
                Content("").join([left, Content(f" {count}")]),
                min(room, left.cell_length + len(count) + 1),
            )
        )
        return
    fill = rule * (room - left.cell_length - len(count) - 2) if count else ""
    pane.border_title = Content("").join(
        [left, Content(f" {fill} {count}") if count else Content("")]
    )
