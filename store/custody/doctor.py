"""Diagnosis of a damaged case, and its repair in a new file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.chain import TORN, LogLine, log_lines
from store.custody.findings import record_fault
from store.custody.new_files import case_paths, new_files
from store.custody.verify import verify
from store.database import disk
from store.database.beside import copied_beside
from store.document.backups import backup_paths
from store.document.case_storage import CaseStorage
from store.document.snapshot import encode_rows, write_snapshot
from store.document.tinydb_file import HEAD, SnapshotHead, check_schema, read_snapshot
from store.errors import ConflictError, DamagedCase
from store.model.log_line import Line, Redacted, as_entry, encode_line
from store.model.records import RECORD_TYPES, AnyRecord, Case

_TABLE = re.compile(rb'^,?\s*"(\w+)": ?\{$')
_RECORD = re.compile(rb'^,?\s*"\d+": ?(\{.*\}),?\s*$')

MAX_NAMED = 50
"""The number of outside edits that are listed; the others are counted."""

_Records = dict[str, tuple[str, AnyRecord]]
"""Records with their tables, by id."""


def doctor(path: Path) -> list[str]:
    """List the errors of the case at `path`, a line each.

    Raises `UnreadableCase`, and `MissingCase` where not even a backup is left.
    """
    if not disk.exists(path) and (readable := list(filter(disk.exists, _snapshots(path)))):
        return [f"{path}: is missing, but {readable[0].name} exists"]
    return [": ".join(filter(None, (str(file), where, what))) for file, where, what in verify(path)]


class Salvage(NamedTuple):
    """The salvageable part of a case: its records, and its log if that is intact.

    `messages` describe what was done and left out, a line each.
    """

    records: Sequence[tuple[str, AnyRecord]]
    log: Sequence[Line]
    messages: Sequence[str]


def salvage(path: Path) -> Salvage:
    """Read everything that can be saved of a case; nothing is written.

    Raises `DamagedCase` where nothing can be saved.
    """
    old = path.with_name(path.name + ".log")
    lines = list(log_lines(old))
    messages = [f"{old}: line {one.number} is left out: {one.wrong}" for one in lines if one.wrong]
    intact = _is_intact(lines)
    readable = list(_readable_files(path, lines, messages))
    records, head = _best_records(path, readable, lines if intact else [], messages)
    number_before = len(messages)
    if head is None:
        _apply_latest(records, lines)
    else:
        _replay(records, head, lines, messages)
    _drop_invalid(records, messages)
    if not any(isinstance(one, Case) for _, one in records.values()):
        raise DamagedCase(f"{path}: nothing could be saved", "look for an older copy")
    log = _valid_lines(lines)
    if log and not (intact and head and len(messages) == number_before):
        messages.append("the log stays with the old case; the new one begins a new log")
        log = []
    if readable and readable[0].file == path and readable[0].altered:
        messages += _outside_edits(readable[0], lines, records)
    return Salvage(tuple(records.values()), log, messages)


def repair(path: Path, to: Path) -> Salvage:
    """Write everything that can be saved of a case to a new file, and return it.

    Its originals and its seals are kept beside that, too. The old case is not changed.
    If its log is intact the new case has it too, and its changes can be undone. Raises
    `ExistingFile` where `to` is there already, `UnwritableCase` where it cannot be written,
    and `DamagedCase` where nothing can be saved.
    """
    with new_files(*case_paths(to)):
        saved = _salvaged(path, to)
    if without := copied_beside(path, to):
        return saved._replace(messages=[*saved.messages, without])
    return saved


def _salvaged(path: Path, to: Path) -> Salvage:
    """Write what can be saved, without the originals."""
    saved = salvage(path)
    rows = encode_rows(saved.records)
    if not saved.log:
        write_snapshot(to, rows, sequence=0, hash=None)
        return saved
    # the log first, because a case without its log could be opened and continued
    disk.write_new(to.with_name(to.name + ".log"), map(encode_line, saved.log))
    last = saved.log[-1]
    write_snapshot(to, rows, sequence=last.sequence, hash=last.hash)
    return saved


def _valid_lines(lines: list[LogLine]) -> list[Line]:
    """The lines of a log that could be decoded."""
    return [one.line for one in lines if one.line]


def _is_intact(lines: list[LogLine]) -> bool:
    """Tell if a log has no error, or only an incomplete last line."""
    return not any(one.wrong for one in lines[:-1]) and (
        not lines or not lines[-1].wrong or lines[-1].wrong == TORN
    )


def _snapshots(path: Path) -> list[Path]:
    return [path, *backup_paths(path)]


class _ReadableFile(NamedTuple):
    """A readable file of the case: its records, and its header.

    `altered` tells that its records were edited by another program, which the
    log does not record.
    """

    file: Path
    records: _Records
    head: SnapshotHead
    altered: bool


def _readable_files(
    path: Path, lines: list[LogLine], messages: list[str]
) -> Iterator[_ReadableFile]:
    """Read the case file and its backups, the newest first, leaving out unreadable ones."""
    logged_edits = {line.content for line in _valid_lines(lines)}
    for file in _snapshots(path):
        if file != path and disk.irregular(file):
            continue
        try:
            snapshot = read_snapshot(file)
        except ConflictError as error:
            if file == path:
                messages.append(error.message)
            continue
        records = {
            record.id: (table, record) for table, of in snapshot.tables.items() for record in of
        }
        altered = snapshot.edited or not _fits_log(snapshot.position, lines)
        yield _ReadableFile(
            file, records, snapshot.position, altered and snapshot.content not in logged_edits
        )


def _fits_log(head: SnapshotHead, lines: list[LogLine]) -> bool:
    """Tell if the log continues from this header, or may do so from before its first line."""
    messages = _valid_lines(lines)
    hashes = {line.sequence: line.hash for line in messages}
    if messages:
        hashes.setdefault(messages[0].sequence - 1, messages[0].prev)
    return hashes.get(head.sequence, head.hash) == head.hash


def _best_records(
    path: Path, readable: list[_ReadableFile], lines: list[LogLine], messages: list[str]
) -> tuple[_Records, SnapshotHead | None]:
    """Choose the best readable records, and return them with their header.

    These are the case file itself; or the newest backup from which the log
    continues; or the readable records of the case file, without a header. Records
    that were altered outside of the program are the last resort.
    """
    for one in readable:
        if not one.altered and (one.file == path or (lines and _fits_log(one.head, lines))):
            if one.file != path:
                messages.append(
                    f"the records come from {one.file.name}, with the changes of the log"
                )
            return dict(one.records), one.head
    if readable and readable[0].file == path:
        messages.append(
            f"{path}: was altered outside the program, and no backup matches the log: its records"
            " are used as they are, except where the log has another version"
        )
        return dict(readable[0].records), None
    for reading in (_readable_lines, _readable_rows):
        left_out: list[str] = []
        if found := reading(path, left_out):
            messages += left_out
            return found, None
    if not readable:
        return {}, None
    messages.append(f"the records come from {readable[0].file.name}; later changes are lost")
    return dict(readable[0].records), readable[0].head


def _outside_edits(
    readable: _ReadableFile, lines: list[LogLine], records: _Records
) -> Iterator[str]:
    """List the outside edits of a file that were not kept, a line each."""
    edited = dict(readable.records)
    _replay(edited, readable.head, lines, [])
    number = 0
    for id in {**edited, **records}:
        (table, was), (of, is_) = edited.get(id, ("", None)), records.get(id, ("", None))
        if was == is_:
            continue
        number += 1
        if number <= MAX_NAMED:
            yield f"{of or table} {id}: {_edit_text(was, is_)}"
    if number > MAX_NAMED:
        yield f"and {number - MAX_NAMED:,} more"
    if number:
        yield (
            f"to keep the edits in {readable.file.name}, open that case and change something:"
            " the log then records the edits"
        )


def _edit_text(was: AnyRecord | None, is_: AnyRecord | None) -> str:
    if was is None or is_ is None:
        return (
            "was removed there, but is kept" if was is None else "was added there, but is left out"
        )
    fields = (name for name in was.__struct_fields__ if getattr(was, name) != getattr(is_, name))
    return f"{', '.join(fields)} altered there, but kept as written by the program"


def _readable_lines(path: Path, messages: list[str]) -> _Records:
    """Read the valid records of a damaged file with one record a line."""
    records: _Records = {}
    try:
        content = path.read_bytes()
    except OSError:
        return records
    table = ""
    for number, line in enumerate(content.splitlines(), 1):
        if found := _TABLE.match(line):
            table = found[1].decode()
        elif table in RECORD_TYPES and line.strip() not in (b"}", b"{", b""):
            record = _RECORD.match(line)
            try:
                one = _decoded(table, record[1] if record else b"")
            except (ValueError, RecursionError) as error:
                messages.append(f"{path}: line {number} of {table} is left out: {error}")
            else:
                records.setdefault(one.id, (table, one))
    return records if any(isinstance(one, Case) for _, one in records.values()) else {}


def _readable_rows(path: Path, messages: list[str]) -> _Records:
    """Read the valid records of a damaged file that is JSON in any layout, as TinyDB writes it."""
    records: _Records = {}
    try:
        raw = CaseStorage(path).read_rows()
        check_schema(path, raw)
    except ConflictError:
        return records
    unknown = (table for table in raw if table not in RECORD_TYPES and table != HEAD)
    messages += [f"{path}: the unknown table {table!r} is left out" for table in unknown]
    for table in RECORD_TYPES:
        for number, row in raw.get(table, {}).items():
            try:
                one = _decoded(table, row)
            except (ValueError, RecursionError) as error:
                messages.append(f"{path}: {table} {number} is left out: {error}")
            else:
                records.setdefault(one.id, (table, one))
    return records


def _decoded(table: str, row: bytes | msgspec.Raw) -> AnyRecord:
    """Decode a record. Raises `ValueError` and `RecursionError`."""
    record: AnyRecord = msgspec.json.decode(row, type=RECORD_TYPES[table])
    return record


def _apply_latest(records: _Records, lines: list[LogLine]) -> None:
    """Replace each record that the log records by its last logged version."""
    for line in _valid_lines(lines):
        for table, id, _, after in as_entry(line).edits:
            if after is None:
                records.pop(id, None)
            elif not isinstance(after, Redacted):
                records[id] = table, after


def _replay(
    records: _Records, head: SnapshotHead, lines: list[LogLine], messages: list[str]
) -> None:
    """Apply the log's newer changes to the records; report those that do not fit."""
    for line in _valid_lines(lines):
        if line.sequence <= head.sequence:
            continue
        for table, id, before, after in as_entry(line).edits:
            _, now = records.get(id, (table, None))
            if now == after:
                continue
            differs = now != before and not isinstance(before, Redacted)
            if differs or isinstance(after, Redacted):
                messages.append(f"entry {line.sequence}: {id} differs, and is left unchanged")
            elif after is None:
                del records[id]
            else:
                records[id] = table, after


def _drop_invalid(records: _Records, messages: list[str]) -> None:
    """Leave out records that refer to a missing one or misquote, until none is left."""
    dropped = True
    while dropped:
        dropped = False
        for id, (table, one) in list(records.items()):
            if what := record_fault(table, one, records):
                messages.append(f"{table} {id} is left out: {what}")
                del records[id]
                dropped = True
