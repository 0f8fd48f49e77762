"""The timeline: the events of the filter, in order."""

from array import array
from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content

from store.queries.event_sort import Sort
from store.queries.histogram import Bin
from store.queries.timeline import row_of
from store.queries.timeline_row import TimelineRow
from store.queries.toll_sums import TollSummary
from store.queries.unplaced import unit_of
from tui.draw.histogram import (
    BarPlaces,
    Brush,
    Measure,
    bar_places,
    brushed,
    histogram,
    histogram_awaited,
)
from tui.draw.styles import Styles, joined, said
from tui.draw.timeline import RowLook, column_at, column_heads, timeline_peek, timeline_row
from tui.draw.tolls import sum_text
from tui.messages import ColumnChosen, DatesBrushed
from tui.session.columns import ColumnChoice, ColumnId, Placed
from tui.session.marked_rows import Key
from tui.session.views import TimelineAnswer
from tui.widgets.frame import entitle, fits
from tui.widgets.row_list import RowList

HELD = 5_000
"""Rows that are kept; beyond them those that were fetched longest ago are let go."""

HISTOGRAM_FROM = 12
"""Lines that the pane must have for the histogram to be shown, unless it is being used."""

HEADS_FROM = 6
"""Lines that the pane must have for the names of the columns to be shown."""


