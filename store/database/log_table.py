"""The log of a case in a database: a table, each row a line as the log of a case file has it.

Beside the line stands what can be done with the act, so that undo finds it at
once: `done` can be taken back, `undone` done again.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.database.undo_stack import UndoStack
from store.errors import DamagedCase, NewerCase
from store.model.log_line import Act, Line, is_redacted, read_line, sealed, written
from store.model.records import SCHEMA

DONE, UNDONE, SETTLED = "done", "undone", ""
"""What can be done with an act."""

SALVAGE = "nothing was changed; salvage the case into a new file with doctor"


class _Sealed(msgspec.Struct):
    """What the next line needs of a line."""

    hash: str


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
        found = connection.execute(
            "SELECT sequence, line FROM log ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
        if found is None:
            sequence, hash = connection.execute("SELECT sequence, hash FROM cases").fetchone()
            return int(sequence), str(hash)
        return int(found[0]), msgspec.json.decode(found[1], type=_Sealed).hash

    def lacks(self, connection: sqlite3.Connection) -> str:
        """What to tell where its end is gone: it has less than when the database was made."""
        (holds,) = connection.execute("SELECT holds FROM cases").fetchone()
        last, _ = self.end(connection)
        return too_short(holds, last) if last < holds else ""

    def entry(self, connection: sqlite3.Connection, sequence: int) -> Line:
        """The line with this number. Raises `DamagedCase` and `NewerCase`."""
        found = connection.execute("SELECT line FROM log WHERE sequence = ?", (sequence,))
        row = found.fetchone()
        if row is None:
            raise DamagedCase(f"{self._path}: entry {sequence} of its log is missing", SALVAGE)
        return self._read(sequence, row[0])

    def after(self, connection: sqlite3.Connection, sequence: int) -> Iterator[Line]:
        """The lines after this one, in order; the log must not change meanwhile."""
        for n, line in connection.execute(
            "SELECT sequence, line FROM log WHERE sequence > ? ORDER BY sequence", (sequence,)
        ):
            yield self._read(n, line)

    def _read(self, sequence: int, content: str) -> Line:
        try:
            line = read_line(content.encode() + b"\n")
        except ValueError as error:
            raise DamagedCase(
                f"{self._path}: entry {sequence} of its log: {error}", SALVAGE
            ) from error
        if line.schema > SCHEMA:
            raise NewerCase(
                f"{self._path}: entry {sequence} is of schema {line.schema},"
                f" and this program knows {SCHEMA}",
                "open it with a newer conflict-tui; nothing was changed",
            )
        return line

    def add(self, connection: sqlite3.Connection, line: Line) -> Line:
        """Add a line; its number, `prev` and hash are filled in. A transaction is under way."""
        sequence, hash = self.end(connection)
        line = sealed(msgspec.structs.replace(line, sequence=sequence + 1, prev=hash))
        state = SETTLED
        if line.undoes is not None:
            self.put(connection, line.undoes, UNDONE)
        elif line.redoes is not None:
            self.put(connection, line.redoes, DONE)
        elif line.act is not Act.REDACTION:
            connection.execute("UPDATE log SET state = '' WHERE state = ?", (UNDONE,))
            state = DONE if can_be_undone(line) else SETTLED
        self.insert(connection, line, state)
        return line

    def insert(self, connection: sqlite3.Connection, line: Line, state: str) -> None:
        """Add a line as it is."""
        content = written(line).decode().removesuffix("\n")
        connection.execute("INSERT INTO log VALUES (?, ?, ?)", (line.sequence, state, content))

    def rewrite(self, connection: sqlite3.Connection, line: Line) -> None:
        """Put a line in place of the one of its number."""
        content = written(line).decode().removesuffix("\n")
        connection.execute("UPDATE log SET line = ? WHERE sequence = ?", (content, line.sequence))

    def put(self, connection: sqlite3.Connection, sequence: int, state: str) -> None:
        """Say what can be done with an act from now on."""
        connection.execute("UPDATE log SET state = ? WHERE sequence = ?", (state, sequence))

    def next_of(self, connection: sqlite3.Connection, state: str) -> int | None:
        """The act that is undone, or done again, next."""
        which = "max" if state == DONE else "min"
        (found,) = connection.execute(
            f"SELECT {which}(sequence) FROM log WHERE state = ?", (state,)
        ).fetchone()
        return None if found is None else int(found)


def too_short(holds: int, last: int) -> str:
    """What to tell of a log that ends before the entry with which the database began."""
    return f"it began with the log up to entry {holds:,}, and that ends with entry {last:,}"


def can_be_undone(line: Line) -> bool:
    """Whether an act that stands can be taken back."""
    return bool(line.edits or line.imported) and not any(
        is_redacted(one.before) or is_redacted(one.after) for one in line.edits
    )


def states(acts: UndoStack) -> dict[int, str]:
    """What can be done with the acts of the log of a case file."""
    return {**dict.fromkeys(acts.done, DONE), **dict.fromkeys(acts.undone, UNDONE)}
