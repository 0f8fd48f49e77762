"""Tables as text: cells parted by commas, semicolons or tabs."""

import csv
from collections.abc import Iterator, Sequence

from store.importers.rows import rows
from store.importers.streams import MAX_FIELD, InputFile, TextLines
from store.importers.table import AnyRow, ColumnLayout, OnBytes, Table, TableHead, TableReading
from store.model.labels import count_text

DELIMITERS = ("\t", ",", ";")
_ROWS = 20
"""The most rows of a sample below a header."""


class TextTable(Table):
    """A file of lines, each a row, whose cells are parted by a delimiter."""

    def __init__(self, supply: InputFile) -> None:
        """`supply` is closed with the table."""
        self.name = supply.name
        self.folder = supply.folder
        self.size = supply.size
        self._supply = supply

    def heads(self) -> Iterator[TableHead]:
        """The first row, by each delimiter that parts it."""
        sample = self._supply.sample()
        for delimiter in DELIMITERS:
            found = _sample_rows(sample, delimiter)
            if found and len(found[0]) > 1:
                yield TableHead(found[0], tuple(found[1:]), delimiter=delimiter)

    def reading(
        self, head: TableHead, layout: ColumnLayout, seen: OnBytes | None = None
    ) -> "TextReading":
        """A pass through the rows below this header; `seen` gets the bytes of the file."""
        return TextReading(TextLines(self._supply, seen), head, layout)

    def close(self) -> None:
        """Let the file go."""
        self._supply.stream.close()


class TextReading(TableReading):
    """One pass through the lines of a file."""

    def __init__(self, lines: TextLines, head: TableHead, layout: ColumnLayout) -> None:
        self._lines = lines
        self._head = head
        self._layout = layout

    @property
    def read(self) -> int:  # type: ignore[override]
        """The number of bytes read so far."""
        return self._lines.read

    @property
    def remarks(self) -> tuple[str, ...]:
        """The number of lines that are not in the encoding that they should have."""
        if not self._lines.fallbacks:
            return ()
        many = count_text(self._lines.fallbacks, "line")
        return (f"{many} not UTF-8, read as ISO 8859-1",)

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield every row. Raises `UsageError` if the file cannot be read to its end."""
        lines = iter(self._lines)
        above = self._head.after if self._layout.header else self._head.before
        for _ in range(above):
            next(lines, None)
        yield from rows(
            lines,
            len(self._layout.columns),
            self._head.delimiter,
            quoted=self._layout.quoted,
            line=above,
        )


def _sample_rows(sample: Sequence[str], delimiter: str) -> list[tuple[str, ...]]:
    csv.field_size_limit(MAX_FIELD)
    found: list[tuple[str, ...]] = []
    # files with tabs quote nothing; a header that is quoted has no quotes inside its names
    raw = delimiter == "\t"
    lines = (line.replace('"', "") for line in sample) if raw else sample
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if row:
                found.append(tuple(cell.strip() for cell in row))
            if len(found) > _ROWS:
                break
    except csv.Error:
        return found[:1] if len(found) > 1 else []
    return found
