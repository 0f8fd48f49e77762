"""One passage in its surroundings, in a box: what a cell says, or what stands against it."""

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.draw.styles import Styles, said
from tui.widgets.frame import label
from tui.widgets.theme_styles import styles_of

Drawing = Callable[[Styles, int, int], Content]
"""What to show in the colours of a theme, in so many cells and lines."""


class PassageBox(Widget):
    """Some lines and a passage, under a border that says whose. It is drawn for each size anew."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="facing")
        self._drawing: Drawing = _nothing
        self._whose = self._tally = ""
        self.auto_links = False

    def show(self, name: str, count: str, drawing: Drawing) -> None:
        """Show other words."""
        self._drawing, self._whose, self._tally = drawing, name, count
        label(self, name, count)
        self.refresh()

    def say(self, words: str) -> None:
        """Show a few words of our own, and nobody's passage."""
        self.show("", "", lambda styles, width, height: said(words))

    def render(self) -> Content:
        """The words, as many of them as there is room for."""
        return self._drawing(styles_of(self.app), self.size.width, self.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        label(self, self._whose, self._tally)


def _nothing(styles: Styles, width: int, height: int) -> Content:
    return Content("")
