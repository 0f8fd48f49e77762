"""The timeline: its rows and columns, its headings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from store.analysis.readings import GLYPHS, Reading
from store.model.dates import AT_LATEST, short, with_year
from store.model.vocabulary import EVENT_TYPES
from store.queries.event_sort import Sort
from store.queries.timeline_row import TimelineRow
from tui.draw.marks import FLAGGED, JUDGED, MACHINE, STARRED
from tui.draw.styles import Cell, Styles, cell, columns, fitted, joined, matched, said, styled
from tui.draw.tolls import BAR_WIDTH, toll_bar, toll_figure
from tui.session.columns import COLUMNS, ColumnId, Placed

SINGLE_ORIGIN = "¹"
"""Marks several articles that rest on one origin."""
MANY = 21
"""The number of victims from which on it stands out."""
HEAD_WIDTH = 8
"""Cells that the beginning of a title needs for its end to be kept."""
PLACE_WIDTH = 14
"""Cells that a place at the end of a title is given at most, if the title is cut."""
_AGAINST = " – "
"""What stands between the two sides in a title of a data set."""


class RowLook(NamedTuple):
    """The way in which a row is drawn: its columns and marks; `year`: no heading shows the year."""

    columns: Sequence[Placed]
    needle: str = ""
    year: bool = False


def timeline_row(row: TimelineRow, look: RowLook, styles: Styles) -> Content:
    """One event in one line, a column after the other."""
    placed = _with_support(row, look.columns)
    cells: list[Cell] = []
    for at, (column, width) in enumerate(placed):
        if at:
            cells.append(Cell("", styles.plain, 1))
        if column is ColumnId.DATE:
            cells.append(_date(row, width, look, styles))
        elif column is ColumnId.TITLE:
            has_place = any(one.id is ColumnId.PLACE for one in placed)
            cells += _title_cells(row, width, styles, placed=has_place)
        else:
            cells += _CELLS[column](row, width, styles)
    return matched(columns(*cells), look.needle, styles.match)


def _with_support(row: TimelineRow, placed: Sequence[Placed]) -> Sequence[Placed]:
    """The columns, with what a long support lacks taken from the title."""
    widths = dict(placed)
    lacking = len(row.support) - widths.get(ColumnId.SUPPORT, len(row.support))
    if lacking <= 0 or widths[ColumnId.TITLE] - lacking < HEAD_WIDTH:
        return placed
    widths[ColumnId.TITLE] -= lacking
    widths[ColumnId.SUPPORT] += lacking
    return [Placed(one.id, widths[one.id]) for one in placed]


def column_heads(
    placed: Sequence[Placed],
    styles: Styles,
    *,
    sort: Sort,
    turned: bool,
    focused: ColumnId | None,
) -> Content:
    """The names of the columns, the focused one lit, with the way in which the rows are sorted."""
    cells: list[Cell] = []
    for at, (column, width) in enumerate(placed):
        if at:
            cells.append(Cell("", styles.plain, 1))
        sorted_by = COLUMNS[column].sort is sort
        names = (column.value, _SHORT.get(column, column.value[:width]), column.value[:width])
        way = _way(sort, turned=turned) if sorted_by else ""
        name = next((one for one in names if len(one + way) <= width), names[-1])[
            : width - len(way)
        ]
        name += way
        style = styles.lit if column is focused else styles.muted
        number = column in _NUMBERS
        bar = BAR_WIDTH + 1 if _has_bar(column, width) else 0
        cells.append(Cell(name, style, width - bar, right=number))
        if bar:
            cells.append(Cell("", styles.plain, bar))
    return columns(*cells)


_SHORT = {
    ColumnId.SUPPORT: "supp",
    ColumnId.MARKS: "",
    ColumnId.TYPE: "",
    ColumnId.DISPLACED: "fled",
}
"""The names of columns that have no room for their own."""

_NUMBERS = (
    *(ColumnId.KILLED, ColumnId.INJURED, ColumnId.MISSING, ColumnId.DISPLACED, ColumnId.SUPPORT),
)
_FALLING = (
    *(Sort.KILLED, Sort.INJURED, Sort.MISSING, Sort.DISPLACED, Sort.SUPPORT, Sort.DISPUTED),
)
"""The orders that begin with the greatest."""


def _way(sort: Sort, *, turned: bool) -> str:
    """The sign for rising or falling numbers."""
    return "▾" if (sort in _FALLING) is not turned else "▴"


def column_at(placed: Sequence[Placed], x: int) -> ColumnId | None:
    """The column at a cell of a row; None past the last."""
    start = 0
    for column, width in placed:
        if x < start + width:
            return column
        start += width + 1
    return None


def _quiet(row: TimelineRow, styles: Styles) -> Style:
    return styles.muted if row.background or row.machine else styles.plain


def _type(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    """The sign of the type, and its words if there is room."""
    shown = EVENT_TYPES[row.type]
    yield Cell(shown.glyph, _quiet(row, styles), 1)
    if width > 1:
        yield Cell(f" {shown.label}", styles.muted, width - 1)


def _date(row: TimelineRow, width: int, look: RowLook, styles: Styles) -> Cell:
    style = styles.muted if row.at_latest else _quiet(row, styles)
    return Cell(date_of(row, year=look.year), style, width)


def _place(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    yield Cell(row.place, styles.muted, width)


def _sides_of(row: TimelineRow) -> tuple[str, str]:
    """The two sides: as the title of a data set names them, else the actors by their roles."""
    first, against, second = _head(row).partition(_AGAINST)
    return (first, second) if against and row.dataset else (row.side_a, row.side_b)


def _sides(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    """The two sides in their hues; the longer one is cut first."""
    first, second = _sides_of(row)
    if not second:
        yield Cell(first, styles.side_a, width)
        return
    room = max(0, width - len(_AGAINST))
    half = room // 2
    first_width = min(cell_len(first), max(half, room - cell_len(second)))
    yield Cell(first, styles.side_a, first_width)
    yield Cell(_AGAINST, styles.muted, min(len(_AGAINST), width - first_width))
    yield Cell(second, styles.side_b, max(0, room - first_width))


def _title_cells(row: TimelineRow, width: int, styles: Styles, *, placed: bool) -> Iterator[Cell]:
    """The title; in one of a data set the two sides have their hues, and the place is muted."""
    before = f"{MACHINE} " * row.machine + "planned " * row.planned
    if before:
        before = before[:width]
        yield Cell(before, styles.accent if row.planned else styles.muted, len(before))
        width -= len(before)
    title = _title(row, width, placed=placed)
    first, against, second = title.partition(_AGAINST)
    if not against or not row.dataset or row.background:
        yield Cell(title, _quiet(row, styles), width)
        return
    place = f", {row.place}" if second.endswith(f", {row.place}") else ""
    rest = width
    for text, style in (
        (first, styles.side_a),
        (against, styles.muted),
        (second.removesuffix(place) if place else second, styles.side_b),
    ):
        taken = min(rest, cell_len(text))
        yield Cell(text, style, taken)
        rest -= taken
    yield Cell(place, styles.muted, rest)


def _has_bar(column: ColumnId, width: int) -> bool:
    return column is ColumnId.KILLED and width > BAR_WIDTH + 6


def _killed(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    """The number killed, and a bar if there is room."""
    bar = BAR_WIDTH + 1 if _has_bar(ColumnId.KILLED, width) else 0
    yield _toll(row.killed_best, row.killed_high, width - bar, styles)
    if bar:
        yield Cell("", styles.plain, 1)
        yield Cell(toll_bar(row.killed_best or 0), styles.bars, BAR_WIDTH)


def _injured(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    yield _toll(row.injured_best, row.injured_high, width, styles)


def _missing(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    yield _toll(row.missing_best, row.missing_high, width, styles)


def _displaced(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    yield _toll(row.displaced_best, row.displaced_high, width, styles)


def _toll(best: int | None, high: int | None, width: int, styles: Styles) -> Cell:
    """A number of victims; nothing if it is unknown."""
    style = styles.strong if (best or 0) >= MANY else styles.plain if best else styles.muted
    return Cell(toll_figure(best, high), style, width, right=True)


def _support(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    # a blank takes the place of the question mark of other rows, so that the numbers align
    blank = row.unknown_origins or row.denials or len(row.support) >= width
    support = row.support if blank else row.support + " "
    yield Cell(support, styles.denies if row.denials else styles.muted, width, right=True)


def _marks(row: TimelineRow, width: int, styles: Styles) -> Iterator[Cell]:
    """The marks of persons, of what is odd about a row, and the most urgent one."""
    persons = STARRED if row.starred else JUDGED if row.judged else ""
    mark, style = mark_of(row, styles)
    if width > 2:
        yield Cell(persons, styles.accent if persons else styles.plain, 1)
    if width > 1:
        yield Cell(FLAGGED if row.flags else "", styles.doubts, width - (2 if width > 2 else 1))
    yield Cell(mark, style, min(1, width))


def date_of(row: TimelineRow, *, year: bool) -> str:
    """The date in the cells of its column; without one, the day of its first report: `≤ 6 Dec`."""
    words = with_year if year else short
    return f"{AT_LATEST} {words(row.at_latest)}" if row.at_latest else words(row.edtf)


def _head(row: TimelineRow) -> str:
    """The title without the place at its end."""
    return row.title.removesuffix(f", {row.place}") if row.place else row.title


def _title(row: TimelineRow, width: int, *, placed: bool) -> str:
    """The title; if it ends in the place, as titles of data sets do, the end is kept.

    If the place has its own column (`placed`), the title need not repeat it.
    """
    head, place = row.title.removesuffix(f", {row.place}"), row.place
    if not place or head == row.title:
        return row.title
    if placed:
        return head
    room = max(width - cell_len(head) - 2, min(cell_len(place), PLACE_WIDTH))
    if cell_len(row.title) <= width or width - room - 2 < HEAD_WIDTH:
        return row.title
    return f"{fitted(head, min(cell_len(head), width - room - 2))}, {fitted(place, room)}"


def mark_of(row: TimelineRow, styles: Styles) -> tuple[str, Style]:
    """The most urgent mark: contradicted, stale, differing, far apart, or articles of one origin.

    A single article gets none: its support already shows it.
    """
    if row.contradicts:
        worst = Reading.ORDER if row.only_out_of_order else Reading.CONTRADICTS
        return GLYPHS[worst], styles.denies
    if row.stale:
        return GLYPHS[Reading.STALE], styles.doubts
    if row.differs:
        return GLYPHS[Reading.DIFFERS], styles.differs
    if row.apart:
        return GLYPHS[Reading.FAR_APART], styles.muted
    return (SINGLE_ORIGIN if row.origins == 1 < row.articles else ""), styles.muted


def heading(label: str, width: int, styles: Styles) -> Content:
    """A rule with the year, or with `undated`."""
    return styled(f"── {label} " + "─" * max(0, width - len(label) - 4), styles.muted)


def timeline_peek(row: TimelineRow | None, place: str, width: int, styles: Styles) -> Content:
    """The timeline in one line, while another list has its space."""
    if row is None:
        return cell(
            joined(styled("1 Timeline", styles.strong), styled(f" {place}", styles.muted)), width
        )
    return cell(
        joined(
            styled("1 Timeline", styles.strong),
            styled(f" {place} ", styles.muted),
            said(date_of(row, year=False)),
            Content("  "),
            said(row.title),
            styled(f"  {row.support}", styles.muted),
        ),
        width,
    )


_CELLS: Mapping[ColumnId, Callable[[TimelineRow, int, Styles], Iterator[Cell]]] = {
    ColumnId.PLACE: _place,
    ColumnId.SIDES: _sides,
    ColumnId.TYPE: _type,
    ColumnId.KILLED: _killed,
    ColumnId.INJURED: _injured,
    ColumnId.MISSING: _missing,
    ColumnId.DISPLACED: _displaced,
    ColumnId.SUPPORT: _support,
    ColumnId.MARKS: _marks,
}
"""The cells of a row in the columns that depend on the row alone."""
