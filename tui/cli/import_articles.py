"""The account of an import of articles, for a person and as JSON."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from store.articles.read_article import PassedOver
from store.exporters import FORMATS
from store.exporters.json import write_one
from store.exporters.listing import Column, Listing, Terminal
from store.importing.article_report import (
    ArticleFileReport,
    ArticleReport,
    ArticleResult,
    Outcome,
)
from store.importing.import_articles import ArticleImport, ArticleProgress
from store.importing.report import FileReport, ImportReport
from store.model.labels import count_text
from tui.cli.progress import ProgressLine

_SHOWN = 5
"""The sentences left out, or passages lost, that the account tells; the report has each."""
_ALL = f"the first {_SHOWN} are below; --report FILE tells all"


def run_articles(importing: ArticleImport) -> ArticleReport:
    """Run an import, with its progress on stderr."""
    shown = ProgressLine()

    def tell(progress: ArticleProgress) -> None:
        words = (
            f"{Path(progress.file).name}: file {progress.number:,} of {progress.of:,},"
            f" {count_text(progress.articles, 'article')} so far"
        )
        shown.show("articles", lambda _: words)

    try:
        return importing.run(tell)
    finally:
        shown.end()


class _Both(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import that had files of articles."""

    files: tuple[FileReport, ...]
    articles: tuple[ArticleFileReport, ...]
    passed_over: tuple[PassedOver, ...]
    stopped: bool
    dry_run: bool


def write_both(stream: TextIO, data_sets: ImportReport, articles: ArticleReport) -> None:
    """Write both reports as one object of JSON."""
    both = _Both(
        files=data_sets.files,
        articles=articles.files,
        passed_over=articles.passed_over,
        stopped=data_sets.stopped or articles.stopped,
        dry_run=articles.dry_run,
    )
    write_one(stream, both)


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the account."""

    file: str
    what: str
    count: int | None
    words: str = ""


_ACCOUNT = Listing(
    _Line,
    (
        Column("FILE", lambda line: line.file),
        Column("WHAT", lambda line: line.what),
        Column(
            "COUNT", lambda line: None if line.count is None else f"{line.count:,}", number=True
        ),
        Column("", lambda line: line.words),
    ),
)


def write_account(stream: TextIO, report: ArticleReport, form: str, terminal: Terminal) -> None:
    """Write the account in a format: what came of each file, and what was left out of it."""
    lines = [line for one in report.files for line in _account(one, dry_run=report.dry_run)]
    lines += [
        _Line(file=Path(over.part).name, what="passed over", count=None, words=over.reason)
        for over in report.passed_over
    ]
    FORMATS[form](stream, _ACCOUNT, lines, terminal)


def _account(one: ArticleFileReport, *, dry_run: bool) -> Iterator[_Line]:
    file = Path(one.file).name

    def line(what: str, count: int | None = None, words: str = "") -> _Line:
        return _Line(file=file, what=what, count=count, words=words)

    if one.error:
        yield line("not imported", None, one.error)
        return
    if dry_run:
        yield line("not imported", None, "nothing of this file is in the case; it contains:")
    yield line("articles", len(one.articles), one.found)
    for outcome in Outcome:
        if count := one.count(outcome):
            titles = [article for article in one.articles if article.outcome is outcome]
            yield line(f"  {outcome}", count, _title(titles) if count == 1 else "")
    for article in one.articles if len(one.articles) <= _SHOWN else ():
        yield from (line("  remark", None, words) for words in _remarks(article))
    new = [
        article for article in one.articles if article.outcome in (Outcome.ADDED, Outcome.VERSION)
    ]
    if new:
        left_out = [sentence for article in new for sentence in article.dropped]
        yield line("sentences kept", sum(article.kept for article in new))
        yield line("left out", len(left_out), _ALL if len(left_out) > _SHOWN else "")
        for sentence in left_out[:_SHOWN]:
            yield line("", None, f"{sentence.reason}: {sentence.sentence}")
    for what, told in (
        ("passages moved", [f"“{words}”" for article in one.articles for words in article.moved]),
        ("passages lost", [f"“{words}”" for article in one.articles for words in article.lost]),
        ("rejected", [f"{over.part}: {over.reason}" for over in one.passed_over]),
    ):
        if told:
            yield line(what, len(told), _ALL if len(told) > _SHOWN else "")
            yield from (line("", None, words) for words in told[:_SHOWN])


def _title(articles: Sequence[ArticleResult]) -> str:
    return articles[0].title or "without a title"


def _remarks(article: ArticleResult) -> Iterator[str]:
    if article.unknown:
        yield f"not stated: {', '.join(article.unknown)}"
    yield from article.remarks
    if article.version_of:
        found = article.staying + len(article.moved)
        yield (
            f"a version of {article.version_of}: {count_text(found, 'passage')} found again,"
            f" {len(article.lost)} lost"
        )
