"""The formats that can be imported, and the importer of each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from store.importers import acled, gdelt, gdelt_events, gdelt_mentions, ged_layout, gtd_layout
from store.importers.detect import Recogniser, Unlike
from store.importers.draft import Draft, Joined, Rejected, Row
from store.importers.nearest import unlike
from store.importers.table import Cells, ColumnLayout
from store.model.records import DataSet

if TYPE_CHECKING:
    from store.importing.mapping_file import MappingFile  # needed where a mapping is given


class Drafter(Protocol):
    """Drafts of the rows of one file, and facts of their data set."""

    @property
    def dataset(self) -> DataSet:
        """The data set to which the rows belong."""

    @property
    def may_be_other(self) -> bool:
        """True if another list may have the name of the data set, and rows with the same ids."""

    @property
    def whole(self) -> bool:
        """True if a row that a file lacks is gone, and not just in another of many files."""

    def draft(self, row: Row) -> Draft | Rejected:
        """The records of a row."""

    @property
    def not_taken(self) -> Callable[[Draft], None]:
        """The function to call with a draft not taken; later drafts get its shared records."""


class Importer(Drafter, Protocol):
    """The importer of one file; all rows are counted before the first is drafted."""

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


RECOGNISERS: tuple[Recogniser, ...] = (
    ged_layout.recognise,
    acled.recognise,
    gtd_layout.recognise,
    gdelt.recognise,
)

MakeImporter = Callable[[ColumnLayout, Mapping[str, str]], Importer]


def _ged(layout: ColumnLayout, known: Mapping[str, str]) -> Importer:
    """The importer of UCDP GED, whose rules of reading headlines take long to load."""
    from store.importers.ged import Ged

    return Ged(layout, known)


def _gtd(layout: ColumnLayout, known: Mapping[str, str]) -> Importer:
    """The importer of the GTD, which reads headlines by the same rules."""
    from store.importers.gtd import Gtd

    return Gtd(layout, known)


IMPORTERS: Mapping[str, MakeImporter] = {
    "ged": _ged,
    "acled": acled.Acled,
    "gtd": _gtd,
    "gdelt events": gdelt_events.GdeltEvents,
    "gdelt mentions": gdelt_mentions.GdeltMentions,
}
"""The importers by format of the layout; each gets the layout and the sources of the case."""


DATA_SETS: Mapping[str, DataSet] = {
    "ged": ged_layout.DATA_SET,
    "acled": acled.DATA_SET,
    "gtd": gtd_layout.DATA_SET,
    "gdelt events": gdelt.DATA_SET,
}
"""The data sets by format of the layout, where every file has rows of the same one."""


class Formats(NamedTuple):
    """The formats among which an import chooses.

    `unlike` gives the error for a table that has none of them, and what to do; `mapping`
    is the SHA-256 of the mapping that describes them, if one does.
    """

    recognisers: Sequence[Recogniser] = RECOGNISERS
    importers: Mapping[str, MakeImporter] = IMPORTERS
    unlike: Unlike = unlike
    mapping: str | None = None


KNOWN = Formats()
"""The formats that need no mapping."""


def mapped(by: "MappingFile", name: str | None = None) -> Formats:
    """The one format of the tables that have the columns of a mapping.

    A `name` takes the place of that of the mapping; the rows are then of the data set
    of this name, whatever it has already. Raises `UsageError` where it is no name.
    """
    from store.importers.mapped import Mapped
    from store.importers.mapped_layout import FORMAT, MappedRecogniser
    from store.importing.mapping_file import named

    recognise = MappedRecogniser(by.name, by.mapping)
    mapping = by.mapping if name is None else named(by.mapping, name)
    importers = {FORMAT: partial(Mapped, mapping, may_be_other=name is None)}
    return Formats((recognise,), importers, lambda _: recognise.unlike(), by.sha256)
