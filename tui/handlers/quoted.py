"""The words that a ruling, a grade or an assessment is about, which no window covers."""

from collections.abc import Sequence

from textual.geometry import Region

from tui.commands.registry import VIEWS
from tui.dialogs.window import Avoided
from tui.handlers.compare import ComparingScreen


def quoted(screen: ComparingScreen) -> Avoided:
    """Gives the regions of the two passages that are compared, else of that in the article."""

    def regions() -> Sequence[Region]:
        if screen.pane in VIEWS:
            boxes = (screen.comparing.this, screen.comparing.other)
            return [box.region for box in boxes if box.is_on_screen]
        return screen.article.passage_regions()

    return regions
