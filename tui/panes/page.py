"""The view of the page of an actor, a place or a source."""

from collections.abc import Sequence

from textual.content import Content

from store.queries.entity_page import EntityPage, PageLine
from store.queries.timeline import Section
from tui.draw.page import page_head, page_row
from tui.draw.styles import Styles
from tui.session.trail import View
from tui.widgets.row_list import RowList


class PagePane(RowList):
    """All that a case holds of one record, a line for each thing that one may go to."""

    def __init__(self) -> None:
        super().__init__(id="page", classes="pane")
        self.found: EntityPage | None = None

    def show(self, found: EntityPage, view: View | None) -> None:
        """Show another page."""
        self.found = found
        self.show_state(*(() if found.lines else ("Nothing else is known of it.",)))
        lines = found.lines
        self.set_rows(
            len(lines),
            cursor=view.cursor if view else 0,
            scroll=view.scroll if view else 0,
            sections=tuple(
                Section(index, line.heading)
                for index, line in enumerate(lines)
                if not index or lines[index - 1].heading != line.heading
            ),
        )
        self.relabel()

    @property
    def line(self) -> PageLine | None:
        """The line under the cursor."""
        lines = self.found.lines if self.found else ()
        return lines[self.cursor] if lines else None

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        return [f"{line.title} {line.aside}" for line in (self.found.lines if self.found else ())]

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The names, the facts, and the events over time."""
        if self.found is None:
            return ()
        return page_head(self.found, width, self.scrollable_content_region.height // 2, styles)

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """A line of the page."""
        assert self.found is not None
        return (page_row(self.found.lines[index], width, styles, self.needle),)

    def label_text(self) -> tuple[str, str]:
        """`Page`, and the position among the lines."""
        return "Page", f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
