"""The first rows of a table of any columns, from which a mapping is drafted."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from store.database.open_connections import is_open_here
from store.errors import ConflictError, UnfitFile
from store.importers.detect import recognised
from store.importers.limits import MAX_COLUMNS
from store.importers.mapped_layout import FORMAT, printed_names
from store.importers.mapped_points import point_in
from store.importers.report_addresses import addresses_in
from store.importers.source_files import SourceFiles
from store.importers.table import Cells, ColumnLayout, Table, TableHead
from store.importing.column_profile import is_date
from store.importing.formats import RECOGNISERS

MOST_ROWS = 5000
"""The most rows of a sample."""


class TableSample(NamedTuple):
    """The first rows of a table; `whole` is true if these are all.

    `known` says of which data set it is that needs no mapping, "" if of none. `others` are
    the names of the other tables of its file.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    whole: bool
    known: str
    others: tuple[str, ...] = ()


def sample_of(path: Path, stdin: IO[bytes] | None = None) -> TableSample:
    """The first rows of the largest table in a file. Raises `MissingCase` and `UsageError`."""
    source = SourceFiles(path, stdin, is_open_here)
    try:
        found = [(table, head) for table in source.tables if (head := best_head(table.heads()))]
        if not found:
            raise next(iter(source.refused), None) or UnfitFile(
                f"{path}: has no columns", "name a table with a header"
            )
        table, head = max(found, key=lambda one: _rank(one[1]))
        others = (one.name.removeprefix(one.folder) for one, _ in found if one is not table)
        return _sample_of(table, head)._replace(others=tuple(others))
    finally:
        source.close()


def _sample_of(table: Table, head: TableHead) -> TableSample:
    if len(head.first) > MAX_COLUMNS:
        raise UnfitFile(f"{table.name}: has over {MAX_COLUMNS} columns", "leave some out")
    columns = printed_names(head.first)
    layout = ColumnLayout(FORMAT, columns, "", quoted=head.delimiter != "\t")
    found = (one for one in table.reading(head, layout) if isinstance(one, Cells))
    rows = [one.cells for one in islice(found, MOST_ROWS)]
    if not rows:
        raise UnfitFile(f"{table.name}: has a header and no rows", "name a table with rows")
    if any(map(_is_value, head.first)):
        raise UnfitFile(
            f"{table.name}: its first row holds values, not the names of columns",
            "put a row of names above it",
        )
    name = table.name.removeprefix(table.folder)
    return TableSample(name, columns, rows, next(found, None) is None, _known(table))


def _is_value(cell: str) -> bool:
    """True if a cell is no name of a column: a day, degrees, an address."""
    if cell.isdecimal():
        return False
    return is_date(cell) or point_in(cell) is not None or addresses_in(cell) == [cell]


def _known(table: Table) -> str:
    try:
        return recognised(table, RECOGNISERS).layout.words
    except ConflictError:
        return ""


def best_head(heads: Iterable[TableHead]) -> TableHead | None:
    """The head that is likest to hold the names of the columns of a table; the first of equals."""
    return max((head for head in heads if len(head.first) > 1), key=_rank, default=None)


def _rank(head: TableHead) -> tuple[bool, bool, int, int]:
    """Names and no values; as wide as most rows below; many of them.

    In a text every row has all cells, in a sheet the empty ones at its end are missing.
    """
    width = len(head.first)
    fits = sum(len(row) == width if head.delimiter else len(row) <= width for row in head.rows)
    named = not any(_is_value(cell) or cell.isdecimal() for cell in head.first)
    return named, fits * 2 >= len(head.rows), len({*filter(None, head.first)}), fits
