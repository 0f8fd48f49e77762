"""A copy of a case for others: without restricted rows and private notes, in its log, too.

An entry at the end of its log says for whom. It has the hashes of the records that are left
out; in earlier entries their content is replaced by its hash, as a redaction does it, and
the chain of hashes stays that of the case.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.custody.left_out import LeftOut, left_out, restricted_in_log
from store.database.create import create_database
from store.database.log_entry import entry_of
from store.database.log_table import FINAL, undo_states
from store.database.read_records import INDEXED, numbered, records
from store.database.record_versions import stored_versions
from store.database.redaction import without_old_content
from store.database.sqlite import is_database
from store.database.sqlite_engine import SqliteEngine
from store.database.undo_stack import UndoStack
from store.document.snapshot import encode_rows, snapshot_bytes
from store.document.snapshot_and_log import CaseFiles
from store.errors import ReadOnlyCase
from store.model.change import Change, Edit
from store.model.log_line import (
    Act,
    Line,
    content_hash,
    edit_by_hashes,
    encode_line,
    sealed,
    tombstone_edit,
    without_reason,
)
from store.model.records import AnyRecord


class ForWhom(NamedTuple):
    """A person for whom something is left out, who does that, and when (ISO 8601, UTC)."""

    name: str
    by: str
    at: str


class CopiedFiles(NamedTuple):
    """The bytes of a case file and of its log, the entries of the log, and what is left out."""

    case: bytes
    log: bytes
    lines: list[Line]
    found: LeftOut


def files_for(keeping: CaseFiles, whom: ForWhom) -> CopiedFiles | None:
    """Make the copy of a case in files that was opened with its records; None if all may go.

    Raises `ReadOnlyCase` where its log does not record how the file was edited.
    """
    if keeping.edited_outside:
        raise ReadOnlyCase(
            f"{keeping.path}: was edited outside this program, and its log does not record that",
            "open it and change something, such as a note, and then pack it",
        )

    def held() -> Iterator[tuple[str, AnyRecord]]:
        return ((table, one) for table, of in keeping.tables.items() for one in of)

    found = left_out(held, keeping.old_lines)
    if found.nothing:
        return None
    head, log = keeping.head, keeping.log_file
    if log.last:
        end = log.last, log.hash
    else:
        end = (head.sequence, head.hash) if head else (0, content_hash(encode_rows(held())))
    lines = list(_lines_for(keeping.old_lines(), found, whom, end))
    last = lines[-1]
    rows = encode_rows(_remaining(held(), found))
    content = snapshot_bytes(rows, sequence=last.sequence, hash=last.hash)
    return CopiedFiles(content, b"".join(map(encode_line, lines)), lines, found)


def database_for(path: Path, copy: Path, whom: ForWhom) -> LeftOut | None:
    """Write the copy of the database at `path`; None, and nothing, if all may go.

    It is made anew from the records that go along, so that its file has nothing of the others.
    Raises what opening it raises, and `OSError`.
    """
    database = SqliteEngine(path, writing=False)
    try:
        with database.reading():
            connection = database.connection
            found = left_out(
                lambda: records(connection), database.log, lambda: stored_versions(connection)
            )
            if found.nothing:
                return None
            begins = connection.execute("SELECT sequence, hash FROM cases").fetchone()
            lines = list(_lines_for(database.log(), found, whom, database.end))
            acts = UndoStack()
            for line in lines:
                acts.add(line)
            states = undo_states(acts)
            create_database(
                copy,
                database.case,
                {
                    table: [
                        one
                        for _, one in _remaining(
                            ((table, one) for _, one in numbered(connection, table)), found
                        )
                    ]
                    for table in INDEXED
                },
                begins=begins,
                log=((line, states.get(line.sequence, FINAL)) for line in lines),
            )
    finally:
        database.close()
    return found


def restricted_of_log(path: Path) -> tuple[str, ...]:
    """The data sets that may not be passed on and of which the log at `path` has rows, by name.

    The rows may be withdrawn, or their import undone. Raises what opening the case raises.
    """
    if is_database(path):
        database = SqliteEngine(path, writing=False)
        try:
            with database.reading():
                connection = database.connection
                return restricted_in_log(
                    lambda: records(connection), database.log, lambda: stored_versions(connection)
                )
        finally:
            database.close()
    keeping = CaseFiles(path, writing=False, by_index=False)
    try:
        tables = keeping.tables
        return restricted_in_log(
            lambda: ((table, one) for table, of in tables.items() for one in of), keeping.old_lines
        )
    finally:
        keeping.close()


def _remaining(
    records: Iterable[tuple[str, AnyRecord]], found: LeftOut
) -> Iterator[tuple[str, AnyRecord]]:
    """The records that go along, as they go along."""
    for table, one in records:
        if one.id not in found.gone:
            altered = found.altered.get(one.id)
            yield table, altered[2] if altered else one


def _lines_for(
    lines: Iterable[Line], found: LeftOut, whom: ForWhom, end: tuple[int, str]
) -> Iterator[Line]:
    """The log without what is left out, and the entry that says so.

    `end` are the number and the hash of the entry after which that one comes.
    """
    hidden = {*found.gone, *found.altered, *found.hidden}
    reasons = []
    for line in lines:
        if hidden.isdisjoint(edit.id for edit in line.edits):
            yield line
            continue
        reasons.append(line.sequence)
        edits = (edit_by_hashes(edit) if edit.id in hidden else edit for edit in line.edits)
        yield msgspec.structs.replace(without_reason(line), edits=tuple(edits))
    yield sealed(
        msgspec.structs.replace(
            _entry(found, whom), sequence=end[0] + 1, prev=end[1], reasons=tuple(reasons)
        )
    )


def _entry(found: LeftOut, whom: ForWhom) -> Line:
    """The entry that says what was left out, without its place in the log."""
    altered = [Edit(table, id, *sides) for id, (table, *sides) in found.altered.items()]
    change = Change(whom.by, whom.at, f"for {whom.name}: {found.words}", altered)
    entry = without_old_content(entry_of(change, act=Act.LEFT_OUT))
    gone = [tombstone_edit(one.table, id, one.sha256) for id, one in found.gone.items()]
    return msgspec.structs.replace(
        entry, edits=(*gone, *entry.edits), hidden=tuple(sorted(found.hidden))
    )
