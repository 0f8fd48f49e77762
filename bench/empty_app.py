"""A minimal Textual app with four Statics, for comparison of start-up times."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """Four Statics, the first with the words that mark the first frame of the real program."""

    def compose(self) -> ComposeResult:
        """The four Statics."""
        for title in ("1 Timeline", "2 Actors", "3 Sources", "4 Article"):
            yield Static(title)


if __name__ == "__main__":
    EmptyApp().run()
