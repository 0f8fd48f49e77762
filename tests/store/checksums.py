"""Right checksums for records that a test alters."""

import sqlite3

from store.database import checksums


def mend_checksums(connection: sqlite3.Connection) -> None:
    """Make the checksum of every record right, as somebody does who alters a case on purpose."""
    checksums.install(connection)
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in found:
        if table in checksums.COLUMNS:
            checksums.update_checksums(connection, table, "1")
