"""UCDP GED: the layouts of 49 and 41 columns, in any order, with or without a header.

Columns are found by their names; a file without names must have exactly the columns of
a known layout.
"""

from collections.abc import Mapping

from store.errors import UsageError
from store.importers.cells import BadCell, code, people
from store.importers.date_cells import date_cell
from store.importers.ged_columns import (
    ALIASES,
    COLUMNS_41,
    COLUMNS_49,
    NEEDED,
    PRECISIONS,
    SIDES,
)
from store.importers.table import ColumnLayout, TableHead
from store.model.record import make_id
from store.model.records import DataSet
from store.model.vocabulary import EventType

_KNOWN_BY = frozenset(("type_of_violence", "side_a", "side_b", "date_start", "best"))

DATA_SET = DataSet(
    id=make_id("dst", "UCDP GED"),
    name="UCDP GED",
    licence="CC BY 4.0",
    citation=(
        "Sundberg, Ralph, and Erik Melander (2013), Introducing the UCDP Georeferenced Event"
        " Dataset, Journal of Peace Research 50(4)"
    ),
)

TYPES = {"1": EventType.CLASH, "2": EventType.CLASH, "3": EventType.ATTACK}
"""The type of an event by the type of violence of its row."""


def recognise(head: TableHead) -> ColumnLayout | None:
    """The layout of a file of GED. Raises `UsageError` if columns are missing."""
    names = head.names(COLUMNS_49, ALIASES)
    if len(_KNOWN_BY & {*names}) >= 4:
        missing = [name for name in NEEDED if name not in names]
        if missing:
            raise UsageError(
                f"looks like UCDP GED, but lacks the columns {', '.join(missing)}",
                "download the complete file from ucdp.uu.se/downloads, or draft a mapping:"
                " conflict-tui mapping FILE",
            )
        words = f"UCDP GED, {len(names)} columns"
        return ColumnLayout("ged", names, words, needed=NEEDED)
    for columns in (COLUMNS_49, COLUMNS_41):
        first = head.first
        if len(first) == len(columns) and _is_row(dict(zip(columns, first, strict=True))):
            words = f"UCDP GED, {len(columns)} columns without a header"
            return ColumnLayout("ged", columns, words, header=False, needed=NEEDED)
    return None


def _is_row(cells: Mapping[str, str]) -> bool:
    """True if these are the cells of a row, each under its right name."""
    if not (date_cell(cells["date_start"]) and date_cell(cells["date_end"])):
        return False
    try:
        for field in (*SIDES, "best", "low", "high", "id"):
            people(field, cells[field])
    except BadCell:
        return False
    return code(cells["type_of_violence"]) in TYPES and code(cells["where_prec"]) in PRECISIONS
