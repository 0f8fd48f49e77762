"""The engine of a case: files, a database, or a copy of a case on a server."""

from pathlib import Path

from store.database.engine import Engine
from store.database.sqlite import is_database
from store.database.sqlite_engine import SqliteEngine
from store.document.file_engine import FileEngine
from store.errors import ReadOnlyCase
from store.postgres.copies import address_of, held, hold


def open_engine(path: Path, *, writing: bool) -> Engine:
    """Open the storage of the case at `path`. Raises what `Archive.open` does."""
    address = address_of(path)
    if address is not None:
        from store.postgres.postgres_engine import PostgresEngine

        engine = PostgresEngine(held(path) or hold(address))
        if writing and (why := engine.why_read_only):
            engine.close()
            raise ReadOnlyCase(why, "open it read-only")
        return engine
    if is_database(path):
        return SqliteEngine(path, writing=writing)
    return FileEngine(path, writing=writing)
