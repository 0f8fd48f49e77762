"""The command that imports data sets: its progress, and its final report."""

import json
import shlex
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TextIO

import msgspec

from store.archive import Archive
from store.articles.reader import LimitedReader
from store.coding_text.read_folder import is_case_text
from store.errors import INTERRUPTED, MissingCase, UnfitFile, UnwritableOutput, UsageError
from store.exporters import FORMATS
from store.exporters.json import write_one
from store.exporters.listing import Column, Listing, Terminal
from store.importers.draft import Rejected
from store.importing.article_files import SortedPaths, sort_paths
from store.importing.article_report import ArticleReport, article_lines
from store.importing.formats import KNOWN, Formats, mapped
from store.importing.import_articles import ArticleImport
from store.importing.import_files import ImportRun
from store.importing.open_files import ImportFiles
from store.importing.report import LINES, FileReport, ImportReport, ReportLine, lines_of, short_name
from store.model.labels import count_text
from store.model.vocabulary import FLAGS, Flag
from tui.cli.changing import Signature, changing, signed
from tui.cli.import_articles import run_articles, write_account, write_both
from tui.cli.new_file import new_file
from tui.cli.progress import ProgressBar
from tui.output import output, say, terminal

_REPORTS = {".csv": "csv", ".json": "json"}


def import_files(
    files: Sequence[Path],
    into: Path,
    by: str | None,
    report: Path | None,
    form: str,
    *,
    dry_run: bool,
    dates: str = "",
    mapping: Path | None = None,
    data_set: str | None = None,
) -> int:
    """Import articles and data sets into a case, one act a file, or a case as text.

    Returns the exit status.

    With a `mapping`, the files are tables that it describes, of a `data_set` if its name is
    given. Raises what `read_mapping`, `sort_paths`, `ImportFiles`, `ImportRun` and its `run`
    raise, and `UnfitFile` after the import if a file was not what it should be.
    """
    if text := _case_text(files, alone=not (report or mapping or data_set or dates)):
        from tui.cli.case_text import import_case_text

        return import_case_text(text, _existing_path(into), by, form, dry_run=dry_run)
    name = signed(by, into)
    _check_usage(files, mapping, data_set)
    stdin = sys.stdin.buffer if sys.stdin is not None else None
    formats = KNOWN if mapping is None else _described(mapping, data_set)
    with (
        LimitedReader(dates) as reader,
        _sorted(files, into, reader, mapping) as paths,
        _report_file(report) as stream,
        closing(ImportFiles(paths.data_sets, stdin, formats, dates=dates)) as opened,
        _existing(into, name) as archive,
        _Rows() as rows,
    ):
        importing = ImportRun(archive, opened, dry_run=dry_run)
        of_articles = ArticleImport(archive, paths, reader, dry_run=dry_run)
        for file, found in opened.found:
            say(f"{file}: {found}")
        shown = ProgressBar()
        try:
            with _stopped_by_ctrl_c(importing, of_articles):
                articles = run_articles(of_articles)
                came_to = importing.run(shown, rows.add)
        finally:
            shown.end()
        for line in article_lines(articles):
            rows.add(line)
        if report is not None and stream is not None:
            _write_report(report, stream, came_to, rows)
    _give_account(came_to, articles, form)
    if report is not None:
        say(f"The full report is in {report}.")
    if came_to.stopped or articles.stopped:
        _say_what_is_in(came_to, articles, len(opened.found) + len(paths.articles))
        return INTERRUPTED
    _refuse_unfit(came_to, (*articles.unfit(), *came_to.unfit()))
    return 0


def _check_usage(files: Sequence[Path], mapping: Path | None, data_set: str | None) -> None:
    if sum(str(file) == "-" for file in files) > 1:
        raise UsageError("standard input can only be read once", "use - only once")
    if data_set is not None and mapping is None:
        raise UsageError("--name names the data set of a mapped table", "give --mapping, too")


def _described(mapping: Path, data_set: str | None) -> Formats:
    """The format of a mapping. Raises what `read_mapping` and `mapped` raise."""
    from store.importing.mapping_file import read_mapping

    return mapped(read_mapping(mapping), data_set)


