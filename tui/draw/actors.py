"""The actors of an event, or of all events."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from store.queries.actors import ActorRow
from tui.draw.marks import named
from tui.draw.styles import (
    ELLIPSIS,
    Cell,
    Styles,
    cell,
    columns,
    in_line,
    joined,
    matched,
    said,
    styled,
)

ROLE_WIDTH = 9
SHORT_KIND_WIDTH, KIND_WIDTH = 11, 16
COUNT_WIDTH = 5


def actor_row(
    row: ActorRow, events: int | None, width: int, styles: Styles, needle: str, wide: bool
) -> Content:
    """One actor in one line: its role (for all events, its kind), its name, its events.

    After its name stands what is denied, doubted or hearsay of its part.
    `events` is None while they are counted.
    """
    what = row.kind.replace("-", " ") if wide else ", ".join(row.roles)
    role_width = ROLE_WIDTH if not wide else KIND_WIDTH if width > 50 else SHORT_KIND_WIDTH
    count = ELLIPSIS if events is None else f"{events:,}"
    count_width = max(COUNT_WIDTH, len(count))
    doubt = f" {row.doubt}" if row.doubt else ""
    name_width = max(0, width - role_width - count_width - 2 - len(doubt))
    name = in_line(named(row.name))
    name_width = min(name_width, cell_len(name)) if doubt else name_width
    left = width - role_width - count_width - 2 - name_width
    line = columns(
        Cell(what, styles.muted, role_width),
        Cell("", styles.plain, 1),
        Cell(name, styles.plain, name_width),
        Cell(doubt, styles.denies, max(0, left)),
        Cell("", styles.plain, 1),
        Cell(count, styles.muted, count_width, right=True),
    )
    return matched(line, needle, styles.match)


def actors_peek(rows: Sequence[ActorRow], wide: bool, width: int, styles: Styles) -> Content:
    """The actors in one line: as many names as fit, and how many more."""
    start = styled("2 Actors  ", styles.strong)
    if not rows:
        return cell(joined(start, styled("none named", styles.muted)), width)
    shown = start
    for position, row in enumerate(rows):
        roles = f" ({row.role_words})" if row.roles and not wide else ""
        name = named(row.name) + roles
        part = joined(Content(", " if position else ""), said(name))
        left = len(rows) - position - 1
        room = width - shown.cell_length - (len(f" +{left}") if left else 0)
        if part.cell_length > room and position:
            return cell(joined(shown, styled(f" +{left + 1}", styles.muted)), width)
        shown = joined(shown, part)
    return cell(shown, width)
