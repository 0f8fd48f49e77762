"""The progress of an import and of a check, and the result of an import, in words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from store.model.labels import count_text
from store.model.vocabulary import FLAGS, Flag

if TYPE_CHECKING:  # with TinyDB: imported after the first frame
    from store.coding_text.import_text import TextImport
    from store.custody.verify_database import CheckProgress
    from store.importing.article_report import ArticleReport
    from store.importing.import_files import Progress
    from store.importing.report import FileReport, ImportReport

BAR = 8
"""Cells of the bar in the status line."""


def progress_words(progress: "Progress", seconds: float, *, bar: int = BAR) -> str:
    """`import ███░░░░░ 41% 7,000 rows, 1,650 rows/s, 0:06 left`, with a bar of so many cells.

    `seconds` are those since the current step began. No time is shown while the
    rows are counted: counting is quick, and says little about the time to read them.
    """
    full = round(progress.part * bar)
    which = f"{progress.number}/{progress.of} " if progress.of > 1 else ""
    start = f"import {which}{'█' * full}{'░' * (bar - full)}{' ' if bar else ''}"
    rows = count_text(progress.rows, "row")
    if progress.step == "saving":
        return f"{start}saving {rows}"
    if progress.step == "counting":
        return f"{start}counting, {rows}"
    words = [f"{start}{progress.part:.0%} {rows}"]
    if progress.rejected:
        words.append(f"{progress.rejected:,} rejected")
    if seconds > 0 and progress.reading > 0:
        words.append(f"{progress.rows / seconds:,.0f} rows/s")
        words.append(f"{time_words(seconds / progress.reading - seconds)} left")
    return ", ".join(words)


def check_words(progress: "CheckProgress", seconds: float, *, bar: int = BAR) -> str:
    """`verify ███░░░░░ 41% records, 107,000 of 260,254, 0:02 left`, with a bar of so many cells.

    `seconds` are those since the current step began. Of a step whose length is not
    known only the name is shown.
    """
    if not progress.of:
        return f"verify {progress.step}"
    part = min(1.0, progress.done / progress.of)
    full = round(part * bar)
    words = (
        f"verify {'█' * full}{'░' * (bar - full)}{' ' if bar else ''}{part:.0%} {progress.step},"
        f" {progress.done:,} of {progress.of:,}"
    )
    left = f", {time_words(seconds / part - seconds)} left" if seconds > 0 and part else ""
    return words + left


def time_words(seconds: float) -> str:
    """`0:06`, `1:02:30`."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class ReportRow(NamedTuple):
    """One line of the result of an import: its group, the words, an aside, and the full text."""

    group: str
    words: str
    aside: str
    whole: str


def came_to_words(report: "ImportReport") -> str:
    """The result of an import, in a sentence."""
    if report.stopped:
        return "The import was stopped."
    new = sum(one.added + one.changed for one in report.files)
    rejected, rows = (
        sum(getattr(one, name) for one in report.files) for name in ("rejected", "rows")
    )
    if new:
        many = len(report.refused)
        refused = f" {count_text(many, 'file')} could not be imported." if many else ""
        return f"{count_text(new, 'row')} {'was' if new == 1 else 'were'} imported.{refused}"
    if not rows:
        return "The file has no rows: nothing was imported."
    if rejected == rows:
        return f"No row was accepted: {count_text(rows, 'row')} rejected."
    return f"Nothing was imported: the case already has its {count_text(rows - rejected, 'row')}."


def articles_came_to(report: "ArticleReport") -> str:
    """The result of an import of articles, in a sentence; empty without any."""
    counts = Counter(str(one.outcome) for file in report.files for one in file.articles)
    new, again = counts["added"] + counts["new version"], counts["unchanged"]
    refused = [file for file in report.files if file.error]
    said = []
    if new:
        dropped = sum(file.dropped for file in report.files)
        left = f", {count_text(dropped, 'sentence')} left out" if dropped else ""
        said.append(f"{count_text(new, 'article')} {'was' if new == 1 else 'were'} imported{left}.")
    elif again:
        said.append(f"The case already has {'it' if again == 1 else f'all {again:,} articles'}.")
    if rejected := sum(len(file.passed_over) for file in report.files):
        said.append(f"{rejected:,} rejected.")
    if refused:
        said.append(f"{refused[0].error}." if len(refused) == 1 else f"{len(refused):,} not read.")
    return " ".join(said)


