"""Opening, creating and checking an SQLite database, and translating its errors.

The tables are in `store.database.schema`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from store.database import checksums, disk
from store.database.kept_while_unchanged import KeepingConnection
from store.database.open_connections import FileConnection, is_open_here
from store.database.schema import IN_DATABASES, INDEXES, MINIMUM_SQLITE, TABLES
from store.errors import (
    ConflictError,
    DamagedCase,
    NewerCase,
    UnfitMachine,
    UnreadableCase,
    UnwritableCase,
)
from store.model.records import SCHEMA

SUFFIXES = (".db", ".sqlite", ".sqlite3")
"""The file suffixes for which a new case is created as a database."""

APPLICATION = int.from_bytes(b"cTUI", "big")
"""The `application_id` of a database of this program."""

_HEADER = b"SQLite format 3\0"
_BUSY = 5.0
"""Seconds that a call waits while another program is writing."""

_ROUNDS = 120
"""The number of attempts of a check that waits; it can be interrupted between two."""

_PRAGMAS = """
    PRAGMA trusted_schema = OFF;
    PRAGMA foreign_keys = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
"""
_WRITER_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA journal_size_limit = 67108864;
"""
_IMPORT_PRAGMAS = """
    PRAGMA foreign_keys = OFF;
    PRAGMA temp_store = FILE;
"""
"""The import checks references itself, and its sorting must not fill the memory."""

_IMPORT_CACHE = (16, 256)
"""The least and the most MiB of pages that an import keeps: a quarter of the database."""

_SALVAGE_HINT = "restore a copy of it, or salvage it with doctor"


def check_sqlite_version() -> None:
    """Raise `UnfitMachine` where this Python's SQLite is too old."""
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        wanted = ".".join(map(str, MINIMUM_SQLITE))
        raise UnfitMachine(
            f"this Python has SQLite {sqlite3.sqlite_version}, but {wanted} is required",
            "use a newer Python",
        )


def in_memory() -> sqlite3.Connection:
    """Open a temporary database in memory."""
    connection = sqlite3.connect(
        ":memory:", check_same_thread=False, isolation_level=None, factory=KeepingConnection
    )
    checksums.install(connection)
    return connection


def is_database(path: Path) -> bool:
    """Tell if the file at `path` is an SQLite database, whatever its name."""
    try:
        if not path.is_file():
            return False
        if is_open_here(path):
            return True  # closing another descriptor of it would drop the locks of SQLite
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except (OSError, ValueError):
        return False  # reading it as a case file raises a precise error


def has_database_suffix(path: Path) -> bool:
    """Tell if a new case of this name is to be a database."""
    return path.suffix.lower() in SUFFIXES


def wal_files(path: Path) -> tuple[Path, Path]:
    """The paths of the WAL and its index, which SQLite keeps beside an open database.

    Neither may exist when a database file is replaced by another.
    """
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """Open the database of a case for use by one thread at a time, and check its schema.

    No other page is read. Raises `DamagedCase`, `NewerCase` and `UnreadableCase`.
    """
    check_sqlite_version()
    connection = None
    try:
        with translating_errors(path):
            connection = open_database(path, "rw" if writing else "ro")
            if not writing and not _readable(connection):
                # the folder is read-only, so that nobody can be writing the database
                connection.close()
                _check_no_wal(path)
                connection = open_database(path, "ro&immutable=1")
            connection.executescript(_PRAGMAS)
            _check_header(connection, path)
            _check_schema(connection, path)
            if writing:
                connection.executescript(_WRITER_PRAGMAS)
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def connect_to_check(path: Path) -> sqlite3.Connection:
    """Open a database for checks that SQLite allows only to writers; the caller writes nothing.

    Raises what `connect` raises.
    """
    with translating_errors(path):
        return open_database(path, "rw")


def begin_when_free(connection: sqlite3.Connection) -> None:
    """Begin a write transaction as soon as no other program is writing.

    Raises `sqlite3.OperationalError` after ten minutes.
    """
    for left in reversed(range(_ROUNDS)):
        try:
            # after a plain BEGIN, SQLite would not wait when the first statement writes
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        else:
            return


