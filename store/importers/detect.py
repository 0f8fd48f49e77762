"""The detection of a table's data set by its columns, never by its name or their order."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from store.errors import UsageError
from store.importers.table import ColumnLayout, RecognisedTable, Table, TableHead
from store.model.labels import count_text

Recogniser = Callable[[TableHead], ColumnLayout | None]
"""The layout of a table with this head.

None if it is not of the format; raises `UsageError` if it is, and cannot be imported.
"""
_NAMED = 5
"""The most columns that a refusal names."""


class KnownColumns(NamedTuple):
    """The columns of a format, with its name for a person."""

    words: str
    columns: tuple[str, ...]


class UnsupportedTable(UsageError):
    """A table of no format that is known."""


class NearMiss(UsageError):
    """A table of a known format that cannot be imported as it is."""


def recognised(
    table: Table, recognisers: Iterable[Recogniser], known: Sequence[KnownColumns] = ()
) -> RecognisedTable:
    """The table with its layout.

    Raises `UnsupportedTable` if no format matches, with the nearest of the `known`, and
    `NearMiss` if one does, and cannot be imported.
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
    raise UnsupportedTable(
        f"{table.name}: is not a supported file{_nearest(heads, known)}",
        "supported: UCDP GED, ACLED, GTD, and GDELT events and mentions, in any of the wrappings"
        " that docs/import.md names",
    )


def _refuse_twice(names: Sequence[str]) -> None:
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise UsageError(f"has the column {twice!r} twice", "keep one of them")


def _nearest(heads: Sequence[TableHead], known: Sequence[KnownColumns]) -> str:
    """The known format that shares most columns with a table, and what the table lacks."""
    if not heads:
        return ": it has no columns"
    if not known:
        return ""
    shared, words, missing, others = max(
        (_compared(head, one) for head in heads for one in known), key=lambda found: found[0]
    )
    if shared < 2:
        first = [name for name in heads[0].first if name]
        return f": none of its {count_text(len(first), 'column')} is known ({_list(first)})"
    told = f": the nearest is {words}, of which it lacks {_list(missing)}" if missing else ""
    return f"{told}; not of {words}: {_list(others)}" if others else told


def _compared(head: TableHead, one: KnownColumns) -> tuple[int, str, list[str], list[str]]:
    """The number of columns shared with a format, its name, those missing, and the others."""
    names = head.names(one.columns)
    missing = [name for name in one.columns if name not in names]
    others = [name for name in names if name and name not in one.columns]
    return len(one.columns) - len(missing), one.words, missing, others


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED:,} more" if len(names) > _NAMED else shown
