"""The SQL index of a case: made by `apply`, read by every query."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from store.database.amend import amend
from store.database.gc_pause import gc_paused
from store.database.load import load
from store.database.schema import INDEXES, TABLES
from store.database.sqlite import check_machine, in_memory
from store.errors import UnfitMachine
from store.model.change import Change


def new_index() -> sqlite3.Connection:
    """An empty index in memory, which any one thread at a time may use.

    Raises `UnfitMachine` where this Python's SQLite is too old or has no full text search.
    """
    check_machine()
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
    """Turn a change into rows, all of it or nothing.

    A record that stays keeps its number; the number of one that is withdrawn
    is given to no other, and to the same again where that comes back. Nothing
    depends on the order of the edits but the numbers of new records. Edits of
    the table `case` do nothing here.

    Raises `DamagedCase`, naming the record and the field, where a record that
    the change adds or alters refers to nothing, has the id of another of them,
    or quotes words that its article does not hold; and `RefusedChange` where a
    record is not, or not any more, what the change takes it for, or where one
    that stays would be left to refer to nothing or to quote what is not there.
    """
    with applied(connection, change):
        pass


@contextmanager
def applied(connection: sqlite3.Connection, change: Change) -> Iterator[None]:
    """Meanwhile a change is made, as `apply` makes it; an error inside takes it back.

    So that it can be written down when it is known to fit, and holds only if that goes well.
    """
    empty = _never_loaded(connection)
    with transaction(connection):
        with gc_paused():
            (load if empty else amend)(connection, change.edits)
        yield
    if empty:
        connection.executescript(INDEXES)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Meanwhile everything is done together, or, where an error comes, nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # an article goes before its passages do
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK")
        raise


def _never_loaded(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever put in: the indexes of SQL come after the first records."""
    (found,) = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchone()
    return not found
