"""The screen of a running app as its user sees it, read from the drawn frame."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.color import Color as RichColor
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

from tui.app import ConflictApp


class Cell(NamedTuple):
    """A cell of the frame: its position, its text and its colours."""

    x: int
    y: int
    letter: str
    background: Color | None
    bold: bool
    reverse: bool


def frame(app: ConflictApp, region: Region | None = None) -> Iterator[Cell]:
    """The cells of the frame in reading order; a wide letter is one cell."""
    left, top, width, _ = region = region or app.screen.region
    for y, strip in enumerate(_strips(app, region), top):
        x = 0
        for text, style, control in strip:
            if control:
                continue
            painted = _colour(style.bgcolor) if style else None
            for letter in text:
                if left <= x < left + width:
                    bold, reverse = (style.bold, style.reverse) if style else (False, False)
                    yield Cell(x, y, letter, painted, bool(bold), bool(reverse))
                x += 1


def _strips(app: ConflictApp, region: Region) -> list[Strip]:
    """The lines of a region, each as wide as the screen."""
    compositor = app.screen._compositor
    rows = range(region.y, min(region.bottom, app.size.height))
    crop = Region(0, region.y, app.size.width, len(rows))
    chops = compositor._render_chops(crop, lambda y: y in rows)
    return [Strip.join(chops[y].values()) for y in rows]


def _colour(colour: RichColor | None) -> Color | None:
    return Color.from_rich_color(colour) if colour is not None else None


def words(text: str) -> str:
    """Join the words of a text by single blanks, so that line breaks do not matter."""
    return " ".join(text.split())


def shown(app: ConflictApp, region: Region | None = None) -> str:
    """The words in the frame, or in a part of it, line by line."""
    left, _, width, _ = region = region or app.screen.region
    lines = [strip.text[left : left + width] for strip in _strips(app, region)]
    return "\n".join(line.rstrip() for line in lines if line)


def theme_colour(app: ConflictApp, name: str) -> Color:
    """A colour of the theme by its name."""
    return Color.parse(app.theme_variables[name])


def highlighted(app: ConflictApp) -> str:
    """The words of the article pane that are drawn as the current passage.

    The cell under the cursor has a colour of its own while the text has the
    focus; it belongs to the passage where the passage begins there.
    """
    article = app.explore.article
    passage = theme_colour(app, "passage")
    cursor = article.text.cursor_screen_offset if article.text.has_focus else None
    lines: dict[int, list[str]] = {}
    for cell in frame(app, article.text.region):
        if cell.background == passage or (cell.x, cell.y) == cursor:
            lines.setdefault(cell.y, []).append(cell.letter)
    return words("\n".join("".join(line) for line in lines.values()))


def said(app: ConflictApp) -> str:
    """The text of the status line."""
    return app.explore.status.message


def filter_row(app: ConflictApp) -> str:
    """The words in the row of the filters; empty while it is not shown."""
    bar = app.explore.filter_bar
    return words(shown(app, bar.region)) if bar.display else ""


def last_line(app: ConflictApp) -> str:
    """The last line of the frame."""
    return shown(app).splitlines()[-1]
