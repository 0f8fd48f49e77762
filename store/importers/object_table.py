"""Tables of objects: JSON, of which a process of its own reads the rows."""

from collections.abc import Iterator

from store.importers.draft import Rejected
from store.importers.packed import PackedSource
from store.importers.readers.answers import ObjectRow, Objects
from store.importers.table import (
    AnyRow,
    Cells,
    ColumnLayout,
    OnBytes,
    Table,
    TableHead,
    TableReading,
    seen_whole,
)

_READER = "store.importers.readers.objects"


class ObjectTable(Table):
    """The objects of a file of JSON, whose keys are the columns."""

    def __init__(self, source: PackedSource) -> None:
        """Raises `UsageError` if it is no JSON, or has no objects."""
        self.name = source.name
        self.folder = source.folder
        self.size = source.size
        self.process = source.process
        self._source = source
        asked = source.ask(_READER, "columns", Objects | None)
        (self._objects,) = (one for one in asked if one is not None)

    def heads(self) -> Iterator[TableHead]:
        """The keys of all objects."""
        below = tuple(map(tuple, self._objects.first))
        yield TableHead(tuple(self._objects.columns), below, after=0, keys=True)

    def reading(
        self, head: TableHead, layout: ColumnLayout, seen: OnBytes | None = None
    ) -> "ObjectReading":
        """A pass through the objects; `seen` gets the bytes of the file."""
        return ObjectReading(self._source, self._objects, seen)


class ObjectReading(TableReading):
    """One pass through the objects of a file."""

    def __init__(self, source: PackedSource, objects: Objects, seen: OnBytes | None) -> None:
        self._source = source
        self._objects = objects
        self._seen = seen
        self._number = 0

    @property
    def read(self) -> int:
        """The number of bytes read so far, by the number of objects."""
        return self._source.size * self._number // max(1, self._objects.many)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on what was read other than as it stands, and on what is not in this file."""
        return tuple(self._objects.remarks)

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield every row. Raises `UsageError` if the file cannot be read to its end."""
        seen_whole(self._source, self._seen)
        columns = self._objects.columns
        for batch in self._source.ask(_READER, "rows", list[ObjectRow], columns=columns):
            for number, cells, why, cut in batch:
                self._number = number
                if why:
                    yield Rejected(number, 0, "", why, cut=cut)
                else:
                    yield Cells(number, 0, cells)
