"""A window over the screen, as large as its content, beside what it is about."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from textual import events
from textual.containers import Vertical
from textual.geometry import Region, Size
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.draw.placement import Lines, heights, place
from tui.messages import KeysAwaited
from tui.widgets.frame import label
from tui.widgets.latest_size import LatestSize

T = TypeVar("T")

BORDER = 2
"""Lines of the border."""

MARGIN = 2
"""Lines of the screen that stay in view above and below a window, in all."""

AROUND = 4
"""Cells of the border and the padding at its sides."""

Avoided = Callable[[], Sequence[Region]]
"""The regions of the screen that a window does not cover."""


class Part(NamedTuple):
    """A widget of a window, and the lines that it wants."""

    widget: Widget
    lines: Lines


class Window(LatestSize[T], ModalScreen[T], Generic[T]):
    """The base of all windows. Keys go to it once it is `entered`, that is, has the focus.

    A subclass says which `parts` it has, from top to bottom, and how wide they are.
    """

    least_width, most_width = 44, 100

    def __init__(self, name: str, beside: Avoided | None = None) -> None:
        """`beside` gives the regions that the window does not cover."""
        super().__init__()
        self.entered = False
        self._name_shown = name
        self._count_shown = ""
        self._widest = self._tallest = 0
        self._avoided = beside
        self._box = Vertical(id="window")
        self.set_class(beside is not None, "-beside")

    def wanted_width(self) -> int:
        """The cells that the content wants."""
        return self.most_width

    def parts(self, width: int) -> Sequence[Part]:
        """The widgets from top to bottom, with the lines that they want in so many cells."""
        raise NotImplementedError

    def fit(self) -> None:
        """Give the window and its parts their places.

        It grows and shrinks with its content at the bottom only, so that nothing jumps.
        """
        screen = self.app.size
        wanted = max(self.wanted_width(), cell_len(self._name_shown) + len(self._count_shown) + 6)
        self._widest = max(
            self._widest, min(max(wanted + AROUND, self.least_width), self.most_width)
        )
        parts = cache(lambda width: self.parts(max(1, width - AROUND)))  # it measures every row
        width = min(self._widest, screen.width)
        region = self._place(width, parts(width), screen)
        if region.width < width:
            region = self._place(region.width, parts(region.width), screen)
        lines = heights([part.lines for part in parts(region.width)], region.height - BORDER)
        for part, given in zip(parts(region.width), lines, strict=True):
            part.widget.styles.height = given
            part.widget.display = given > 0
        self._box.styles.width, self._box.styles.height = region.width, sum(lines) + BORDER
        self._box.styles.offset = region.offset
        self.call_after_refresh(self.relabel)

    def _place(self, width: int, parts: Sequence[Part], screen: Size) -> Region:
        """The place of the window with these parts at its tallest, in so many cells."""
        lines = sum(part.lines.wanted for part in parts)
        self._tallest = max(self._tallest, lines + BORDER)
        size = Size(width, min(self._tallest, screen.height - MARGIN))
        return place(size, screen, self._avoided() if self._avoided else ())

    def relabel(self) -> None:
        """Write the border anew."""
        label(self._box, self._name_shown, self._count_shown)

    def on_descendant_focus(self) -> None:
        """Note that the window has the focus."""
        self.entered = True
        self.post_message(KeysAwaited())

    def on_resize(self, event: events.Resize) -> None:
        """Fit another size of the terminal."""
        self.fit()
