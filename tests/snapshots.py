"""A screen as text, for syrupy: its cells, and the styles that they are drawn in."""

from itertools import groupby
from pathlib import Path

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.strip import Strip

from docs.picture import self_contained
from tui.app import ConflictApp

FAILED = Path(__file__).parent / "screens" / "failed"
"""The folder for pictures of screens that are not as they were."""


def cells(app: ConflictApp) -> str:
    """The cells of the screen, a line for each row, without blanks at the ends."""
    return "\n".join(strip.text.rstrip() for strip in _strips(app)) + "\n"


def styles(app: ConflictApp) -> str:
    """The styles of the screen: a legend, then for each row the cells in each style.

    `3-5 12a 68b` says of the rows 3 to 5 that 12 cells are in style a, then 68 in b.
    """
    names: dict[str, str] = {}
    rows = [_row(strip, names) for strip in _strips(app)]
    legend = [f"{name} {style}\n" for style, name in names.items()]
    lines, first = [], 1
    for row, same in groupby(rows):
        last = first + len(list(same)) - 1
        lines.append(f"{first if first == last else f'{first}-{last}'} {row}\n")
        first = last + 1
    return "".join((*legend, "\n", *lines))


def _row(strip: Strip, names: dict[str, str]) -> str:
    drawn = [(str(segment.style or ""), segment.cell_length) for segment in strip]
    runs = groupby(drawn, key=lambda run: run[0])
    return " ".join(
        f"{sum(length for _, length in run)}{names.setdefault(style, _letters(len(names)))}"
        for style, run in runs
    )


def _letters(number: int) -> str:
    """The name of the style with this number: a to z, then aa, ab and so on."""
    tens, ones = divmod(number, 26)
    return (_letters(tens - 1) if tens else "") + chr(ord("a") + ones)


def _strips(app: ConflictApp) -> list[Strip]:
    width, height = app.size
    return app.screen._compositor.render_strips() if width and height else []


def keep_picture(app: ConflictApp, name: str) -> Path:
    """Draw a screen that differs as an SVG, to be looked at; return the file."""
    FAILED.mkdir(exist_ok=True)
    path = FAILED / f"{name}.svg"
    path.write_text(
        self_contained(app.export_screenshot(title="conflict-tui", simplify=True)), "utf-8"
    )
    return path


class CellsExtension(SingleFileSnapshotExtension):
    """One file a screen: `TEST[NAME].txt`."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class StylesExtension(CellsExtension):
    """One file a screen: `TEST[NAME].styles`."""

    file_extension = "styles"
