"""The windows of figures: how often a value comes, and how events and dead change over time."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from store.queries.frequency import Field, Frequency
from store.queries.trend import Trend
from tui.draw.figures import Greatest, Plot, frequency_heads, frequency_row, plot_lines
from tui.draw.histogram import Brush, Measure, brushed
from tui.draw.styles import Styles, said
from tui.messages import KeysAwaited, RowChosen
from tui.widgets.frame import label
from tui.widgets.latest_size import LatestSize
from tui.widgets.row_list import RowList
from tui.widgets.theme_styles import styles_of


class Chosen(NamedTuple):
    """The choice to filter by: a value of a field, dates in EDTF, or both."""

    field: Field | None = None
    value: str = ""
    label: str = ""
    dates: str = ""


class FigureWindow(LatestSize[Chosen | None], ModalScreen[Chosen | None]):
    """A window with figures, over the whole screen; its answer is what to filter by, or None.

    `waits` is True until the figures that were asked for have come: further keys wait.
    """

    keys: ClassVar[str] = ""
    """Words on the keys, shown in the last line."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = False
        self._box = Vertical(id="figures")
        self._hint = Static(self.keys, markup=False, id="figures-keys")

    def on_descendant_focus(self) -> None:
        """Note that the window has the focus."""
        self.entered = True
        self.post_message(KeysAwaited())

    def await_figures(self) -> None:
        """Let keys wait until the figures come."""
        self.entered = False

    def came(self) -> None:
        """Let the keys that waited go on."""
        self.entered = True
        self.post_message(KeysAwaited())

    def action_close(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)


def _keys(**actions: str) -> list[BindingType]:
    return [
        Binding(key, action, show=False, priority=True)
        for action, keys in actions.items()
        for key in keys.split()
    ]


class FrequencyList(RowList):
    """The values with their events and dead."""

    always_lit = True

    def __init__(self) -> None:
        super().__init__(id="values")
        self.found: Frequency | None = None
        self.measure = Measure.EVENTS
        self._most = Greatest(0, 0)

    def show(self, found: Frequency, measure: Measure) -> None:
        """Show the values of another field, or in another order."""
        self.found, self.measure = found, measure
        self._most = Greatest.of(found)
        self.show_state(*(() if found.rows else ("No event of the filter has a value.",)))
        self.set_rows(len(found.rows), scroll=0)

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The names of the columns."""
        return (frequency_heads(width, self.measure, styles),)

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One value."""
        assert self.found is not None
        row = self.found.rows[index]
        return (frequency_row(row, width, styles, self._most, self.measure),)


AskFrequency = Callable[[Field, bool, Callable[[Frequency], None]], None]
"""Asks for the frequency of a field, by victims or by events, and what to do with it."""


