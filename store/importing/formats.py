"""The formats that there are, and what each gives."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from store.importers import ged
from store.importers.draft import Draft, Rejected, Row
from store.importers.layout import Layout, Recogniser
from store.importers.rows import Cells
from store.model.records import DataSet


class Importer(Protocol):
    """Drafts of the rows of one file, which are counted before the first is drafted."""

    @property
    def dataset(self) -> DataSet:
        """The data set that the rows are of."""

    @property
    def offices(self) -> Mapping[str, str]:
        """Whose each office is that was met, by its name as it is printed."""

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row."""

    def counted(self) -> None:
        """Every row was counted."""

    def row(self, found: Cells) -> Row | Rejected:
        """What row of the data set these cells are."""

    def draft(self, row: Row) -> Draft | Rejected:
        """The records of a row."""

    def not_taken(self, draft: Draft) -> None:
        """A draft came to nothing; what others need of it comes with the next."""


RECOGNISERS: tuple[Recogniser, ...] = (ged.recognise,)

IMPORTERS: Mapping[str, Callable[[Layout, Mapping[str, str]], Importer]] = {"ged": ged.Ged}
"""By the format of a layout; each is given the layout and the sources that the case has."""