def connect_to_salvage(path: Path) -> sqlite3.Connection:
    """Open a database that may be damaged or foreign for reading, without trusting its schema.

    Raises `UnreadableCase` and `DamagedCase` where it cannot be opened at all.
    """
    with translating_errors(path):
        connection = open_database(path, "ro")
        try:
            connection.executescript("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def is_busy(error: sqlite3.Error) -> bool:
    """Tell if an error says only that another connection is using the database."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def end_reading(connection: sqlite3.Connection) -> None:
    """End a transaction that has read, unless an error has ended it, as a lack of memory does."""
    if connection.in_transaction:
        connection.execute("COMMIT")


def page_fault(connection: sqlite3.Connection) -> str:
    """The first fault of the pages of a database and of its indexes, empty for none.

    It reads the whole database.
    """
    (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if fault == "ok" else str(fault).splitlines()[-1]


def tune_for_import(connection: sqlite3.Connection) -> None:
    """Configure a connection for very many new records in one transaction."""
    connection.executescript(_IMPORT_PRAGMAS)
    fit_cache(connection)


def fit_cache(connection: sqlite3.Connection) -> None:
    """Let an import keep as many pages as it needs by what the database has grown to."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    least, most = _IMPORT_CACHE
    kept = min(max(least, pages * size // 4 // 2**20), most)
    connection.execute(f"PRAGMA cache_size = -{kept * 1024}")


def open_database(path: Path, mode: str) -> sqlite3.Connection:
    """Open a database in a mode of SQLite's URIs.

    SQLite would follow or wait for the files beside it: raises `UnreadableCase`
    where one is not regular.
    """
    for beside in (*wal_files(path), path.with_name(path.name + "-journal")):
        if why := disk.irregular(beside):
            raise UnreadableCase(f"{beside}: cannot be used ({why})", "move it away")
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_BUSY,
        check_same_thread=False,
        isolation_level=None,
        factory=FileConnection,
    )
    connection.register(path)
    checksums.install(connection)
    return connection


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            return False
        raise
    return True


def _check_no_wal(path: Path) -> None:
    """Raise `UnreadableCase` where a WAL beside the database holds changes."""
    log, _ = wal_files(path)
    if disk.exists(log) and log.lstat().st_size:
        raise UnreadableCase(
            f"{path}: its last changes are in {log.name}, but the folder is read-only",
            "copy both files to a writable folder, and open the case there",
        )


def create(path: Path, *, indexes: bool = True) -> sqlite3.Connection:
    """Create a database with all tables, which only its owner can read.

    It is not crash-safe before `finish` is called, so it is created under a
    temporary name. Raises `OSError` and `UnfitMachine`.
    """
    check_sqlite_version()
    for old in (path, *wal_files(path)):
        disk.unlink(old)
    disk.close(disk.open_file(path, disk.NEW))
    connection = open_database(path, "rw")
    try:
        connection.executescript(_PRAGMAS)
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
    except BaseException:
        connection.close()
        raise
    return connection


def finish(connection: sqlite3.Connection, path: Path) -> None:
    """Close a completed new database, and flush it to the disk."""
    connection.executescript("PRAGMA journal_mode = WAL")
    connection.close()
    flush(path)


def flush(path: Path) -> None:
    """Return when a closed file is on the disk."""
    descriptor = disk.open_file(path, disk.READ)
    try:
        disk.fsync(descriptor)
    finally:
        disk.close(descriptor)


def _check_header(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `DamagedCase` where a database is not of this program, and `NewerCase`."""
    (whose,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if whose != APPLICATION:
        raise DamagedCase(
            f"{path}: is an SQLite database, but not a case", "check that it is the right file"
        )
    if schema > SCHEMA:
        raise NewerCase(
            f"{path}: has schema {schema}, but this program reads only up to {SCHEMA}",
            "open it with a newer conflict-tui; nothing was changed",
        )
    if schema < SCHEMA:
        raise DamagedCase(f"{path}: no database has schema {schema}", _SALVAGE_HINT)


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `DamagedCase` where the tables differ in any way from those of this program."""
    found = _objects(connection)
    if found != (wanted := _expected_objects()):
        name = min(one[1] for one in found ^ wanted)
        raise DamagedCase(f"{path}: {name} does not match schema {SCHEMA}", _SALVAGE_HINT)


def _objects(connection: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    """Every table, index, view and trigger with its SQL."""
    return frozenset(
        connection.execute(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
            # the statistics of the query planner
            " WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))"
        )
    )


@cache
def _expected_objects() -> frozenset[tuple[str, ...]]:
    connection = in_memory()
    try:
        connection.executescript(TABLES + IN_DATABASES + INDEXES)
        return _objects(connection)
    finally:
        connection.close()


@contextmanager
def translating_errors(path: Path) -> Iterator[None]:
    """Raise SQLite's errors within the context as errors of `store.errors`, except interrupts."""
    try:
        yield
    except sqlite3.Error as error:
        if (said := _translated(path, error)) is None:
            raise
        raise said from error
    except UnicodeDecodeError as error:  # of a message of SQLite that quotes damaged bytes
        raise DamagedCase(f"{path}: is damaged (its schema is not UTF-8)", _SALVAGE_HINT) from error


def _translated(path: Path, error: sqlite3.Error) -> ConflictError | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return None
    if "user-defined function" in str(error) and (record := checksums.altered_record()):
        return DamagedCase(
            f"{path}: {record} is not as it was written: its bytes were altered",
            "save the rest in a new case with doctor",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnreadableCase(f"{path}: another program is using it ({error})", "wait for it")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY):
        return UnwritableCase(f"{path}: cannot be written ({error})", "check the disk")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return UnreadableCase(
            f"{path}: cannot be read ({error})", "check its permissions, and the disk"
        )
    return DamagedCase(f"{path}: is damaged ({error})", _SALVAGE_HINT)
