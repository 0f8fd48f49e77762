"""The import of data sets into an open archive, as the command and the screen both use it.

    files = ImportFiles([Path("ged.csv")])          # says what each file is, or refuses
    importing = ImportRun(archive, files)
    report = importing.run(lambda progress: ...)    # in a worker thread, if need be
    importing.stop()                                # from any other thread

Every file is one act in the log: all of it is in the case, or none of it.
"""

import hashlib
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeVar

from store.archive import Archive
from store.database.gc_pause import gc_paused
from store.errors import ConflictError, ReadOnlyCase, UsageError
from store.importers.draft import Joined, Rejected, Row
from store.importers.table import PassedOver, RecognisedTable
from store.importing.case_room import CaseRoom
from store.importing.edits import ImportEdits
from store.importing.existing import ExistingRecords
from store.importing.file_rows import rows_of_file
from store.importing.formats import Formats
from store.importing.open_files import ImportFiles
from store.importing.report import (
    OTHERS,
    SHOWN,
    FileReport,
    ImportReport,
    ReportLine,
    flagged_lines,
    gone_line,
    passed_over_line,
    rejected_line,
)
from store.model.change import Edit
from store.model.log_line import Imported
from store.model.records import Event
from store.model.vocabulary import Flag

F = TypeVar("F")

BATCH = 200
"""The number of rows that are imported together."""
TOLD = 500
"""The number of rows between two reports of progress, at which an import can be stopped."""

_COUNTING = 0.05
"""The part of the work that counting the rows is estimated to be."""


class ImportStep(StrEnum):
    """A step in the import of a file, which is read twice, as many rows may list one article."""

    COUNTING = "counting"
    READING = "reading"
    SAVING = "saving"


class Progress(NamedTuple):
    """The progress of an import, reported every `TOLD` rows: file `number` `of` all.

    `read` is the number of bytes read of `size`, in both passes together. `rows` were
    seen; while rows are counted, nothing else is known. `rejected` were not taken.
    """

    file: str
    number: int
    of: int
    step: ImportStep
    read: int
    size: int
    rows: int
    rejected: int

    @property
    def reading(self) -> float:
        """The part of the file that was read, 0 to 1, after its rows were counted."""
        return min(1.0, max(0.0, 2 * self.read / self.size - 1)) if self.size else 1.0

    @property
    def part(self) -> float:
        """The part of the work on the file that is done, 0 to 1: counting is little of it."""
        read = min(1.0, 2 * self.read / self.size) if self.size else 1.0
        return read * _COUNTING + self.reading * (1 - _COUNTING)


class _Unreadable(Exception):
    """A file that could not be read to its end, and why; it costs no other file."""

    def __init__(self, why: ConflictError) -> None:
        super().__init__(why.message)
        self.why = why


class ImportStopped(Exception):
    """The import was stopped; the file under way is left out."""


Told = Callable[[Progress], None]
OnRow = Callable[[ReportLine], None]


