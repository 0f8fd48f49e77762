"""What the importers of all formats have in common: a row becomes a draft, or is rejected."""

from collections.abc import Sequence

from store.importers.cells import BadCell
from store.importers.draft import Draft, Rejected, Row


class BaseImporter:
    """Drafts of the rows of one file, each known by itself unless a format counts them before."""

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row before the first is drafted."""

    def counted(self) -> None:
        """Every row was counted."""

    def draft(self, row: Row) -> Draft | Rejected:
        """The records of a row."""
        try:
            return self._draft(row)
        except BadCell as error:
            return Rejected(row.number, row.line, error.field, error.reason, error.kind)

    def _draft(self, row: Row) -> Draft:
        """The records of a row. Raises `BadCell`."""
        raise NotImplementedError
