"""The view options of the screen: scope, zoom, width, theme."""

from store.errors import UsageError
from tui.commands.registry import THEME_NAMES, VIEWS
from tui.handlers.compare import ComparingScreen
from tui.handlers.screen_protocol import opened


class ViewHandler:
    """The actions that change what is shown, and nothing else."""

    def __init__(self, screen: ComparingScreen) -> None:
        self.screen = screen

    def scope(self) -> None:
        """List the rows of this event, or all."""
        pane = self.screen.pane
        if pane == VIEWS[0]:
            self.screen.comparing.narrow()
            return
        wide = opened(self.screen).location.wide ^ {pane}
        opened(self.screen).preview(wide=frozenset(wide))
        self.screen.sync()

    def zoom(self) -> None:
        """Show the focused pane alone, or all."""
        zoomed = not opened(self.screen).location.zoomed
        opened(self.screen).preview(zoomed=zoomed)
        self.screen.pane_layout.zoom(self.screen.pane if zoomed else None)

    def widen(self, by: int) -> None:
        """Give the lists more room, or less."""
        if not self.screen.pane_layout.widen(by):
            self.screen.say("The pane cannot grow further.")

    def change_theme(self, name: str) -> None:
        """Switch the theme from dark to light, or back, or to the one named."""
        if name and name not in THEME_NAMES:
            raise UsageError(f"there is no theme {name!r}", f"one of {', '.join(THEME_NAMES)}")
        if self.screen.app.no_color:
            self.screen.say("NO_COLOR is set, so there are no colours.")
            return
        self.screen.app.change_theme(name)  # type: ignore[attr-defined]