def _refuse_unfit(came_to: ImportReport, unfit: Sequence[str]) -> None:
    """Raise `UnfitFile` where a file was not what it should be, or was refused."""
    for message, hint in came_to.refused:
        say(f"{message}; {hint}")
    if unfit:
        raise UnfitFile("; ".join(unfit), "the report says why")
    if came_to.refused:
        many = count_text(len(came_to.refused), "file")
        raise UnfitFile(f"{many} could not be imported", "the lines above say why")


def _case_text(files: Sequence[Path], *, alone: bool) -> Path | None:
    """The case as text among the files, None if there is none.

    Raises `UsageError` if it does not stand alone.
    """
    text = next((file for file in files if is_case_text(file)), None)
    if text is not None and (len(files) > 1 or not alone):
        raise UsageError(f"{text}: is a case as text", "import it by itself, without other options")
    return text


@contextmanager
def _sorted(
    files: Sequence[Path], into: Path, reader: LimitedReader, mapping: Path | None
) -> Iterator[SortedPaths]:
    """The files sorted into articles and data sets; with a mapping all are data sets."""
    yield sort_paths(files, into, reader) if mapping is None else SortedPaths((), tuple(files))


@contextmanager
def _existing(into: Path, by: Signature) -> Iterator[Archive]:
    """The case, as `changing` opens it; a missing one has to be made first."""
    with changing(_existing_path(into), by) as case:
        yield case.to_write()


def _existing_path(into: Path) -> Path:
    """The path of a case that is there; raises `MissingCase`."""
    try:
        into.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingCase(
            f"{into}: there is no such case",
            f"create it first: conflict-tui new {shlex.quote(str(into))}",
        ) from error
    except (OSError, ValueError):
        pass  # opening it says what is wrong
    return into


