"""The answers of readers, in the forms that both sides of a process know."""

from typing import NamedTuple

GZIP = -1
"""The step into what gzip has packed, among the numbers of members of zips."""
WORKBOOK, DOCUMENT = "a workbook", "a document"
"""The kinds of zips that are more than a zip."""


class Member(NamedTuple):
    """A file in a zip: its number and name, its bytes, the first of them; why it is not read."""

    number: int
    name: str
    size: int
    beginning: bytes
    why: str = ""


SheetRow = tuple[int, list[str]]
"""The number of a row in its sheet, from 1, and its cells."""


class Sheet(NamedTuple):
    """A sheet: its number and name, the number of its rows, and the first of them.

    `from_1904` is true if days are counted from 1904 and not from 1900.
    """

    number: int
    name: str
    height: int
    first: list[SheetRow]
    from_1904: bool = False


class Objects(NamedTuple):
    """The columns of all objects of a file, the first rows, and how many objects there are."""

    columns: list[str]
    first: list[list[str]]
    many: int
    remarks: list[str]


class ObjectRow(NamedTuple):
    """A row: its number from 1, its cells, and why it is none; `cut` if the file ends in it."""

    number: int
    cells: list[str]
    why: str = ""
    cut: bool = False
