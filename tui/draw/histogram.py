"""The events or the dead over time, as bars with a scale."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from textual.content import Content, Span
from textual.style import Style

from store.model.dates import long, short
from store.model.labels import count_text
from store.queries.histogram import Bin
from tui.draw.styles import Styles, cell, ends, joined, styled

_BARS = " ▁▂▃▄▅▆▇█"
LEAST_WIDTH = 20
"""Cells below which nothing is drawn."""

WIDEST_BAR = 6
"""Cells of a bar at most, with the blank after it."""


class Measure(StrEnum):
    """The figures that the bars show."""

    EVENTS = "events"
    KILLED = "killed"

    def of(self, one: Bin) -> int:
        """The number of a bin."""
        return one.count if self is Measure.EVENTS else one.best


class Brush(NamedTuple):
    """The bins that are being chosen, by their indexes: from `anchor` to `cursor`."""

    anchor: int
    cursor: int
    held: bool = False
    """Whether the anchor stays where it is while the cursor moves."""

    @property
    def first(self) -> int:
        """The first bin."""
        return min(self.anchor, self.cursor)

    @property
    def last(self) -> int:
        """The last bin."""
        return max(self.anchor, self.cursor)


class BarPlaces(NamedTuple):
    """The places of the bars: the cells before the first, the cells of each, and which bins fit."""

    before: int
    each: int
    first: int
    number: int

    def bin_at(self, x: int) -> int | None:
        """The index of the bin at a cell; the first or last where it is beside them."""
        if not self.number:
            return None
        at = (x - self.before) // self.each
        return self.first + max(0, min(self.number - 1, at))


def bar_places(bins: Sequence[Bin], width: int, measure: Measure) -> BarPlaces:
    """The places of the bars of so many cells, beside the numbers of the scale."""
    before = len(f"{_most(bins, measure):,}") + 1 if width >= 2 * LEAST_WIDTH else 0
    number = min(len(bins), width - before)
    each = max(1, min(WIDEST_BAR, (width - before) // max(1, number)))
    return BarPlaces(before, each, len(bins) - number, number)


def _most(bins: Sequence[Bin], measure: Measure) -> int:
    return max((measure.of(one) for one in bins), default=0)


def histogram(
    bins: Sequence[Bin],
    width: int,
    styles: Styles,
    measure: Measure = Measure.EVENTS,
    brush: Brush | None = None,
) -> tuple[Content, ...]:
    """The bars in three lines: two of bars beside a scale, one with the ends and the unit.

    A bin of which no number is known has a dot. While bins are chosen, the third line says
    which. Nothing for fewer than two bins or fewer than 20 cells.
    """
    if len(bins) < 2 or width < LEAST_WIDTH:
        return ()
    at = bar_places(bins, width, measure)
    shown = bins[at.first :]
    most = _most(shown, measure)
    levels = [level_of(measure.of(one), most, 16) for one in shown]
    unknown = [measure is Measure.KILLED and one.count > 0 and not one.known for one in shown]
    lit = range(brush.first - at.first, brush.last - at.first + 1) if brush else range(0)
    high = _bars([max(0, level - 8) for level in levels], at, lit, styles)
    low = _bars([min(8, level) for level in levels], at, lit, styles, unknown)
    scale = (f"{most:,}", f"{most // 2:,}" if has_half(most, 2) else "")
    before = [
        styled(f"{number:>{at.before - 1}} " if at.before else "", styles.muted) for number in scale
    ]
    caption = brush_words(bins, brush, measure) if brush else _unit_words(shown, measure, most, at)
    return (
        cell(joined(before[0], high), width),
        cell(joined(before[1], low), width),
        cell(
            joined(
                Content(" " * at.before),
                styled(caption, styles.accent)
                if brush
                else _axis(shown, at, width - at.before, caption, styles),
            ),
            width,
        ),
    )


def level_of(number: int, most: int, steps: int) -> int:
    """The height of a bar in steps: at least one for what is not nothing."""
    return max(1, round(number / most * steps)) if number > 0 and most > 0 else 0


def has_half(most: int, lines: int) -> bool:
    """True if half of a number is whole, or its fraction is not seen in so many lines of bars."""
    return most > 0 and (most % 2 == 0 or most >= 4 * lines)


def _bars(
    levels: Sequence[int],
    at: BarPlaces,
    lit: range,
    styles: Styles,
    unknown: Sequence[bool] = (),
) -> Content:
    """A line of bars; those that are `lit` are of the bins that are being chosen."""
    wide = max(1, at.each - 1)
    text = ""
    spans: list[Span] = []
    for place, level in enumerate(levels):
        dotted = not level and unknown and unknown[place]
        sign = "·" if dotted else _BARS[level]
        bar = (sign * wide if not dotted else sign.ljust(wide)).ljust(at.each)
        style: Style = styles.bars
        if place in lit:
            style = styles.accent
            bar = bar if level else ("▁" * wide).ljust(at.each) if unknown else bar
        spans.append(Span(len(text), len(text) + len(bar), style))
        text += bar
    return Content(text, spans)


def _unit_words(bins: Sequence[Bin], measure: Measure, most: int, at: BarPlaces) -> str:
    """`killed a month, at most 459` where there is no scale beside the bars."""
    what = f"{measure} a {bins[0].unit}"
    return what if at.before else f"{most:,} {what} at most"


def _axis(bins: Sequence[Bin], at: BarPlaces, width: int, unit: str, styles: Styles) -> Content:
    """The first and the last bin under the bars, and what they count."""
    first, last = long(bins[0].start), long(bins[-1].start)
    if bins[0].is_week:
        first, last = short(bins[0].start), long(bins[-1].edtf.partition("/")[2])
    span = min(width, max(at.each * at.number, len(first) + len(last) + 2))
    line = ends(styled(first, styles.muted), styled(last, styles.muted), span)
    right = styled(unit, styles.muted)
    if span + right.cell_length + 2 <= width:
        return ends(line, right, width)
    middle = styled(f" {unit} ", styles.muted)
    room = span - len(first) - len(last) - middle.cell_length
    if room < 2:
        return line
    half = room // 2
    return joined(
        styled(first, styles.muted),
        Content(" " * half),
        middle,
        Content(" " * (room - half)),
        styled(last, styles.muted),
    )


def brush_words(bins: Sequence[Bin], brush: Brush, measure: Measure) -> str:
    """`5 Nov to 12 Nov 2024 · 23 events, killed 691 · Enter filters`."""
    chosen = bins[brush.first : brush.last + 1]
    events = sum(one.count for one in chosen)
    killed = sum(one.best for one in chosen)
    known = any(one.known for one in chosen)
    dead = f", killed {killed:,}" if known else ""
    return f"{long(brushed(bins, brush))} · {count_text(events, 'event')}{dead}"


def brushed(bins: Sequence[Bin], brush: Brush) -> str:
    """The date of the chosen bins in EDTF."""
    first, last = bins[brush.first], bins[brush.last]
    if first is last:
        return first.edtf
    return f"{first.start}/{last.edtf.partition('/')[2] or last.start}"


def histogram_awaited(width: int, styles: Styles) -> tuple[Content, ...]:
    """The space for the histogram while the events are counted."""
    if width < LEAST_WIDTH:
        return ()
    return (cell(Content(""), width), cell(styled("… events", styles.muted), width), Content(""))
