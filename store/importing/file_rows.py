"""The rows of one file with their drafts: made here, or in a process of their own."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from store.errors import UnfitFile, UsageError
from store.importers.draft import Joined, Rejected, Row
from store.importers.streams import File
from store.importers.table import AnyRow, Cells, PassedOver, RecognisedTable
from store.importers.text_table import TextTable
from store.importing.existing import ExistingRecords
from store.importing.formats import DATA_SETS, Drafter, Formats

LARGE = 1024 * 1024
"""The fewest bytes of a file that is drafted in a process of its own (decision 052)."""

AnyRead = Row | Rejected | Joined | PassedOver


class FileRows(ABC):
    """The rows of one file, which are counted before the first is drafted.

    `importer` drafts them, after `rows` has yielded them. `sha256` is the hash of the file,
    once its rows were counted.
    """

    importer: Drafter
    sha256 = ""

    @abstractmethod
    def counting(self) -> Iterator[object]:
        """Count the rows: yield something for each, and what is passed over.

        Raises `UsageError` if the file cannot be read to its end, or its rows contradict
        each other.
        """

    @abstractmethod
    def rows(self) -> Iterator[AnyRead]:
        """Yield every row, and what is passed over. Raises what `counting` does."""

    @property
    @abstractmethod
    def read(self) -> int:
        """The bytes read so far, in both passes together."""

    @property
    @abstractmethod
    def remarks(self) -> Sequence[str]:
        """Sentences on how the file was read, complete when it was."""

    @property
    @abstractmethod
    def offices(self) -> Mapping[str, str]:
        """The publisher (and origin, if any) of each office met, by its name as printed."""

    @abstractmethod
    def close(self) -> None:
        """End what reads the file."""


class RowsHere(FileRows):
    """The rows of a file that this process reads and drafts."""

    def __init__(
        self, opened: RecognisedTable, formats: Formats, sources: Mapping[str, str]
    ) -> None:
        """`sources` are those of the case, as the importers take them."""
        self.importer = self._importer = formats.importers[opened.layout.format](
            opened.layout, sources
        )
        self._opened = opened
        self._reading = opened.reading()
        self._before = 0

    def counting(self) -> Iterator[AnyRow]:
        """Count the rows."""
        digest = hashlib.sha256()
        self._reading = self._opened.reading(digest.update)
        for found in self._reading:
            if isinstance(found, Cells):
                self._importer.count(found.cells)
            yield found
        try:
            self._importer.counted()
        except UsageError as error:
            name = self._opened.table.name
            raise UnfitFile(f"{name}: {error.message}", error.hint) from error
        self.sha256 = digest.hexdigest()

    def rows(self) -> Iterator[AnyRead]:
        """Yield every row, and what is passed over."""
        self._before = self._reading.read
        self._reading = self._opened.reading()
        for found in self._reading:
            yield self._importer.row(found) if isinstance(found, Cells) else found

    @property
    def read(self) -> int:
        """The bytes read so far, in both passes together."""
        return self._before + self._reading.read

    @property
    def remarks(self) -> Sequence[str]:
        """Sentences on how the file was read, complete when it was."""
        return [*self._reading.remarks, *self._importer.remarks]

    @property
    def offices(self) -> Mapping[str, str]:
        """The publisher (and origin, if any) of each office met, by its name as printed."""
        return self._importer.offices

    def close(self) -> None:
        """Leave the process of the table, which may serve others, to its owner."""


def rows_of_file(
    opened: RecognisedTable, formats: Formats, held: ExistingRecords, *, dry_run: bool
) -> FileRows:
    """The rows of a file, of which a process of its own makes the drafts if that is quicker.

    It is where the file is large and is to be imported, and where every row has to be
    drafted: the case has none of its data set.
    """
    table = opened.table
    data_set = DATA_SETS.get(opened.layout.format)
    if (
        isinstance(table, TextTable)
        and isinstance(table.source, File)
        and table.size >= LARGE
        and not (dry_run or formats.mapping or data_set is None)
        and not held.rows_of(data_set.id)
        and not held.merged(data_set.id).rows
    ):
        from store.importing.rows_apart import RowsApart

        return RowsApart(opened, table.source, data_set, held.sources())
    return RowsHere(opened, formats, held.sources())
