"""What is SQLite's own: how a database is opened, whether it is ours, and what its errors mean.

The tables are in `store.database.schema`.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from store.database import disk
from store.database.schema import FIRST_SCHEMA, IN_DATABASES, INDEXES, MINIMUM_SQLITE, STEPS, TABLES
from store.errors import (
    ConflictError,
    DamagedCase,
    NewerCase,
    ReadOnlyCase,
    UnfitMachine,
    UnreadableCase,
    UnwritableCase,
)
from store.model.records import SCHEMA

SUFFIXES = (".db", ".sqlite", ".sqlite3")
"""What the name of a new case ends with that is to be a database."""

APPLICATION = int.from_bytes(b"cTUI", "big")
"""The `application_id` of a database of this program."""

_HEADER = b"SQLite format 3\0"
_BUSY = 5.0
"""Seconds that a call waits for another program which is writing."""

_ROUNDS = 120
"""How often a check that can wait calls again; between two it can be interrupted."""

_ALWAYS = """
    PRAGMA trusted_schema = OFF;
    PRAGMA foreign_keys = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
"""
_OF_WRITER = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA journal_size_limit = 67108864;
"""
_OF_IMPORT = """
    PRAGMA foreign_keys = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = -262144;
"""
"""References are checked by the import itself, and sorting must not take memory without end."""

_CREATED = re.compile(r"CREATE (?:UNIQUE )?INDEX (\w+) ON (\w+)")

_SALVAGE = "take it from where it came, or salvage it with doctor"


def check_machine() -> None:
    """Raise `UnfitMachine` where this Python's SQLite is too old."""
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        wanted = ".".join(map(str, MINIMUM_SQLITE))
        raise UnfitMachine(
            f"this Python has SQLite {sqlite3.sqlite_version}, and {wanted} is needed",
            "use a newer Python",
        )


def in_memory() -> sqlite3.Connection:
    """A database of nobody, which ends with its connection."""
    return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)


