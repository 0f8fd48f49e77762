"""The cells of a row under their columns, where a file has a few more or less of them."""

from collections.abc import Mapping, Sequence

from store.importers.table import ColumnLayout


class Fit:
    """The cells of the rows of a table, as many as it has columns; never one in another's place.

    Empty cells at the end are nothing: they may be there beyond the last column, and
    missing up to the last column that a row needs. A row of one of the `variants` of the
    layout has its own columns.
    """

    def __init__(self, layout: ColumnLayout) -> None:
        self.width = len(layout.columns)
        needed = [at for at, name in enumerate(layout.columns) if name in layout.needed]
        self._least = max(needed) + 1 if needed else self.width
        self._variants = {
            len(columns): _places(layout.columns, columns) for columns in layout.variants
        }

    def __call__(self, cells: list[str]) -> list[str] | None:
        """The cells of a row in the order of the columns, None if they do not fit."""
        many = len(cells)
        if many == self.width:
            return cells
        if places := self._variants.get(many):
            return [cells[at] if at is not None else "" for at in places]
        if many > self.width:
            spare = cells[self.width :]
            return None if any(cell.strip() for cell in spare) else cells[: self.width]
        return cells + [""] * (self.width - many) if many >= self._least else None


def _places(columns: Sequence[str], variant: Sequence[str]) -> list[int | None]:
    at: Mapping[str, int] = {name: number for number, name in enumerate(variant)}
    return [at.get(name) for name in columns]
