"""The timeline: the events of the filter, in order."""

from array import array
from collections.abc import Iterable, Sequence

from textual.content import Content

from store.queries.histogram import Bin
from store.queries.timeline import row_of
from store.queries.timeline_row import TimelineRow
from tui.draw.styles import Styles
from tui.draw.timeline import histogram, histogram_awaited, timeline_peek, timeline_row
from tui.session.views import TimelineAnswer
from tui.widgets.row_list import RowList

HELD = 5_000
"""Rows that are kept; beyond them those that were fetched longest ago are let go."""

HEAD_FROM = 12
"""Lines that the pane must have for the histogram to be shown."""


class TimelinePane(RowList):
    """The timeline: holds the numbers of all events of the filter, and the rows that were near."""

    def __init__(self) -> None:
        super().__init__(id="timeline", classes="pane")
        self.numbers: array[int] = array("q")
        self.total = 0
        self._tolls = False
        self._bins: tuple[Bin, ...] | None = ()
        self._rows: dict[int, TimelineRow] = {}

    def show(self, answer: TimelineAnswer, scroll: int | None) -> None:
        """Show the events of another filter, or in another order."""
        self.numbers = answer.numbers
        self.total = answer.total
        self._tolls = answer.tolls
        self._bins = answer.bins
        self._rows.clear()
        self._missing = None
        self.hold(answer.rows)
        self.set_rows(
            len(self.numbers), cursor=answer.at or 0, sections=answer.sections, scroll=scroll
        )
        self.relabel()

    def show_bins(self, bins: tuple[Bin, ...]) -> None:
        """Show the histogram, which was counted meanwhile."""
        self._bins = bins
        self._drawn_head = None
        self._measure()
        self._reveal()
        self.refresh()

    def hold(self, rows: Iterable[TimelineRow]) -> None:
        """Keep some rows."""
        for row in rows:
            self._rows[row.n] = row
        for n in list(self._rows)[: max(0, len(self._rows) - HELD)]:
            del self._rows[n]
        self.came()

    def index_of(self, event: int | None) -> int | None:
        """The row of the event with this number; None if the filter leaves it out."""
        if event is not None and self.count and self.numbers[self.cursor] == event:
            return self.cursor
        return row_of(self.numbers, event)

    def event_at(self, index: int) -> int:
        """The number of the event on a row."""
        return self.numbers[index]

    def row(self, index: int) -> TimelineRow | None:
        """The row; None if it is not held."""
        return self._rows.get(self.numbers[index]) if index < len(self.numbers) else None

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One event."""
        row = self.row(index)
        if row is None:
            return None
        return (
            timeline_row(
                row,
                width,
                styles,
                needle=self.needle,
                year=not self.sections,
                tolls=self._tolls,
            ),
        )

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The histogram, if there is room for it."""
        if self.scrollable_content_region.height < HEAD_FROM:
            return ()
        if self._bins is None:
            return histogram_awaited(width, styles)
        return histogram(self._bins, width, styles)

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The current event in one line."""
        place = f"{self.cursor + 1:,}/{self.count:,}" if self.count else "no events"
        return timeline_peek(self.row(self.cursor) if self.count else None, place, width, styles)

    def label_text(self) -> tuple[str, str]:
        """`1 Timeline`, and the position among the events."""
        return "1 Timeline", f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
