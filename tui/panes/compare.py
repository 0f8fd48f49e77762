"""The compare view: a grid of the claims of every article about each thing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content

from store.analysis.readings import RANK
from store.analysis.siblings import PERHAPS_ONE_EVENT
from store.queries.compare import Comparison, LineRow, Voice
from store.queries.timeline import Section
from tui.commands.registry import key_of
from tui.draw.compare import (
    ColumnHead,
    GridLayout,
    article_head,
    dispute_counts,
    grid_row,
    heads,
    layout,
    origin_head,
    shown_columns,
    unseen_row,
    voice_text,
)
from tui.draw.styles import Styles
from tui.messages import RowMoved
from tui.session.trail import View
from tui.widgets.frame import fits
from tui.widgets.row_list import RowList

NOTHING_AT_ODDS = "Nothing was found at odds here."
NO_CLAIM = ("No report mentions this.", "No claim is about it.")
"""What the grid says instead of rows."""
_SIDEWAYS = f"{key_of('move.left')} {key_of('move.right')}"
"""The keys that go to the columns that are not in view."""


class GridRow(NamedTuple):
    """One row of cells: its label, empty if it continues the row above; voices by column."""

    line: int
    label: str
    cells: dict[int, int]

    @property
    def first(self) -> bool:
        """True if it is the first row of its line."""
        return bool(self.label)


class ComparePane(RowList):
    """A grid with claims as rows and articles or origins as columns; the cursor is a cell."""

    row_height = 2
    lights_row = False

    def __init__(self) -> None:
        super().__init__(id="compare", classes="pane")
        self.comparison: Comparison | None = None
        self.by_origin = self.disputed_only = False
        self.column = self._wanted = 0
        self._chosen: list[int] = []
        self._chosen_for: tuple[int, int, int | None, int] | None = None
        self._against: int | None = None
        self._column_of: dict[int, int] = {}
        self._heads: list[ColumnHead] = []
        self._rows: list[GridRow] = []
        self._tops: list[int] = []
        self._places: list[tuple[int, int]] = []
        self._counts = self._few = ""
        self._unplaced = False
        self._restored: float | None = None
        self.ruled: Mapping[str, str] = {}
        """The sign of what persons ruled on a claim, by its id."""

    def show(
        self, comparison: Comparison, *, by_origin: bool, disputed_only: bool, view: View | None
    ) -> None:
        """Show a comparison with the cursor on the first dispute, or where it was."""
        keep = self.voice if comparison is self.comparison else None
        self.comparison, self.by_origin, self.disputed_only = comparison, by_origin, disputed_only
        self._counts, self._few = (dispute_counts(comparison, short=one) for one in (False, True))
        self._against = None
        self._arrange()
        self._chosen, self._chosen_for = [], None
        row, column = self._start(keep) if view is None else (view.cursor, view.column)
        self.column = self._wanted = max(0, min(column, len(self._heads) - 1))
        self.cursor = max(0, min(row, len(self._rows) - 1))
        self._fit_rows(self._sections())
        empty = (NOTHING_AT_ODDS,) if comparison.lines else NO_CLAIM
        self.show_state(*(() if self._rows else empty))
        self._place(row, self._sections(), view.scroll if view else None)
        self._restored = view.scroll if view else None
        self._unplaced = view is None and not self.size.height
        self.relabel()

    def _place(self, row: int, sections: tuple[Section, ...], scroll: int | None) -> None:
        """Put the cursor on a row, and show the rows from the first on if possible."""
        self.set_rows(len(self._rows), cursor=row, sections=sections, scroll=scroll)
        lines = self.scrollable_content_region.height - len(self._head())
        if scroll is None and self._line_of(row) + self.row_height <= lines:
            self.scroll_to(y=0, animate=False, force=True)

    def _arrange(self) -> None:
        """Arrange the rows and columns of the comparison."""
        found = self.comparison
        assert found is not None
        if self.by_origin:
            by_origin: dict[str, list[Voice]] = {}
            for voice in sorted(found.voices, key=lambda voice: voice.article):
                by_origin.setdefault(voice.origin_id, []).append(voice)
            of_origin = {origin: at for at, origin in enumerate(by_origin)}
            columns = [of_origin[voice.origin_id] for voice in found.voices]
            every = [origin_head(voices, found.articles) for voices in by_origin.values()]
        else:
            columns = [voice.article for voice in found.voices]
            every = [article_head(column) for column in found.articles]
        lines = [
            (number, line)
            for number, line in enumerate(found.lines)
            if not self.disputed_only or any(found.voices[at].at_odds for at in line.voices)
        ]
        # an article or origin that does not speak of what is shown has no column
        used = sorted({columns[place] for _, line in lines for place in line.voices})
        self._heads = [every[at] for at in used]
        self._column_of = {
            place: used.index(columns[place]) for _, line in lines for place in line.voices
        }
        self._rows = [row for number, line in lines for row in self._rows_of(number, line)]

    def _rows_of(self, number: int, line: LineRow) -> Iterator[GridRow]:
        """The rows of a line, as many as one column has voices on it."""
        columns: dict[int, list[int]] = {}
        for place in line.voices:
            columns.setdefault(self._column_of[place], []).append(place)
        for depth in range(max(map(len, columns.values()))):
            cells = {at: places[depth] for at, places in columns.items() if depth < len(places)}
            yield GridRow(number, "" if depth else line.label, cells)

    def set_against(self, place: int | None) -> None:
        """Keep in view the column of the voice that is set against the cell."""
        against = self._column_of.get(place) if place is not None else None
        if against != self._against:
            self._against = against
            self._columns_may_change(self._restored)

    def _sections(self) -> tuple[Section, ...]:
        found = self.comparison
        assert found is not None
        sections: list[Section] = []
        group = -1
        for index, row in enumerate(self._rows):
            if found.lines[row.line].group != group:
                group = found.lines[row.line].group
                named = found.groups[group]
                sections.append(Section(index, named.heading))
        return tuple(sections)

    def _start(self, keep: int | None) -> tuple[int, int]:
        """The cell of a voice; without one the first disputed cell, else the first of all."""
        disputed = self.disputed_cells()
        if keep is not None and (cell := self._cell_of(keep)) is not None:
            return cell
        if disputed:
            return disputed[0]
        return (0, min(self._rows[0].cells)) if self._rows else (0, 0)

    def _cell_of(self, voice: int) -> tuple[int, int] | None:
        return next(
            (
                (index, column)
                for index, row in enumerate(self._rows)
                for column, place in row.cells.items()
                if place == voice
            ),
            None,
        )

    def disputed_cells(self) -> list[tuple[int, int]]:
        """The cells that are at odds with another, in reading order; one for each line."""
        found = self.comparison
        assert found is not None
        cells: dict[int, tuple[int, int]] = {}
        ranked = sorted(
            (RANK[voice.reading], index, column)
            for index, row in enumerate(self._rows)
            for column, place in row.cells.items()
            if (voice := found.voices[place]).at_odds and voice.reading is not None
        )
        for _, index, column in ranked:
            cells.setdefault(self._rows[index].line, (index, column))
        return sorted(cells.values())

    # the cell of the cursor

    @property
    def voice(self) -> int | None:
        """The place of the voice under the cursor; None on an empty cell."""
        if not self._rows or self.cursor >= len(self._rows):
            return None
        return self._rows[self.cursor].cells.get(self.column)

    @property
    def view(self) -> View:
        """The positions of the cursor and the scroll."""
        return View(self.cursor, round(self.scroll_y), self.column)

    def put_cursor(self, index: int) -> None:
        """Move to a row, and in it to the voice nearest to the requested column.

        During a search, prefer a voice that matches. A row without a claim in any column in
        view has no height; its columns come into view with the cursor.
        """
        super().put_cursor(index)
        if self._rows:
            found = self._rows[self.cursor].cells
            cells = [at for at in found if self._is_match(found[at])] or found
            self._to_column(min(cells, key=lambda at: (abs(at - self._wanted), at)))

    def move_to(self, index: int) -> None:
        """Move to a row, and post a message if that is another cell."""
        before = self.voice
        self.put_cursor(index)
        if self.voice != before:
            self.post_message(RowMoved(self, self.cursor))

    def _is_match(self, place: int) -> bool:
        """True if the cell of a voice matches the search."""
        found, needle = self.comparison, self.needle
        if not needle or found is None:
            return False
        text = voice_text(found.voices[place])
        return needle in (text.lower() if needle == needle.lower() else text)

    def move_column(self, by: int) -> bool:
        """Move to the next voice of the row, and post a message; False past the last."""
        if not self._rows:
            return False
        cells = sorted(self._rows[self.cursor].cells)
        beyond = [at for at in cells if (at > self.column if by > 0 else at < self.column)]
        if not beyond:
            return False
        self._wanted = beyond[0] if by > 0 else beyond[-1]
        self._to_column(self._wanted)
        self.post_message(RowMoved(self, self.cursor))
        return True

    def go_to(self, cell: tuple[int, int]) -> None:
        """Move to a cell, and post a message."""
        self._wanted = cell[1]
        self.put_cursor(cell[0])
        self.post_message(RowMoved(self, self.cursor))

    def _to_column(self, column: int) -> None:
        self.column, self._restored = column, None
        self._columns_may_change()

    # rows without height

    def _columns_may_change(self, scroll: float | None = None) -> None:
        """Choose the columns in view anew; the cursor stays on its line, unless `scroll` is set."""
        self._drawn_head = None
        before = self._line_of(self.cursor)
        if self._fit_rows(self.sections):
            self._measure()
            if scroll is None:
                scroll = max(0, self.scroll_y + self._line_of(self.cursor) - before)
            self.scroll_to(y=scroll, animate=False, force=True)
            self._reveal()
        self.refresh()

    def _fit_rows(self, sections: Sequence[Section]) -> bool:
        """Place the rows on lines by the columns in view; True if a line has another row now."""
        shown = frozenset(self._shown(self._layout(self.scrollable_content_region.width)))
        headed = {section.index for section in sections}
        tops, places = [], []
        for index, row in enumerate(self._rows):
            if index in headed:
                places.append((index, -1))
            tops.append(len(places))
            if row.first or shown & row.cells.keys():
                places += [(index, part) for part in range(self.row_height)]
        changed = places != self._places
        self._tops, self._places = tops, places
        return changed

    def _line_of(self, index: int) -> int:
        return self._tops[index] if index < len(self._tops) else 0

    def _row_at(self, line: int) -> tuple[int, int]:
        return self._places[line] if 0 <= line < len(self._places) else (self.count, 0)

    def _line_count(self) -> int:
        return len(self._places)

    # drawing

    def _layout(self, width: int) -> GridLayout:
        return layout(width, len(self._heads))

    def _shown(self, laid: GridLayout) -> list[int]:
        """The columns in view, chosen anew when the cursor or the cell against it moves."""
        where = (self.cursor, self.column, self._against, laid.visible)
        if where != self._chosen_for:
            self._chosen_for = where
            self._chosen = shown_columns(
                laid.visible,
                len(self._heads),
                self.column,
                self._against,
                self._rows[self.cursor].cells if self.cursor < len(self._rows) else (),
                self._spoken_in_group(),
                self._chosen,
            )
        return self._chosen

    def _spoken_in_group(self) -> Counter[int]:
        """The number of claims that each column has under the heading of the cursor."""
        found = self.comparison
        if found is None or self.cursor >= len(self._rows):
            return Counter()
        group = found.lines[self._rows[self.cursor].line].group
        rows = (row for row in self._rows if found.lines[row.line].group == group)
        return Counter(column for row in rows for column in row.cells)

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The head of each column: publisher and day, or origin."""
        if self.comparison is None:
            return ()
        laid = self._layout(width)
        shown = self._shown(laid)
        current = shown.index(self.column) if self.column in shown else -1
        against = shown.index(self._against) if self._against in shown else -1
        return heads([self._heads[at] for at in shown], laid, styles, current, against)

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """The claims of one row, in their columns."""
        found = self.comparison
        assert found is not None
        row = self._rows[index]
        laid = self._layout(width)
        shown = self._shown(laid)
        cells = [found.voices[row.cells[at]] if at in row.cells else None for at in shown]
        if not any(at in row.cells for at in shown):
            return unseen_row(row.label, len(row.cells), laid, styles)
        here = index == self.cursor and self.column in shown
        current = shown.index(self.column) if here else None
        return grid_row(
            row.label, cells, laid, styles, current=current, needle=self.needle, ruled=self.ruled
        )

    def label_text(self) -> tuple[str, str]:
        """The columns and scope of the comparison, and the counts of disputes."""
        found = self.comparison
        if found is None:
            return "Compare", ""
        columns = len(self._heads)
        shown = self._shown(self._layout(self.scrollable_content_region.width))
        what = "origin" if self.by_origin else "article"
        hidden = len(shown) < columns
        part = f", {len(shown)} of {columns}" if hidden else ""
        only = ", only what is at odds" if self.disputed_only else ""
        more = f", {found.left_off:,} events left off" if found.left_off else ""
        perhaps = "".join(f", {PERHAPS_ONE_EVENT}: {one.other_title}" for one in found.siblings)
        name = f"Compare by {what}{part}{only}{more}{perhaps}"
        told = f"{name}, {_SIDEWAYS}: more" if hidden else name
        if fits(self, told, self._counts):
            return told, self._counts
        return told if fits(self, told, self._few) else name, self._few

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        found = self.comparison
        if found is None:  # it could not be read
            return []
        return [
            " ".join((row.label, *(voice_text(found.voices[at]) for at in row.cells.values())))
            for row in self._rows
        ]

    # what happens to it

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to a new size; at the first size, also show what is above the cursor."""
        self._columns_may_change(self._restored)
        if self._unplaced and event.size.height:
            self._unplaced = False
            self._place(self.cursor, self.sections, None)

    def on_click(self, event: events.Click) -> None:
        """Go to the column of a click as well, or to the nearest voice in the row."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= len(self._head()):
            laid = self._layout(self.scrollable_content_region.width)
            shown = self._shown(laid)
            at = max(0, offset.x - laid.label) // laid.column
            self._wanted = shown[min(at, len(shown) - 1)] if shown else 0
