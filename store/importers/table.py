"""A table in a file: its columns and its rows, however the file wraps them."""

import unicodedata
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.importers.draft import Rejected
from store.importers.streams import Source
from store.sandbox.process import ReaderProcess

OnBytes = Callable[[bytes], object]


class Cells(NamedTuple):
    """The cells of one row of data, in the order of the columns.

    `number` counts the rows of data from 1; `line` is the line of the file, or
    the row of the sheet, on which it begins, 0 where there are no lines.
    """

    number: int
    line: int
    cells: list[str]


class PassedOver(NamedTuple):
    """A row of a table that holds no data: its place, its kind ("HXL tags"), and its words."""

    line: int
    kind: str
    words: str = ""


AnyRow = Cells | Rejected | PassedOver


class TableHead(NamedTuple):
    """A row that may be the header of a table, and the first rows below it.

    `first` are its cells, stripped; `rows` those of at most 20 rows below. `before`
    and `after` are the number of lines above it, and of those down to its end; `above`
    that of the rows above it with anything in them. `delimiter` parts the cells of a
    text; it is "" where the file itself parts them. `keys` is true if the file says that
    these are names of columns, as JSON does.
    """

    first: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    before: int = 0
    after: int = 1
    above: int = 0
    delimiter: str = ""
    keys: bool = False

    def names(self, known: Iterable[str] = (), aliases: Mapping[str, str] = {}) -> tuple[str, ...]:
        """The names of the columns as an importer knows them; `column_names` says how."""
        return column_names(self.first, known, aliases)


class ColumnLayout(NamedTuple):
    """The columns of a table in their order, by the names under which an importer knows them.

    `words` name the layout for a person. `header` is true if the first row is one.
    `quoted` is true if quotes hold cells of a text together. `needed` are the columns
    without which a row says nothing: a row may lack cells at its end, but none of these.
    `variants` are the columns of rows with other numbers of cells, in the same file.
    `dates` is the order of day and month that the user gives (dmy, mdy, ymd), "" if none.
    """

    format: str
    columns: tuple[str, ...]
    words: str
    header: bool = True
    quoted: bool = True
    needed: tuple[str, ...] = ()
    variants: tuple[tuple[str, ...], ...] = ()
    dates: str = ""


class TableReading(ABC):
    """One pass through the rows of a table.

    `read` comes to the `size` of the table; `remarks` say what was read other than as
    it stands, and are complete after the pass.
    """

    @property
    @abstractmethod
    def read(self) -> int:
        """The number of bytes read so far."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences for the report."""
        return ()

    @abstractmethod
    def __iter__(self) -> Iterator[AnyRow]:
        """Yield every row. Raises `UsageError` if the file cannot be read to its end."""


class Table(ABC):
    """A table that can be read more than once.

    `name` is its name for a person: the file, and the part of it; `folder` the part of
    the name that is private to the user, and not for a log. `size` is the number of
    bytes that a pass reads.
    """

    name: str
    folder: str
    size: int
    process: ReaderProcess | None = None
    """The process that reads it, if one does; it may serve several tables."""

    @abstractmethod
    def heads(self) -> Iterable[TableHead]:
        """The rows that may be its header, the likeliest first. Raises `UsageError`."""

    @abstractmethod
    def reading(
        self, head: TableHead, layout: ColumnLayout, seen: OnBytes | None = None
    ) -> TableReading:
        """A pass through the rows below this header; `seen` gets the bytes of the file."""


def seen_whole(source: Source, seen: OnBytes | None) -> None:
    """Give all bytes of a source to `seen`, where it is not read byte by byte."""
    if seen is not None:
        with source.open() as stream:
            while chunk := stream.read(1024 * 1024):
                seen(chunk)


class RecognisedTable(NamedTuple):
    """A table whose layout is known, with the row that is its header."""

    table: Table
    head: TableHead
    layout: ColumnLayout

    def reading(self, seen: OnBytes | None = None) -> TableReading:
        """A pass through its rows; `seen` gets the bytes of the file."""
        return self.table.reading(self.head, self.layout, seen)


def squeezed(name: str) -> str:
    """A name of a column without what spellings differ in: `eventidcnty` of "Event Id-CNTY"."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def column_names(
    printed: Sequence[str], known: Iterable[str], aliases: Mapping[str, str] = {}
) -> tuple[str, ...]:
    """The names of columns as an importer knows them.

    Spaces, signs and case are nothing, so that "Event Id Cnty" is `event_id_cnty` if that
    is one of the `known`. `aliases` has other names of known columns. A column that is
    not known keeps its name, in lower case; the second of that name has a number.
    """
    spelt = {squeezed(name): name for name in known}
    spelt.update((squeezed(other), name) for other, name in aliases.items())
    others: Counter[str] = Counter()
    names = []
    for name in printed:
        found = spelt.get(squeezed(name))
        if found is None:
            found = " ".join(name.lower().split())
            others[found] += 1
            if found and others[found] > 1:
                found = f"{found} {others[found]}"
        names.append(found)
    return tuple(names)
