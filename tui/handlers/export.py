"""Exports that run while the user goes on reading: start, progress, stop and result."""

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ConflictError, UsageError
from store.model.labels import count_text
from tui.dialogs.file_names import STOP
from tui.draw.exported import ON_SCREEN, export_words
from tui.handlers.change_queue import yielding
from tui.handlers.import_files import TOLD_EVERY
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.messages import ImportMoved
from tui.session.read_original import home

if TYPE_CHECKING:  # with TinyDB: imported when something is exported
    from store.archive import Archive
    from store.exporting.export import Exported
    from store.queries.filters import Filters


class _Stopped(ConflictError):
    """The user stopped an export, of which nothing is left."""


class ExportTask:
    """One export of the events that a filter leaves: carried out in a worker."""

    def __init__(self, form: str, path: Path, screen: ScreenProtocol) -> None:
        self.form = form
        self.path = path
        self._screen = screen.screen
        self._stopped = threading.Event()
        self._last = 0.0

    def carry_out(self, archive: "Archive", asked: "Filters") -> tuple[str, ...]:
        """Export; return what is to be said of it. Raises what `export_of` and its file raise."""
        from store.exporting.export import export_of, write_export
        from store.exporting.export_file import export_file

        export = export_of(self.form, None, asked, restricted=False)
        with yielding(), export_file(self.path, archive.path) as stream:
            done: Exported = write_export(archive, stream, export, self._tell)
        rows = count_text(done.rows, export.what.removesuffix("s"))
        return f"{self.path} has {rows}", *export_words(export, done, ON_SCREEN)

    def stop(self) -> None:
        """Stop before the next page, so that there is no file."""
        self._stopped.set()

    def _tell(self, done: int, whole: int) -> None:
        if self._stopped.is_set():
            raise _Stopped("The export was stopped; nothing was written")
        if time.monotonic() - self._last >= TOLD_EVERY:
            self._last = time.monotonic()
            self._screen.post_message(ImportMoved(f"export {done:,} of {whole:,}"))


class ExportHandler:
    """The command that exports, one at a time."""

    def __init__(self, screen: ScreenProtocol) -> None:
        self.screen = screen
        self._task: ExportTask | None = None

    @property
    def under_way(self) -> bool:
        """True if an export is under way."""
        return self._task is not None

    def export(self, typed: str) -> None:
        """Export what the filter leaves in the typed format to the typed file, or stop.

        Raises `UsageError` where there is no such format.
        """
        from store.exporters.exports import EXPORTS

        form, _, file = typed.strip().partition(" ")
        if self._task is not None:
            if typed.strip() == STOP:
                self.stop()
            else:
                self.screen.say(f"{self._task.path.name} is being written; Esc stops it.")
        elif form not in EXPORTS or not file.strip():
            raise UsageError(":export FORMAT FILE", f"the formats are {', '.join(EXPORTS)}")
        else:
            self._begin(form, home(Path(file.strip())))

    def stop(self) -> None:
        """Stop the export that is under way."""
        if self._task is not None:
            self._task.stop()

    def _begin(self, form: str, path: Path) -> None:
        session = opened(self.screen)
        archive, asked = session.archive, session.location.filter
        task = self._task = ExportTask(form, path, self.screen)

        def done(words: tuple[str, ...]) -> None:
            self._end()
            self.screen.say("; ".join(words))

        def failed(error: ConflictError) -> None:
            self._end()
            if isinstance(error, _Stopped):
                self.screen.say(f"{error.message}.")
            else:
                self.screen.fail(error)

        self.screen.status.progress(f"export to {path.name} …")
        self.screen.questions.ask("export", lambda: task.carry_out(archive, asked), done, failed)

    def _end(self) -> None:
        self._task = None
        self.screen.status.progress("")
