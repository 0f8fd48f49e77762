"""The layout of a table that has the columns of a mapping, and the names of its columns."""

from collections.abc import Sequence
from difflib import get_close_matches

from store.importers.cells import one_line_of
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


class MappedRecogniser:
    """The recogniser of the tables that have the columns of a mapping."""

    def __init__(self, name: str, mapping: TableMapping) -> None:
        """`name` is that of the mapping, for a person."""
        self._name = name
        self._mapping = mapping
        self._wanted = {table_key(column): (key, column) for key, column in mapping.named()}
        date = mapping.date
        self._dated = table_key(date.start or date.end or date.year)
        self._nearest: tuple[list[tuple[str, str]], tuple[str, ...]] | None = None

    def __call__(self, head: TableHead) -> ColumnLayout | None:
        """The layout of a table with this head; None if it lacks a column of the mapping."""
        columns = printed_names(head.first)
        there = set(map(table_key, columns))
        missing = [told for name, told in self._wanted.items() if name not in there]
        if not missing:
            self._nearest = None
            words = f"{self._mapping.data_set.name}, {count_text(len(columns), 'column')}"
            quoted = head.delimiter != "\t"
            needed = tuple(name for name in columns if table_key(name) == self._dated)
            words = f"{words}, by {self._name}"
            return ColumnLayout(FORMAT, columns, words, quoted=quoted, needed=needed)
        if self._nearest is None or len(missing) < len(self._nearest[0]):
            self._nearest = missing, columns
        return None

    def unlike(self) -> tuple[str, str]:
        """The error for a table that is none of the mapping, by its likest head."""
        missing, columns = self._nearest or ([], ())
        if not missing or len(missing) == len(self._wanted):
            return f"has none of the columns that {self._name} names", "draft a mapping of it"
        (key, column), *others = missing
        more = f" (and {count_text(len(others), 'other')})" if others else ""
        there = {table_key(name): name for name in columns}
        near = get_close_matches(table_key(column), there, 1)
        hint = f"nearest: {there[near[0]]!r}" if near else f"it has {', '.join(columns)}"
        return f"has no column {column!r}{more}, which {key} of {self._name} names", hint
