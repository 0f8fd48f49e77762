"""Which data set a file is: by its columns, and never by its name or their order."""

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from store.errors import UsageError
from store.importers.streams import MAX_FIELD


class ColumnLayout(NamedTuple):
    """The columns of a file in their order, in lower case; how they are parted, and the header.

    `header` says whether the first row is one. `quoted` says whether quotes
    hold cells together. `words` say which layout it is, for a person.
    """

    format: str
    columns: tuple[str, ...]
    delimiter: str
    header: bool
    words: str
    quoted: bool = True


Recogniser = Callable[[Sequence[str], Sequence[str], str], ColumnLayout | None]
"""The layout, given the first row, the second (empty where there is none) and what parts them.

None where it is not of the format; raises `UsageError` where it is, and cannot be taken.
"""


def layout_of(name: str, sample: Sequence[str], recognisers: Iterable[Recogniser]) -> ColumnLayout:
    """The layout of the file of these first lines. Raises `UsageError` where nothing knows it."""
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
        f"{name}: is no data set that can be imported",
        "UCDP GED, ACLED, and GDELT 2.0 events and mentions are",
    )


def _first_rows(sample: Sequence[str], delimiter: str) -> tuple[list[str], list[str]]:
    csv.field_size_limit(MAX_FIELD)
    found: list[list[str]] = []
    try:
        # tabs stand in files that quote nothing; a header in one that does has no quotes inside
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
    """The names of columns as importers know them. Raises `UsageError` where one is there twice."""
    names = tuple(name.lower() for name in header)
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise UsageError(f"has the column {twice!r} twice", "keep one of them")
    return names
