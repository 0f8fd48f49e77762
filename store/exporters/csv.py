"""CSV according to RFC 4180 with LF line ends, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable
from typing import TextIO

import msgspec

from store.exporters.listing import Listing, Terminal, fields_of
from store.model.text import showable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""The characters at which a spreadsheet may begin a formula (OWASP, CSV Injection)."""


def write(
    stream: TextIO, listing: Listing, rows: Iterable[msgspec.Struct], _terminal: Terminal
) -> int:
    """Write a line of field names and a line for each row, and return the number of rows.

    Several values of one field are joined by `; `. Control characters are
    replaced by visible ones, and an apostrophe precedes a text that a spreadsheet
    would calculate; JSON preserves every text unchanged.
    """
    fields = fields_of(listing.row)
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(fields)
    count = 0
    for row in rows:
        count += 1
        lines.writerow([_cell(getattr(row, field)) for field in fields])
    return count


def _plain(value: object) -> object:
    """A value as text, numbers and tuples; a record within a row says itself how it is read."""
    if isinstance(value, tuple) and any("__str__" in vars(type(one)) for one in value):
        return [str(one) for one in value]
    return msgspec.to_builtins(value)


def cell_words(value: object) -> str:
    """The value of a field as a cell has it, before a spreadsheet is thought of."""
    match value := _plain(value):
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list() | tuple():
            return "; ".join(_joined(one) for one in value)
        case _:
            return str(value)


def _cell(value: object) -> str | int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _without_formula(cell_words(value))


def _joined(value: object) -> str:
    return "-".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _without_formula(text: str) -> str:
    return ("'" if text.startswith(_FORMULA) else "") + showable(text)
