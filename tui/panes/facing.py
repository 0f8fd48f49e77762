"""One passage in its surroundings, in a box: what a cell says, or what stands against it."""

from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.widgets.frame import label

COMPACT_BELOW = 11
"""Lines under which only the passage itself is shown."""


class Facing(Widget):
    """Some lines and a passage, under a border that says whose."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="facing")
        self._content = Content("")
        self._whose = self._tally = ""
        self.auto_links = False

    def show(self, name: str, count: str, content: Content) -> None:
        """Show other words."""
        self._content, self._whose, self._tally = content, name, count
        label(self, name, count)
        self.refresh()

    @property
    def compact(self) -> bool:
        """Whether there is no room for the text around a passage."""
        return self.size.height < COMPACT_BELOW

    def render(self) -> Content:
        """The words; the box wraps them."""
        return self._content

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        label(self, self._whose, self._tally)
