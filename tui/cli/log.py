"""The command that shows who did what to a case."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from store.archive import Archive
from store.custody.check_seals import time_stamps
from store.errors import UnknownRecord
from store.exporters import FORMATS
from store.exporters.listing import Listing
from store.model.judgements import Judgement
from store.model.log_line import Act, Entry, EntryEdit, Redacted, is_about
from store.model.records import AnyRecord
from store.queries import datasets, judgements
from store.queries.records import all_records
from tui.cli.layout import Line, write_lines
from tui.cli.licences import closed_words, warn
from tui.cli.lists import opened
from tui.draw.phrases import TIME_STAMP_KEPT, brief, local_time
from tui.output import NAME, output, say, terminal

LONGEST = 60
"""Letters of a value that is told whole; of a longer one the number of its letters is."""


class AlteredRecord(msgspec.Struct, frozen=True):
    """A record that an act altered, before and after; a redacted one is given by its hash.

    `about` is the id of the record that a person said something about, `title`
    the title of that record, or else of the altered record itself.
    """

    table: str
    id: str
    about: str
    title: str
    before: AnyRecord | Redacted | None
    after: AnyRecord | Redacted | None


class ActReport(msgspec.Struct, frozen=True):
    """An act of the log; `when` is UTC, `taken_back_by` the act that undid it and is in force.

    `time_stamps` are the files of those that are kept with the case, and not checked here.
    """

    sequence: int
    when: str
    who: str
    act: Act
    undoes: int | None
    redoes: int | None
    taken_back_by: int | None
    why: str
    records: tuple[AlteredRecord, ...]
    time_stamps: tuple[str, ...]


class ActRow(msgspec.Struct, frozen=True):
    """One record that an act altered, in few words, for a line of CSV."""

    sequence: int
    when: str
    who: str
    act: Act
    undoes: int | None
    redoes: int | None
    taken_back_by: int | None
    why: str
    table: str
    id: str
    about: str
    title: str
    before: str
    after: str


def show_log(record: str, by: str, case: Path | None, form: str) -> None:
    """Write what was done to a case, newest first.

    Raises `UnknownRecord` if no id, or several, begin with `record`, or if
    several names match `by`.
    """
    with opened(case) as archive:
        entries = archive.history()
        whole = _whole_id(archive, entries, record) if record else ""
        brought = archive.imports_of(whole) if whole else frozenset()
        person = _whole_name(entries, by) if by else ""
        taken_back = _taken_back(entries)
        closed = archive.ask(datasets.closed)
        titles: dict[str, str] = {}
        seals = time_stamps(archive.path)
        found = [
            _done(archive, one, taken_back, titles, seals.get(one.sequence, ()))
            for one in entries
            if person in ("", one.who)
            and (
                not whole
                or is_about(whole, one, brought)
                or any(_about(edit) == whole for edit in one.edits)
            )
        ]
    with output() as stream:
        if form == "table":
            write_lines(stream, _lines(found))
        elif form == "json":
            FORMATS[form](stream, Listing(ActReport, ()), found, terminal(stream))
        else:
            rows = (row for one in found for row in _rows(one))
            FORMATS[form](stream, Listing(ActRow, ()), rows, terminal(stream))
        if not stream.isatty():
            told = [of for one in found for of in one.records]
            warn(closed_words([side for of in told for side in (of.before, of.after)], closed))
    if not found:
        who = f" by {person}" if by else ""
        of = f" to {whole}" if whole else ""
        more = f"; {NAME} log lists all changes" if entries else ""
        say(f"no changes{of}{who}{more}")


def _whole_id(archive: Archive, entries: Sequence[Entry], beginning: str) -> str:
    """The id with this beginning in the case or its log; withdrawn records are only in the log."""
    known = {edit.id for one in entries for edit in one.edits} | {archive.case.id}
    known |= archive.ask(lambda connection: {one.id for _, one in all_records(connection)})
    found = [beginning] if beginning in known else [i for i in known if i.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    several = "several ids begin" if found else "no id begins"
    raise UnknownRecord(f"{several} with {beginning!r}", f"see: {NAME} log")


def _whole_name(entries: Sequence[Entry], words: str) -> str:
    """The person with this name; else the only one whose name matches in any case, or contains it.

    The words themselves if nobody matches. Raises `UnknownRecord`, naming
    the candidates, if several do.
    """
    names = sorted({one.who for one in entries if one.who})
    wanted = " ".join(words.split()).casefold()
    for found in (
        [name for name in names if name == words],
        [name for name in names if name.casefold() == wanted],
        [name for name in names if wanted in name.casefold()],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownRecord(
                f"{words!r} is ambiguous: {', '.join(found[:6])}", "give one of these names"
            )
    return words


def _taken_back(entries: Sequence[Entry]) -> dict[int, int]:
    """The undone acts, each with the act that undid it."""
    found: dict[int, int] = {}
    for one in reversed(entries):
        if one.undoes is not None:
            found[one.undoes] = one.sequence
        if one.redoes is not None:
            found.pop(one.redoes, None)
    return found


def _about(edit: EntryEdit) -> str:
    for side in (edit.after, edit.before):
        if isinstance(side, Judgement):
            return side.about
    return ""


def _done(
    archive: Archive,
    entry: Entry,
    taken_back: dict[int, int],
    titles: dict[str, str],
    seals: Sequence[str],
) -> ActReport:
    altered = []
    for edit in entry.edits:
        about = _about(edit)
        named = about or edit.id
        if named not in titles:
            titles[named] = archive.ask(judgements.title, named)
        altered.append(
            AlteredRecord(edit.table, edit.id, about, titles[named], edit.before, edit.after)
        )
    return ActReport(
        sequence=entry.sequence,
        when=entry.when,
        who=entry.who,
        act=entry.act,
        undoes=entry.undoes,
        redoes=entry.redoes,
        taken_back_by=taken_back.get(entry.sequence),
        why=entry.why,
        records=tuple(altered),
        time_stamps=tuple(seals),
    )


def _rows(done: ActReport) -> Iterator[ActRow]:
    """One row for each record; one row for an act that altered none."""
    head = {
        name: getattr(done, name)
        for name in done.__struct_fields__
        if name not in ("records", "time_stamps")
    }
    for one in done.records:
        before, after = sides(one)
        of = {name: getattr(one, name) for name in ("table", "id", "about", "title")}
        yield ActRow(**head, **of, before=before, after=after)
    if not done.records:
        yield ActRow(**head, table="", id="", about="", title="", before="", after="")


def _lines(found: Sequence[ActReport]) -> Iterator[Line]:
    for position, one in enumerate(found):
        if position:
            yield Line()
        when = one.when
        with suppress(ValueError):  # a log that another program wrote may have another form
            when = local_time(one.when)
        yield Line(
            f"{one.sequence}  {when}  {one.who}  {_marks(one)}{one.why}", "", "   ", strong=True
        )
        for altered in one.records:
            before, after = sides(altered)
            of = f" of {altered.about}" if altered.about else ""
            title = f" {altered.title}" if altered.title else ""
            yield Line(f"{altered.table} {altered.id}{of}{title}", "   ", "     ")
            yield Line(f"{before} → {after}", "     ")


def _marks(one: ActReport) -> str:
    """`[undo of 3]`, `[taken back by 4]`: the status of an act other than a plain change."""
    marks = []
    if one.act is not Act.CHANGE:
        of = one.undoes or one.redoes
        marks.append(f"{one.act} of {of}" if of else str(one.act))
    if one.taken_back_by:
        marks.append(f"undone by {one.taken_back_by}")
    if one.time_stamps:
        marks.append(TIME_STAMP_KEPT)
    return f"[{', '.join(marks)}] " if marks else ""


def sides(one: AlteredRecord) -> tuple[str, str]:
    """The record before and after in few words; if these are the same, the differing fields."""
    before, after = brief(one.before), brief(one.after)
    if before != after or type(one.before) is not type(one.after) or one.before is None:
        return before, after
    if isinstance(one.before, Redacted):
        return before, after
    fields = [
        name
        for name in one.before.__struct_fields__
        if getattr(one.before, name) != getattr(one.after, name)
    ]
    told = (
        ", ".join(f"{name} {_short(getattr(side, name))}" for name in fields)
        for side in (one.before, one.after)
    )
    return next(told), next(told)


def _short(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    words = str(value)
    return words if len(words) <= LONGEST else f"({len(words):,} characters)"
