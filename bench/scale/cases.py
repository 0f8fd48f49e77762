"""The cases for measurements, each made once."""

import csv
import sqlite3
from pathlib import Path
from typing import NamedTuple

from bench.cases import Measured
from bench.scale.engines import COLUMNS, INDEXES, TABLE

FILES = 20_000
"""Events of a case file at most: a larger case is a database."""


class Sized(NamedTuple):
    """A case of a size: the file for the program and, for small ones, a file for TinyDB."""

    events: int
    database: bool
    case: Measured
    json: Path | None


def size_of(text: str) -> int:
    """Parse a number of events such as `10k` or `1M`. Raises `ValueError` for other texts."""
    times = {"k": 1_000, "M": 1_000_000}.get(text[-1:], 1)
    return int(text[:-1] if times > 1 else text) * times


def make_cases(folder: Path, events: int) -> tuple[Path, Path | None]:
    """Make a synthetic case, and one for TinyDB unless it is too large for that.

    Existing files in the folder are reused.
    """
    from seeds.synthetic import synthetic_case
    from seeds.synthetic.filling import fill_database
    from store.custody.new_case import stream_case

    file, database = folder / f"{events}.json", folder / f"{events}.db"
    if events <= 10 * FILES and not file.exists():
        stream_case(file, synthetic_case(events))
    if events > FILES and not database.exists():
        fill_database(database, events)
    return (database if events > FILES else file), (file if events <= 10 * FILES else None)


def write_rows(case: Path, table: Path, database: Path) -> int:
    """Write the rows of the timeline as CSV and as an SQLite file, and return their number.

    The SQLite file has what its documentation advises for the questions of
    `bench.scale.engines`: two indexes, and full text of the titles.
    """
    from store.archive import Archive

    archive = Archive.open(case)
    asked = """SELECT events.id, edtf, coalesce(earliest, ''), coalesce(places.name, ''), title,
        type, articles, origins
        FROM events LEFT JOIN places ON places.n = events.place ORDER BY earliest, events.n"""
    rows = archive.ask(lambda index: index.execute(asked).fetchall())
    archive.close()
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute(TABLE)
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    connection.execute("COMMIT")
    connection.executescript(INDEXES)
    connection.close()
    return len(rows)
