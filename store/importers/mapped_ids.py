"""The rows of a mapped table, and their ids: of a column, or made of cells."""

from collections.abc import Sequence
from hashlib import sha256

from store.importers.cells import BadCell, identifier, rejected
from store.importers.draft import Rejected, Row
from store.importers.mapped_cells import TableCells
from store.importers.mapping import TableMapping, table_key
from store.importers.record_factory import words_of
from store.importers.table import Cells
from store.model.record import make_id


class MappedIds:
    """The ids of the rows, of their column or made of cells, and the hash of all cells.

    The hash holds the mapping too: rows that another mapping reads anew have changed.
    """

    def __init__(self, mapping: TableMapping, table: TableCells) -> None:
        self._mapping = mapping.sha256
        self._id = mapping.row.id
        at = table.at
        self._column = at[table_key(self._id)] if self._id else None
        self._from = [at[table_key(name)] for name in mapping.row.id_from]
        self._all = [number for _, number in sorted(at.items())]
        made = ", ".join(mapping.row.id_from) or "all cells"
        self.remarks = () if self._id else (f"row ids are made from {made}",)

    def row(self, found: Cells) -> Row | Rejected:
        """The row with its id; rejected if it has none, or holds characters that no text can."""
        cells = found.cells
        content = "\x1f".join((self._mapping, *(cells[number] for number in self._all)))
        if "\0" in content:
            return Rejected(found.number, found.line, "", "contains a NUL byte")
        if not any(cell.strip() for cell in cells):
            return Rejected(found.number, found.line, "", "is empty")
        try:
            id = self._made(cells) if self._column is None else self._given(cells[self._column])
        except BadCell as error:
            return rejected(found.number, found.line, error)
        return Row(found.number, found.line, id, sha256(content.encode()).hexdigest(), cells)

    def _given(self, cell: str) -> str:
        return identifier(self._id, words_of(" ".join(cell.split())))

    def _made(self, cells: Sequence[str]) -> str:
        """An id of the cells that stay as they are when a row is corrected."""
        chosen = self._from or self._all
        key = [" ".join(cells[number].split()).casefold() for number in chosen]
        return make_id("row", *key)