class FrequencyWindow(FigureWindow):
    """The window of frequencies: each value with its number among the events of the filter."""

    keys = "h l  another field · t  by events or killed · Enter  filters · Esc  closes"
    BINDINGS: ClassVar[list[BindingType]] = _keys(
        **{
            "step(1)": "j down ctrl+n",
            "step(-1)": "k up",
            "page(1)": "ctrl+d pagedown",
            "page(-1)": "ctrl+u pageup",
            "edge(0)": "g home",
            "edge(1)": "G end",
            "field(1)": "l right tab F",
            "field(-1)": "h left shift+tab",
            "turn": "t H s",
            "choose": "enter",
            "close": "escape q ctrl+c",
        }
    )

    def __init__(self, measure: Measure, first: Frequency, ask: AskFrequency) -> None:
        super().__init__()
        self._field, self._measure, self._first = first.field, measure, first
        self._ask = ask
        self.list = FrequencyList()

    def compose(self) -> ComposeResult:
        """The values, and the keys."""
        with self._box:
            yield self.list
            yield self._hint

    def on_mount(self) -> None:
        """Show the first field."""
        self._show(self._first)
        self.list.focus()

    def _show(self, found: Frequency) -> None:
        self._field = found.field
        self.list.show(found, self._measure)
        self._tell()

    def _tell(self) -> None:
        found = self.list.found
        total = self.list.count + (found.more if found else 0)
        place = f"{self.list.cursor + 1:,}/{total:,}" if self.list.count else ""
        label(self._box, f"How often: {self._field}", place)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        self.call_after_refresh(self._tell)

    def on_row_moved(self) -> None:
        """Count in the border."""
        self._tell()

    def on_row_chosen(self, message: RowChosen) -> None:
        """Choose a row on a double click."""
        message.stop()
        self.action_choose()

    def _ask_anew(self) -> None:
        self.await_figures()

        def show(found: Frequency) -> None:
            self._show(found)
            self.came()

        self._ask(self._field, self._measure is Measure.KILLED, show)

    def action_step(self, by: int) -> None:
        """Move the cursor."""
        self.list.move(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self.list.move(by * self.list.page)

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first or the last value."""
        self.list.move_to(end * (self.list.count - 1))

    def action_field(self, by: int) -> None:
        """Count by the next field, or the one before."""
        fields = list(Field)
        self._field = fields[(fields.index(self._field) + by) % len(fields)]
        self._ask_anew()

    def action_turn(self) -> None:
        """Order by victims instead of events, or by events."""
        self._measure = Measure.KILLED if self._measure is Measure.EVENTS else Measure.EVENTS
        self._ask_anew()

    def action_choose(self) -> None:
        """Filter by the value."""
        found = self.list.found
        if found and found.rows:
            row = found.rows[self.list.cursor]
            self.dismiss(Chosen(found.field, row.value, row.label))


class PlotView(Widget, can_focus=True):
    """The bars of a trend."""

    def __init__(self) -> None:
        super().__init__(id="plot")
        self.plot: Plot | None = None
        self.auto_links = False

    def show(self, plot: Plot) -> None:
        """Draw another trend, or another choice in it."""
        self.plot = plot
        self.refresh()

    def render(self) -> Content:
        """The lines of the plot."""
        size: Size = self.content_size
        if self.plot is None or not size.area:
            return Content("")
        if not self.plot.trend.series:
            return said("No event of the filter has a day, so there is nothing to plot.")
        lines = plot_lines(self.plot, size.width, size.height, styles_of(self.app))
        return Content("\n").join(lines)


BY = (None, Field.ACTORS, Field.PLACES, Field.SOURCES, Field.TYPES)
"""What a trend can be divided by."""

AskTrend = Callable[[Field | None, bool, Callable[[Trend], None]], None]
"""Asks for the trend by a field, by victims or by events, and what to do with it."""


class TrendWindow(FigureWindow):
    """The window of the trend: the events and the dead of the filter over time."""

    keys = (
        "h l  date · Space  holds one end · j k  line · Tab  by · t  events or killed"
        " · Enter  filters · Esc  closes"
    )
    BINDINGS: ClassVar[list[BindingType]] = _keys(
        **{
            "step(1)": "l right",
            "step(-1)": "h left",
            "edge(0)": "g home",
            "edge(1)": "G end",
            "line(1)": "j down",
            "line(-1)": "k up",
            "field(1)": "tab P",
            "field(-1)": "shift+tab",
            "hold": "space b",
            "turn": "t H",
            "choose": "enter",
            "close": "escape q ctrl+c",
        }
    )

    def __init__(self, measure: Measure, first: Trend, ask: AskTrend) -> None:
        super().__init__()
        self._trend, self._measure = first, measure
        self._ask = ask
        last = len(first.series[0].bins) - 1 if first.series else 0
        self._brush = Brush(last, last)
        self._series = 0
        self._view = PlotView()

    def compose(self) -> ComposeResult:
        """The bars, and the keys."""
        with self._box:
            yield self._view
            yield self._hint

    def on_mount(self) -> None:
        """Show the first trend."""
        self._draw()
        self._view.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        bins = self._trend.series[0].bins if self._trend.series else ()
        unit = f" a {bins[0].unit}" if bins else ""
        by = f", by {self._trend.by}" if self._trend.by else ""
        more = f"{self._trend.more:,} more" if self._trend.more else ""
        label(self._box, f"Trend · {self._measure}{unit}{by}", more)

    def _draw(self) -> None:
        self._view.show(Plot(self._trend, self._measure, self._brush, self._series))
        self._tell()

    @property
    def _last(self) -> int:
        return len(self._trend.series[0].bins) - 1 if self._trend.series else 0

    def _move_to(self, at: int) -> None:
        cursor = max(0, min(self._last, at))
        anchor = self._brush.anchor if self._brush.held else cursor
        self._brush = Brush(anchor, cursor, self._brush.held)
        self._draw()

    def action_step(self, by: int) -> None:
        """Move to another date."""
        self._move_to(self._brush.cursor + by)

    def action_edge(self, end: int) -> None:
        """Move to the first or the last date."""
        self._move_to(end * self._last)

    def action_line(self, by: int) -> None:
        """Move to the line of another value."""
        self._series = max(0, min(len(self._trend.series) - 1, self._series + by))
        self._draw()

    def action_hold(self) -> None:
        """Hold one end of the dates while the other moves."""
        self._brush = Brush(self._brush.cursor, self._brush.cursor, held=not self._brush.held)
        self._draw()

    def action_turn(self) -> None:
        """Show the dead instead of the events, or the events."""
        self._measure = Measure.KILLED if self._measure is Measure.EVENTS else Measure.EVENTS
        if self._trend.by:
            self._ask_anew(self._trend.by)
        else:
            self._draw()

    def action_field(self, by: int) -> None:
        """Divide by the next field, or the one before."""
        at = BY.index(self._trend.by)
        self._ask_anew(BY[(at + by) % len(BY)])

    def _ask_anew(self, by: Field | None) -> None:
        self.await_figures()

        def show(found: Trend) -> None:
            self._trend, self._series = found, 0
            self._draw()
            self.came()

        self._ask(by, self._measure is Measure.KILLED, show)

    def action_choose(self) -> None:
        """Filter by the dates, and by the value of the line."""
        if not self._trend.series:
            return
        series = self._trend.series[self._series]
        dates = brushed(series.bins, self._brush)
        if series.row is None:
            self.dismiss(Chosen(dates=dates))
        else:
            self.dismiss(Chosen(self._trend.by, series.row.value, series.row.label, dates))
