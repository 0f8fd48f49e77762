"""The checksum that each row of a record has, so that altered bytes are noticed when it is read.

It is the CRC-32 of the table's name and of every column before it, those that
follow from claims included. A CRC-32 notices every change of up to 32 adjacent
bits; it is no seal: that is the log's.
"""

import re
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from store.database.schema import IN_DATABASES, TABLES
from store.reader import Reader

_CREATED = re.compile(r"CREATE TABLE (\w+) \((.*?)\) STRICT;", re.DOTALL)
_SIGN = 1 << 31
_32_BITS = (1 << 32) - 1

_Value = str | bytes | int | float | None

_encode = msgspec.json.Encoder().encode


def _columns() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table, columns in _CREATED.findall(TABLES + IN_DATABASES):
        *names, last = (column.split()[0] for column in columns.split(","))
        if last == "checksum":
            found[table] = tuple(names)
    return found


COLUMNS: Mapping[str, Sequence[str]] = _columns()
"""The columns that a checksum covers, in their order, by table."""

EVENT_COLUMNS: Mapping[str, Sequence[str]] = {
    "event_actors": ("event", "actor", "role", "stance"),
    "event_tolls": ("event", "kind", "scope", "low", "best", "high"),
    "event_words": ("rowid", "title", "names", "quotes"),
}
"""The same for rows that follow from the claims about an event, and are shown as they are."""

_COVERED: Mapping[str, Sequence[str]] = {**COLUMNS, **EVENT_COLUMNS}

_SEEDS: Mapping[str, int] = {table: zlib.crc32(table.encode()) for table in _COVERED}

_altered = threading.local()


def checksum_of(table: str, row: Sequence[object]) -> int:
    """The checksum of a row, given with all columns before it, as a signed number of 32 bits.

    Numbers must be integers, as SQLite returns them, and no booleans.
    """
    return _checksum(table, _encode(row))


def _checksum(table: str, encoded: bytes) -> int:
    found = zlib.crc32(encoded, _SEEDS[table])
    return found - ((found & _SIGN) << 1)


def tables_of(row: Sequence[object], checksum: int, tables: Iterable[str]) -> Iterator[str]:
    """The table among these to which a row with this checksum belongs, if it is sound."""
    encoded = _encode(row)
    return (table for table in tables if _checksum(table, encoded) == checksum)


def with_checksum(table: str, row: Sequence[object]) -> tuple[object, ...]:
    """The row with its checksum as the last column."""
    return (*row, checksum_of(table, row))


def with_checksums(table: str, rows: Iterable[Sequence[object]]) -> list[tuple[object, ...]]:
    """The rows with their checksums as the last column, as `with_checksum` gives each."""
    seed, crc32, encode = _SEEDS[table], zlib.crc32, _encode
    found = []
    for row in rows:
        checksum = crc32(encode(row), seed)
        found.append((*row, checksum - ((checksum & _SIGN) << 1)))
    return found


def install(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions that `checked` and `update_checksums` use."""
    connection.create_function("record_checksum", -1, _record_checksum, deterministic=True)
    connection.create_function("checked", -1, _checked, deterministic=True)


def _record_checksum(table: str, *row: object) -> int:
    return checksum_of(table, row)


def _checked(value: _Value, table: str, checksum: int | None, *row: object) -> _Value:
    # there is no checksum on the empty side of a LEFT JOIN
    if checksum is not None and checksum & _32_BITS != zlib.crc32(_encode(row), _SEEDS[table]):
        _altered.record = _name(table, row)
        raise ValueError
    return value


def _name(table: str, row: Sequence[object]) -> str:
    return f"{table} {row[1]}" if table in COLUMNS else f"{table} of event number {row[0]}"


def altered_record() -> str:
    """The table and id of the record that made the last query of this thread fail; then forget it.

    Empty where it failed for another reason.
    """
    found = getattr(_altered, "record", "")
    _altered.record = ""
    return str(found)


def checked(table: str, column: str, *, alias: str = "") -> str:
    """The SQL for a column of a record; a query that reads it of an altered row fails.

    `alias` is the name of the table in the query, if it has another one there.
    Every query that shows a record, or exports or changes one, reads it so.
    """
    of = alias or table
    return _checked_sql(f"{of}.{column}", table, of)


def checked_snippet(snippet: str) -> str:
    """The SQL for a snippet of the words of events, which is read as `checked` reads a column."""
    return _checked_sql(snippet, "event_words", "event_words")


@cache
def _checked_sql(value: str, table: str, of: str) -> str:
    covered = ", ".join(f"{of}.{name}" for name in _COVERED[table])
    return f"checked({value}, '{table}', {of}.checksum, {covered})"


def update_checksums(connection: Reader, table: str, condition: str, *parameters: object) -> None:
    """Compute the checksums of those rows anew for which an SQL condition holds."""
    covered = ", ".join(COLUMNS[table])
    connection.execute(
        f"UPDATE {table} SET checksum = record_checksum('{table}', {covered}) WHERE {condition}",
        parameters,
    )