class ImportRun:
    """An import of some files into an archive that is open for writing.

    `run` imports, once. It may run in a thread of its own while others query the
    archive, and be stopped from another thread. A `dry_run` only reports what the
    result would be.
    """

    def __init__(self, archive: Archive, files: ImportFiles, *, dry_run: bool = False) -> None:
        """Raises `ReadOnlyCase` if the import would change an archive that cannot be changed."""
        if archive.why_read_only and not dry_run:
            raise ReadOnlyCase(archive.why_read_only, "open it for writing")
        self._archive = archive
        self._files = files
        self._dry_run = dry_run
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Stop at the next report of progress; the file under way is left out of the case."""
        self._stopping.set()

    def run(self, progress: Told = lambda _: None, on_row: OnRow = lambda _: None) -> ImportReport:
        """Import the files, close them, and return the report.

        `progress` is called every `TOLD` rows, and `on_row` with every row that
        is rejected, flagged or gone, in the thread that runs this. Stopped, it gives the
        report of what was done so far.

        Raises what `Archive.import_batches` raises, and `UsageError` if a file is too
        large for a case file, or if the only one cannot be read to its end: then
        nothing of that file is in the case.
        """
        reports: list[FileReport] = []
        refused = list(self._files.refused)
        stopped = False
        planned: set[str] = set()
        try:
            for number, opened in enumerate(self._files.opened, 1):
                tell = partial(self._tell, progress, number)
                formats = self._files.formats
                one = _OneFile(
                    self._archive, opened, formats, tell, on_row, planned, dry_run=self._dry_run
                )
                try:
                    one.run()
                except ImportStopped:
                    stopped = True
                except _Unreadable as error:
                    if len(self._files.opened) == 1:
                        raise error.why from error
                    refused.append(error.why)
                reports.append(one.report())
                if stopped:
                    break
                self._files.rest(number)
        finally:
            self._files.close()
        return ImportReport(
            files=tuple(reports),
            stopped=stopped,
            dry_run=self._dry_run,
            passed_over=tuple(self._files.passed_over),
            refused=tuple((error.message, error.hint) for error in refused),
        )

    def _tell(self, progress: Told, number: int, so_far: Progress) -> None:
        if self._stopping.is_set():
            raise ImportStopped
        progress(so_far._replace(number=number, of=len(self._files.opened)))


class _OneFile:
    """The import of one file under way; `planned` are the events of those before it."""

    def __init__(
        self,
        archive: Archive,
        opened: RecognisedTable,
        formats: Formats,
        tell: Callable[[Progress], None],
        on_row: OnRow,
        planned: set[str],
        *,
        dry_run: bool,
    ) -> None:
        held = ExistingRecords(archive)
        self._archive = archive
        self._dry_run = dry_run
        self._opened = opened
        self._name = opened.table.name
        self._layout = opened.layout
        self._tell_all = tell
        self._on_row = on_row
        self._mapping = formats.mapping
        self._file = rows_of_file(opened, formats, held, dry_run=dry_run)
        self._edits = ImportEdits(held, self._file.importer, self._reject, self._flag, planned)
        self._rows = 0
        self._rejected = self._joined = 0
        self._cut = False
        self._rejections: list[Rejected] = []
        self._reasons: Counter[str] = Counter()
        self._passed_over: Counter[str] = Counter()
        self._passed_over_rows: list[PassedOver] = []
        self._row_hashes = hashlib.sha256()
        self._begun = time.monotonic()
        self._taken_in = self._read_to_its_end = False

    def run(self) -> None:
        """Import it, or only try to."""
        with closing(self._file):
            self._run()

    def _run(self) -> None:
        deque(self._each(ImportStep.COUNTING, self._file.counting()), maxlen=0)
        self._rows = 0
        batches = filter(None, self._batches())
        if self._dry_run:
            deque(batches, maxlen=0)
            self._read_to_its_end = True
            return
        first = next(batches, None)
        if first is not None:  # a file that changes nothing is no act
            self._archive.import_batches(self._imported, chain((first,), batches))
        self._taken_in = self._read_to_its_end = True

    def _imported(self) -> Imported:
        return Imported(
            file=self._name.removeprefix(self._opened.table.folder),
            sha256=self._file.sha256,
            dataset=self._file.importer.dataset.id,
            rows=self._rows,
            rows_sha256=self._row_hashes.hexdigest(),
            mapping=self._mapping,
        )

    def _each(self, step: ImportStep, found: Iterable[F | PassedOver]) -> Iterator[F]:
        """Every row; every `TOLD` rows progress is reported, and the import can be stopped."""
        self._passed_over.clear()
        for one in _read(found):
            if self._rows % TOLD == 0:
                self._tell(step)
            if isinstance(one, PassedOver):
                self._pass_over(one, step)
                continue
            self._rows += 1
            yield one
        self._tell(step)

    def _tell(self, step: ImportStep) -> None:
        self._tell_all(
            Progress(
                file=self._name,
                number=0,
                of=0,
                step=step,
                read=self._file.read,
                size=2 * self._opened.table.size,
                rows=self._rows,
                rejected=self._rejected,
            )
        )

    def _batches(self) -> Iterator[Sequence[Edit]]:
        room = CaseRoom(self._archive.path)
        waiting: list[Row] = []
        rows: Iterator[Row | Rejected | Joined] = self._each(ImportStep.READING, self._file.rows())
        for row in rows:
            if isinstance(row, Rejected):
                self._reject(row)
                continue
            if isinstance(row, Joined):
                self._joined += 1
                continue
            self._row_hashes.update(bytes.fromhex(row.sha256))
            waiting.append(row)
            if len(waiting) == BATCH:
                yield self._batch(waiting, room)
                waiting = []
        yield self._batch(waiting, room)
        try:
            self._edits.refuse_other_list()
        except UsageError as error:
            raise _Unreadable(UsageError(f"{self._name}: {error.message}", error.hint)) from error
        self._tell(ImportStep.SAVING)

    def _batch(self, rows: Sequence[Row], room: CaseRoom) -> Sequence[Edit]:
        with gc_paused():
            return room.taken_by(self._edits.batch(rows))

    def _reject(self, row: Rejected) -> None:
        self._rejected += 1
        self._cut = self._cut or row.cut
        words = row.counted_as
        self._reasons[
            words if words in self._reasons or len(self._reasons) < SHOWN else OTHERS
        ] += 1
        if len(self._rejections) < SHOWN:
            self._rejections.append(row)
        self._on_row(rejected_line(self._name, row))

    def _pass_over(self, row: PassedOver, step: ImportStep) -> None:
        self._passed_over[row.kind] += 1
        if step is ImportStep.READING and row.words:
            if len(self._passed_over_rows) < SHOWN:
                self._passed_over_rows.append(row)
            self._on_row(passed_over_line(self._name, row))

    def _flag(self, row: Row, event: Event) -> None:
        for line in flagged_lines(self._name, row, event):
            self._on_row(line)

    def report(self) -> FileReport:
        """The report on the file so far."""
        edits = self._edits
        gone = edits.gone() if self._read_to_its_end else []
        for row, event in gone:
            self._on_row(gone_line(self._name, row, event))
        remarks = [*self._file.remarks]
        if not self._rows and self._read_to_its_end:
            remarks.append("a header but no rows" if self._layout.header else "no rows")
        return FileReport(
            file=self._name,
            found=self._layout.words,
            dataset=self._file.importer.dataset.name,
            rows=self._rows,
            accepted=edits.added + edits.changed + edits.unchanged + self._joined,
            added=edits.added,
            changed=edits.changed,
            unchanged=edits.unchanged,
            joined=self._joined,
            rejected=self._rejected,
            passed_over=dict(self._passed_over),
            passed_over_rows=tuple(self._passed_over_rows),
            gone=len(gone),
            flagged=edits.flagged,
            flags={flag.value: edits.flags[flag] for flag in Flag if edits.flags[flag]},
            articles=edits.articles,
            links=edits.links,
            distinct_links=edits.distinct,
            offices=dict(self._file.offices),
            reasons=dict(self._reasons.most_common()),
            rejections=tuple(self._rejections),
            gone_rows=tuple(row for row, _ in gone[:SHOWN]),
            remarks=tuple(remarks),
            seconds=time.monotonic() - self._begun,
            cut=self._cut,
            taken_in=self._taken_in,
        )


def _read(rows: Iterable[F]) -> Iterator[F]:
    """The rows of a file. Raises `_Unreadable` if they cannot be read to their end."""
    try:
        yield from rows
    except ConflictError as error:
        raise _Unreadable(error) from error
