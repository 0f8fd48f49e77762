"""A read-only text with marked spans, on Textual's TextArea."""

from bisect import bisect_right
from itertools import accumulate
from typing import ClassVar

from rich.text import Text
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.widgets import TextArea
from textual.widgets.text_area import Location
from textual.widgets.text_area import Selection as Range

from tui.draw.styles import joined, styled
from tui.widgets.marks import Marking
from tui.widgets.scroll import follow, steady_size
from tui.widgets.theme_styles import styles_of

Span = tuple[int, int, Marking]
"""Start and end of a marked span, and what it is marked as."""

GUTTER = 2
"""Cells left of the text, in which passages are marked."""


class ArticleText(TextArea, inherit_bindings=False):
    """A read-only text with marked spans. Positions are code points of the text that it holds."""

    BINDINGS: ClassVar = []
    virtual_size = steady_size()
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "passage--current",
        "passage--event",
        "passage--title",
        "passage--match",
        "passage--gutter",
        "passage--gutter-current",
    }

    def __init__(self) -> None:
        super().__init__("", read_only=True, soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False
        self.highlight_cursor_line = False
        self.match_cursor_bracket = False
        self._starts: list[int] = [0]
        self._spans: dict[int, list[Span]] = {}
        self._gutter: dict[int, list[Span]] = {}
        self._to_centre: int | None = None

    @property
    def gutter_width(self) -> int:
        """The number of cells left of the text."""
        return GUTTER if self.size.width > 20 else 0

    def watch_virtual_size(self, size: Size) -> None:
        """Fit the scroll bars to the content."""
        follow(self, size)

    def hold(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.load_text(text)
            self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    def mark(self, spans: list[Span], gutter: list[Span]) -> None:
        """Style spans and mark others in the gutter."""
        self._spans = self._by_line(spans)
        self._gutter = self._by_line(gutter)
        self._line_cache.clear()
        self.refresh()

    def _by_line(self, spans: list[Span]) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for start, end, style in spans:
            row = self.location(start)[0]
            while row < len(self._starts) and self._starts[row] < end:
                first = self._starts[row]
                found.setdefault(row, []).append((max(0, start - first), end - first, style))
                row += 1
        return found

    def location(self, position: int) -> Location:
        """The line and column of a position."""
        row = max(0, bisect_right(self._starts, max(0, position)) - 1)
        row = min(row, self.document.line_count - 1)
        return row, position - self._starts[row]

    @property
    def position(self) -> int:
        """The position of the cursor, in code points."""
        row, column = self.cursor_location
        return self._starts[min(row, len(self._starts) - 1)] + column

    @property
    def selected(self) -> tuple[int, int]:
        """The start and end of the selection, in code points; equal where nothing is selected."""
        (first, column), (last, end) = sorted((self.selection.start, self.selection.end))
        return self._starts[first] + column, self._starts[last] + end

    def select(self, start: int, end: int) -> None:
        """Select a span; the cursor is at its end, which may be before its start."""
        self.selection = Range(self.location(start), self.location(end))
        self.scroll_cursor_visible()

    def region_of(self, start: int, end: int) -> Region:
        """The lines of a span on the screen, as far as they are in view."""
        wrapped, top = self.wrapped_document, round(self.scroll_y)
        first, last = (
            wrapped.location_to_offset(self.location(position)).y - top
            for position in (start, max(start, end - 1))
        )
        view = self.content_region
        lines = Region(view.x, view.y + first, view.width, last - first + 1)
        return lines.intersection(view)

    def centre(self, position: int) -> None:
        """Put the cursor on a position and its line in the middle; again once there is a size."""
        self._to_centre = None if self.size.height else position
        self.move_cursor(self.location(position), center=True)

    def on_resize(self) -> None:
        """Centre what was to be centred before the first layout, if the cursor is still there."""
        position, self._to_centre = self._to_centre, None
        if position is not None and position == self.position:
            self.call_later(self.centre, position)

    def restore(self, position: int, scroll: int) -> None:
        """Put cursor and scroll back where they were; what is selected there stays selected."""
        if position != self.position:
            self.move_cursor(self.location(position))
        self.scroll_to(y=scroll, animate=False, force=True)

    @property
    def _styles(self) -> dict[Marking, Style]:
        styles = styles_of(self.app)
        return {
            Marking.CURRENT: styles.match,
            Marking.EVENT: styles.underline,
            Marking.TITLE: styles.strong,
            Marking.MATCH: styles.reverse,
        }

    def get_line(self, line_index: int) -> Text:
        """The line with its spans styled."""
        line = Text(self.document.get_line(line_index), end="", no_wrap=True)
        for start, end, style in self._spans.get(line_index, ()):
            line.stylize(self._styles[style].rich_style, start, end)
        return line

    def render_line(self, y: int) -> Strip:
        """One line of the widget, with its gutter."""
        strip = super().render_line(y)
        if not self.gutter_width:
            return strip
        style = self._gutter_style(y + round(self.scroll_y))
        if style is None:
            mark = Strip([*Strip.blank(GUTTER, self.rich_style)])
        else:
            styles = styles_of(self.app)
            current = style is Marking.CURRENT
            drawn = styled("▌" if current else "▏", styles.accent if current else styles.rule)
            mark = Strip(
                joined(drawn, Content(" ")).render_segments(self.visual_style), cell_length=GUTTER
            )
        return Strip.join([mark, strip])

    def _gutter_style(self, line: int) -> Marking | None:
        """The mark of a wrapped line: that of the current passage, else of the longest there."""
        if line >= self.wrapped_document.height:
            return None
        row, column = self.wrapped_document.offset_to_location(Offset(0, line))
        marks = self._gutter.get(row, ())
        if not marks:
            return None
        offsets = self.wrapped_document.get_offsets(row)
        after = bisect_right(offsets, column)
        last = offsets[after] if after < len(offsets) else len(self.document.get_line(row)) + 1
        here = [style for start, end, style in marks if start < last and end > column]
        return Marking.CURRENT if Marking.CURRENT in here else next(iter(here), None)

    def action_cursor_page(self, by: int) -> None:
        """Move the cursor by pages."""
        if by > 0:
            self.action_cursor_page_down()
        else:
            self.action_cursor_page_up()
