"""The format that a table of no format is nearest to, for an error that says what to do."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from store.importers import acled_columns, gdelt, ged_columns, gtd_columns
from store.importers.detect import UNLIKE
from store.importers.table import TableHead
from store.model.labels import count_text

_NAMED = 5
"""The most columns that an error names."""


class KnownColumns(NamedTuple):
    """The columns of a format, their other names, and the name of the format for a person."""

    words: str
    columns: tuple[str, ...]
    aliases: Mapping[str, str] = {}


_KNOWN = (
    KnownColumns("UCDP GED", ged_columns.COLUMNS_49, ged_columns.ALIASES),
    KnownColumns("ACLED", acled_columns.COLUMNS, acled_columns.ALIASES),
    KnownColumns("GTD", (*gtd_columns.READ, *gtd_columns.OTHERS)),
    KnownColumns("GDELT events", gdelt.EVENTS),
    KnownColumns("GDELT mentions", gdelt.MENTIONS),
)


def unlike(heads: Sequence[TableHead]) -> tuple[str, str]:
    """The words and the hint of the error for a table with these heads, of no format."""
    words, hint = UNLIKE
    return words + _nearest(heads), hint


def _nearest(heads: Sequence[TableHead]) -> str:
    """The known format that shares most columns with a table, and what the table lacks."""
    if not heads:
        return ": it has no columns"
    shared, words, missing, others = max(
        (_compared(head, one) for head in heads for one in _KNOWN),
        key=lambda found: found[0] / (found[0] + len(found[2])),
    )
    first = [name for name in heads[0].first if name]
    if shared < 2 or shared * 2 < min(len(missing) + shared, len(first)):
        return f": its {count_text(len(first), 'column')} are of no known format ({_list(first)})"
    told = f": the nearest is {words}, of which it lacks {_list(missing)}" if missing else ""
    return f"{told}; not of {words}: {_list(others)}" if others else told


def _compared(head: TableHead, one: KnownColumns) -> tuple[int, str, list[str], list[str]]:
    """The number of columns shared with a format, its name, those missing, and the others."""
    names = head.names(one.columns, one.aliases)
    missing = [name for name in one.columns if name not in names]
    others = [name for name in names if name and name not in one.columns]
    return len(one.columns) - len(missing), one.words, missing, others


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED:,} more" if len(names) > _NAMED else shown
