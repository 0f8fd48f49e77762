"""The detection of a table's data set by its columns, never by its name or their order."""

from collections.abc import Callable, Iterable, Sequence

from store.errors import UsageError
from store.importers.table import ColumnLayout, RecognisedTable, Table, TableHead

Recogniser = Callable[[TableHead], ColumnLayout | None]
"""The layout of a table with this head.

None if it is not of the format; raises `UsageError` if it is, and cannot be imported.
"""


def recognised(table: Table, recognisers: Iterable[Recogniser]) -> RecognisedTable:
    """The table with its layout. Raises `UsageError` if no format matches."""
    recognisers = tuple(recognisers)
    for head in table.heads():
        for recognise in recognisers:
            try:
                layout = recognise(head)
                if layout:
                    _refuse_twice(layout.columns)
            except UsageError as error:
                error.message = f"{table.name}: {error.message}"
                raise
            # a table without a header begins with its first row
            if layout and (layout.header or not head.before):
                return RecognisedTable(table, head, layout)
    raise UsageError(
        f"{table.name}: is not a supported file",
        "supported: UCDP GED, ACLED, GTD, and GDELT 2.0 events and mentions",
    )


def _refuse_twice(names: Sequence[str]) -> None:
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise UsageError(f"has the column {twice!r} twice", "keep one of them")
