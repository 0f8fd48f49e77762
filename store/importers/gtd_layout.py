"""The Global Terrorism Database: a file of it is known by its columns."""

from store.errors import UsageError
from store.importers.gtd_columns import EXPECTED, NEEDED, OTHERS, READ
from store.importers.table import ColumnLayout, TableHead
from store.model.record import make_id
from store.model.records import DataSet

DATA_SET = DataSet(
    id=make_id("dst", "GTD"),
    name="GTD",
    licence="terms of use of the GTD: the rows may not be passed on",
    redistributable=False,
    citation=(
        "START (National Consortium for the Study of Terrorism and Responses to Terrorism)"
        " (2022), Global Terrorism Database 1970-2020, start.umd.edu/gtd"
    ),
)


def recognise(head: TableHead) -> ColumnLayout | None:
    """The layout of a file of the GTD. Raises `UsageError` if it lacks columns that it needs."""
    names = head.names((*READ, *OTHERS))
    there = set(names)
    if len(there & {*NEEDED, *EXPECTED}) < 6 or not there & {"eventid", "iyear"}:
        return None
    lacking = [name for name in NEEDED if name not in there]
    if lacking:
        columns = "column" if len(lacking) == 1 else "columns"
        raise UsageError(
            f"looks like the Global Terrorism Database, but lacks the {columns}"
            f" {', '.join(lacking)}",
            "a row needs its id and its date: take the complete file, or draft a mapping:"
            " conflict-tui mapping FILE",
        )
    return ColumnLayout("gtd", names, f"GTD, {len(names)} columns", needed=NEEDED)
