"""The log of a database: a table whose rows are the same lines as in the log of a case file.

A column beside the line holds its undo state, so that undo finds it at once:
a `done` entry can be undone, an `undone` one redone.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.database.checksums import checked, update_checksums
from store.database.undo_stack import UndoStack
from store.errors import DamagedCase, NewerCase
from store.model.log_line import HIDING, Line, encode_line, is_redacted, read_line, sealed
from store.model.records import SCHEMA

DONE, UNDONE, FINAL = "done", "undone", ""
"""The undo states of an entry; a final one can be neither undone nor redone."""

SALVAGE_HINT = "nothing was changed; salvage the case into a new file with doctor"


class LogTable:
    """The log of one database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def first(self, connection: sqlite3.Connection) -> int:
        """The first sequence number, 0 where there is none."""
        (found,) = connection.execute("SELECT coalesce(min(sequence), 0) FROM log").fetchone()
        return int(found)

    def last(self, connection: sqlite3.Connection) -> int:
        """The last sequence number, 0 where there is none."""
        (found,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM log").fetchone()
        return int(found)

    def end(self, connection: sqlite3.Connection) -> tuple[int, str]:
        """The sequence number and the hash that the next line follows."""
        sequence, hash = connection.execute(
            f"SELECT {checked('cases', 'last')}, last_hash FROM cases"
        ).fetchone()
        return int(sequence), str(hash)

    def missing_entries(self, connection: sqlite3.Connection) -> str:
        """A message if the log ends before its last entry; else empty."""
        begins, end = connection.execute("SELECT sequence, last FROM cases").fetchone()
        last = self.last(connection) or begins
        return truncated_log_message(end, last) if last < end else ""

    def entry(self, connection: sqlite3.Connection, sequence: int) -> Line:
        """Read the line with this number. Raises `DamagedCase` and `NewerCase`."""
        found = connection.execute("SELECT line FROM log WHERE sequence = ?", (sequence,))
        row = found.fetchone()
        if row is None:
            raise DamagedCase(f"{self._path}: entry {sequence} of its log is missing", SALVAGE_HINT)
        return self._read(sequence, row[0])

    def after(self, connection: sqlite3.Connection, sequence: int) -> Iterator[Line]:
        """Read the lines after this one, in order; the log must not change meanwhile."""
        for n, line in connection.execute(
            "SELECT sequence, line FROM log WHERE sequence > ? ORDER BY sequence", (sequence,)
        ):
            yield self._read(n, line)

    def _read(self, sequence: int, content: str) -> Line:
        try:
            line = read_line(content.encode() + b"\n")
        except ValueError as error:
            raise DamagedCase(
                f"{self._path}: entry {sequence} of its log: {error}", SALVAGE_HINT
            ) from error
        if line.schema > SCHEMA:
            raise NewerCase(
                f"{self._path}: entry {sequence} is of schema {line.schema},"
                f" but this program reads only up to {SCHEMA}",
                "open it with a newer conflict-tui; nothing was changed",
            )
        return line

    def add(self, connection: sqlite3.Connection, line: Line) -> Line:
        """Append a line with its number, `prev` and hash, within the caller's transaction."""
        sequence, hash = self.end(connection)
        line = sealed(msgspec.structs.replace(line, sequence=sequence + 1, prev=hash))
        state = FINAL
        if line.undoes is not None:
            self.set_state(connection, line.undoes, UNDONE)
        elif line.redoes is not None:
            self.set_state(connection, line.redoes, DONE)
        elif line.act not in HIDING:
            connection.execute("UPDATE log SET state = '' WHERE state = ?", (UNDONE,))
            state = DONE if can_be_undone(line) else FINAL
        self.insert(connection, line, state)
        connection.execute("UPDATE cases SET last = ?, last_hash = ?", (line.sequence, line.hash))
        update_checksums(connection, "cases", "1")
        return line

    def insert(self, connection: sqlite3.Connection, line: Line, state: str) -> None:
        """Insert a line unchanged."""
        content = encode_line(line).decode().removesuffix("\n")
        connection.execute("INSERT INTO log VALUES (?, ?, ?)", (line.sequence, state, content))

    def rewrite(self, connection: sqlite3.Connection, line: Line) -> None:
        """Replace the line of the same number."""
        content = encode_line(line).decode().removesuffix("\n")
        connection.execute("UPDATE log SET line = ? WHERE sequence = ?", (content, line.sequence))

    def set_state(self, connection: sqlite3.Connection, sequence: int, state: str) -> None:
        """Set the undo state of an entry."""
        connection.execute("UPDATE log SET state = ? WHERE sequence = ?", (state, sequence))

    def next_act(self, connection: sqlite3.Connection, state: str) -> int | None:
        """The number of the entry of this state that is undone or redone next."""
        which = "max" if state == DONE else "min"
        (found,) = connection.execute(
            f"SELECT {which}(sequence) FROM log WHERE state = ?", (state,)
        ).fetchone()
        return None if found is None else int(found)


def truncated_log_message(end: int, last: int) -> str:
    """The message for a log that ends before the entry that the case names as the last."""
    return f"its log should reach entry {end:,}, but ends with entry {last:,}"


def can_be_undone(line: Line) -> bool:
    """Tell if an entry that is in force can be undone."""
    return bool(line.edits or line.imported) and not any(
        is_redacted(one.before) or is_redacted(one.after) for one in line.edits
    )


def undo_states(acts: UndoStack) -> dict[int, str]:
    """The undo states of the entries in the log of a case file."""
    return {**dict.fromkeys(acts.done, DONE), **dict.fromkeys(acts.undone, UNDONE)}
