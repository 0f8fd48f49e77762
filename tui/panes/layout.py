"""The layout of the panes: their width, the zoom, and the peeks of a narrow terminal."""

from textual.screen import Screen
from textual.widget import Widget

from tui.commands.registry import LISTS, VIEWS
from tui.widgets.row_list import RowList

NARROW = "-narrow"
NORMAL = "-normal"
BROAD = "-broad"

WIDTHS: list[tuple[int, str]] = [(0, NARROW), (100, NORMAL), (160, BROAD)]
"""From how many columns on the panes are arranged how."""

HEIGHTS: list[tuple[int, str]] = [(0, "-short"), (15, "-tall")]
"""From how many rows on a narrow terminal has room for the lists that are not open."""

_STEP = 4
_LEAST = 24


class PaneLayout:
    """The visible panes, and the room that they have.

    In a narrow terminal only the list that had the focus last is open, and the
    others show one line. In a normal one the timeline is above the others, as its
    columns need the width; in a broad one it is beside them.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self.open_list = LISTS[0]
        self.zoomed: str | None = None
        self._width = (0, 0)

    @property
    def narrow(self) -> bool:
        """True if only one list is open."""
        return self._screen.has_class(NARROW)

    def focused(self, pane: str) -> None:
        """Note that a pane got the focus; a list then opens."""
        if pane in LISTS:
            self.open_list = pane
        # at once, as every widget gets its styles anew for it
        views = {f"-{view}": pane == view for view in VIEWS}
        self._screen.update_classes({"-view": pane in VIEWS, **views})
        if self.zoomed and self.zoomed != pane:
            self.zoomed = pane
        self.apply()

    def zoom(self, pane: str | None) -> None:
        """Show one pane alone, or all (None)."""
        self.zoomed = pane
        self.apply()

    def widen(self, by: int) -> bool:
        """Give the lists more room, or less; False if there is no more to give."""
        if self.narrow or self.zoomed:
            return False
        article = self._screen.query_one("#article").outer_size.width
        width = self._resized.outer_size.width + by * _STEP
        if width < _LEAST or article - by * _STEP < _LEAST:
            return False
        self._width = (self._screen.size.width, width)
        self.apply()
        return True

    def apply(self) -> None:
        """Arrange the panes."""
        screen = self._screen
        side = screen.query_one("#side")
        for pane in LISTS:
            widget = screen.query_one(f"#{pane}", RowList)
            peeking = self.narrow and pane != self.open_list and not self.zoomed
            if widget.peeking != peeking:
                widget.peeking = peeking
                widget.set_class(peeking, "-peek")
                widget.set_rows(
                    widget.count, cursor=widget.cursor, sections=widget.sections, scroll=None
                )
            widget.display = self.zoomed in (None, pane)
        side.set_class(self.open_list != LISTS[0], "-open")
        side.display = self.zoomed in (None, *LISTS[1:])
        screen.query_one("#lower").display = self.zoomed != LISTS[0]
        screen.query_one("#article").display = self.zoomed in (None, "article")
        screen.set_class(self.zoomed is not None, "-zoomed")
        self._fit()

    @property
    def _resized(self) -> Widget:
        """The pane that is made wider: the timeline beside the others, or the lists under it."""
        broad = self._screen.has_class(BROAD)
        return self._screen.query_one("#timeline" if broad else "#side")

    def _fit(self) -> None:
        """Apply the requested width, as long as the terminal keeps the width that it had then."""
        columns, width = self._width
        for name in ("#timeline", "#side"):
            self._screen.query_one(name).styles.clear_rule("width")
        if columns == self._screen.size.width and not self.narrow and not self.zoomed:
            self._resized.styles.width = width
