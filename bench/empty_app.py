"""A minimal Textual app with four Statics, for comparison of start-up times and of a key."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static

TITLES = ("1 Timeline", "2 Actors", "3 Sources", "4 Article")


class EmptyApp(App[None]):
    """Four Statics, the first with the words that mark the first frame of the real program.

    `j` draws two of them anew, as a cursor that moves by a line.
    """

    BINDINGS: ClassVar = [("j", "move", "Move")]
    pressed = 0

    def compose(self) -> ComposeResult:
        """The four Statics."""
        for title in TITLES:
            yield Static(title)

    def action_move(self) -> None:
        """Draw two lines anew."""
        self.pressed += 1
        for title, line in zip(TITLES[1:3], self.query(Static).results(Static), strict=False):
            line.update(f"{title} {self.pressed}")


if __name__ == "__main__":
    EmptyApp().run()
