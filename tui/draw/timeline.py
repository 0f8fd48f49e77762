"""The timeline: its rows, its headings, its histogram."""

from collections.abc import Sequence
from math import log10

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from store.analysis.readings import GLYPHS, Reading
from store.model.dates import AT_LATEST, WITH_YEAR, long, short, with_year
from store.queries.histogram import Bin
from store.queries.timeline_row import TimelineRow
from tui.draw.marks import FLAGGED, JUDGED, MACHINE, STARRED
from tui.draw.styles import Cell, Styles, cell, columns, ends, fitted, joined, matched, said, styled

DATE_WIDTH = 11
SUPPORT_WIDTH = 5
TOLL_WIDTH = 6
BAR_FROM = 64
"""Cells from which on the toll has a bar beside it, and the width of that bar."""
BAR_WIDTH = 4
MARK_WIDTH = 2
SINGLE_ORIGIN = "¹"
"""Marks several articles that rest on one origin."""
PLACE_FROM = 56
"""Cells from which on the place has a column of its own."""
PLACE_WIDTH = 14
HEAD_WIDTH = 8
"""Cells that the beginning of a title needs for its end to be kept."""
_BARS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = tuple(" ▏▎▍▌▋▊▉")
MANY_KILLED = 21
"""The number killed from which on it stands out."""


def timeline_row(
    row: TimelineRow,
    width: int,
    styles: Styles,
    *,
    needle: str = "",
    year: bool,
    tolls: bool = False,
) -> Content:
    """One event in one line: date, place, title, support.

    `year` says that no heading shows the year, `tolls` that the number killed has a column.
    """
    quiet = styles.muted if row.background or row.machine else styles.plain
    date = date_of(row, year=year)
    date_width = max(len(date), WITH_YEAR) if year else DATE_WIDTH
    # a blank takes the place of the question mark of other rows, so that the numbers align
    support = row.support if row.unknown_origins or row.denials else row.support + " "
    support_width = max(SUPPORT_WIDTH, len(support))
    mark, mark_style = mark_of(row, styles)
    persons = STARRED if row.starred else JUDGED if row.judged else ""
    before = f"{MACHINE} " * row.machine + "planned " * row.planned
    place_width = PLACE_WIDTH + 1 if width >= PLACE_FROM else 0
    toll = toll_cells(row, styles, bar=width >= BAR_FROM) if tolls else []
    title_width = (
        width
        - date_width
        - 1
        - place_width
        - len(before)
        - sum(one.width for one in toll)
        - support_width
        - MARK_WIDTH
        - 1
    )
    date_style = styles.muted if row.at_latest else quiet
    cells = [Cell(date, date_style, date_width), Cell("", styles.plain, 1)]
    if place_width:
        cells += [Cell(row.place, styles.muted, PLACE_WIDTH), Cell("", styles.plain, 1)]
    if before:
        cells.append(Cell(before, styles.accent if row.planned else styles.muted, len(before)))
    cells += [
        Cell(_title(row, title_width, placed=place_width > 0), quiet, title_width),
        *toll,
        Cell(persons, styles.accent if persons else styles.plain, 1),
        Cell(support, styles.denies if row.denials else styles.muted, support_width, right=True),
        *([Cell(FLAGGED, styles.doubts, 1)] if row.flags else []),
        Cell(mark, mark_style, MARK_WIDTH - bool(row.flags), right=True),
    ]
    return matched(columns(*cells), needle, styles.match)


def toll_cells(row: TimelineRow, styles: Styles, *, bar: bool) -> list[Cell]:
    """The number killed, and a bar of a cell for each power of ten, if there is to be one.

    `12`, `27+` if that is the least, `0`; nothing if it is unknown.
    """
    toll = row.killed
    if toll is None:
        return [Cell("", styles.muted, TOLL_WIDTH + (BAR_WIDTH + 1 if bar else 0))]
    number = f"{toll.best:,}{'+' if toll.high is None else ''}"
    style = styles.strong if toll.best >= MANY_KILLED else styles.plain
    drawn = Cell(number, style if toll.best else styles.muted, TOLL_WIDTH, right=True)
    if not bar:
        return [drawn]
    return [drawn, Cell(" ", styles.plain, 1), Cell(toll_bar(toll.best), styles.bars, BAR_WIDTH)]


def toll_bar(number: int) -> str:
    """A bar with a cell for each power of ten: half a cell for 2, one for 10, two for 100."""
    eighths = min(8 * BAR_WIDTH, round(8 * log10(number + 1)))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]


def date_of(row: TimelineRow, *, year: bool) -> str:
    """The date in the cells of its column; without one, the day of its first report: `≤ 6 Dec`."""
    words = with_year if year else short
    return f"{AT_LATEST} {words(row.at_latest)}" if row.at_latest else words(row.edtf)


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


def histogram(bins: Sequence[Bin], width: int, styles: Styles) -> tuple[Content, ...]:
    """The events over time in three lines: two of bars, one with the ends and the tallest bar.

    Nothing for fewer than two bins or fewer than 20 cells.
    """
    if len(bins) < 2 or width < 20:
        return ()
    bins = bins[-width:]
    each = max(1, min(6, width // len(bins)))
    most = max(found.count for found in bins)
    steps = [0 if not found.count else max(1, round(found.count / most * 16)) for found in bins]
    high = "".join(_BARS[max(0, level - 8)] * (each - 1 or 1) + " " * (each > 1) for level in steps)
    low = "".join(_BARS[min(8, level)] * (each - 1 or 1) + " " * (each > 1) for level in steps)
    first, last = (long(found.start) for found in (bins[0], bins[-1]))
    unit = {10: "day", 7: "month", 4: "year"}[len(bins[0].start)]
    span = len(bins) * each
    caption = ends(
        styled(first, styles.muted),
        styled(last, styles.muted),
        max(span, len(first) + len(last) + 2),
    )
    right = styled(f"{most:,} a {unit} at most", styles.muted)
    line = (
        ends(caption, right, width)
        if caption.cell_length + right.cell_length + 2 <= width
        else caption
    )
    return (
        cell(styled(high, styles.bars), width),
        cell(styled(low, styles.bars), width),
        cell(line, width),
    )


def histogram_awaited(width: int, styles: Styles) -> tuple[Content, ...]:
    """The space for the histogram while the events are counted."""
    if width < 20:
        return ()
    return (cell(Content(""), width), cell(styled("… events", styles.muted), width), Content(""))


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
