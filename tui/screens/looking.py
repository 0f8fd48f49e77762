"""How the screen is looked at: order, zoom, width, theme."""

from store.queries.timeline import Sort
from tui.commands import LISTS, VIEWS
from tui.screens.stage import Stage, opened


class Looking:
    """The deeds that change what is seen, and nothing else."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def scope(self) -> None:
        """List this event's, or all."""
        pane = self.stage.pane
        if pane == VIEWS[0]:
            self.stage.comparing.narrow()
            return
        if pane not in LISTS[1:]:
            self.stage.say("Actors and sources can list all; focus one of them.")
            return
        wide = opened(self.stage).spot.wide ^ {pane}
        opened(self.stage).preview(wide=frozenset(wide))
        self.stage.sync()

    def sort(self, text: str) -> None:
        """Take another order, or the one that is named."""
        sorts = list(Sort)
        spot = opened(self.stage).spot
        sort = Sort(text) if text else sorts[(sorts.index(spot.sort) + 1) % len(sorts)]
        opened(self.stage).preview(sort=sort)
        self.stage.sync()
        self.stage.say(f"Sorted by {sort}.")

    def zoom(self) -> None:
        """Show the focused pane alone, or all."""
        zoomed = not opened(self.stage).spot.zoomed
        opened(self.stage).preview(zoomed=zoomed)
        self.stage.arrangement.zoom(self.stage.pane if zoomed else None)

    def widen(self, by: int) -> None:
        """Give the lists more room, or less."""
        if not self.stage.arrangement.widen(by):
            self.stage.say("There is no more room to give.")

    def change_theme(self) -> None:
        """From dark to light, or back."""
        self.stage.app.action_change_theme_side()  # type: ignore[attr-defined]
