"""The rows of a table of articles; a broken one is told, and the rows after it are read."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import NamedTuple

from store.articles.read_article import TORN

_UNCLOSED = "has a quotation mark that is never closed"
_NEAR = 200
"""The lines after the beginning of a broken row among which the next one is looked for."""
_AHEAD = 20
"""The rows that must be whole for the first of them to be the next."""


class CsvRow(NamedTuple):
    """A row, its number from 1 after the header, and what is wrong with it."""

    number: int
    cells: Sequence[str]
    fault: str = ""


class _Record(NamedTuple):
    """The cells of a record, None where it is damaged, and its lines: first, and after the last."""

    cells: Sequence[str] | None
    first: int
    after: int


def csv_rows(text: str, delimiter: str) -> Iterator[CsvRow]:
    """The rows of a table after its header; those that are empty are left out."""
    lines = list(StringIO(text))
    header = next(_records(lines, 0, delimiter))
    width, at, number = len(header.cells or ()), header.after, 0
    while at < len(lines):
        begin, at = at, len(lines)
        for one in _records(lines, begin, delimiter):
            number += 1
            damage = _damage(lines[one.first : one.after], delimiter)
            several = one.after - one.first > 1
            if damage and several and (next_ := _next_row(lines, one.first, delimiter, width)):
                yield CsvRow(number, (), _UNCLOSED)
                at = next_
                break
            if fault := _fault(one, lines, damage, width):
                yield CsvRow(number, (), fault)
            elif one.cells:
                yield CsvRow(number, one.cells)


def _records(
    lines: Sequence[str], at: int, delimiter: str, *, strict: bool = False
) -> Iterator[_Record]:
    """The records from a line on."""
    rows = csv.reader((lines[n] for n in range(at, len(lines))), delimiter=delimiter, strict=strict)
    first = at
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        yield _Record(cells, first, at + rows.line_num)
        first = at + rows.line_num


def _damage(lines: Sequence[str], delimiter: str) -> str:
    """The fault that a strict reader finds in the quotation marks of a record; empty without."""
    if not any('"' in line for line in lines):
        return ""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return str(error)
    return ""


def _next_row(lines: Sequence[str], broken: int, delimiter: str, width: int) -> int:
    """The line after that of a broken row at which whole rows begin again; 0 without any."""
    for at in range(broken + 1, min(broken + _NEAR, len(lines))):
        ahead = list(islice(_records(lines, at, delimiter, strict=True), _AHEAD))
        if ahead and all(len(one.cells or ()) == width for one in ahead):
            return at
    return 0


def _fault(one: _Record, lines: Sequence[str], damage: str, width: int) -> str:
    """The fault of a record, as cells in the wrong column would be wrong facts; else empty."""
    if one.cells is None:
        return "is damaged: it has a line break or a sign that no cell can have"
    count, is_last = len(one.cells), one.after == len(lines)
    if is_last and ("unexpected end" in damage or (count < width and lines[-1][-1] != "\n")):
        return TORN if one.cells else ""
    if (count > width and any(map(str.strip, one.cells[width:]))) or count == 1 < width:
        cells = "1 cell" if count == 1 else f"{count} cells"
        return f"has {cells}, and the table {width} columns"
    return ""
