"""The words that an act is about, which no window covers."""

from collections.abc import Sequence

from textual.geometry import Region

from tui.commands.registry import VIEWS
from tui.dialogs.window import Avoided
from tui.draw.placement import leaves_room
from tui.handlers.compare import ComparingScreen


def quoted(screen: ComparingScreen) -> Avoided:
    """Gives the regions of the two passages that are compared, else of that in the article."""

    def regions() -> Sequence[Region]:
        if screen.pane in VIEWS:
            boxes = (screen.comparing.this, screen.comparing.other)
            return [box.region for box in boxes if box.is_on_screen]
        return screen.article.passage_regions()

    return regions


def coded(screen: ComparingScreen) -> Avoided:
    """Gives the regions of the compared passages, else of the article in which one codes.

    Where no side of the article has room for a window, they are those of the selection, or
    of the passage.
    """

    def regions() -> Sequence[Region]:
        article = screen.article
        if screen.pane in VIEWS or not article.is_on_screen:
            return quoted(screen)()
        if leaves_room(screen.app.size, article.region):
            return (article.region,)
        return article.selected_regions() or article.passage_regions()

    return regions
