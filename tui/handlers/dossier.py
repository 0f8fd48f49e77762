"""The command that writes a dossier of what the cursor is on, while the user goes on reading."""

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ConflictError
from store.model.text import one_line
from store.queries.filters import Filters
from tui.dialogs.new_files import OF_DISPUTE, OF_FILTER
from tui.handlers.annotate import Annotator
from tui.handlers.change_queue import yielding
from tui.handlers.compare import ComparingScreen
from tui.handlers.screen_protocol import opened
from tui.session.read_original import home

if TYPE_CHECKING:
    from store.dossier.dossier import Dossier

FORCE = "--force"
NOTHING = {
    "": "There is no event, actor or place here.",
    OF_FILTER: "There is no filter: a dossier of all events would be endless.",
    OF_DISPUTE: "No two statements are compared here.",
}
"""What is said if there is nothing for a dossier to be about, by the word for it."""

ABOUT = ("evt_", "act_", "plc_")
"""The kinds of records that a dossier is about, by the beginning of their ids."""


class DossierHandler:
    """Writes dossiers in the background, one at a time."""

    def __init__(self, screen: ComparingScreen, annotator: Annotator) -> None:
        self.screen = screen
        self._annotator = annotator
        self._busy = False

    def write(self, typed: str) -> None:
        """Write the dossier of what is at hand to the typed file, or of the filter or dispute."""
        words = typed.strip()
        force = words.endswith(f" {FORCE}")
        file = words.removesuffix(FORCE).strip() if force else words
        word, _, rest = file.partition(" ")
        of = word if word in (OF_FILTER, OF_DISPUTE) and rest else ""
        if of:
            file = rest.strip()
        about = self._about(of)
        if self._busy:
            self.screen.say("A dossier is being written.")
        elif not file:
            self.screen.say("Name a file: :dossier FILE.html, or FILE.md")
        elif not about:
            self.screen.say(NOTHING[of])
        else:
            self._write(about, home(Path(file)), force=force)

    def _about(self, of: str) -> str | Filters:
        """The filter shown, or the id of what the dossier is about; empty if there is none.

        That is a claim compared at odds with another, else the record under the cursor, of a
        view its subject, else the event shown.
        """
        if of == OF_FILTER:
            chosen = opened(self.screen).location.filter
            return chosen if chosen.filters else ""
        if of == OF_DISPUTE:
            pair = self.screen.comparing.pair() if self.screen.pane == "compare" else None
            return pair[0] if pair else ""
        here = self._annotator.here()
        event = self.screen.event.row.id if self.screen.event else ""
        for id_ in (here, opened(self.screen).location.subject or "", event):
            if id_.startswith(ABOUT):
                return id_
        return ""

    def _write(self, about: str | Filters, path: Path, *, force: bool) -> None:
        archive = opened(self.screen).archive

        def written() -> "Dossier":
            from store.exporting.write_dossier import write_dossier  # with the whole archive

            with yielding():
                return write_dossier(archive, about, path, force=force)

        def done(found: "Dossier") -> None:
            self._ended()
            left = f" Left out: {', '.join(found.left_out)}." if found.left_out else ""
            self.screen.say(one_line(f"{path} has {found.summary} about {found.title}.{left}"))

        def failed(error: ConflictError) -> None:
            self._ended()
            self.screen.fail(error)

        self._busy = True
        self.screen.status.progress(one_line(f"writing {path.name} …"))
        self.screen.questions.ask("dossier", written, done, failed)

    def _ended(self) -> None:
        self._busy = False
        self.screen.status.progress("")
