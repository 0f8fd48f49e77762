"""Is a case what it was written as? Everything is looked at, and each finding is one line."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.archive import Archive
from store.custody.findings import Finding, wrong_with
from store.custody.verify_database import DatabaseCheck
from store.database.apply import apply, new_index
from store.database.read_records import records
from store.database.reader import Reader
from store.database.sqlite import is_database
from store.document.snapshot import all_kept, laid_out
from store.document.snapshot_and_log import log_is_lost
from store.document.tinydb_file import (
    Snapshot,
    SnapshotStorage,
    read_content,
    read_snapshot,
    schema_of,
)
from store.errors import DamagedCase, UnreadableCase
from store.model.change import Change, Edit
from store.model.log_line import Act, Line, Redacted, is_redacted, read_line
from store.model.migrations import migrated
from store.model.records import RECORD_TYPES, SCHEMA, AnyRecord

TORN = "it is torn"
"""What is wrong with a last line that was not written to its end."""

_FIGURES = """
    SELECT events.id, edtf, earliest, latest, by_latest, places.id, articles, publishers,
        unknown_publishers, roots, unknown_roots, hedges, denials,
        contradicts, differs, stale, apart
    FROM events LEFT JOIN places ON places.n = events.place"""


class LogLine(NamedTuple):
    """A line of a log: its number in the file, what it says, and why it cannot be taken for that.

    Where nothing is wrong `wrong` is empty; a line that does not follow the
    one before says something all the same.
    """

    number: int
    line: Line | None
    wrong: str


def verify(path: Path) -> Iterator[Finding]:
    """Everything that is wrong with the case at `path`, its log, and the snapshots before it.

    Hashes and sequence of the log; that the case file and the log belong
    together; each record, its references, the words of each passage and the
    hash of each text. Of a database everything that `DatabaseCheck` tells.
    Raises `MissingCase` and `UnreadableCase`.
    """
    if is_database(path):
        yield from DatabaseCheck(path).findings()
        return
    log = path.with_name(path.name + ".log")
    lines = list(log_lines(log))
    for one in lines:
        if one.wrong:
            yield Finding(log, f"line {one.number}", one.wrong)
    yield from _unannounced(log, lines)
    for file in all_kept(path):
        if file.exists():
            yield from _of_snapshot(file, lines, last=False)
    yield from _of_snapshot(path, lines, last=True)


def recomputed(archive: Archive) -> Iterator[str]:
    """Each event whose figures are others in the open case than its records give, by its id."""
    return archive.ask(_recomputed)


def _recomputed(connection: Reader) -> Iterator[str]:
    with closing(new_index()) as anew:
        edits = (Edit(table, one.id, None, one) for table, one in records(connection))
        apply(anew, Change("", "", "", edits))
        figures = {row[0]: row for row in anew.execute(_FIGURES)}
        found = [row[0] for row in connection.execute(_FIGURES) if row != figures.get(row[0])]
    return iter(found)


def log_lines(log: Path) -> Iterator[LogLine]:
    """Every line of a log, damaged or not; none where there is no log."""
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise UnreadableCase(
            f"{log}: cannot be read ({error.strerror})", "check who may read it, and the disk"
        ) from error
    before: Line | None = None
    *whole, torn = content.split(b"\n")
    for number, one in enumerate(whole, 1):
        try:
            line = read_line(one + b"\n")
        except ValueError as error:
            yield LogLine(number, None, str(error))
            before = None
            continue
        wrong = ""
        if before and line.sequence != before.sequence + 1:
            wrong = f"entry {before.sequence + 1} is missing: this is entry {line.sequence}"
        elif before and line.prev != before.hash:
            wrong = "it does not follow the line before"
        yield LogLine(number, line, wrong)
        before = line
    if torn:
        yield LogLine(len(whole) + 1, None, TORN)


def _unannounced(log: Path, lines: list[LogLine]) -> Iterator[Finding]:
    """Contents and reasons that were redacted without an act that says so."""
    acts = [one.line for one in lines if one.line and one.line.act is Act.REDACTION]
    said = {id for act in acts for id in (*act.hidden, *(edit.id for edit in act.edits))}
    reasons = {sequence for act in acts for sequence in act.reasons}
    for one in lines:
        if one.line and isinstance(one.line.why, Redacted) and one.line.sequence not in reasons:
            yield Finding(log, f"line {one.number}", "its reason is redacted, and no act says so")
        for edit in one.line.edits if one.line else ():
            if (is_redacted(edit.before) or is_redacted(edit.after)) and edit.id not in said:
                yield Finding(
                    log, f"line {one.number}", f"{edit.id} is redacted, and no act says so"
                )


def _of_snapshot(path: Path, lines: list[LogLine], *, last: bool) -> Iterator[Finding]:
    try:
        snapshot = read_snapshot(path)
    except DamagedCase as error:
        yield Finding(path, "", error.message.removeprefix(f"{path}: "))
        yield from of_records(path)
        return
    told = any(one.line.content == snapshot.content for one in lines if one.line)
    announced = last and told
    if last and not lines and snapshot.position.sequence:
        yield Finding(path, "", log_is_lost(snapshot.position.sequence))
    if snapshot.edited and not announced:
        yield Finding(path, "", "its records are not those that it was written with")
    elif snapshot.head or not (announced or snapshot.schema < SCHEMA):
        yield from _of_place(path, snapshot, lines, last=last)
    yield from of_records(path)


def _of_place(
    path: Path, snapshot: Snapshot, lines: list[LogLine], *, last: bool
) -> Iterator[Finding]:
    """Whether a case file whose records are its own is where it says in the log."""
    hashes = {one.line.sequence: one.line.hash for one in lines if one.line}
    if lines and lines[0].line:
        # what the log began on
        hashes.setdefault(lines[0].line.sequence - 1, lines[0].line.prev)
    at = snapshot.position
    if hashes.get(at.sequence, at.hash) != at.hash:
        yield Finding(path, "", _elsewhere(at.sequence))
    elif last and hashes and at.sequence > max(hashes):
        yield Finding(path, "", f"it holds {at.sequence} entries, and the log does not")
    elif snapshot.head and not snapshot.edited and read_content(path) != laid_out(snapshot):
        yield Finding(path, "", "it is laid out otherwise than it was written; its records are not")


def _elsewhere(sequence: int) -> str:
    if sequence:
        return f"its last change is not entry {sequence} of the log"
    return "its records are not those that the log begins with"


def of_records(path: Path) -> Iterator[Finding]:
    """Everything that is wrong with the records of a case file, each looked at by itself.

    Raises `MissingCase` and `UnreadableCase`.
    """
    held: dict[str, tuple[str, AnyRecord]] = {}
    try:
        raw = SnapshotStorage(path).read() or {}
        schema = schema_of(path, raw)
    except DamagedCase:
        return  # whoever read it as a whole has said so
    for table, of in RECORD_TYPES.items():
        for number, row in raw.get(table, {}).items():
            try:
                one = msgspec.json.decode(migrated(table, row, schema), type=of)
            except (ValueError, RecursionError) as error:
                yield Finding(path, f"{table} {number}", str(error))
                continue
            if one.id in held:
                yield Finding(path, f"{table} {number}", f"another record has the id {one.id}, too")
            held[one.id] = table, one
    for table, one in held.values():
        if what := wrong_with(table, one, held):
            yield Finding(path, f"{table} {one.id}", what)
