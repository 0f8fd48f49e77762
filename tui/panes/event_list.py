"""A list of what is known of the event, a line a row."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.content import Content

from tui.commands.panes import PANE_OF
from tui.draw.styles import Styles, cell, matched, said
from tui.session.trail import View
from tui.widgets.row_list import RowList


class EventList(RowList):
    """The rows that the pane of this name asks for; a subclass says what stands in a line."""

    pane: ClassVar[str]
    """The name of the pane in `tui.commands.panes`."""
    none: ClassVar[tuple[str, ...]] = ()
    """What is said where the event has no rows."""

    def __init__(self) -> None:
        super().__init__(id=self.pane, classes="pane")
        self.rows: tuple[Any, ...] = ()

    def text_of(self, row: Any) -> str:
        """One row in words."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Any], view: View, empty: tuple[str, ...]) -> None:
        """Show other rows, or why there are none."""
        self.rows = tuple(rows)
        self.show_state(*(() if rows else empty))
        self.set_rows(len(rows), cursor=view.cursor, scroll=view.scroll)
        self.relabel()

    def put_cursor(self, index: int) -> None:
        """Move the cursor, and count it in the border."""
        super().put_cursor(index)
        self.relabel()

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        return [self.text_of(row) for row in self.rows]

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One row in one line."""
        line = cell(said(self.text_of(self.rows[index])), width)
        return (matched(line, self.needle, styles.match),)

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """All rows in one line, as many as fit."""
        return cell(said("  ".join((self.label_text()[0], *self.texts()))), width)

    def label_text(self) -> tuple[str, str]:
        """`2 Actors`, and how many."""
        row = PANE_OF[self.pane]
        return f"{row.key} {row.label}", f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
