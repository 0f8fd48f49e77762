"""The rows of files as an importer gets them, without a case."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from store.importers.draft import Rejected
from store.importers.table import Cells, PassedOver, RecognisedTable
from store.importing.open_files import ImportFiles
from tests.importers.tables import Row, acled

ROWS = (
    acled(1, notes='He said "no", and went; two lines:\nthe second.'),
    acled(2, event_date="2024-03-02", fatalities="12", assoc_actor_1="Red Guard; Grey Guard"),
    acled(3, event_date="2024-11-30", latitude="-0.5", notes="L’Écho: “fünf” dead – or six…"),
    acled(4, event_date="2024-12-01", source="L’Écho de Zed; Zed Radio", notes="Żółw, €5."),
)
"""Rows of ACLED with all that a wrapping may harm; the last has letters that are not Windows'."""
WESTERN = (*ROWS[:3], acled(4, event_date="2024-12-01", source="L’Écho de Zed", notes="€5."))
"""Rows that windows-1252 can write."""


class Found(NamedTuple):
    """A table as it was read: its layout in words, its rows, and what is no row."""

    name: str
    words: str
    rows: list[Row]
    passed_over: Mapping[str, int]
    rejected: list[str]
    remarks: tuple[str, ...]


def read(*paths: Path) -> list[Found]:
    """The tables of files as they are read. Raises what `ImportFiles` raises."""
    files = ImportFiles(paths)
    try:
        return [_found(one) for one in files.opened]
    finally:
        files.close()


def read_bytes(folder: Path, content: str | bytes, name: str = "rows.csv") -> Found:
    """The one table of a file with this content, as it is read."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (found,) = read(path)
    return found


def _found(table: RecognisedTable) -> Found:
    rows: list[Row] = []
    rejected: list[str] = []
    passed_over: Counter[str] = Counter()
    reading = table.reading()
    for one in reading:
        if isinstance(one, Cells):
            named = zip(table.layout.columns, one.cells, strict=True)
            rows.append({name: cell for name, cell in named if name and cell})
        elif isinstance(one, PassedOver):
            passed_over[one.kind] += 1
        else:
            assert isinstance(one, Rejected)
            rejected.append(one.reason)
    name, words = table.table.name, table.layout.words
    return Found(name, words, rows, passed_over, rejected, reading.remarks)


def plain(rows: tuple[Row, ...] = ROWS) -> list[Row]:
    """Rows without the cells that are empty, as `read` gives them."""
    return [{name: cell for name, cell in row.items() if cell} for row in rows]
