"""The one list of rows, which draws only what is visible, whatever the number of rows.

Rows are drawn by the line in `render_line`; moving the cursor refreshes two
rows. A list knows how many rows it has, where its cursor is, and how to draw a
row; it never holds more of the rows than its owner gives it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.queries.timeline import Section
from tui.draw.styles import ELLIPSIS, Styles, cell, joined, said, styled
from tui.draw.timeline import heading
from tui.messages import RowChosen, RowMoved, RowsMissed
from tui.session.marked_rows import Key, MarkedRows
from tui.session.trail import View
from tui.widgets.frame import label
from tui.widgets.scroll import follow, steady_size
from tui.widgets.theme_styles import styles_of

MARK = "✓"
"""The sign before a marked row."""

MARK_WIDTH = 2
"""Cells of the sign and the blank after it."""


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of rows, each of `row_height` lines, with headings between them."""

    row_height: ClassVar[int] = 1
    always_lit: ClassVar[bool] = False
    """Whether the row of the cursor is lit without the focus, too."""
    lights_row: ClassVar[bool] = True
    """Whether the whole row of the cursor is lit."""
    virtual_size = steady_size()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.count = 0
        self.cursor = 0
        self.peeking = False
        self.needle = ""
        self.untold = 0
        """How many moves of the cursor the screen has not heard of yet."""
        self.state: tuple[str, ...] = ()
        self.sections: tuple[Section, ...] = ()
        self._section_starts: list[int] = []
        self._missing: tuple[int, int] | None = None
        self._drawn_head: tuple[int, Sequence[Content]] | None = None
        self.marked: MarkedRows | None = None
        """The rows that are marked, of all lists."""
        self.auto_links = False

    # the marks of rows

    @property
    def mark_kind(self) -> str:
        """The kind of rows, by the prefix of their ids; empty if they cannot be marked."""
        return ""

    def mark_key(self, index: int) -> Key:
        """The key of a row, by which it is marked."""
        raise NotImplementedError

    def mark_keys(self, first: int, end: int) -> list[Key]:
        """The keys of the rows from the first one up to the end."""
        return [self.mark_key(index) for index in range(first, min(end, self.count))]

    def index_of_mark(self, key: Key) -> int | None:
        """The row with a key; None if the list does not have it."""
        return next((at for at in range(self.count) if self.mark_key(at) == key), None)

    @property
    def marks(self) -> Set[Key]:
        """The keys of the marked rows of this kind."""
        return self.marked.of(self.mark_kind) if self.marked is not None else frozenset()

    @property
    def mark_gutter(self) -> int:
        """The cells before each row in which marks stand; none where nothing is marked."""
        return MARK_WIDTH if self.marks else 0

    @property
    def marked_text(self) -> str:
        """The number of marks for the border: `12 marked`; empty if there are none."""
        return f"{len(self.marks):,} marked" if self.marks else ""

    @property
    def marked_of_all(self) -> str:
        """The number of marks in all lists: `12 marked`; empty if there are none."""
        return f"{self.marked.number:,} marked" if self.marked and self.marked.number else ""

    def marks_changed(self) -> None:
        """Draw everything anew, because rows were marked or are marked no longer."""
        self._drawn_head = None
        self.relabel()
        self.refresh()

    # the parts of a list

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """The lines of one row; None if the row is not held."""
        raise NotImplementedError

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """Lines that stay above the rows."""
        return ()

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The whole list in one line."""
        return Content("")

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        return []

    def drawn_text(self) -> str:
        """The lines that are in view."""
        return "\n".join(self.render_line(y).text for y in range(self.size.height))

    def label_text(self) -> tuple[str, str]:
        """The name in the border, and the count."""
        return "", ""

    # rows

    def set_rows(
        self,
        count: int,
        *,
        cursor: int = 0,
        sections: tuple[Section, ...] = (),
        scroll: int | None = None,
    ) -> None:
        """Set the number of rows and the cursor, without a message."""
        self.count = count
        self._drawn_head = None
        self.sections = sections
        self._section_starts = [section.index for section in sections]
        self.cursor = max(0, min(cursor, count - 1))
        self._measure()
        if scroll is None:
            scroll = self._line_of(self.cursor) - self.page * self.row_height // 3
        self.scroll_to(y=max(0, scroll), animate=False, force=True)
        self._reveal()
        self.refresh()

    def put_cursor(self, index: int) -> None:
        """Move the cursor without a message."""
        index = max(0, min(index, self.count - 1))
        if self.count and index != self.cursor:
            self._refresh_row(self.cursor)
            self.cursor = index
            self._refresh_row(index)
            self._reveal()

    def move(self, by: int) -> None:
        """Move the cursor by some rows, and post a message."""
        self.move_to(self.cursor + by)

    def move_to(self, index: int) -> None:
        """Move the cursor to a row, or to the nearest there is, and post a message."""
        before = self.cursor
        self.put_cursor(index)
        if self.count and self.cursor != before:
            self.untold += 1
            self.post_message(RowMoved(self, self.cursor))

    @property
    def page(self) -> int:
        """The number of rows visible at once."""
        lines = self.scrollable_content_region.height - len(self._head())
        return max(1, lines // self.row_height - 1)

    @property
    def view(self) -> View:
        """The positions of the cursor and the scroll."""
        return View(self.cursor, round(self.scroll_y))

    def show_state(self, *lines: str) -> None:
        """Show some lines instead of rows: empty, loading, no match, error."""
        self.state = lines
        self.refresh()

    # lines and rows

    def _line_of(self, index: int) -> int:
        return index * self.row_height + bisect_right(self._section_starts, index)

    def _row_at(self, line: int) -> tuple[int, int]:
        """The row at a line, and the line within it; a heading is line -1 of the row under it."""
        low, high = 0, len(self._section_starts)
        while low < high:
            middle = (low + high) // 2
            if self._section_starts[middle] * self.row_height + middle <= line:
                low = middle + 1
            else:
                high = middle
        if low and self._section_starts[low - 1] * self.row_height + low - 1 == line:
            return self._section_starts[low - 1], -1
        return divmod(line - low, self.row_height)

    def _head(self) -> Sequence[Content]:
        """The lines above the rows, drawn once until something changes them."""
        width = self.scrollable_content_region.width
        if self._drawn_head is None or self._drawn_head[0] != width:
            self._drawn_head = (width, self.draw_head(width, self.theme_styles))
        return self._drawn_head[1]

    def notify_style_update(self) -> None:
        """Draw anew, because colours may have changed."""
        super().notify_style_update()
        self._drawn_head = None

    def _measure(self) -> None:
        lines = 0 if self.peeking else self._line_count() + len(self._head())
        self.virtual_size = Size(self.scrollable_content_region.width, lines)

    def _line_count(self) -> int:
        """The lines of all rows and headings."""
        return self.count * self.row_height + len(self.sections)

    def _reveal(self) -> None:
        """Scroll so that the row of the cursor, and a heading above it, are visible."""
        height = self.scrollable_content_region.height - len(self._head())
        if height <= 0 or not self.count:
            return
        top = self._line_of(self.cursor)
        first = top - 1 if self._headed(self.cursor) else top
        last = top + self.row_height
        scroll = round(self.scroll_target_y)
        if first < scroll:
            scroll = first
        elif last > scroll + height:
            scroll = last - height
        if scroll != round(self.scroll_target_y):
            self.scroll_to(y=scroll, animate=False, force=True)

    def _headed(self, index: int) -> bool:
        at = bisect_left(self._section_starts, index)
        return at < len(self._section_starts) and self._section_starts[at] == index

    def _refresh_row(self, index: int) -> None:
        y = self._line_of(index) + len(self._head()) - round(self.scroll_y)
        self.refresh(Region(0, y, self.size.width, self.row_height))

    # drawing

    @property
    def theme_styles(self) -> Styles:
        """The styles of the theme."""
        return styles_of(self.app)

    def render_line(self, y: int) -> Strip:
        """One line of the widget; `y` counts from the first visible one."""
        width, styles = self.scrollable_content_region.width, self.theme_styles
        if self.peeking:
            return self._strip(self.draw_peek(width, styles) if y == 0 else Content(""), width)
        head = self._head()
        if y < len(head):
            return self._strip(head[y], width)
        line = y - len(head)
        if self.state or not self.count:
            shown = self.state[line] if line < len(self.state) else ""
            return self._strip(styled(shown, styles.muted if line else styles.strong), width)
        index, part = self._row_at(line + round(self.scroll_y))
        if index >= self.count:
            return self._strip(Content(""), width)
        if part < 0:
            section = self.sections[bisect_left(self._section_starts, index)]
            return self._strip(heading(section.label, width, styles), width)
        gutter = self.mark_gutter
        drawn = self.draw_row(index, width - gutter, styles)
        if drawn is None:
            self._miss(index)
            return self._strip(styled(ELLIPSIS, styles.muted), width)
        cursor = index == self.cursor and self.lights_row
        row = drawn[part] if part < len(drawn) else Content("")
        if gutter:
            signed = part == 0 and self.mark_key(index) in self.marks
            sign = styled(MARK if signed else "", styles.accent)
            row = joined(cell(sign, gutter), row)
        return self._strip(row, width, cursor=cursor)

    def _strip(self, content: Content, width: int, *, cursor: bool = False) -> Strip:
        base = self.visual_style
        if cursor:
            base += (
                self.theme_styles.cursor
                if self.has_focus or self.always_lit
                else self.theme_styles.cursor_away
            )
        fitted = content if content.cell_length == width else cell(content, width)
        if base.reverse:  # a bar of one colour: hues that are turned round would tear it
            fitted = Content(fitted.plain)
        return Strip(fitted.render_segments(base)).adjust_cell_length(width, base.rich_style)

    def _miss(self, index: int) -> None:
        """Ask once for the rows around one that is not held."""
        if self._missing and self._missing[0] <= index < self._missing[1]:
            return
        self._missing = (max(0, index - self.page * 2), min(self.count, index + self.page * 2))
        self.post_message(RowsMissed(self, *self._missing))

    def came(self) -> None:
        """Draw rows that were missing and are held now."""
        self._missing = None
        self.refresh()

    # events

    def relabel(self) -> None:
        """Write the border anew."""
        label(self, *self.label_text())

    def on_mount(self) -> None:
        """Show the name from the first frame on."""
        self.border_title = said(self.label_text()[0])

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to a new size."""
        self._drawn_head = None
        self._measure()
        self._reveal()
        self.relabel()

    def watch_virtual_size(self, size: Size) -> None:
        """Fit the scroll bars to the content."""
        follow(self, size)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the focus in the border."""
        super().watch_has_focus(has_focus)
        self.relabel()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor on a click, and choose on a second one."""
        if self.peeking:
            return
        offset = event.get_content_offset(self)
        if offset is None or offset.y < len(self._head()):
            return
        index, part = self._row_at(offset.y - len(self._head()) + round(self.scroll_y))
        if part < 0 or index >= self.count:
            return
        self.move_to(index)
        if event.chain == 2:
            self.post_message(RowChosen(self, index))
