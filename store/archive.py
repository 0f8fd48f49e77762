"""An open case: what every front holds."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from store.engines.casefile import Tables, one_case, read_case
from store.engines.index import apply, new_index
from store.errors import ConflictError, UsageError
from store.model.change import Change, Edit
from store.model.records import Case

P = ParamSpec("P")
T = TypeVar("T")


class Archive:
    """A case, indexed in memory. Safe to ask from any thread; closed once."""

    def __init__(self, case: Case, connection: sqlite3.Connection) -> None:
        self.case = case
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> "Archive":
        """Read and index the case file at `path`.

        Raises an error of `store.errors` where it is missing, unreadable,
        damaged or of a newer schema; the file is never changed.
        """
        connection = new_index()
        try:
            tables = read_case(path)
            apply(connection, _opening(path, tables))
        except ConflictError as error:
            connection.close()
            if not error.message.startswith(str(path)):
                error.message = f"{path}: {error.message}"
            raise
        except BaseException:
            connection.close()
            raise
        return cls(one_case(tables), connection)

    def ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The answer of a query of `store.queries`, one at a time.

        Raises `UsageError` where something that is asked for is no Unicode, as
        an argument of a command can be.
        """
        with self._lock, _only_unicode():
            return question(self._connection, *args, **kwargs)

    def change(self, change: Change) -> None:
        """Change the case, all of it or nothing; every answer after it is of the changed case.

        Raises `DamagedCase` or `RefusedChange`, as `store.engines.index.apply`
        does, and `UsageError` where a text is no Unicode.
        """
        edits = tuple(change.edits)
        with self._lock, _only_unicode():
            apply(self._connection, change._replace(edits=edits))
            for edit in edits:
                if isinstance(edit.after, Case):
                    self.case = edit.after

    def close(self) -> None:
        """Let the index go."""
        with self._lock:
            self._connection.close()


@contextmanager
def _only_unicode() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UsageError(f"{error.object!r} is not UTF-8", "no case holds such a text") from error


def _opening(path: Path, tables: Tables) -> Change:
    """The opening of a case as the change that adds all of its records."""
    return Change(
        who="conflict-tui",
        when="",
        why=f"open {path}",
        edits=(
            Edit(table, record.id, None, record)
            for table, records in tables.items()
            for record in records
        ),
    )
