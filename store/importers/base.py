"""The common base of the importers of all formats: a row becomes a draft, or is rejected."""

from collections.abc import Sequence

from store.importers.cells import BadCell, rejected
from store.importers.draft import Draft, Rejected, Row


class BaseImporter:
    """Drafts of the rows of one file, one row at a time unless a format counts them all first."""

    may_be_other = False
    """True if another list may have the name of the data set, and rows with the same ids."""

    @property
    def remarks(self) -> Sequence[str]:
        """Sentences on how the file was read, for the account of its import."""
        return ()

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row before the first is drafted."""

    def counted(self) -> None:
        """End the counting of rows."""

    def draft(self, row: Row) -> Draft | Rejected:
        """The records of a row."""
        try:
            return self._draft(row)
        except BadCell as error:
            return rejected(row.number, row.line, error)

    def _draft(self, row: Row) -> Draft:
        """The records of a row. Raises `BadCell`."""
        raise NotImplementedError
