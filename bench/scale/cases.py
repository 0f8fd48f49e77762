"""The cases that are measured, made once."""

import csv
from pathlib import Path
from typing import NamedTuple

from bench.cases import Measured

FILES = 20_000
"""Events of a case file at most: a larger case is a database."""


class Sized(NamedTuple):
    """A case of a size: what the program opens, and, where there is any, its file for TinyDB."""

    events: int
    database: bool
    case: Measured
    json: Path | None


def size_of(text: str) -> int:
    """How many events `10k` or `1M` are; raises `ValueError` where it is no number."""
    times = {"k": 1_000, "M": 1_000_000}.get(text[-1:], 1)
    return int(text[:-1] if times > 1 else text) * times


def made(folder: Path, events: int) -> tuple[Path, Path | None]:
    """A synthetic case to open, and one for TinyDB up to the size that it is tried with.

    What is in the folder already is taken as it is.
    """
    from seeds.synthetic import synthetic_case
    from seeds.synthetic.filling import fill_database
    from store.document.snapshot import stream_case

    file, database = folder / f"{events}.json", folder / f"{events}.db"
    if events <= 10 * FILES and not file.exists():
        stream_case(file, synthetic_case(events))
    if events > FILES and not database.exists():
        fill_database(database, events)
    return (database if events > FILES else file), (file if events <= 10 * FILES else None)


def write_rows(case: Path, table: Path) -> int:
    """The rows of the timeline as CSV, for whoever reads that; how many they are."""
    from store.archive import Archive

    archive = Archive.open(case)
    asked = """SELECT events.id, edtf, coalesce(places.name, ''), title, type, articles, roots
        FROM events LEFT JOIN places ON places.n = events.place ORDER BY earliest, events.n"""
    rows = archive.ask(lambda index: index.execute(asked).fetchall())
    archive.close()
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "date", "place", "title", "type", "articles", "roots"))
        writer.writerows(rows)
    return len(rows)
