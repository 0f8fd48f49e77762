"""A complete check of a case for damage and for edits by other programs."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.archive import Archive
from store.custody.chain import LogLine, chain_with_merged, log_lines
from store.custody.check_against_log import unlogged_records
from store.custody.check_originals import original_findings
from store.custody.check_seals import seal_findings
from store.custody.check_server import server_findings
from store.custody.findings import Finding, record_fault
from store.custody.verify_database import DatabaseCheck
from store.database import disk
from store.database.apply import apply, new_index
from store.database.read_records import records
from store.database.sqlite import is_database
from store.document.backups import backup_paths
from store.document.case_storage import CaseStorage, read_content
from store.document.index_check import INDEX_FAULT, has_index_fault
from store.document.kept_index import index_path
from store.document.log_file import lost_log_message
from store.document.redaction_intent import read_intent
from store.document.snapshot import serialized
from store.document.tinydb_file import Snapshot, check_schema, read_snapshot
from store.errors import DamagedCase
from store.model.change import Change, Edit
from store.model.log_line import HIDING, Act, Redacted, hides, is_redacted
from store.model.records import RECORD_TYPES, AnyRecord, Article, Passage
from store.reader import Reader

_FIGURES = """
    SELECT events.id, edtf, earliest, latest, by_latest, places.id, articles, publishers,
        unknown_publishers, origins, unknown_origins, hedges, denials,
        contradicts, differs, stale, apart
    FROM events LEFT JOIN places ON places.n = events.place"""


def verify(path: Path) -> Iterator[Finding]:
    """Find all errors of the case at `path`, its log, and its backups.

    The check covers hashes and sequence of the log; the position of the case file
    in the log; each record, what its last entry in the log left of it, its references,
    the words of each passage and the hash of each text; the kept index; and the originals
    and seals.
    For a database see `DatabaseCheck`. Raises `MissingCase` and `UnreadableCase`.
    """
    if is_database(path):
        yield from DatabaseCheck(path).findings()
        yield from beside_findings(path)
        return
    log = path.with_name(path.name + ".log")
    lines = list(log_lines(log))
    for one in lines:
        if one.wrong:
            yield Finding(log, f"line {one.number}", one.wrong)
    yield from _unexplained_redactions(log, lines)
    if intent := read_intent(path):
        acts = [one.line.sequence for one in lines if one.line and one.line.act is Act.REDACTION]
        yield Finding(path, "", intent.message(max(acts, default=0)))
    for file in backup_paths(path):
        if why := disk.irregular(file):
            yield Finding(file, "", f"cannot be read ({why})")
        elif disk.exists(file):
            yield from _snapshot_findings(file, lines, last=False)
    yield from _snapshot_findings(path, lines, last=True)
    yield from beside_findings(path)


def beside_findings(path: Path) -> Iterator[Finding]:
    """Find all errors of what is kept beside a case: its originals, its seals, its server."""
    yield from original_findings(path)
    yield from seal_findings(path, chain_with_merged(path))
    yield from server_findings(path)


class FileCounts(NamedTuple):
    """The numbers of log entries, records, passages and hashes of a case in files.

    `before` is how many entries its log had that are no longer in it.
    """

    entries: int
    records: int
    passages: int
    hashes: int
    before: int


def checked_counts(path: Path) -> FileCounts:
    """Count what `verify` looks at. Raises what `read_case` raises."""
    snapshot = read_snapshot(path)
    held = [one for of in snapshot.tables.values() for one in of]
    passages = sum(isinstance(one, Passage) for one in held)
    texts = sum(isinstance(one, Article) and one.text is not None for one in held)
    lines = [one.line for one in log_lines(path.with_name(path.name + ".log"))]
    hashes = passages + texts + len(lines) + (snapshot.head is not None)
    before = lines[0].sequence - 1 if lines and lines[0] else 0
    return FileCounts(len(lines), len(held), passages, hashes, before)


def recomputed(archive: Archive) -> Iterator[str]:
    """The ids of the events whose derived columns in the open case differ from a fresh index."""
    return archive.ask(_recomputed)


def _recomputed(connection: Reader) -> Iterator[str]:
    with closing(new_index()) as anew:
        edits = (Edit(table, one.id, None, one) for table, one in records(connection))
        apply(anew, Change("", "", "", edits))
        figures = {row[0]: row for row in anew.execute(_FIGURES)}
        found = [row[0] for row in connection.execute(_FIGURES) if row != figures.get(row[0])]
    return iter(found)


def _unexplained_redactions(log: Path, lines: list[LogLine]) -> Iterator[Finding]:
    """Find redacted content and reasons that no redaction entry accounts for."""
    acts = [one.line for one in lines if one.line and one.line.act in HIDING]
    said = set().union(*map(hides, acts))
    reasons = {sequence for act in acts for sequence in act.reasons}
    for one in lines:
        if one.line and isinstance(one.line.why, Redacted) and one.line.sequence not in reasons:
            yield Finding(log, f"line {one.number}", "its reason is redacted, but no entry says so")
        for edit in one.line.edits if one.line else ():
            if (is_redacted(edit.before) or is_redacted(edit.after)) and edit.id not in said:
                yield Finding(
                    log, f"line {one.number}", f"{edit.id} is redacted, but no entry says so"
                )


def _snapshot_findings(path: Path, lines: list[LogLine], *, last: bool) -> Iterator[Finding]:
    try:
        snapshot = read_snapshot(path)
    except DamagedCase as error:
        yield Finding(path, "", error.message.removeprefix(f"{path}: "))
        yield from record_findings(path)
        return
    is_logged = any(one.line.content == snapshot.content for one in lines if one.line)
    if last and not lines and snapshot.position.sequence:
        yield Finding(path, "", lost_log_message(snapshot.position.sequence))
    if snapshot.edited and not is_logged:
        yield Finding(path, "", "its records were altered since it was written")
    elif snapshot.head or not is_logged:
        yield from _position_findings(path, snapshot, lines, last=last)
        if last and not any(one.wrong for one in lines):
            for where, what in unlogged_records(snapshot, (one.line for one in lines if one.line)):
                yield Finding(path, where, what)
    if last and has_index_fault(path):
        yield Finding(index_path(path), "", INDEX_FAULT)
    yield from record_findings(path)


def is_of_index(found: Finding) -> bool:
    """Tell if a finding is one of the kept index of a case file, not of the case itself."""
    return found.what == INDEX_FAULT


def _position_findings(
    path: Path, snapshot: Snapshot, lines: list[LogLine], *, last: bool
) -> Iterator[Finding]:
    """Check the position in the log of a case file with unaltered records."""
    hashes = {one.line.sequence: one.line.hash for one in lines if one.line}
    if lines and lines[0].line:
        # the state before the first entry
        hashes.setdefault(lines[0].line.sequence - 1, lines[0].line.prev)
    at = snapshot.position
    if hashes.get(at.sequence, at.hash) != at.hash:
        yield Finding(path, "", _position_message(at.sequence))
    elif last and hashes and at.sequence > max(hashes):
        yield Finding(path, "", f"it includes {at.sequence} entries, but the log has fewer")
    elif snapshot.head and not snapshot.edited and read_content(path) != serialized(snapshot):
        yield Finding(path, "", "its layout was altered since it was written, but not its records")


def _position_message(sequence: int) -> str:
    if sequence:
        return f"its last change does not match entry {sequence} of the log"
    return "its records do not match the beginning of the log"


def record_findings(path: Path) -> Iterator[Finding]:
    """Find all errors of the records of a case file, each checked separately.

    Raises `MissingCase` and `UnreadableCase`.
    """
    records: dict[str, tuple[str, AnyRecord]] = {}
    try:
        raw = CaseStorage(path).read_rows()
        check_schema(path, raw)
    except DamagedCase:
        return  # reading the whole file has reported it
    for table, of in RECORD_TYPES.items():
        for number, row in raw.get(table, {}).items():
            try:
                one = msgspec.json.decode(row, type=of)
            except (ValueError, RecursionError) as error:
                yield Finding(path, f"{table} {number}", str(error))
                continue
            if one.id in records:
                yield Finding(path, f"{table} {number}", f"another record has the same id {one.id}")
            records[one.id] = table, one
    for table, one in records.values():
        if what := record_fault(table, one, records):
            yield Finding(path, f"{table} {one.id}", what)
