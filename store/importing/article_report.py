"""The report of an import of articles: each article, and what of its original was left out."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from store.articles.read_article import Dropped, PassedOver
from store.importing.report import ReportLine


class Outcome(StrEnum):
    """The outcome of the import of an article."""

    ADDED = "added"
    VERSION = "new version"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn before"


class ArticleResult(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a file.

    `part` names the row or item it is, empty where it is the file's only one. `kept` and
    `dropped` are the sentences of the original's visible text, those worth reading first.
    `unknown` are the fields that the original does not state. Of a new version
    `version_of` is the article before; `staying` counts its passages that are found
    again as they were, `moved` are those found with other capitals, white space or
    quotation marks, and `lost` those that are not in the new text.
    """

    part: str
    id: str
    title: str
    outcome: Outcome
    kept: int = 0
    dropped: tuple[Dropped, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    version_of: str = ""
    staying: int = 0
    moved: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class ArticleFileReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one file: its format in words, its articles, and what is wrong with it.

    `taken_in` is false if the import was only tried, failed, or was stopped: then nothing
    of the file is in the case.
    """

    file: str
    found: str
    sha256: str = ""
    articles: tuple[ArticleResult, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    error: str = ""
    taken_in: bool = False

    def count(self, outcome: Outcome) -> int:
        """The number of articles with this outcome."""
        return sum(one.outcome is outcome for one in self.articles)

    @property
    def kept(self) -> int:
        """The sentences that are kept."""
        return sum(one.kept for one in self.articles)

    @property
    def dropped(self) -> int:
        """The sentences that are left out."""
        return sum(len(one.dropped) for one in self.articles)


class ArticleReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import of articles, file by file.

    `passed_over` are the files of a folder that are neither articles nor data sets.
    """

    files: tuple[ArticleFileReport, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    stopped: bool = False
    dry_run: bool = False

    def unfit(self) -> tuple[str, ...]:
        """The fault of each file from which nothing was taken, with its name."""
        return tuple(f"{one.file}: {one.error}" for one in self.files if one.error)


def article_lines(report: ArticleReport) -> Iterator[ReportLine]:
    """Everything that the report says, a line for each fact and each sentence left out."""
    for file in report.files:
        yield ReportLine(file=file.file, what="found", words=file.found)
        yield ReportLine(file=file.file, what="taken in", words="yes" if file.taken_in else "no")
        if file.error:
            yield ReportLine(file=file.file, what="error", words=file.error)
        for one in file.articles:
            yield from _lines_of(file.file, one)
        for over in file.passed_over:
            yield ReportLine(file=file.file, what="rejected", row=over.part, words=over.reason)
    for over in report.passed_over:
        yield ReportLine(file=over.part, what="passed over", words=over.reason)


def _lines_of(file: str, one: ArticleResult) -> Iterator[ReportLine]:
    def line(what: str, field: str = "", words: str = "") -> ReportLine:
        return ReportLine(file=file, what=what, row=one.part or one.id, field=field, words=words)

    yield line(str(one.outcome), one.id, one.title)
    yield line("sentences kept", words=str(one.kept))
    for sentence in one.dropped:
        yield line("sentence left out", sentence.reason, sentence.sentence)
    yield from (line("not stated", field) for field in one.unknown)
    yield from (line("remark", words=remark) for remark in one.remarks)
    if one.version_of:
        yield line("version of", one.version_of)
    yield from (line("passage moved", words=words) for words in one.moved)
    yield from (line("passage lost", words=words) for words in one.lost)
