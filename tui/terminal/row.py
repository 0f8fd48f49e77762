"""A line of cells of the terminal."""

from collections.abc import Iterable, Sequence
from operator import ne

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.terminal.clusters import cells
from tui.terminal.pen import of_blank


class Row:
    """A line of cells; an unknown one has no text, and is different from any other."""

    def __init__(self, texts: Iterable[str | None], pens: Iterable[str]) -> None:
        self.texts = list(texts)
        self.pens = list(pens)

    @classmethod
    def unknown(cls, columns: int) -> "Row":
        """A line of unknown cells."""
        return cls([None] * columns, [""] * columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.texts == other.texts and self.pens == other.pens

    __hash__ = None  # type: ignore[assignment]

    def differs(self, other: "Row") -> int:
        """The number of cells in which it is different from another."""
        if self is other:
            return 0
        here, there = (zip(row.texts, row.pens, strict=True) for row in (self, other))
        return sum(map(ne, here, there))

    def put(self, column: int, strip: Strip, colours: ColorSystem) -> None:
        """Put a strip there, as wide as it says it is, with half letters beside it blank."""
        texts, pens = self.texts, self.pens
        start, last, pen = column, min(column + strip.cell_length, len(self.texts)), ""
        for text, style, control in strip:
            if control:
                continue
            filled: Sequence[str] = text if text.isascii() else cells(text)
            filled = filled[: last - column]
            end = column + len(filled)
            pen = _pen(style, colours) if style is not None else ""
            texts[column:end] = filled
            pens[column:end] = [pen] * len(filled)
            if " " in filled and (blank := of_blank(pen)) != pen:
                for at, cell in enumerate(filled, column):
                    if cell == " ":
                        pens[at] = blank
            column = end
        texts[column:last] = " " * (last - column)
        pens[column:last] = [of_blank(pen)] * (last - column)
        self._part(start, last)

    def _part(self, start: int, end: int) -> None:
        """Make blank the halves of wide letters of which something covers the other half."""
        texts = self.texts
        if start < end < len(texts) and texts[end] == "":
            self._blank(end)
        if 0 < start < len(texts) and texts[start] != "" and _wide(texts[start - 1]):
            self._blank(start - 1)
        if start < end and _wide(texts[end - 1]):
            self._blank(end - 1)

    def _blank(self, column: int) -> None:
        self.texts[column], self.pens[column] = " ", of_blank(self.pens[column])


def _pen(style: Style, colours: ColorSystem) -> str:
    found = style._ansi
    return found if found is not None else Strip.render_ansi(style, colours)


def _wide(text: str | None) -> bool:
    return bool(text) and len(cells(text)) > 1
