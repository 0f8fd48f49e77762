"""The base of screens that are laid out for the size that the terminal has now."""

from textual import events
from textual.screen import Screen, ScreenResultType


class LatestSize(Screen[ScreenResultType]):
    """A screen that drops a `Resize` of an earlier size.

    Textual's screen lays itself out for each and, where its size changed, sends itself
    one more: two of different sizes in its queue would follow each other for ever.
    """

    async def _on_resize(self, event: events.Resize) -> None:
        if event.size != self.app.size:
            event.prevent_default()
            event.stop()
