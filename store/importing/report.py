"""The report of an import, which accounts for every row of every file."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

import msgspec

from store.exporters.listing import Column, Listing
from store.importers.draft import Rejected, Row
from store.importers.table import PassedOver
from store.model.records import Event

SHOWN = 1000
"""The most rejected rows, and rows that are gone, that a report keeps per file; all count."""

OTHERS = "other reasons"
"""The heading for the reasons that are too many to be listed apart."""


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of the import of one file.

    `found` says what it is, in words ("UCDP GED, 49 columns"); `dataset` is
    the name of the data set. Every one of its `rows` is either `accepted`
    (`added`, `changed`, `unchanged`, or `joined` to the event of an earlier row) or
    `rejected`. `passed_over` counts, by their kind, rows that hold no data, such as blank
    ones; `passed_over_rows` are the first of them. `gone` counts the rows of the data set
    that the case has and the file has not; they stay.
    `flagged` counts the accepted rows that have a flag, `flags` those of each.
    `links` counts the articles as often as the accepted rows list them,
    `distinct_links` each once per row, `articles` those that are new in the
    case. `offices` are the names of offices as printed, with their publishers.
    `reasons` counts the rejected rows by field and kind of reason, as long as
    these are few; `rejections` and `gone_rows` hold the first of them. `taken_in` is false
    if the import stopped, or was only tried: then nothing of the file is in the case.
    `cut` says that the file ends in the middle of a row.
    """

    file: str
    found: str
    dataset: str
    rows: int = 0
    accepted: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    joined: int = 0
    rejected: int = 0
    passed_over: Mapping[str, int] = {}
    passed_over_rows: tuple[PassedOver, ...] = ()
    gone: int = 0
    flagged: int = 0
    flags: Mapping[str, int] = {}
    articles: int = 0
    links: int = 0
    distinct_links: int = 0
    offices: Mapping[str, str] = {}
    reasons: Mapping[str, int] = {}
    rejections: tuple[Rejected, ...] = ()
    gone_rows: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0
    cut: bool = False
    taken_in: bool = False


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import, file by file in the order in which they were read.

    `stopped` is true if it was stopped before its end: the files that are
    `taken_in` stay, and nothing of the others is in the case. `passed_over` are files
    in folders and archives that hold no known data set, each with the reason; `refused`
    are the messages and hints on those that could not be imported.
    """

    files: tuple[FileReport, ...] = ()
    stopped: bool = False
    dry_run: bool = False
    passed_over: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def unfit(self) -> tuple[str, ...]:
        """The reason why each unfit file is not as it should be, with the name of the file."""
        return tuple(f"{one.file}: {why}" for one in self.files if (why := _unfit(one)))


def _unfit(one: FileReport) -> str:
    if one.rejected and not one.accepted:
        return "no row was accepted"
    return "ends in the middle of a row: download it again" if one.cut else ""


def short_name(file: str) -> str:
    """The name of a file without its folder; one in an archive keeps its place there."""
    outer, colon, inner = file.partition(": ")
    return PurePath(outer).name + colon + inner


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of a report, as a line of an export: its file, its row, and its words.

    `row` is the place of a row in the file; for one that the file has not, it is
    the row's id in the data set. `event` is the id of the event made from it.
    """

    file: str
    what: str
    row: str = ""
    field: str = ""
    event: str = ""
    words: str = ""


def rejected_line(file: str, row: Rejected) -> ReportLine:
    """The line for a row that was not taken: the field that is wrong, and why."""
    return ReportLine(
        file=file,
        what="rejected row",
        row=_where(row.number, row.line),
        field=row.field,
        words=row.reason,
    )


def passed_over_line(file: str, row: PassedOver) -> ReportLine:
    """The line for a row that holds no data: its kind, and its words."""
    return ReportLine(
        file=file, what="passed over row", row=f"line {row.line}", field=row.kind, words=row.words
    )


def flagged_lines(file: str, row: Row, event: Event) -> Iterator[ReportLine]:
    """The lines for an added or changed row: one for each flag, with the title of its event."""
    for flag in event.flags:
        yield ReportLine(
            file=file,
            what="flagged row",
            row=_where(row.number, row.line),
            field=flag.value,
            event=event.id,
            words=event.title,
        )


def gone_line(file: str, row: str, event: str) -> ReportLine:
    """The line for a row of the data set, by its id, that the case has and the file has not."""
    return ReportLine(
        file=file, what="gone row", row=row, event=event, words="in the case, not in this file"
    )


def _where(number: int, line: int) -> str:
    return f"{number} (line {line})" if line else str(number)


LINES = Listing(
    ReportLine,
    (
        Column("FILE", lambda line: line.file),
        Column("WHAT", lambda line: line.what),
        Column("ROW", lambda line: line.row),
        Column("FIELD", lambda line: line.field),
        Column("EVENT", lambda line: line.event),
        Column("WORDS", lambda line: line.words),
    ),
)
"""A report as every exporter writes it."""

_COUNTS = (
    "rows",
    "accepted",
    "added",
    "changed",
    "unchanged",
    "joined",
    "rejected",
    "gone",
    "flagged",
    "articles",
    "links",
    "distinct_links",
)


def lines_of(report: ImportReport, rows: Iterable[ReportLine]) -> Iterator[ReportLine]:
    """Everything that a report says about its files, and then the lines about single rows."""
    for one in report.files:
        yield ReportLine(file=one.file, what="found", words=one.found)
        yield ReportLine(file=one.file, what="taken in", words="yes" if one.taken_in else "no")
        for name in _COUNTS:
            words = str(getattr(one, name))
            yield ReportLine(file=one.file, what=name.replace("_", " "), words=words)
        for kind, count in one.passed_over.items():
            yield ReportLine(file=one.file, what="passed over", field=kind, words=str(count))
        for remark in one.remarks:
            yield ReportLine(file=one.file, what="remark", words=remark)
        for flag, count in one.flags.items():
            yield ReportLine(file=one.file, what="flag", field=flag, words=str(count))
        for printed, whose in sorted(one.offices.items()):
            yield ReportLine(file=one.file, what="office", field=printed, words=whose)
    for file, why in report.passed_over:
        yield ReportLine(file=file, what="passed over file", words=why)
    for message, hint in report.refused:
        yield ReportLine(file="", what="not imported", words=f"{message}; {hint}")
    yield from rows
