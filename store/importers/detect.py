"""The detection of a table's data set by its columns, never by its name or their order."""

from collections.abc import Callable, Iterable, Sequence

from store.errors import UnfitFile, UsageError
from store.importers.table import ColumnLayout, RecognisedTable, Table, TableHead

Recogniser = Callable[[TableHead], ColumnLayout | None]
"""The layout of a table with this head.

None if it is not of the format; raises `UsageError` if it is, and cannot be imported.
"""
Unlike = Callable[[Sequence[TableHead]], tuple[str, str]]
"""The words and the hint of the error for a table with these heads, of no format."""
UNLIKE = (
    "is not a supported file",
    "conflict-tui mapping FILE drafts a mapping of any table; UCDP GED, ACLED, GTD and GDELT need"
    " none",
)
"""The error for a file of no format, and what to do."""


class UnsupportedTable(UnfitFile):
    """A table of no format that is known."""


class NearMiss(UnfitFile):
    """A table of a known format that cannot be imported as it is."""


def recognised(
    table: Table, recognisers: Iterable[Recogniser], unlike: Unlike = lambda _: UNLIKE
) -> RecognisedTable:
    """The table with its layout.

    Raises `UnsupportedTable` if no format matches, with the words and the hint of `unlike`,
    and `NearMiss` if one does, and cannot be imported.
    """
    recognisers = tuple(recognisers)
    heads: list[TableHead] = []
    for head in table.heads():
        heads.append(head)
        for recognise in recognisers:
            try:
                layout = recognise(head)
                if layout:
                    _refuse_twice(layout.columns)
            except UsageError as error:
                raise NearMiss(f"{table.name}: {error.message}", error.hint) from error
            # a table without a header begins with its first row
            if layout and (layout.header or not head.above):
                return RecognisedTable(table, head, layout)
    words, hint = unlike(heads)
    raise UnsupportedTable(f"{table.name}: {words}", hint)


def _refuse_twice(names: Sequence[str]) -> None:
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise UnfitFile(f"has the column {twice!r} twice", "keep one of them")
