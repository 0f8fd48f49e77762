"""The SQL index of a case: filled by `apply`, read by every query."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from store.database.amend import amend
from store.database.gc_pause import gc_paused
from store.database.load import load
from store.database.schema import INDEXES, TABLES
from store.database.sqlite import check_sqlite_version, in_memory
from store.errors import DamagedCase, RefusedChange, UnfitMachine
from store.model.change import Change


def new_index() -> sqlite3.Connection:
    """Create an empty index in memory, for use by one thread at a time.

    Raises `UnfitMachine` where this Python's SQLite is too old or lacks full-text search.
    """
    check_sqlite_version()
    connection = in_memory()
    try:
        connection.executescript(TABLES)
    except sqlite3.OperationalError as error:
        connection.close()
        raise UnfitMachine(
            f"this Python's SQLite lacks a part ({error})", "use a Python whose SQLite has FTS5"
        ) from error
    return connection


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Apply a change to the rows of the index, completely or not at all.

    A record keeps its number. The number of a withdrawn record is given to no
    other record, and to the same one again when it is restored. The order of
    the edits affects nothing but the numbers of new records. Edits of the table
    `case` are ignored here.

    Raises `DamagedCase`, naming the record and the field, where a record that
    the change adds or alters refers to a missing record, has the id of another
    one, or quotes words that its article does not contain. Raises
    `RefusedChange` where a record differs from the `before` of its edit, or
    where a remaining record would refer to a missing one or misquote.
    """
    with applied(connection, change):
        pass


@contextmanager
def applied(connection: sqlite3.Connection, change: Change) -> Iterator[None]:
    """Apply a change as `apply` does, and roll it back if the body raises.

    The body can log a change that is known to fit, and it is kept only if that succeeds.
    """
    empty = _is_unused(connection)
    with transaction(connection):
        with gc_paused():
            (load if empty else amend)(connection, change.edits)
        yield
    if empty:
        connection.executescript(INDEXES)


def tried(connection: sqlite3.Connection, change: Change) -> bool:
    """Apply a change in the caller's transaction; False, and nothing of it, if it does not fit."""
    connection.execute("SAVEPOINT trial")
    try:
        amend(connection, change.edits)
    except (RefusedChange, DamagedCase):
        connection.execute("ROLLBACK TO trial")
        return False
    finally:
        connection.execute("RELEASE trial")
    return True


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the body in a transaction, which an error rolls back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # an article is deleted before its passages are
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK")
        raise


def _is_unused(connection: sqlite3.Connection) -> bool:
    """Tell if the index never held a record: its SQL indexes are created after the first ones."""
    (found,) = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchone()
    return not found
