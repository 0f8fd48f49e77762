"""Imports that run while the user goes on reading: start, progress, stop and result."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import ConflictError, RefusedChange
from tui.commands.registry import key_of
from tui.dialogs.file_names import STOP
from tui.dialogs.picker import Picker, PickerRow
from tui.draw.progress import (
    ReportRow,
    article_words,
    articles_came_to,
    came_to_words,
    progress_words,
    report_words,
    text_came_to,
    text_words,
)
from tui.handlers.change_queue import ChangeQueue, QueuedChange, yielding
from tui.handlers.screen_protocol import ScreenProtocol
from tui.handlers.windows import Windows
from tui.messages import ImportMoved
from tui.session.read_original import home
from tui.session.session import Session

if TYPE_CHECKING:  # with TinyDB: imported when something is imported
    from store.archive import Archive
    from store.coding_text.import_text import TextImport
    from store.importing.article_report import ArticleReport
    from store.importing.import_files import ImportRun, Progress
    from store.importing.report import ImportReport

TOLD_EVERY = 0.1
"""Seconds between two tellings of how far an import is."""


class ImportResult(NamedTuple):
    """The reports of an import: on the rows of data sets, and on articles."""

    rows: "ImportReport"
    articles: "ArticleReport"

    @property
    def words(self) -> str:
        """The result in a sentence."""
        from_articles = articles_came_to(self.articles)
        of_rows = came_to_words(self.rows) if self.rows.files or not from_articles else ""
        return " ".join(filter(None, (from_articles, of_rows)))

    @property
    def lines(self) -> list[ReportRow]:
        """The lines of the report."""
        return [*article_words(self.articles), *report_words(self.rows)]


class TextImportResult(NamedTuple):
    """The report of an import of a case as text."""

    done: "TextImport"

    @property
    def words(self) -> str:
        """The result in a sentence."""
        return text_came_to(self.done)

    @property
    def lines(self) -> list[ReportRow]:
        """The lines of the report."""
        return list(text_words(self.done))


AnyResult = ImportResult | TextImportResult


_DATES = re.compile(r"(?P<file>.+?)\s+--dates[ =](?P<order>dmy|mdy|ymd)\s*", re.DOTALL)


def without_dates(typed: str) -> tuple[str, str]:
    """The file of a typed argument, and the order of dates after it, "" if there is none."""
    found = _DATES.fullmatch(typed)
    return (found["file"], found["order"]) if found else (typed, "")


class ImportTask:
    """One import: carried out in a worker, stopped from the screen."""

    def __init__(self, path: Path, told: Callable[[str], None], dates: str = "") -> None:
        """`dates` is the order of day and month that the user gives: dmy, mdy, ymd, or none."""
        self.path = path
        self._dates = dates
        self._told = told
        self._stopped = threading.Event()
        self._importing: ImportRun | None = None
        self.in_case = False
        self._step = ""
        self._begun = self._last = 0.0

    def carry_out(self, session: Session) -> "tuple[AnyResult, str]":
        """Import; return the result, and a sentence on the user's copy if that is new."""
        result, where = session.write(self._import)
        self.in_case = isinstance(result, TextImportResult) or not result.rows.stopped
        return result, where

    def _import(self, archive: "Archive") -> "AnyResult":
        from store.coding_text.import_text import import_text
        from store.coding_text.read_folder import is_case_text

        if is_case_text(self.path):
            return TextImportResult(import_text(archive, self.path))
        from store.importing.article_files import sort_paths
        from store.importing.import_articles import ArticleImport
        from store.importing.import_files import ImportRun
        from store.importing.open_files import ImportFiles

        paths = sort_paths([self.path], archive.path)
        files = ImportFiles(paths.data_sets, dates=self._dates)
        try:
            self._importing = ImportRun(archive, files)
            if self._stopped.is_set():
                self._importing.stop()
            articles = ArticleImport(archive, paths)
            with yielding():
                read = articles.run(
                    lambda _: None if not self._stopped.is_set() else articles.stop()
                )
                return ImportResult(self._importing.run(self._tell), read)
        finally:
            files.close()

    def stop(self) -> None:
        """Stop before the next batch, so that nothing of the file is in the case."""
        self._stopped.set()
        if self._importing is not None:
            self._importing.stop()

    @property
    def stopped(self) -> bool:
        """True if it was asked to stop."""
        return self._stopped.is_set()

    def _tell(self, progress: "Progress") -> None:
        now = time.monotonic()
        if progress.step != self._step:
            self._step, self._begun, self._last = progress.step, now, 0.0
        if now - self._last >= TOLD_EVERY:
            self._last = now
            self._told(progress_words(progress, now - self._begun))


