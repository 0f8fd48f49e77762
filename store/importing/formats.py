"""The formats that there are, and what each gives."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from store.importers import acled, gdelt, gdelt_events, gdelt_mentions, ged
from store.importers.detect import ColumnLayout, Recogniser
from store.importers.draft import Draft, Rejected, Row
from store.importers.rows import Cells
from store.model.records import DataSet


class Importer(Protocol):
    """Drafts of the rows of one file, which are counted before the first is drafted."""

    @property
    def dataset(self) -> DataSet:
        """The data set that the rows are of."""

    @property
    def whole(self) -> bool:
        """Whether a row that a file lacks is gone, and not just in another of many files."""

    @property
    def offices(self) -> Mapping[str, str]:
        """Whose each office is that was met, by its name as it is printed."""

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row."""

    def counted(self) -> None:
        """Every row was counted."""

    @property
    def row(self) -> Callable[[Cells], Row | Rejected]:
        """What row of the data set some cells are."""

    def draft(self, row: Row) -> Draft | Rejected:
        """The records of a row."""

    @property
    def not_taken(self) -> Callable[[Draft], None]:
        """What is told of a draft that came to nothing: what others need of it comes later."""


RECOGNISERS: tuple[Recogniser, ...] = (ged.recognise, acled.recognise, gdelt.recognise)

IMPORTERS: Mapping[str, Callable[[ColumnLayout, Mapping[str, str]], Importer]] = {
    "ged": ged.Ged,
    "acled": acled.Acled,
    "gdelt events": gdelt_events.GdeltEvents,
    "gdelt mentions": gdelt_mentions.GdeltMentions,
}
"""By the format of a layout; each is given the layout and the sources that the case has."""
