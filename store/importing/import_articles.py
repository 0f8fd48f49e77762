"""The import of articles into an open archive, as the command and the screen both use it.

    with LimitedReader() as reader:
        paths = sort_paths([Path("pages/")], archive.path, reader)
        report = ArticleImport(archive, paths, reader).run(lambda progress: ...)

Each file is one act in the log: all of it is in the case, or none of it. Its bytes are
kept beside the case before that.
"""

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from store.archive import Archive
from store.articles.read_article import PassedOver, ReadArticle
from store.articles.reader import LimitedReader, reader_or_new
from store.database.read_records import numbered
from store.errors import ReadOnlyCase, UsageError
from store.importers.record_factory import RecordFactory
from store.importing.article_edits import ArticleEdits, Import
from store.importing.article_files import ArticleFile, SortedPaths, read_bytes
from store.importing.article_report import ArticleFileReport, ArticleReport, ArticleResult
from store.importing.existing import ExistingRecords
from store.importing.import_files import ImportStopped
from store.importing.known_articles import KnownArticles, withdrawn_articles
from store.model.change import Edit
from store.model.log_line import Imported
from store.model.records import Actor, Place
from store.reader import Reader

BATCH = 250
"""The number of articles that are imported together."""


class ArticleProgress(NamedTuple):
    """The progress of an import: the file, its number of all, and the articles so far."""

    file: str
    number: int
    of: int
    articles: int


OnProgress = Callable[[ArticleProgress], None]


class ArticleImport:
    """An import of files of articles into an archive that is open for writing.

    `run` imports, once, in any thread; it may be stopped from another. A `dry_run` only
    reports what the result would be.
    """

    def __init__(
        self,
        archive: Archive,
        paths: SortedPaths,
        reader: LimitedReader | None = None,
        *,
        dry_run: bool = False,
    ) -> None:
        """Raises `ReadOnlyCase` if the import would change an archive that cannot be changed."""
        if archive.why_read_only and not dry_run:
            raise ReadOnlyCase(archive.why_read_only, "open it for writing")
        self._archive = archive
        self._reader = reader
        self._files = paths.articles
        self._passed_over = paths.passed_over
        self._dry_run = dry_run
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Stop before the next file."""
        self._stopping.set()

    def run(self, progress: OnProgress = lambda _: None) -> ArticleReport:
        """Import the files and return the report; one that cannot be read stops no other.

        Raises what `Archive.import_batches` and `Archive.keeping_original` raise: then
        nothing of that file is in the case.
        """
        with reader_or_new(self._reader) as reader:
            return self._run(progress, reader)

    def _run(self, progress: OnProgress, reader: LimitedReader) -> ArticleReport:
        found = self._found()
        reports: list[ArticleFileReport] = []
        for number, file in enumerate(self._files, 1):
            articles = sum(len(one.articles) for one in reports)
            if self._stopping.is_set():
                return self._report(reports, stopped=True)
            try:
                progress(ArticleProgress(file.name, number, len(self._files), articles))
            except ImportStopped:
                return self._report(reports, stopped=True)
            edits = ArticleEdits(self._archive, *found)
            reports.append(self._one(file, edits, reader))
            if not reports[-1].taken_in and edits.results and not self._dry_run:
                found = self._found()  # without what was read of the file that failed
        return self._report(reports)

    def _found(self) -> tuple[KnownArticles, RecordFactory, frozenset[str], list[str]]:
        """The facts of the case that decide about articles, as `ArticleEdits` takes them."""
        return (
            KnownArticles(self._archive),
            RecordFactory(ExistingRecords(self._archive).sources()),
            withdrawn_articles(self._archive),
            self._archive.ask(_known_names),
        )

    def _report(
        self, reports: Sequence[ArticleFileReport], *, stopped: bool = False
    ) -> ArticleReport:
        return ArticleReport(
            files=tuple(reports),
            passed_over=self._passed_over,
            stopped=stopped,
            dry_run=self._dry_run,
        )

    def _one(
        self, file: ArticleFile, edits: ArticleEdits, reader: LimitedReader
    ) -> ArticleFileReport:
        """Import one file."""
        try:
            content = file.content or read_bytes(file.path)
            read = _Pieces(*reader.pieces(content, file.name, file.found))
        except UsageError as error:
            return _unread(file, error)
        sha256 = hashlib.sha256(content).hexdigest()
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        what = Import(Path(file.name).name, sha256, self._archive.author, now, read.words)
        batches = read.batches(edits, what)
        try:
            first = next(batches, None)
            if self._dry_run:
                deque(batches, maxlen=0)
            elif first is not None:
                with self._archive.keeping_original(content):
                    self._archive.import_batches(
                        lambda: _imported(what, edits.results), chain((first,), batches)
                    )
        except _Unread as error:
            return _unread(file, error.why)
        return ArticleFileReport(
            file=file.name,
            found=read.words,
            sha256=sha256,
            articles=tuple(edits.results),
            passed_over=tuple(read.passed_over),
            taken_in=not self._dry_run,
            error="" if read.articles else _why_none(read.passed_over),
        )


class _Unread(Exception):
    """A file that could not be read to its end, and why; it costs no other file."""

    def __init__(self, why: UsageError) -> None:
        super().__init__(why.message)
        self.why = why


class _Pieces:
    """The pieces of a file as they are read; `articles` counts the articles of it so far."""

    def __init__(self, words: str, pieces: Iterator[ReadArticle | PassedOver]) -> None:
        self.words = words
        self.articles = 0
        self.passed_over: list[PassedOver] = []
        self._pieces = pieces

    def batches(self, edits: ArticleEdits, what: Import) -> Iterator[list[Edit]]:
        """Yield the edits that follow from the articles, some articles at a time.

        Raises `_Unread`.
        """
        for one in self._read():
            self.articles += 1
            if one.text or one.title:
                edits.take(one, what)
            if self.articles % BATCH == 0 and (batch := edits.take_edits()):
                yield batch
        if batch := edits.take_edits():
            yield batch

    def _read(self) -> Iterator[ReadArticle]:
        try:
            for one in self._pieces:
                if isinstance(one, ReadArticle):
                    yield one
                else:
                    self.passed_over.append(one)
        except UsageError as error:
            raise _Unread(error) from error


def _unread(file: ArticleFile, error: UsageError) -> ArticleFileReport:
    """The report on a file that could not be read to its end."""
    message = error.message.removeprefix(f"{file.name}: ")
    why = "; ".join(filter(None, (message, error.hint)))
    return ArticleFileReport(file=file.name, found=file.found, error=why)


def _why_none(passed_over: Sequence[PassedOver]) -> str:
    """The reason why a file has no article, by the first part that was passed over."""
    first = next(iter(passed_over), None)
    return f"has no article ({first.part} {first.reason})" if first else "has no article"


def _imported(what: Import, results: Sequence[ArticleResult]) -> Imported:
    rows = hashlib.sha256("".join(one.id for one in results).encode())
    return Imported(
        file=what.file,
        sha256=what.sha256,
        dataset="",
        rows=len(results),
        rows_sha256=rows.hexdigest(),
    )


def _known_names(connection: Reader) -> list[str]:
    """The names of the actors and places of the case, which make a sentence worth reading."""
    return list(_names(connection))


def _names(connection: Reader) -> Iterator[str]:
    for table in ("actors", "places"):
        for _, one in numbered(connection, table):
            assert isinstance(one, Actor | Place)
            yield one.name
            yield from one.aliases
