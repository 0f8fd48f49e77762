"""The filters in a row above the status line, shown only while there are any."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from store.queries.filters import Filter
from tui.draw.filter_bar import FilterRow, filter_row, left_words
from tui.messages import FilterClicked
from tui.widgets.theme_styles import styles_of

ROWS_A_LINE = 10
"""Rows of the terminal for each line of filters."""

MOST_LINES = 3


class FilterBar(Widget):
    """The filters of the timeline; a click on one chooses it, a click on its sign drops it."""

    def __init__(self) -> None:
        super().__init__()
        self._filters: tuple[Filter, ...] = ()
        self._counts: tuple[str, ...] = ()
        self.auto_links = False
        self.display = False

    def show(self, filters: Sequence[Filter], count: int, total: int) -> None:
        """Show these filters, and how many of all events they leave; hide without any."""
        shown = tuple(filters), left_words(count, total)
        if shown == (self._filters, self._counts):
            return
        self._filters, self._counts = shown
        self.fit()
        self.refresh()

    def fit(self) -> None:
        """Take the lines that the filters need in the width of the terminal."""
        lines = len(self._drawn(self.app.size.width).lines)
        self.display = bool(lines)
        if lines:
            self.styles.height = lines

    def _drawn(self, width: int) -> FilterRow:
        most = max(1, min(MOST_LINES, self.app.size.height // ROWS_A_LINE))
        return filter_row(self._filters, self._counts, width, most, styles_of(self.app))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._drawn(self.size.width).lines)

    def on_click(self, event: events.Click) -> None:
        """Tell which filter was clicked."""
        event.stop()
        piece = self._drawn(self.size.width).at(event.x, event.y)
        if piece is not None:
            self.post_message(FilterClicked(piece.number, dropping=piece.dropping))
