"""Frequencies and trends: values with their events and dead, and how these change over time."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content, Span

from store.model.dates import long, short
from store.model.labels import count_text
from store.queries.frequency import Frequency, FrequencyRow
from store.queries.histogram import Bin
from store.queries.trend import Series, Trend
from tui.draw.histogram import Brush, Measure, brush_words, has_half, level_of
from tui.draw.marks import named
from tui.draw.styles import Cell, Styles, cell, columns, ends, joined, styled
from tui.draw.tolls import part_bar

NUMBER_WIDTH = 9
LEAST_BAR, MOST_BAR = 6, 28
KIND_FROM = 76
"""Cells from which on it is said what an actor, a place or a source is."""
KIND_WIDTH = 13
_BARS = " ▁▂▃▄▅▆▇█"
DAY = len("2024-11-29")


class Greatest(NamedTuple):
    """The most events and the most victims of a value of a frequency."""

    events: int
    killed: int

    @classmethod
    def of(cls, found: Frequency) -> "Greatest":
        """The greatest of the listed values."""
        return cls(
            max((row.events for row in found.rows), default=0),
            max((row.best or 0 for row in found.rows), default=0),
        )


def _bar_width(width: int) -> int:
    return max(LEAST_BAR, min(MOST_BAR, (width - 2 * NUMBER_WIDTH - 24) // 3))


def frequency_heads(width: int, measure: Measure, styles: Styles) -> Content:
    """The names of the columns, that by which the values are ordered in bold."""
    bar = _bar_width(width)
    by_events = measure is Measure.EVENTS
    return columns(
        Cell("", styles.muted, width - 2 * (NUMBER_WIDTH + bar + 2)),
        Cell("events", styles.lit if by_events else styles.muted, NUMBER_WIDTH, right=True),
        Cell("", styles.muted, bar + 2),
        Cell("killed", styles.muted if by_events else styles.lit, NUMBER_WIDTH, right=True),
        Cell("", styles.muted, bar + 2),
    )


def frequency_row(
    row: FrequencyRow, width: int, styles: Styles, most: Greatest, measure: Measure
) -> Content:
    """One value: its events and its dead, each with a bar. What is unknown is left empty."""
    bar = _bar_width(width)
    name_width = width - 2 * (NUMBER_WIDTH + bar + 2)
    kind_width = KIND_WIDTH if row.kind and width >= KIND_FROM else 0
    by_events = measure is Measure.EVENTS
    killed = "" if row.best is None else f"{row.best:,}"
    return columns(
        Cell(named(row.label), styles.plain, name_width - kind_width - 1),
        Cell("", styles.plain, 1),
        Cell(row.kind.replace("-", " "), styles.muted, kind_width),
        Cell(f"{row.events:,}", styles.plain, NUMBER_WIDTH, right=True),
        Cell("", styles.plain, 1),
        Cell(
            part_bar(row.events, most.events, bar), styles.bars if by_events else styles.rule, bar
        ),
        Cell("", styles.plain, 1),
        Cell(killed, styles.plain if row.best else styles.muted, NUMBER_WIDTH, right=True),
        Cell("", styles.plain, 1),
        Cell(
            part_bar(row.best or 0, most.killed, bar),
            styles.rule if by_events else styles.bars,
            bar,
        ),
        Cell("", styles.plain, 1),
    )


class Plot(NamedTuple):
    """A trend as it is drawn, and what is chosen in it."""

    trend: Trend
    measure: Measure
    brush: Brush
    series: int = 0
    """The index of the chosen series; 0 is all events."""


LABEL_WIDTH = 24
TALLEST = 32
"""The most lines of the bars of all events where others stand below them."""
AXIS = 2
"""Lines under the bars of all events: their dates, and what is chosen."""


def plot_lines(plot: Plot, width: int, height: int, styles: Styles) -> list[Content]:
    """A trend in so many lines: all events as tall bars with a scale, the others in two lines each.

    The others share one scale, so that they can be compared.
    """
    whole, *others = plot.trend.series
    shown = others[: max(0, (height - AXIS - 5) // 2)]
    room = height - AXIS - 2 * len(shown)
    tall = max(3, min(TALLEST, room) if shown else room)
    before = max(_scale_width(whole, plot.measure), LABEL_WIDTH if shown else 0)
    bins = whole.bins
    cells = bar_cells(len(bins), width - before)
    lines = _tall(plot, tall, before, cells, styles)
    lines.append(_dates(bins, before, cells, styles))
    lines.append(_chosen(plot, width, styles))
    most = max((plot.measure.of(one) for series in shown for one in series.bins), default=0)
    for at, series in enumerate(shown, 1):
        lines += _low(plot, at, series, most, before, cells, styles)
    return [cell(line, width) for line in lines[:height]]


def _scale_width(series: Series, measure: Measure) -> int:
    most = max((measure.of(one) for one in series.bins), default=0)
    return len(f"{most:,}") + 1


def bar_cells(bars: int, room: int) -> list[int]:
    """The cells of each of so many bars: as many for each, the last one a blank from three on.

    No bar is wider than another, as its area would say more than it counts. With less room than
    a cell for each, some have none.
    """
    if room >= bars:
        return [room // bars] * bars
    return [(at + 1) * room // bars - at * room // bars for at in range(bars)]


def _tall(
    plot: Plot, tall: int, before: int, cells: Sequence[int], styles: Styles
) -> list[Content]:
    """The bars of all events, with a number of the scale at the top, the middle and the base."""
    bins = plot.trend.series[0].bins
    most = max((plot.measure.of(one) for one in bins), default=0)
    levels = [level_of(plot.measure.of(one), most, 8 * tall) for one in bins]
    lines = []
    for line in reversed(range(tall)):
        number = "" if line else "0"
        if line == tall - 1:
            number = f"{most:,}"
        elif line == (tall - 1) // 2 and has_half(most, tall):
            number = f"{most // 2:,}"
        bars = [max(0, min(8, level - 8 * line)) for level in levels]
        lines.append(
            joined(
                styled(f"{number:>{before - 1}} ", styles.muted),
                _bars(bars, cells, plot, 0, styles, bins if line == 0 else ()),
            )
        )
    return lines


def _low(
    plot: Plot,
    at: int,
    series: Series,
    most: int,
    before: int,
    cells: Sequence[int],
    styles: Styles,
) -> list[Content]:
    """The bars of one value in two lines, behind its name and its sum."""
    levels = [level_of(plot.measure.of(one), most, 16) for one in series.bins]
    name = named(series.row.label) if series.row else ""
    total = sum(plot.measure.of(one) for one in series.bins)
    style = styles.lit if at == plot.series else styles.plain
    high, low = ([max(0, level - 8) for level in levels], [min(8, level) for level in levels])
    return [
        joined(
            columns(Cell(name, style, before - 1), Cell("", styles.plain, 1)),
            _bars(high, cells, plot, at, styles),
        ),
        joined(
            columns(
                Cell(f"{total:,}", styles.muted, before - 1, right=True),
                Cell("", styles.plain, 1),
            ),
            _bars(low, cells, plot, at, styles, series.bins),
        ),
    ]


def _bars(
    levels: Sequence[int],
    cells: Sequence[int],
    plot: Plot,
    at: int,
    styles: Styles,
    bins: Sequence[Bin] = (),
) -> Content:
    """A line of bars. With `bins` it is the lowest, in which a dot says that nothing is known."""
    text = ""
    spans: list[Span] = []
    for place, (level, each) in enumerate(zip(levels, cells, strict=True)):
        lit = plot.brush.first <= place <= plot.brush.last and at == plot.series
        sign = _BARS[level]
        if bins and not level:
            one = bins[place]
            unknown = plot.measure is Measure.KILLED and one.count and not one.known
            sign = "·" if unknown else "▁" if lit else " "
        bar = (sign * (each - (each > 2))).ljust(each)
        spans.append(Span(len(text), len(text) + len(bar), styles.accent if lit else styles.bars))
        text += bar
    return Content(text, spans)


def _dates(bins: Sequence[Bin], before: int, cells: Sequence[int], styles: Styles) -> Content:
    """The dates under the bars, as many as there is room for."""
    words = short if len(bins[0].start) == DAY else long
    line, start = "", 0
    for at, (one, width) in enumerate(zip(bins, cells, strict=True)):
        name = words(one.start) if at else long(one.start)
        if not line or (start >= len(line) + 2 and start + len(name) <= sum(cells)):
            line = line.ljust(start) + name
        start += width
    return joined(Content(" " * before), styled(line, styles.muted))


def _chosen(plot: Plot, width: int, styles: Styles) -> Content:
    """The line on the choice: dates, events and dead; and what has no place in time."""
    series = plot.trend.series[plot.series]
    words = brush_words(series.bins, plot.brush, plot.measure)
    if series.row:
        words = f"{series.row.label} · {words}"
    left_out = ""
    if plot.trend.unplaced:
        dead = f", killed {plot.trend.unplaced_best:,}" if plot.trend.unplaced_best else ""
        left_out = f"not placed: {count_text(plot.trend.unplaced, 'event')}{dead}"
    return ends(styled(words, styles.accent), styled(left_out, styles.muted), width)
