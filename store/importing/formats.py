"""The formats that can be imported, and the importer of each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from store.importers import acled, gdelt, gdelt_events, gdelt_mentions, ged, gtd
from store.importers.acled_columns import COLUMNS
from store.importers.detect import KnownColumns, Recogniser
from store.importers.draft import Draft, Joined, Rejected, Row
from store.importers.ged_columns import COLUMNS_49
from store.importers.gtd_columns import OTHERS, READ
from store.importers.table import Cells, ColumnLayout
from store.model.records import DataSet


class Importer(Protocol):
    """Drafts of the rows of one file; all rows are counted before the first is drafted."""

    @property
    def dataset(self) -> DataSet:
        """The data set to which the rows belong."""

    @property
    def whole(self) -> bool:
        """True if a row that a file lacks is gone, and not just in another of many files."""

    @property
    def offices(self) -> Mapping[str, str]:
        """The publisher (and origin, if any) of each office met, by its name as printed."""

    @property
    def remarks(self) -> Sequence[str]:
        """Sentences on how the file was read, for the report, complete when it was."""

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row."""

    def counted(self) -> None:
        """End the counting of rows. Raises `UsageError` if they contradict each other."""

    @property
    def row(self) -> Callable[[Cells], Row | Rejected | Joined]:
        """The function that makes cells into a row of the data set, or rejects them."""

    def draft(self, row: Row) -> Draft | Rejected:
        """The records of a row."""

    @property
    def not_taken(self) -> Callable[[Draft], None]:
        """The function to call with a draft not taken; later drafts get its shared records."""


RECOGNISERS: tuple[Recogniser, ...] = (
    ged.recognise,
    acled.recognise,
    gtd.recognise,
    gdelt.recognise,
)

KNOWN = (
    KnownColumns("UCDP GED", COLUMNS_49),
    KnownColumns("ACLED", COLUMNS),
    KnownColumns("GTD", (*READ, *OTHERS)),
    KnownColumns("GDELT events", gdelt.EVENTS),
    KnownColumns("GDELT mentions", gdelt.MENTIONS),
)
"""The columns of the formats, to tell which of them an unknown table is nearest to."""

IMPORTERS: Mapping[str, Callable[[ColumnLayout, Mapping[str, str]], Importer]] = {
    "ged": ged.Ged,
    "acled": acled.Acled,
    "gtd": gtd.Gtd,
    "gdelt events": gdelt_events.GdeltEvents,
    "gdelt mentions": gdelt_mentions.GdeltMentions,
}
"""The importers by format of the layout; each gets the layout and the sources of the case."""