def is_database(path: Path) -> bool:
    """Whether the file at `path` is an SQLite database, whatever its name is."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except (OSError, ValueError):
        return False  # whoever reads it as a case file says why it cannot be read


def to_be_database(path: Path) -> bool:
    """Whether a new case of this name is to be a database."""
    return path.suffix.lower() in SUFFIXES


def beside(path: Path) -> tuple[Path, Path]:
    """The files that SQLite has beside a database while it is open: its changes, and their index.

    Who puts a database in the place of another must see that neither is there.
    """
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """The database at `path`, which any one thread at a time may use, checked to be ours.

    The check reads the schema and nothing else. Raises `DamagedCase`,
    `NewerCase` and `UnreadableCase`.
    """
    check_machine()
    connection = None
    try:
        with errors_of(path):
            connection = _connected(path, "rw" if writing else "ro")
            if not writing and not _readable(connection):
                # no file can be made beside it: nobody writes there, and it is read as it is
                connection.close()
                _check_no_log(path)
                connection = _connected(path, "ro&immutable=1")
            connection.executescript(_ALWAYS)
            schema = _check_whose(connection, path)
            if schema < SCHEMA:
                _migrate(connection, path, schema, writing=writing)
            _check_schema(connection, path)
            if writing:
                connection.executescript(_OF_WRITER)
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def connect_to_check(path: Path) -> sqlite3.Connection:
    """The database for checks that SQLite takes for writing; whoever makes them writes nothing.

    Raises what `connect` raises.
    """
    with errors_of(path):
        return _connected(path, "rw")


def begin_once_free(connection: sqlite3.Connection) -> None:
    """Begin a transaction that may write, when whoever is writing is done.

    Raises `sqlite3.OperationalError` where somebody has been for ten minutes.
    """
    for left in reversed(range(_ROUNDS)):
        try:
            # with a plain BEGIN, SQLite would not wait where the first statement writes
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        else:
            return


def connect_to_salvage(path: Path) -> sqlite3.Connection:
    """A database that may be damaged or anybody's, for reading; nothing in it is trusted.

    Raises `UnreadableCase` and `DamagedCase` where not even that can be opened.
    """
    with errors_of(path):
        connection = _connected(path, "ro")
        try:
            connection.executescript("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def for_import(connection: sqlite3.Connection) -> None:
    """Make a connection ready for very many new records in one transaction."""
    connection.executescript(_OF_IMPORT)


class DroppedIndexes:
    """The indexes of the tables that an import fills, gone while it fills them.

    To make them once, of all that is there, is faster than to add to them row by row.
    """

    _OF = frozenset(
        (
            *("articles", "passages", "events", "claims", "event_flags"),
            *("evidence", "event_actors", "event_places", "event_sources"),
        )
    )

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._gone: list[str] = []

    def drop(self) -> None:
        """Do without them from now on."""
        for statement in INDEXES.split(";"):
            found = _CREATED.search(statement)
            if found and found[2] in self._OF and statement not in self._gone:
                self._connection.execute(f"DROP INDEX {found[1]}")
                self._gone.append(statement)

    def restore(self) -> None:
        """Make again what is gone. Raises `sqlite3.IntegrityError` where an id is there twice."""
        while self._gone:
            self._connection.execute(self._gone[-1])
            self._gone.pop()


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_BUSY,
        check_same_thread=False,
        isolation_level=None,
    )


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            return False
        raise
    return True


def _check_no_log(path: Path) -> None:
    """Raise `UnreadableCase` where changes lie beside the database that cannot be read."""
    log, _ = beside(path)
    if log.exists() and log.stat().st_size:
        raise UnreadableCase(
            f"{path}: its last changes are in {log.name}, and nothing can be written beside it",
            "copy both to a folder that can be written, and open it there",
        )


def make(path: Path, *, indexes: bool = True) -> sqlite3.Connection:
    """A new database with all tables, readable by its owner only; it must not be there yet.

    It is not safe against a crash before `settle` was called: whoever makes one
    makes it beside its place. Raises `OSError` and `UnfitMachine`.
    """
    check_machine()
    disk.unlink(path)
    disk.close(disk.open_file(path, disk.NEW))
    connection = _connected(path, "rw")
    connection.executescript(_ALWAYS)
    connection.executescript(
        f"""
        PRAGMA page_size = 8192;
        PRAGMA application_id = {APPLICATION};
        PRAGMA user_version = {SCHEMA};
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        """
    )
    connection.executescript(TABLES + IN_DATABASES + (INDEXES if indexes else ""))
    return connection


def settle(connection: sqlite3.Connection, path: Path) -> None:
    """Close a new database, once it is whole, and have all of it on the disk."""
    connection.executescript("PRAGMA journal_mode = WAL")
    connection.close()
    descriptor = disk.open_file(path, disk.READ)
    try:
        disk.fsync(descriptor)
    finally:
        disk.close(descriptor)


def _check_whose(connection: sqlite3.Connection, path: Path) -> int:
    """The schema of a database, which is ours and no newer than this program's."""
    (whose,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if whose != APPLICATION:
        raise DamagedCase(
            f"{path}: is an SQLite database, and no case", "is it a case of conflict-tui?"
        )
    if schema > SCHEMA:
        raise NewerCase(
            f"{path}: is of schema {schema}, and this program knows {SCHEMA}",
            "open it with a newer conflict-tui; nothing was changed",
        )
    if schema < FIRST_SCHEMA:
        raise DamagedCase(f"{path}: is of schema {schema}, and no database is", _SALVAGE)
    return int(schema)


def _migrate(connection: sqlite3.Connection, path: Path, schema: int, *, writing: bool) -> None:
    """Make a database of an older schema one of this, in one transaction.

    Raises `ReadOnlyCase` where it is not to be written.
    """
    if not writing:
        raise ReadOnlyCase(
            f"{path}: is of schema {schema}, and is read as one of {SCHEMA} once it was written",
            "open it for writing, or read a copy of it that was",
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(schema, SCHEMA):
            for statement in STEPS[step]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        _check_schema(connection, path)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `DamagedCase` where the tables are not ours, to the letter, or others are there."""
    found = _objects(connection)
    if found != (wanted := _ours()):
        name = min(one[1] for one in found ^ wanted)
        raise DamagedCase(f"{path}: is not made as a case of schema {SCHEMA} is: {name}", _SALVAGE)


def _objects(connection: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    """Every table, index, view and trigger with its SQL."""
    return frozenset(
        connection.execute(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
            # what the planner knows of the tables
            " WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))"
        )
    )


@cache
def _ours() -> frozenset[tuple[str, ...]]:
    connection = in_memory()
    try:
        connection.executescript(TABLES + IN_DATABASES + INDEXES)
        return _objects(connection)
    finally:
        connection.close()


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Errors of SQLite meanwhile as errors of ours; an interrupted question stays as it is."""
    try:
        yield
    except sqlite3.Error as error:
        if (said := _in_our_words(path, error)) is None:
            raise
        raise said from error


def _in_our_words(path: Path, error: sqlite3.Error) -> ConflictError | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return None
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnreadableCase(f"{path}: another program is at work on it ({error})", "wait for it")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY):
        return UnwritableCase(f"{path}: cannot be written ({error})", "see to the disk")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return UnreadableCase(
            f"{path}: cannot be read ({error})", "check who may read it, and the disk"
        )
    return DamagedCase(f"{path}: is damaged ({error})", _SALVAGE)
