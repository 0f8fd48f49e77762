"""Boxes with one passage each in its surroundings: that of a cell, and the one against it."""

from typing import Protocol

from textual import events
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.draw.passage_pair import best_split
from tui.draw.styles import Styles, said
from tui.widgets.frame import fits, label
from tui.widgets.theme_styles import styles_of


class Drawing(Protocol):
    """A function that draws content in the styles of a theme, in so many cells and lines.

    `compact` leaves out the text around the passage; None leaves that to the lines.
    """

    def __call__(
        self, styles: Styles, width: int, height: int, compact: bool | None = None
    ) -> Content:
        """Draw the content."""


USUAL_SHARE, USUAL_MOST = 45, 24
"""Per cent of the height that the two have, and lines at most; `explore.tcss` has the same."""

LEAST_GRID = 9
"""Lines that stay for the grid above: border, heads, a heading and two rows."""

AROUND = 2
"""Lines of the border; it takes as many cells at the sides, without the padding."""

_UNCUT = 200
"""Lines in which every passage can be drawn whole."""


class PassageBox(Widget):
    """Some lines and a passage, under a border that names the source; redrawn for each size."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="facing")
        self._drawing: Drawing = _nothing
        self._whose = ""
        self._tallies: tuple[str, ...] = ("",)
        self.compact: bool | None = None
        """Whether the text around the passage is left out; None leaves that to the height."""
        self.auto_links = False

    def show(self, name: str, drawing: Drawing, *counts: str) -> None:
        """Show another drawing; of `counts`, the border shows the first that fits."""
        self._drawing, self._whose, self._tallies = drawing, name, counts or ("",)
        self._label()
        self.refresh()

    def _label(self) -> None:
        room = (count for count in self._tallies if fits(self, self._whose, count))
        label(self, self._whose, next(room, self._tallies[-1]))

    def say(self, words: str) -> None:
        """Show a few words of our own, and nobody's passage."""
        self.show("", lambda styles, width, height, compact=None: said(words))

    def wanted(self, width: int) -> int:
        """Count the lines that it needs without the text around, in so many cells with border."""
        inner = max(1, width - self.gutter.width)
        drawn = self._drawing(styles_of(self.app), inner, _UNCUT, compact=True)
        return drawn.plain.count("\n") + 1 + AROUND

    def drawn_text(self) -> str:
        """The words in the box and its border."""
        return f"{self._whose}\n{self.render().plain}"

    def render(self) -> Content:
        """The drawing, as much of it as fits."""
        return self._drawing(styles_of(self.app), *self.size, compact=self.compact)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        self._label()


class PassagePair(Container):
    """Two boxes side by side, which get more room if one would lose words."""

    def __init__(self, this: PassageBox, other: PassageBox) -> None:
        super().__init__(this, other, id="faces")
        self._this, self._other = this, other
        self._tallest = 0
        self._fitted_for = Size(0, 0)

    def let_go(self) -> None:
        """Return to the usual height and even widths, because something else is shown."""
        self._tallest = 0
        self._even_out()

    def _even_out(self) -> None:
        self.styles.height = None
        for one in (self._this, self._other):
            one.styles.width = None
            one.compact = None

    def fit(self) -> None:
        """Share the width anew, and grow, if a passage or rule would be cut."""
        self._even_out()
        room = self._room
        usual = min(USUAL_MOST, room.height * USUAL_SHARE // 100)
        if not room.area:
            return
        even = max(self._this.wanted(room.width // 2), self._other.wanted(room.width // 2))
        if even > usual:
            split = best_split(self._this.wanted, self._other.wanted, room.width)
            self._this.styles.width = split.left
            self._tallest = max(self._tallest, min(split.lines, room.height - LEAST_GRID))
        if self._tallest > usual:
            self.styles.height = self._tallest
            self._this.compact = self._other.compact = True

    @property
    def _room(self) -> Size:
        """The size of the container of the boxes and the grid."""
        return self.parent.size if isinstance(self.parent, Widget) else self.size

    def on_resize(self) -> None:
        """Fit the boxes to another size of the terminal."""
        self.call_after_refresh(self._fit_again)

    def _fit_again(self) -> None:
        room = self._room
        if room != self._fitted_for:
            self._fitted_for = room
            self.let_go()
            self.fit()


def _nothing(styles: Styles, width: int, height: int, compact: bool | None = None) -> Content:
    return Content("")
