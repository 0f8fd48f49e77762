"""The detection of a file's data set by its columns, never by its name or their order."""

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from store.errors import UsageError
from store.importers.streams import MAX_FIELD


class ColumnLayout(NamedTuple):
    """The columns of a file in their order, in lower case; their delimiter, and the header.

    `header` is true if the first row is one. `quoted` is true if quotes hold
    cells together. `words` name the layout for a person.
    """

    format: str
    columns: tuple[str, ...]
    delimiter: str
    header: bool
    words: str
    quoted: bool = True


Recogniser = Callable[[Sequence[str], Sequence[str], str], ColumnLayout | None]
"""The layout, given the first row, the second (empty if there is none) and the delimiter.

None if it is not of the format; raises `UsageError` if it is, and cannot be imported.
"""


def layout_of(name: str, sample: Sequence[str], recognisers: Iterable[Recogniser]) -> ColumnLayout:
    """The layout of a file with these first lines. Raises `UsageError` if no format matches."""
    recognisers = tuple(recognisers)
    for delimiter in ("\t", ",", ";"):
        first, second = _first_rows(sample, delimiter)
        if len(first) < 2:
            continue
        for recognise in recognisers:
            try:
                found = recognise(first, second, delimiter)
            except UsageError as error:
                error.message = f"{name}: {error.message}"
                raise
            if found:
                return found
    raise UsageError(
        f"{name}: is not a supported file",
        "supported: UCDP GED, ACLED, and GDELT 2.0 events and mentions",
    )


def _first_rows(sample: Sequence[str], delimiter: str) -> tuple[list[str], list[str]]:
    csv.field_size_limit(MAX_FIELD)
    found: list[list[str]] = []
    try:
        # files with tabs quote nothing; a header that is quoted has no quotes inside its names
        raw = delimiter == "\t"
        lines = (line.replace('"', "") for line in sample) if raw else sample
        for row in csv.reader(lines, delimiter=delimiter):
            if row:
                found.append([cell.strip() for cell in row])
            if len(found) == 2:
                break
    except csv.Error:
        return [], []
    return (found[0] if found else []), (found[1] if len(found) > 1 else [])


def names_of(header: Sequence[str]) -> tuple[str, ...]:
    """The names of columns as importers know them. Raises `UsageError` if one is there twice."""
    names = tuple(name.lower() for name in header)
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise UsageError(f"has the column {twice!r} twice", "keep one of them")
    return names
