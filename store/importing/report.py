"""What an import came to: every row of every file accounted for."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from store.exporters.listing import Column, Listing
from store.importers.draft import Rejected, Row
from store.model.records import Event

SHOWN = 1000
"""Rejected rows, and rows that are gone, that a report keeps of one file; all are counted."""

OTHERS = "other reasons"
"""What stands for the reasons that are too many to be told apart."""


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one file.

    `found` says what it is, in words ("UCDP GED, 49 columns"); `dataset` is
    the name of the data set. Every one of its `rows` is either `accepted`
    (`added`, `changed` or `unchanged`) or `rejected`. `gone` counts the rows
    of the data set that the case has and the file has not; they stay.
    `flagged` counts the accepted rows that have a flag, `flags` those of each.
    `links` counts the articles as often as the accepted rows list them,
    `distinct_links` each once a row, `articles` those that are new in the
    case. `offices` are the names of offices as printed, and whose each is.
    `reasons` counts the rejected rows by field and kind of reason, as long as
    these are few; `rejections` and `gone_rows` hold the first of them. `taken_in` is false
    where the import stopped, or was only tried: nothing of it is in the case.
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
    rejected: int = 0
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
    """What an import came to, file by file in the order in which they were read.

    `stopped` says that it was stopped before its end: the files that are
    `taken_in` stay, of the others nothing is in the case.
    """

    files: tuple[FileReport, ...] = ()
    stopped: bool = False
    dry_run: bool = False

    def unfit(self) -> tuple[str, ...]:
        """Of the files that are not what they should be, why, each with its name."""
        return tuple(f"{one.file}: {why}" for one in self.files if (why := _unfit(one)))


def _unfit(one: FileReport) -> str:
    if one.rejected and not one.accepted:
        return "no row of it was accepted"
    return "ends in the middle of a row: get it anew" if one.cut else ""


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of a report, for a file of them: of which file and row, and in words.

    `row` says where a row stands in the file; of one that the file has not, it
    is its id in the data set. `event` is the id of what became of it.
    """

    file: str
    what: str
    row: str = ""
    field: str = ""
    event: str = ""
    words: str = ""


def rejected_line(file: str, row: Rejected) -> ReportLine:
    """Of a row that was not taken: which field is wrong, and why."""
    return ReportLine(
        file=file,
        what="rejected row",
        row=_where(row.number, row.line),
        field=row.field,
        words=row.reason,
    )


def flagged_lines(file: str, row: Row, event: Event) -> Iterator[ReportLine]:
    """Of a row that was added or changed: a line for each of its flags, with its event's title."""
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
    """Of a row of the data set that the case has and the file has not, by its id there."""
    return ReportLine(
        file=file, what="gone row", row=row, event=event, words="in the case, not in this file"
    )


def _where(number: int, line: int) -> str:
    return f"{number} (line {line})"


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
    "rejected",
    "gone",
    "flagged",
    "articles",
    "links",
    "distinct_links",
)


def lines_of(report: ImportReport, rows: Iterable[ReportLine]) -> Iterator[ReportLine]:
    """Everything that a report says of its files, and then what was told of single rows."""
    for one in report.files:
        yield ReportLine(file=one.file, what="found", words=one.found)
        yield ReportLine(file=one.file, what="taken in", words="yes" if one.taken_in else "no")
        for name in _COUNTS:
            words = str(getattr(one, name))
            yield ReportLine(file=one.file, what=name.replace("_", " "), words=words)
        for remark in one.remarks:
            yield ReportLine(file=one.file, what="remark", words=remark)
        for flag, count in one.flags.items():
            yield ReportLine(file=one.file, what="flag", field=flag, words=str(count))
        for printed, whose in sorted(one.offices.items()):
            yield ReportLine(file=one.file, what="office", field=printed, words=whose)
    yield from rows
