"""The command that indexes a gazetteer while the user goes on reading."""

from pathlib import Path

from store.coding.gazetteer import about_words, gazetteer_about, index_file
from store.errors import ConflictError
from store.model.gazetteer import GazetteerAbout
from store.model.labels import count_text
from tui.handlers.change_queue import yielding
from tui.handlers.screen_protocol import ScreenProtocol
from tui.handlers.windows import Windows
from tui.session.read_original import home

NONE = "No gazetteer is indexed. :gazetteer FILE indexes a dump of GeoNames, or CSV."


class GazetteerHandler:
    """Indexes a gazetteer in the background, one at a time."""

    def __init__(self, screen: ScreenProtocol, windows: Windows) -> None:
        self.screen = screen
        self._windows = windows
        self._busy = False

    def use(self, typed: str) -> None:
        """Index the typed file, or say which gazetteer is indexed."""
        if self._busy:
            self.screen.say("A gazetteer is being indexed.")
        elif typed:
            self._index(home(Path(typed)))
        else:
            self._windows.ask(gazetteer_about, self._tell)

    def _tell(self, about: GazetteerAbout | None) -> None:
        self.screen.say(about_words(about) if about else NONE)

    def _index(self, path: Path) -> None:
        def done(answer: tuple[GazetteerAbout, str]) -> None:
            self._busy = False
            about, bad = answer
            left = f" {count_text(about.rejected, 'line')} left out ({bad})." if bad else ""
            self.screen.status.progress("")
            self.screen.say(f"Indexed {about_words(about)}.{left}")

        def failed(error: ConflictError) -> None:
            self._busy = False
            self.screen.status.progress("")
            self.screen.fail(error)

        self._busy = True
        self.screen.status.progress(f"indexing {path.name} …")
        self.screen.questions.ask("gazetteer", lambda: _indexed(path), done, failed)


def _indexed(path: Path) -> tuple[GazetteerAbout, str]:
    with yielding():
        return index_file(path)