class ImportHandler:
    """The command that imports, and its window."""

    def __init__(
        self,
        screen: ScreenProtocol,
        changes: ChangeQueue,
        windows: Windows,
        free: Callable[[], bool],
    ) -> None:
        """`free` says whether a window may open by itself."""
        self.screen = screen
        self._changes = changes
        self._windows = windows
        self._free = free
        self._run: ImportTask | None = None
        self._left: ImportTask | None = None
        self._report: AnyResult | None = None
        self._warned = ""

    @property
    def under_way(self) -> bool:
        """True if an import is under way."""
        return self._run is not None

    def bring(self, typed: str) -> None:
        """Import the typed file, stop if the user types that, else show the last report."""
        if typed == STOP:
            self.stop()
        elif self._run is not None:
            self.screen.say(f"{self._run.path.name} is being imported; :import {STOP} stops it.")
        elif typed:
            file, dates = without_dates(typed)
            self._begin(home(Path(file)), dates)
        elif self._report is not None:
            self._show()
        else:
            self.screen.say("Name a file: :import FILE")

    def _begin(self, path: Path, dates: str) -> None:
        screen = self.screen.screen

        def told(words: str) -> None:
            screen.post_message(ImportMoved(words))

        run = ImportTask(path, told, dates)

        def done(answer: "tuple[AnyResult, str]") -> None:
            self._end()
            self._report, where = answer
            self.screen.refresh_all()
            self._tell(self._report, where)

        self._run = run
        long = f"the import of {path.name}"
        self._changes.start(QueuedChange(run.carry_out, done, lambda _: self._end(), long=long))

    def _end(self) -> None:
        self._run = None
        self._warned = ""
        self.screen.status.progress("")

    def _tell(self, report: AnyResult, where: str) -> None:
        said = report.words
        if self._free():
            self._show()
        else:
            said += " :import shows the report."
        self.screen.say(f"{said} {where}".strip())

    def _show(self) -> None:
        """Show the result of the last import."""
        assert self._report is not None
        told = self._report.lines

        def rows(typed: str) -> Sequence[PickerRow]:
            # no row has a value, so a key that was meant for the panes does nothing here
            return [PickerRow(one.words, one.aside, one.whole, None, one.group) for one in told]

        self._windows.open(Picker("Import report", rows), lambda _: None)

    # stopping

    def moved(self, words: str) -> None:
        """Show the progress of the import."""
        if self._run is not None:
            self.screen.status.progress("import: stopping …" if self._run.stopped else words)

    def stop(self) -> None:
        """Stop the import before its next batch."""
        if self._run is None:
            self.screen.say("Nothing is being imported.")
            return
        self._run.stop()
        self.screen.say(f"Stopping: nothing of {self._run.path.name} will be in the case.")

    def may_leave(self, command: str, what: str) -> bool:
        """True if a command may leave; during an import the user must give it twice."""
        if self._run is None or self._run.stopped or self._warned == command:
            return True
        self._warned = command
        name = self._run.path.name
        self.screen.say(f"{name} is being imported; {key_of(command)} again {what}.")
        return False

    def pressed(self, command: str) -> None:
        """Note a command; one that was warned about before another must be given twice again."""
        if command != self._warned:
            self._warned = ""

    def end(self) -> None:
        """Stop before the next batch, because the program ends."""
        if self._run is not None:
            self._left = self._run
            self._left.stop()

    def left_out(self) -> list[ConflictError]:
        """The errors, after the end, for an import that was stopped and so is not in the case."""
        left = self._left
        if left is None or left.in_case:
            return []
        return [
            RefusedChange(
                f"{left.path}: the import was stopped, so nothing of it is in the case",
                "import it again",
            )
        ]