@contextmanager
def _stopped_by_ctrl_c(importing: ImportRun, of_articles: ArticleImport) -> Iterator[None]:
    """Let Ctrl-C stop the import between two batches or files, and do nothing else."""

    def stop(*_: object) -> None:
        of_articles.stop()
        importing.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Rows:
    """The report lines on single rows of all files, kept on disk if there are many."""

    def __enter__(self) -> "_Rows":
        self._kept: IO[str] = tempfile.SpooledTemporaryFile(
            max_size=2**20, mode="w+", encoding="utf-8", newline="\n"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def add(self, line: ReportLine) -> None:
        """Keep one line."""
        # a file name can hold bytes that are not UTF-8; JSON in pure ASCII can represent them
        self._kept.write(json.dumps(msgspec.structs.asdict(line)) + "\n")

    def __iter__(self) -> Iterator[ReportLine]:
        self._kept.seek(0)
        return (ReportLine(**json.loads(line)) for line in self._kept)


@contextmanager
def _report_file(path: Path | None) -> Iterator[TextIO | None]:
    """Open the file for the report, which only its owner may read.

    It is made before anything is imported, and removed after an error.
    Raises `UsageError` and `UnwritableOutput`.
    """
    if path is None:
        yield None
        return
    if path.suffix.lower() not in _REPORTS:
        raise UsageError(f"{path}: must end in .csv or .json", "the ending sets the format")
    with new_file(path) as stream:
        yield stream


def _write_report(path: Path, stream: TextIO, report: ImportReport, rows: _Rows) -> None:
    try:
        FORMATS[_REPORTS[path.suffix.lower()]](stream, LINES, lines_of(report, rows), Terminal())
        stream.flush()
    except OSError as error:
        raise UnwritableOutput(
            f"{path}: cannot be written ({error.strerror})",
            "nothing was imported" if report.dry_run else "the import itself is in the case",
        ) from error


class _Account(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the report to a person."""

    file: str
    what: str
    count: int | None
    words: str = ""


_ACCOUNT = Listing(
    _Account,
    (
        Column("FILE", lambda line: line.file),
        Column("WHAT", lambda line: line.what),
        Column(
            "COUNT", lambda line: None if line.count is None else f"{line.count:,}", number=True
        ),
        Column("", lambda line: line.words),
    ),
)


def _give_account(report: ImportReport, articles: ArticleReport, form: str) -> None:
    with output() as stream:
        if form == "json" and not (articles.files or articles.passed_over):
            write_one(stream, report)
            return
        if form == "json":
            write_both(stream, report, articles)
            return
        if articles.files or articles.passed_over:
            write_account(stream, articles, form, terminal(stream))
            if not report.files:
                return
        lines = [line for one in report.files for line in _account(one)]
        lines += (
            _Account(file=short_name(file), what="passed over", count=None, words=why)
            for file, why in report.passed_over
        )
        FORMATS[form](stream, _ACCOUNT, lines, terminal(stream))


def _account(one: FileReport) -> Iterator[_Account]:
    """The lines that report the import of one file to a person."""
    file = short_name(one.file)

    def line(what: str, count: int | None = None, words: str = "") -> _Account:
        return _Account(file=file, what=what, count=count, words=words)

    if not one.taken_in:
        words = "nothing of this file is in the case; it contained:"
        yield line("not imported", None, words)
    yield line("rows", one.rows, f"{one.found}{_rate(one)}")
    yield line("accepted", one.accepted, _parts(one))
    if one.flagged:
        yield line("flagged", one.flagged, "kept unchanged and marked")
        for flag, count in one.flags.items():
            yield line(f"  {flag}", count, FLAGS[Flag(flag)])
    yield line("rejected", one.rejected)
    for count, words in _reasons(one):
        yield line("", count, words)
    if one.passed_over:
        yield line("passed over", sum(one.passed_over.values()), "no rows of data")
        for kind, count in one.passed_over.items():
            yield line(f"  {kind}", count, _first_of(one, kind))
    if one.gone:
        words = "rows of this data set are in the case but not in this file; they are kept"
        yield line("missing", one.gone, words)
    if one.links:
        words = f"from {count_text(one.links, 'link')}, {one.distinct_links:,} of them distinct"
        yield line("new articles", one.articles, words)
    if one.offices:
        whose = len(set(one.offices.values()))
        yield line("offices", len(one.offices), f"names, of {count_text(whose, 'publisher')}")
    for remark in one.remarks:
        yield line("remark", None, remark)


def _parts(one: FileReport) -> str:
    joined = f", {one.joined:,} joined to them" if one.joined else ""
    return f"{one.added:,} added, {one.changed:,} changed, {one.unchanged:,} unchanged{joined}"


def _rate(one: FileReport) -> str:
    if one.seconds < 1:
        return ""
    return f", in {one.seconds:.1f} s, {one.rows / one.seconds:,.0f} rows/s"


_REASONS = 10
"""Reasons of rejected rows that the account tells; the report has each row."""


def _reasons(one: FileReport) -> Iterator[tuple[int, str]]:
    """The number of rejected rows by reason, most frequent first, each with an example."""
    examples: dict[str, Rejected] = {}
    for row in one.rejections:
        examples.setdefault(row.counted_as, row)
    for words, count in list(one.reasons.items())[:_REASONS]:
        example = examples.get(words)
        yield count, words + (_example(example) if example else "")
    if len(one.reasons) > _REASONS:
        others = sum(list(one.reasons.values())[_REASONS:])
        yield others, "for other reasons; --report FILE lists every row"


def _example(row: Rejected) -> str:
    line = f", line {row.line}" if row.line else ""
    value = f": {row.value}" if row.value else ""
    return f" (row {row.number}{line}{value})"


def _first_of(one: FileReport, kind: str) -> str:
    """The first row of a kind that was passed over."""
    first = next((row for row in one.passed_over_rows if row.kind == kind), None)
    return f"line {first.line}: {first.words}" if first else ""


def _say_what_is_in(report: ImportReport, articles: ArticleReport, files: int) -> None:
    taken = [one.file for one in articles.files if one.taken_in]
    taken += [one.file for one in report.files if one.taken_in]
    say(
        f"Stopped: {len(taken)} of {count_text(files, 'file')} imported"
        f"{': ' + ', '.join(taken) if taken else ''}. Nothing of the others is in the case."
    )
