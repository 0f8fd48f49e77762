"""The cells that the terminal shows, and the text that makes it show a frame."""

from collections.abc import Iterable, Iterator, Sequence

from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.terminal.clusters import certain
from tui.terminal.moves import ALIKE, move_of
from tui.terminal.pen import RESET, for_blank, turn
from tui.terminal.row import Row

Piece = tuple[int, int, Strip]
"""Line, column, and what is to be there."""

SHORT = 4
"""Cells that are written again rather than jumped over: a jump is as long."""


class Grid:
    """The cells that the terminal shows, as far as they are known."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._columns = 0
        self._forgotten = True

    def forget(self) -> None:
        """Take for unknown what the terminal shows; safe in a signal's handler."""
        self._forgotten = True

    def changes(
        self, pieces: Iterable[Piece], columns: int, lines: int, colours: ColorSystem
    ) -> str:
        """Put pieces on the screen, and return what must be written for it.

        It begins and ends with the terminal's own pen.
        """
        if self._forgotten or (columns, lines) != (self._columns, len(self._rows)):
            self._forgotten = False
            self._columns = columns
            self._rows = [Row.unknown(columns) for _ in range(lines)]
            begin = RESET
        else:
            begin = ""
        shown: dict[int, Row] = {}
        for line, column, strip in pieces:
            if line not in shown:
                shown[line] = self._rows[line]
                self._rows[line] = Row(shown[line].texts, shown[line].pens)
            self._rows[line].put(column, strip, colours)
        before = [shown.get(line, row) for line, row in enumerate(self._rows)]
        move = move_of(before, self._rows) if len(shown) > ALIKE else None
        if move:
            begin += move.written()
            before = move.moved(before)
        writing = _Writing()
        for line, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            writing.line(line, old, new)
        return begin + writing.end()


class _Writing:
    """The text of one frame, with the pen and the cursor that the terminal has at its end."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._pen = ""
        self._at: tuple[int, int] | None = None

    def end(self) -> str:
        """All that is to be written, with the terminal's own pen at the end."""
        return "".join(self._written) + turn(self._pen, "")

    def line(self, line: int, old: Row, new: Row) -> None:
        """Write the cells of a line that are different.

        All of them where terminals differ on the width of one: whatever it covered is
        then written again, from left to right, as in a frame from nothing.
        """
        if old == new:
            return
        before: Sequence[str | None] = old.texts
        if not all(certain(cell) for cell in {*old.texts, *new.texts} if cell):
            before = [None] * len(new.texts)
        texts, pens = new.texts, new.pens
        column = 0
        while column < len(texts):
            text = texts[column]
            if text is None or (text == before[column] and pens[column] == old.pens[column]):
                column += 1
                continue
            while texts[column] == "":
                column -= 1  # the left half is written with the right one
            self._go(line, column, new)
            column += self._cell(line, column, new)

    def _go(self, line: int, column: int, row: Row) -> None:
        """Move the cursor, over a few cells by writing them again."""
        if self._at == (line, column):
            return
        if self._at is None or self._at[0] != line or self._at[1] > column:
            self._written.append(f"\x1b[{line + 1};{column + 1}H")
        elif not self._again(self._at[1], column, row):
            by = column - self._at[1]
            self._written.append(f"\x1b[{by}C")
        self._at = (line, column)

    def _again(self, start: int, end: int, row: Row) -> bool:
        """Write a few cells again if they are plain, and need no other pen."""
        between = row.texts[start:end]
        if end - start > SHORT or not all(cell and cell.isascii() for cell in between):
            return False
        for cell, pen in zip(between, row.pens[start:end], strict=True):
            if (for_blank(self._pen, pen) if cell == " " else pen) != self._pen:
                return False
        self._written.append("".join(map(str, between)))
        return True

    def _cell(self, line: int, column: int, row: Row) -> int:
        """Write the cell under the cursor; return how many it is, with the right half."""
        text, pen = row.texts[column], row.pens[column]
        assert text
        pen = for_blank(self._pen, pen) if text == " " else pen
        self._written.append(turn(self._pen, pen))
        self._pen = pen
        width = 1
        while column + width < len(row.texts) and row.texts[column + width] == "":
            width += 1
        if certain(text):
            self._written.append(text)
            self._at = (line, column + width)
        else:
            # blanks first, should the terminal give it fewer cells; then a jump, whatever it gave
            self._written.append(f"{' ' * width}\x1b[{line + 1};{column + 1}H{text}")
            self._at = None
        return width


class ChangedCells(CompositorUpdate):
    """A frame of Textual's, written as the cells that are different on the terminal."""

    def __init__(self, frame: CompositorUpdate, grid: Grid) -> None:
        self._frame = frame
        self._grid = grid

    def render_segments(self, console: Console) -> str:
        """Put the frame on the grid, and return what must be written for it."""
        frame, grid = self._frame, self._grid
        colours = console._color_system or ColorSystem.TRUECOLOR
        if isinstance(frame, LayoutUpdate):
            return grid.changes(_whole(frame), *frame.region.size, colours)
        if isinstance(frame, ChopsUpdate):
            columns, lines = frame.chop_ends[0][-1], len(frame.chops)
            return grid.changes(_parts(frame), columns, lines, colours)
        grid.forget()
        return frame.render_segments(console)


def _whole(frame: LayoutUpdate) -> Iterator[Piece]:
    for line, strips in enumerate(frame.strips, frame.region.y):
        column = frame.region.x
        for strip in strips:
            yield line, column, strip
            column += strip.cell_length


def _parts(frame: ChopsUpdate) -> Iterator[Piece]:
    for line, start, end in frame.spans:
        ends = frame.chop_ends[line]
        for last, (column, strip) in zip(ends, frame.chops[line].items(), strict=True):
            first, last = max(start, column), min(end, last)
            if strip is not None and first < last:
                yield line, first, strip.crop(first - column, last - column)
