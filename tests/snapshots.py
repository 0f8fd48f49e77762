"""A screen as text and as a picture, for syrupy."""

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from docs.picture import self_contained
from tui.app import ConflictApp


def cells(app: ConflictApp) -> str:
    """The cells of the screen, a line a row, without blanks at the ends."""
    screen = app.screen
    width, height = app.size
    lines = screen._compositor.render_strips() if width and height else []
    return "\n".join(strip.text.rstrip() for strip in lines) + "\n"


def picture(app: ConflictApp) -> str:
    """The screen as SVG, the same on every machine."""
    return self_contained(app.export_screenshot(title="conflict-tui", simplify=True))


class CellsExtension(SingleFileSnapshotExtension):
    """One file a screen: `TEST[NAME].txt`."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class PictureExtension(CellsExtension):
    """One file a screen: `TEST[NAME].svg`."""

    file_extension = "svg"
