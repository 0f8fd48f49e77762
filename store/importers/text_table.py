"""Tables as text: a row a line, its cells parted by commas, semicolons, tabs or bars."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from store.importers.data_rows import DataRows
from store.importers.fit import Fit
from store.importers.limits import MAX_COLUMNS, MAX_FIELD
from store.importers.rows import RawRow, rows
from store.importers.streams import Source
from store.importers.table import (
    AnyRow,
    ColumnLayout,
    OnBytes,
    Table,
    TableHead,
    TableReading,
    squeezed,
)
from store.importers.text_lines import Text, TextLines

DELIMITERS = (",", "\t", ";", "|")
_HEADS = 40
"""The most rows of a text that are tried as its header."""
_BELOW = 20
"""The most rows below a header that a recogniser sees."""
_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
"""The line in which Excel says how cells are parted."""


class TextTable(Table):
    """A text of rows whose cells are parted by a delimiter."""

    def __init__(self, source: Source) -> None:
        """Raises `UsageError` if the text cannot be read."""
        self.name = source.name
        self.folder = source.folder
        self.size = source.size
        self.process = source.process
        self.source = source
        self._text = Text(source)

    def heads(self) -> Iterator[TableHead]:
        """The first rows, each by every delimiter that parts it, in the order of the lines."""
        sample = self._text.sample()
        said = _SEPARATOR.fullmatch(sample[0]) if sample else None
        first = 1 if said else 0
        found: list[TableHead] = []
        for delimiter in (said[1],) if said else DELIMITERS:
            found += _heads(_sample_rows(sample[first:], delimiter, first), delimiter)
        yield from sorted(found, key=lambda head: head.before)

    def reading(
        self, head: TableHead, layout: ColumnLayout, seen: OnBytes | None = None
    ) -> "TextReading":
        """A pass through the rows below this header; `seen` gets the bytes of the file."""
        return TextReading(self._text, head, layout, seen)


class TextReading(TableReading):
    """One pass through the lines of a file."""

    def __init__(
        self, text: Text, head: TableHead, layout: ColumnLayout, seen: OnBytes | None
    ) -> None:
        self._lines = TextLines(text, seen)
        self._head = head
        self._layout = layout
        self._remarks = text.remarks

    @property
    def remarks(self) -> tuple[str, ...]:
        """The encoding, unless it is UTF-8."""
        return self._remarks

    @property
    def read(self) -> int:
        """The number of bytes read so far."""
        return self._lines.read

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield every row. Raises `UsageError` if the file cannot be read to its end."""
        head, layout = self._head, self._layout
        lines = iter(self._lines)
        found = DataRows(head.first if layout.header else (), layout)
        above = list(islice(lines, head.before))
        yield from found.above(_above(above, head.delimiter))
        header = len(list(islice(lines, head.after - head.before))) if layout.header else 0
        yield from found.of(
            rows(
                lines,
                Fit(layout),
                head.delimiter,
                quoted=layout.quoted,
                line=head.before + header,
            )
        )


def _above(lines: Sequence[str], delimiter: str) -> Iterator[RawRow]:
    """The rows above a header, whatever their widths."""
    line = 1
    if lines and _SEPARATOR.fullmatch(lines[0]):
        yield RawRow(line, [lines[0].strip()])
        lines, line = lines[1:], 2
    for row in _sample_rows(lines, delimiter, line - 1):
        yield RawRow(row.before + 1, list(row.cells))


class _SampleRow(NamedTuple):
    """A row of a sample, and the numbers of the lines before it, and down to its end."""

    cells: tuple[str, ...]
    before: int
    after: int


def _sample_rows(sample: Sequence[str], delimiter: str, before: int) -> list[_SampleRow]:
    """The rows of lines, of which `before` others stand; as far as they can be read."""
    csv.field_size_limit(MAX_FIELD)
    # raw files with tabs quote nothing; others may
    raw = delimiter == "\t"
    reader = (
        csv.reader(sample, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        if raw
        else csv.reader(sample, delimiter=delimiter)
    )
    found: list[_SampleRow] = []
    at = before
    try:
        for row in reader:
            cells = (cell.strip() for cell in row)
            if raw:
                cells = (
                    cell[1:-1] if len(cell) > 1 and _in_quotes(cell) else cell for cell in cells
                )
            found.append(_SampleRow(tuple(cells), at, before + reader.line_num))
            at = before + reader.line_num
    except csv.Error:
        pass
    return found


def _in_quotes(cell: str) -> bool:
    return cell[0] == cell[-1] == '"'


def _heads(rows: Sequence[_SampleRow], delimiter: str) -> Iterator[TableHead]:
    above = 0
    for number, row in enumerate(rows[:_HEADS]):
        filled = sum(map(bool, row.cells))
        if filled > 1 and len(row.cells) <= MAX_COLUMNS:
            below = tuple(one.cells for one in rows[number + 1 :][:_BELOW])
            yield TableHead(
                with_row_names(row.cells, below),
                below,
                before=row.before,
                after=row.after,
                above=above,
                delimiter=delimiter,
            )
        above += bool(filled)


_HAVE_FORM = (
    ("date", re.compile(r".*(\d{4}|\d[-/. ]\w+[-/. ]\d).*")),
    ("latitude", re.compile(r"[+-]?\d{1,3}([.,]\d*)?")),
    ("longitude", re.compile(r"[+-]?\d{1,3}([.,]\d*)?")),
    ("year", re.compile(r"\d{4}(\.0)?")),
)
"""The form of the cells below a header with such a word in it."""


def with_row_names(first: tuple[str, ...], below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The cells of a header, after an empty one if the rows begin with a name of their own.

    R writes so: a row has one cell more than the header, and its names are in the first.
    The columns that have a form tell that from a cell too many at the end.
    """
    rows = [row for row in below if any(row)]
    if not rows or any(len(row) != len(first) + 1 or not row[0] for row in rows):
        return first
    forms = [
        (at, form)
        for at, name in enumerate(map(squeezed, first))
        for word, form in _HAVE_FORM
        if word in name
    ]

    def fits(by: int) -> bool:
        return all(
            not row[at + by] or form.fullmatch(row[at + by]) for row in rows for at, form in forms
        )

    return ("", *first) if forms and fits(1) and not fits(0) else first
