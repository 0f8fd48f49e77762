"""Identification of the rows of a data set by their cells."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from operator import itemgetter

from store.importers.cells import BadCell, identifier, rejected
from store.importers.draft import Rejected, Row
from store.importers.table import Cells


class RowIds:
    """The id of each row, and the hash of its cells, whatever the order of the columns."""

    def __init__(self, columns: Sequence[str], order: Sequence[str], id: str) -> None:
        """`columns` are those of the file, `order` all known ones, `id` the column of the id."""
        at = {name: number for number, name in enumerate(columns)}
        known = [name for name in order if name in at]
        others = sorted(name for name in at if name and name not in order)
        self._all = itemgetter(*(at[name] for name in (*known, *others)))
        self._id = id
        self._at = at[id]

    def row(self, found: Cells) -> Row | Rejected:
        """The row with its id; rejected if it has no id, or holds characters that no text can."""
        content = "\x1f".join(self._all(found.cells))
        if "\0" in content:
            return Rejected(found.number, found.line, "", "contains a NUL byte")
        try:
            id = identifier(self._id, found.cells[self._at])
        except BadCell as error:
            return rejected(found.number, found.line, error)
        return Row(found.number, found.line, id, sha256(content.encode()).hexdigest(), found.cells)


class UsedCells:
    """The cells that an importer uses, by the names of their columns; "" for one not there."""

    def __init__(self, at: Mapping[str, int], names: Sequence[str]) -> None:
        self._names = [name for name in names if name in at]
        self._cells = itemgetter(*(at[name] for name in self._names))
        self._missing = dict.fromkeys(names, "")

    def of(self, cells: Sequence[str]) -> dict[str, str]:
        """The used cells of a row."""
        return {**self._missing, **dict(zip(self._names, self._cells(cells), strict=True))}
