"""The layout of a table that has the columns of a mapping, and the names of its columns."""

from collections.abc import Sequence
from difflib import get_close_matches

from store.errors import UsageError
from store.importers.cells import one_line_of
from store.importers.detect import Recogniser
from store.importers.mapping import TableMapping, table_key
from store.importers.record_factory import words_of
from store.importers.table import ColumnLayout, TableHead
from store.model.labels import count_text

FORMAT = "mapped"
"""The name of the format in a layout."""


def printed_names(header: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns of a header as they are printed, each different.

    A column without a name is called by its number, and the second of one name `name (2)`.
    """
    names: list[str] = []
    seen: set[str] = set()
    for number, cell in enumerate(header, 1):
        plain = words_of(one_line_of(cell.replace("\0", " "))) or f"column {number}"
        name, times = plain, 1
        while table_key(name) in seen:
            times += 1
            name = f"{plain} ({times})"
        seen.add(table_key(name))
        names.append(name)
    return tuple(names)


def recogniser(mapping: TableMapping) -> Recogniser:
    """The recogniser of the tables that have the columns of a mapping."""
    wanted = {table_key(column): (key, column) for key, column in mapping.named()}

    def recognise(head: TableHead) -> ColumnLayout | None:
        columns = printed_names(head.first)
        there = {table_key(name): name for name in columns}
        missing = [told for name, told in wanted.items() if name not in there]
        if missing and len(missing) == len(wanted):
            return None
        if missing:
            key, column = missing[0]
            near = get_close_matches(table_key(column), there, 1)
            raise UsageError(
                f"has no column {column!r}, which {key} of the mapping names"
                + (f" (nearest: {there[near[0]]!r})" if near else ""),
                "name the column as the file does",
            )
        words = f"{mapping.data_set.name}, {count_text(len(columns), 'column')}, by a mapping"
        return ColumnLayout(FORMAT, columns, words, quoted=head.delimiter != "\t")

    return recognise