class TimelinePane(RowList):
    """The timeline: holds the numbers of all events of the filter, and the rows that were near."""

    def __init__(self) -> None:
        super().__init__(id="timeline", classes="pane")
        self.numbers: array[int] = array("q")
        self.total = 0
        self.choice = ColumnChoice()
        self.column = ColumnId.TITLE
        self.measure = Measure.EVENTS
        self.brush: Brush | None = None
        self._tolls = False
        self._sort = Sort.DATE
        self._turned = False
        self._sums: TollSummary | None = None
        self._too_wide = 0
        self._bins: tuple[Bin, ...] | None = ()
        self._rows: dict[int, TimelineRow] = {}

    def show(self, answer: TimelineAnswer, scroll: int | None, *, sort: Sort, turned: bool) -> None:
        """Show the events of another filter, or in another order."""
        self.numbers = answer.numbers
        self.total = answer.total
        self.brush = None
        self._tolls = answer.tolls
        self._sort, self._turned = sort, turned
        self._bins = answer.bins
        self._sums = answer.sums
        self._too_wide = answer.too_wide
        self._rows.clear()
        self._missing = None
        self.hold(answer.rows)
        self.set_rows(
            len(self.numbers), cursor=answer.at or 0, sections=answer.sections, scroll=scroll
        )
        self.relabel()

    def show_counted(self, bins: tuple[Bin, ...], sums: TollSummary | None, too_wide: int) -> None:
        """Show the histogram and the sums, which were counted meanwhile."""
        self._bins, self._sums, self._too_wide = bins, sums, too_wide
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw everything anew, and keep the cursor in sight."""
        self._drawn_head = None
        self._measure()
        self._reveal()
        self.relabel()
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

    # the marks of rows

    @property
    def mark_kind(self) -> str:
        """Events, by their numbers."""
        return "evt"

    def mark_key(self, index: int) -> Key:
        """The number of the event on a row."""
        return self.numbers[index]

    def mark_keys(self, first: int, end: int) -> list[Key]:
        """The numbers of the events on these rows."""
        return list(self.numbers[first:end])

    def index_of_mark(self, key: Key) -> int | None:
        """The row of the event with this number."""
        return self.index_of(int(key))

    # the columns

    @property
    def room(self) -> int:
        """The cells that a row has."""
        return self.scrollable_content_region.width - self.mark_gutter

    @property
    def has_tolls(self) -> bool:
        """True if the number killed is known of any event of the case."""
        return self._tolls

    def placed(self, width: int) -> tuple[Placed, ...]:
        """The columns with their cells."""
        return self.choice.fitted(width, tolls=self._tolls, year=not self.sections)

    def choose(self, choice: ColumnChoice) -> None:
        """Show other columns, or other widths."""
        self.choice = choice
        self.draw_anew()

    def step_column(self, by: int) -> ColumnId:
        """Give the focus to the next column, or the one before."""
        shown = [one.id for one in self.placed(self.room)]
        at = shown.index(self.column) if self.column in shown else shown.index(ColumnId.TITLE)
        self.column = shown[max(0, min(len(shown) - 1, at + by))]
        self._drawn_head = None
        self.refresh()
        return self.column

    # the histogram

    def turn_measure(self) -> Measure:
        """Show the dead instead of the events, or the events."""
        self.measure = Measure.KILLED if self.measure is Measure.EVENTS else Measure.EVENTS
        self.draw_anew()
        return self.measure

    def begin_brush(self) -> bool:
        """Begin to choose bins, at that of the event of the cursor; False without bins."""
        if not self._bins or len(self._bins) < 2:
            return False
        row = self.row(self.cursor) if self.count else None
        day = row.edtf[:10] if row else ""
        starts = [one.start for one in self._bins]
        at = max((i for i, start in enumerate(starts) if day and start <= day), default=0)
        self.brush = Brush(at, at)
        self.draw_anew()
        return True

    def hold_brush(self) -> None:
        """Let the choice go on from here, whichever way the cursor goes."""
        if self.brush:
            self._brush_to(Brush(self.brush.cursor, self.brush.cursor, held=True))

    def move_brush(self, by: int) -> None:
        """Move the cursor of the choice by some bins."""
        if self.brush and self._bins:
            cursor = max(0, min(len(self._bins) - 1, self.brush.cursor + by))
            anchor = self.brush.anchor if self.brush.held else cursor
            self._brush_to(Brush(anchor, cursor, self.brush.held))

    def end_brush(self) -> str:
        """End the choice, and return its date in EDTF."""
        found = brushed(self._bins, self.brush) if self._bins and self.brush else ""
        self.brush = None
        self.draw_anew()
        return found

    def _brush_to(self, brush: Brush) -> None:
        self.brush = brush
        self._drawn_head = None
        self.refresh()

    def _bars(self) -> BarPlaces:
        return bar_places(self._bins or (), self.room, self.measure)

    # drawing

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One event."""
        row = self.row(index)
        if row is None:
            return None
        look = RowLook(self.placed(width), self.needle, year=not self.sections)
        return (timeline_row(row, look, styles),)

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The histogram and the names of the columns, if there is room for them."""
        height = self.scrollable_content_region.height
        lines: list[Content] = []
        if height >= HISTOGRAM_FROM or self.brush:
            lines += (
                histogram_awaited(width, styles)
                if self._bins is None
                else histogram(self._bins, width, styles, self.measure, self.brush)
            )
        if height >= HEADS_FROM and self.count:
            heads = column_heads(
                self.placed(self.room),
                styles,
                sort=self._sort,
                turned=self._turned,
                focused=self.column if self.has_focus else None,
            )
            lines.append(joined(Content(" " * self.mark_gutter), heads))
        return lines

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The current event in one line."""
        place = f"{self.cursor + 1:,}/{self.count:,}" if self.count else "no events"
        return timeline_peek(self.row(self.cursor) if self.count else None, place, width, styles)

    def label_text(self) -> tuple[str, str]:
        """`1 Timeline`, and the position among the events."""
        place = f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
        return "1 Timeline", " · ".join(filter(None, (place, self.marked_text)))

    def relabel(self) -> None:
        """Write the border anew: above the position, below the dead of the filter.

        After them stand the events that no bar can have, where there is room for both.
        """
        super().relabel()
        words = sum_text(self._sums) if self._sums and self._tolls else ""
        if self._too_wide:
            wide = f"{self._too_wide:,} longer than a {unit_of(self._bins or ())}"
            both = " · ".join(filter(None, (words, wide)))
            words = both if fits(self, both, "") else words
        entitle(self, said(words), below=True)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Light the column that keys are for."""
        super().watch_has_focus(has_focus)
        self._drawn_head = None
        self.refresh()

    # the mouse

    def _over_bars(self, event: events.MouseEvent) -> int | None:
        """The bin under the mouse; None outside of the bars."""
        offset = event.get_content_offset(self)
        lines = len(self._head()) - (1 if self.count else 0)
        if offset is None or self.peeking or not self._bins or not 0 <= offset.y < lines:
            return None
        return self._bars().bin_at(offset.x)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to choose bins."""
        at = self._over_bars(event)
        if at is not None:
            event.stop()
            self.capture_mouse()
            self._brush_to(Brush(at, at, held=True))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Choose the bins up to that under the mouse."""
        if self.brush and self.app.mouse_captured is self:
            at = self._bars().bin_at(event.x - self.gutter.left)
            if at is not None and at != self.brush.cursor:
                self._brush_to(Brush(self.brush.anchor, at, held=True))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Filter by the bins that were chosen."""
        if self.brush and self.app.mouse_captured is self:
            self.release_mouse()
            self.post_message(DatesBrushed(self.end_brush()))

    def on_click(self, event: events.Click) -> None:
        """Sort by the column whose name is clicked.

        A click elsewhere does as in every list: Textual calls the list's own method next.
        """
        offset = event.get_content_offset(self)
        if offset is not None and not self.peeking and self.count:
            lines = len(self._head())
            if (
                lines
                and offset.y == lines - 1
                and self.scrollable_content_region.height >= HEADS_FROM
            ):
                column = column_at(self.placed(self.room), offset.x - self.mark_gutter)
                if column is not None:
                    self.post_message(ColumnChosen(column))
                event.prevent_default()
