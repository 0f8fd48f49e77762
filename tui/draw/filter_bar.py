"""The filters in a row of their own, each whole, and how many events they leave."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from store.queries.filters import Filter
from tui.draw.styles import Styles, cell, ends, in_line, joined, styled

DROP = "×"
"""Drops a filter where it is clicked."""

GAP = 2
"""Cells between two filters."""


class Piece(NamedTuple):
    """The place of a filter, or of a line of a long one: its number, line, first cell and width.

    The number of the hint on filters without room is None. `dropping` is the sign that drops it.
    """

    number: int | None
    line: int
    start: int
    width: int
    dropping: bool = False


class FilterRow(NamedTuple):
    """The lines of the row, and where each filter is in them."""

    lines: tuple[Content, ...]
    pieces: tuple[Piece, ...]

    def at(self, x: int, y: int) -> Piece | None:
        """The piece at a cell."""
        found = (one for one in self.pieces if one.line == y)
        return next((one for one in found if one.start <= x < one.start + one.width), None)


def filter_row(
    filters: Sequence[Filter], counts: Sequence[str], width: int, most: int, styles: Styles
) -> FilterRow:
    """As many filters as `most` lines of `width` cells hold, then the first count with room.

    Filters of one kind stand together, with an `or` where they widen each other. Those without
    room are counted at the beginning, `+2`. A filter that is longer than a line goes on in the
    next, and is cut where there is none.
    """
    if not filters or width < 4:
        return FilterRow((), ())
    for hidden in range(len(filters)):
        laid = _laid(filters, hidden, "", width, styles)
        if len(laid.lines) <= most:
            counted = [_laid(filters, hidden, one, width, styles) for one in counts]
            fitting = [one for one in counted if len(one.lines) <= most]
            return min(fitting, key=lambda one: len(one.lines), default=laid)
    lines = laid.lines[:most]
    cut = joined(lines[-1].truncate(width - 2), styled("…", styles.muted))
    return FilterRow((*lines[:-1], cut), tuple(one for one in laid.pieces if one.line < most))


class _Word(NamedTuple):
    """Something to be drawn in one piece, and the piece that it belongs to."""

    drawn: Content
    number: int | None
    dropping: bool = False


def _laid(
    filters: Sequence[Filter], hidden: int, counted: str, width: int, styles: Styles
) -> FilterRow:
    """The filters but for the first `hidden`, in as many lines as they need."""
    room = width - 2
    lines: list[Content] = [Content(" ")]
    pieces: list[Piece] = []
    for words in _words(filters, hidden, room, styles):
        length = sum(word.drawn.cell_length for word in words)
        if lines[-1].cell_length > 1:
            if lines[-1].cell_length + GAP + length <= width - 1:
                lines[-1] = joined(lines[-1], Content(" " * GAP))
            else:
                lines.append(Content(" "))
        for word in words:
            if lines[-1].cell_length + word.drawn.cell_length > width - 1:
                lines.append(Content(" "))
            start = lines[-1].cell_length
            pieces.append(
                Piece(word.number, len(lines) - 1, start, word.drawn.cell_length, word.dropping)
            )
            lines[-1] = joined(lines[-1], word.drawn)
    right = styled(f"{counted} " if counted else "", styles.muted)
    if lines[-1].cell_length + right.cell_length + 1 > width:
        lines.append(Content(""))
    lines[-1] = ends(lines[-1], right, width) if right.cell_length < width else lines[-1]
    return FilterRow(tuple(cell(line, width) for line in lines), tuple(pieces))


def _words(
    filters: Sequence[Filter], hidden: int, room: int, styles: Styles
) -> Iterator[list[_Word]]:
    """Each filter as the words that stay together, a line at most each."""
    if hidden:
        yield [_Word(styled(f"+{hidden}", styles.accent), None)]
    for number, widens in _in_order(filters)[hidden:]:
        filter_ = filters[number]
        text, name = in_line(filter_.text()), len(filter_.kind) + 1
        shown = joined(
            styled("or " if widens else "", styles.muted),
            styled(text[:name], styles.muted),
            styled(text[name:], styles.strong),
        )
        newest = number == len(filters) - 1
        drop = styled(f" {DROP}", styles.accent if newest else styles.muted)
        whole = shown.cell_length + drop.cell_length <= room
        lines = [shown] if whole else shown.fold(room)
        yield [*(_Word(line, number) for line in lines), _Word(drop, number, dropping=True)]


def _in_order(filters: Sequence[Filter]) -> list[tuple[int, bool]]:
    """The numbers of the filters, those of one kind together, and whether each widens the last."""
    first: dict[tuple[str, bool], int] = {}
    groups = [
        first.setdefault((one.kind, one.negated or one.kind.row.narrows), number)
        for number, one in enumerate(filters)
    ]
    order = sorted(range(len(filters)), key=lambda number: (groups[number], number))
    return [
        (
            number,
            groups[number] != number
            and not filters[number].negated
            and not filters[number].kind.row.narrows,
        )
        for number in order
    ]


def left_words(count: int, total: int) -> tuple[str, str]:
    """`12 of 16,566 events`, and shorter."""
    return f"{count:,} of {total:,} events", f"{count:,}/{total:,}"