def article_words(report: "ArticleReport") -> Iterator[ReportRow]:
    """The result of an import of articles: each article, and each sentence left out of it."""
    for file in report.files:
        if file.error:
            yield ReportRow("not read", PurePath(file.file).name, file.error, file.error)
        for one in file.articles:
            left = f"{one.kept:,} sentences kept, {len(one.dropped):,} left out"
            unknown = f"Not stated: {', '.join(one.unknown)}. " if one.unknown else ""
            whole = f"{left}. {unknown}{' '.join(one.remarks)}"
            yield ReportRow("articles", one.title or "without a title", str(one.outcome), whole)
        for over in file.passed_over:
            name = PurePath(file.file).name
            whole = f"{name}, {over.part}: {over.reason}"
            yield ReportRow("rejected", f"{over.part}: {over.reason}", name, whole)
        for one in file.articles:
            for lost in one.lost:
                yield ReportRow("passages lost", lost, one.title, "Not in the new text.")
            for sentence in one.dropped:
                said = sentence.sentence
                yield ReportRow("sentences left out", said, sentence.reason, said)
    for over in report.passed_over:
        yield ReportRow("files passed over", PurePath(over.part).name, over.reason, over.part)


def text_came_to(done: "TextImport") -> str:
    """The result of an import of a case as text, in a sentence."""
    added, altered = sum(done.added.values()), len(done.altered)
    if not added and not altered:
        return "The case has all of this text already."
    said = [f"{count_text(added, 'record')} added"] if added else []
    said += [f"{count_text(altered, 'record')} altered"] if altered else []
    return f"{', '.join(said)}; one undo takes it back."


def text_words(done: "TextImport") -> Iterator[ReportRow]:
    """The result of an import of a case as text: what was added, and each altered record."""
    for table, number in done.added.items():
        yield ReportRow("added", table, f"{number:,}", "The case did not have them.")
    for one in done.altered:
        fields = ", ".join(one.fields)
        yield ReportRow("altered", one.id, fields, f"From the text are: {fields}")
    if unchanged := sum(done.unchanged.values()):
        yield ReportRow("unchanged", "as the case has them", f"{unchanged:,}", "")
    if done.case_kept:
        fields = ", ".join(done.case_kept)
        yield ReportRow("kept", "the case itself", fields, "The case keeps its own of these.")


def report_words(report: "ImportReport") -> Iterator[ReportRow]:
    """The result of an import, file by file: accepted, flagged, rejected."""
    from store.importing.report import short_name

    for one in report.files:
        named = short_name(one.file)
        group = named if len(report.files) > 1 else ""
        if not one.taken_in:
            why = "the import was stopped" if report.stopped else "the file was not imported"
            yield ReportRow(group or "stopped", f"Nothing of {named} is in the case.", "", why)
        for told in _file_words(one):
            words = told.group if one.taken_in else f"{told.group} before the stop"
            yield told._replace(group=f"{group}: {words}" if group else words)
    for file, why in report.passed_over:
        yield ReportRow("files passed over", short_name(file), why, file)
    for message, hint in report.refused:
        yield ReportRow("not imported", message, "", hint)


def _file_words(one: "FileReport") -> Iterator[ReportRow]:
    accepted = f"{one.added:,} added, {one.changed:,} changed, {one.unchanged:,} unchanged"
    yield ReportRow(
        "accepted", count_text(one.accepted, "row"), accepted, f"{one.file}: {one.found}"
    )
    if one.links:
        new = f"{count_text(one.articles, 'new article')} from {count_text(one.links, 'link')}"
        offices = f"{count_text(len(one.offices), 'office name')}"
        yield ReportRow("accepted", new, offices, ", ".join(one.offices))
    for remark in one.remarks:
        yield ReportRow("accepted", remark, "", remark)
    if one.gone:
        gone = f"{count_text(one.gone, 'row')} of this data set in the case but not in this file"
        yield ReportRow("accepted", gone, "kept", ", ".join(one.gone_rows))
    for flag, number in one.flags.items():
        asked = f"They are kept and marked. To see them: :flag {flag}"
        yield ReportRow("flagged", FLAGS[Flag(flag)], f"{number:,}", asked)
    for kind, number in one.passed_over.items():
        first = next((f": {row.words}" for row in one.passed_over_rows if row.kind == kind), "")
        yield ReportRow("passed over", kind, f"{number:,}", f"no row of data{first}")
    for reason, number in one.reasons.items():
        yield ReportRow("rejected", reason, f"{number:,}", reason)
    for row in one.rejections:
        where = f"row {row.number:,}" + (f", line {row.line:,}" if row.line else "")
        words = f"{row.field}: {row.reason}" if row.field else row.reason
        yield ReportRow("rejected rows", words, where, f"{one.file}, {where}: {words}")
    if one.rejected > len(one.rejections):
        yield ReportRow(
            "rejected rows",
            f"{one.rejected - len(one.rejections):,} more",
            "",
            "All of them: conflict-tui import FILE --into CASE --dry-run --report NEW.csv",
        )
