"""What is wrong with a case in a person's words, and all that can be saved of it in a new file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.findings import wrong_with
from store.custody.verify import TORN, LogLine, log_lines, verify
from store.database import disk
from store.document.snapshot import all_kept, rows_of, write_snapshot
from store.document.tinydb_file import SnapshotHead, read_snapshot
from store.errors import ConflictError, DamagedCase, UnwritableCase
from store.model.log_line import Line, Redacted, as_entry, written
from store.model.migrations import migrated
from store.model.records import RECORD_TYPES, SCHEMA, AnyRecord, Case

_TABLE = re.compile(rb'^,?\s*"(\w+)": ?\{$')
_SCHEMA = re.compile(rb'"schema":\s*([1-9])')
_RECORD = re.compile(rb'^,?\s*"\d+": ?(\{.*\}),?\s*$')

NAMED = 50
"""Records that were altered outside which are named; the others are counted."""

_Held = dict[str, tuple[str, AnyRecord]]
"""Records with their tables, by id."""


def doctor(path: Path) -> list[str]:
    """What is wrong with the case at `path`, a line each, and none where nothing is.

    Raises `UnreadableCase`, and `MissingCase` where not even a snapshot is left.
    """
    if not path.exists() and (left := [one for one in _snapshots(path) if one.exists()]):
        return [f"{path}: is not there; {left[0].name} is"]
    return [": ".join(filter(None, (str(file), where, what))) for file, where, what in verify(path)]


class Salvage(NamedTuple):
    """What can be saved of a case: its records, its log where that is whole, and the words on it.

    `told` says what was done and left out, a line each.
    """

    records: Sequence[tuple[str, AnyRecord]]
    log: Sequence[Line]
    told: Sequence[str]


def salvage(path: Path) -> Salvage:
    """All that can be saved of a case; nothing is written.

    Raises `DamagedCase` where nothing can be saved.
    """
    old = path.with_name(path.name + ".log")
    lines = list(log_lines(old))
    told = [f"{old}: line {one.number} is left out: {one.wrong}" for one in lines if one.wrong]
    sound = _sound(lines)
    left = list(_readable(path, lines, told))
    held, head = _best(path, left, lines if sound else [], told)
    said = len(told)
    if head is None:
        _take_latest(held, lines)
    else:
        _replay(held, head, lines, told)
    _drop(held, told)
    if not any(isinstance(one, Case) for _, one in held.values()):
        raise DamagedCase(f"{path}: nothing could be saved of it", "look for an older copy")
    log = _told_by(lines)
    if log and not (sound and head and len(told) == said):
        told.append("the log stays with the old case; the new one begins a log of its own")
        log = []
    if left and left[0].file == path and left[0].altered:
        told += _altered(left[0], lines, held)
    return Salvage(tuple(held.values()), log, told)


def repair(path: Path, to: Path) -> Salvage:
    """Save all that can be saved of a case in a new file; gives what that is.

    The case itself is not touched. Where its log is whole the new case has it,
    and can be undone as before. Raises `UnwritableCase` where `to` is there
    already or cannot be written, and `DamagedCase` where nothing can be saved.
    """
    log = to.with_name(to.name + ".log")
    for new in (to, log):
        if new.exists():
            raise UnwritableCase(f"{new}: is there already", "name a file that is not there yet")
    saved = salvage(path)
    rows = rows_of(saved.records)
    if not saved.log:
        write_snapshot(to, rows, sequence=0, hash=None)
        return saved
    try:
        disk.write_new(log, map(written, saved.log))
    except OSError as error:
        raise UnwritableCase(
            f"{log}: cannot be written ({error.strerror})", "see to the folder and the disk"
        ) from error
    last = saved.log[-1]
    write_snapshot(to, rows, sequence=last.sequence, hash=last.hash)
    return saved


def _told_by(lines: list[LogLine]) -> list[Line]:
    """The lines of a log that say something."""
    return [one.line for one in lines if one.line]


def _sound(lines: list[LogLine]) -> bool:
    """Whether nothing is wrong with a log but a torn last line."""
    return not any(one.wrong for one in lines[:-1]) and (
        not lines or not lines[-1].wrong or lines[-1].wrong == TORN
    )


def _snapshots(path: Path) -> list[Path]:
    return [path, *all_kept(path)]


class _Left(NamedTuple):
    """A file of the case that can be read: its records, and where it stands in the log.

    `altered` is whether its records are others than it was written with, and
    the log does not tell of that.
    """

    file: Path
    held: _Held
    head: SnapshotHead
    altered: bool


def _readable(path: Path, lines: list[LogLine], told: list[str]) -> Iterator[_Left]:
    """What can be read of the case and the snapshots before it, the newest first."""
    announced = {line.content for line in _told_by(lines)}
    for file in _snapshots(path):
        try:
            snapshot = read_snapshot(file)
        except ConflictError as error:
            if file == path:
                told.append(error.message)
            continue
        held = {
            record.id: (table, record) for table, of in snapshot.tables.items() for record in of
        }
        altered = snapshot.edited or not _leads_on(snapshot.position, lines)
        yield _Left(file, held, snapshot.position, altered and snapshot.content not in announced)


def _leads_on(head: SnapshotHead, lines: list[LogLine]) -> bool:
    """Whether the log goes on from there, or from a line that is not in it any more."""
    told = _told_by(lines)
    hashes = {line.sequence: line.hash for line in told}
    if told:
        hashes.setdefault(told[0].sequence - 1, told[0].prev)
    return hashes.get(head.sequence, head.hash) == head.hash


def _best(
    path: Path, left: list[_Left], lines: list[LogLine], told: list[str]
) -> tuple[_Held, SnapshotHead | None]:
    """The records of the best file that is left, and where it stands in the log.

    That is the case itself; or the newest before it from which the log leads
    on; or what lines of the case can be read, and then it stands nowhere. What
    was altered outside of the program is taken only where nothing else is left.
    """
    for one in left:
        if not one.altered and (one.file == path or (lines and _leads_on(one.head, lines))):
            if one.file != path:
                told.append(
                    f"the records are those of {one.file.name}, with the changes of the log"
                )
            return dict(one.held), one.head
    if left and left[0].file == path:
        told.append(
            f"{path}: was altered outside of the program, and no snapshot before it leads on: its"
            " records are taken as they stand, but for those that the log knows"
        )
        return dict(left[0].held), None
    if found := _readable_lines(path, told):
        return found, None
    if not left:
        return {}, None
    told.append(f"the records are those of {left[0].file.name}; what was changed after it is lost")
    return dict(left[0].held), left[0].head


def _altered(left: _Left, lines: list[LogLine], held: _Held) -> Iterator[str]:
    """Each record that was altered outside of the program and is not as it stands there, a line."""
    there = dict(left.held)
    _replay(there, left.head, lines, [])
    number = 0
    for id in {**there, **held}:
        (table, was), (of, is_) = there.get(id, ("", None)), held.get(id, ("", None))
        if was == is_:
            continue
        number += 1
        if number <= NAMED:
            yield f"{of or table} {id}: {_how(was, is_)}"
    if number > NAMED:
        yield f"and {number - NAMED:,} more"
    if number:
        yield (
            f"to keep what stands in {left.file.name}, open that case itself and change it:"
            " its log tells then that it was edited"
        )


def _how(was: AnyRecord | None, is_: AnyRecord | None) -> str:
    if was is None or is_ is None:
        return "is missing there, and kept" if was is None else "was added there, and is left out"
    fields = (name for name in was.__struct_fields__ if getattr(was, name) != getattr(is_, name))
    return f"{', '.join(fields)} altered there, and kept as it was written"


def _readable_lines(path: Path, told: list[str]) -> _Held:
    """The records of a damaged file that has one a line, those that can be read."""
    held: _Held = {}
    try:
        content = path.read_bytes()
    except OSError:
        return held
    table, said = "", _SCHEMA.search(content)
    schema = min(int(said[1]), SCHEMA) if said else SCHEMA
    for number, line in enumerate(content.splitlines(), 1):
        if found := _TABLE.match(line):
            table = found[1].decode()
        elif table in RECORD_TYPES and line.strip() not in (b"}", b"{", b""):
            record = _RECORD.match(line)
            try:
                fields = msgspec.Raw(record[1] if record else b"")
                one: AnyRecord = msgspec.json.decode(
                    migrated(table, fields, schema), type=RECORD_TYPES[table]
                )
            except (ValueError, RecursionError) as error:
                told.append(f"{path}: line {number}, one of {table}, is left out: {error}")
            else:
                held.setdefault(one.id, (table, one))
    return held if any(isinstance(one, Case) for _, one in held.values()) else {}


def _take_latest(held: _Held, lines: list[LogLine]) -> None:
    """Each record that the log knows as it was last there: the log is never behind."""
    for line in _told_by(lines):
        for table, id, _, after in as_entry(line).edits:
            if after is None:
                held.pop(id, None)
            elif not isinstance(after, Redacted):
                held[id] = table, after


def _replay(held: _Held, head: SnapshotHead, lines: list[LogLine], told: list[str]) -> None:
    """Make the changes that the records lack; what does not fit is told and left out."""
    for line in _told_by(lines):
        if line.sequence <= head.sequence:
            continue
        for table, id, before, after in as_entry(line).edits:
            _, now = held.get(id, (table, None))
            if now == after:
                continue
            if now != before or isinstance(after, Redacted):
                told.append(f"entry {line.sequence}: {id} is another, and is left as it is")
            elif after is None:
                del held[id]
            else:
                held[id] = table, after


def _drop(held: _Held, told: list[str]) -> None:
    """Leave out what refers to nothing or quotes what is not there, until all is right."""
    dropped = True
    while dropped:
        dropped = False
        for id, (table, one) in list(held.items()):
            if what := wrong_with(table, one, held):
                told.append(f"{table} {id} is left out: {what}")
                del held[id]
                dropped = True
