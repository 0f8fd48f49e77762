"""The pages of the tables of a database, found from the schema down as SQLite finds them."""

from collections.abc import Iterator

from store.custody.page_cells import INTERIOR, LEAF, Columns, Page, columns_of, payload
from store.custody.page_file import PageFile

_SCHEMA_COLUMNS = 5


def pages_in_use(pages: PageFile) -> frozenset[int]:
    """The pages that are in use for all that the tables say, whatever the list of free ones says.

    These are the pages that the schema leads to, or, where it is damaged, that any
    other page leads to.
    """
    found: set[int] = set()
    schema = [page for page in _tree(pages, 1, found) if page.kind == LEAF]
    if not any(_rows(pages, page) for page in schema):
        return frozenset(_below_any(pages))
    for columns in (row for page in schema for row in _rows(pages, page)):
        root = columns[3] if len(columns) == _SCHEMA_COLUMNS else None
        if columns[0] == "table" and isinstance(root, int):
            for _ in _tree(pages, root, found):
                pass
    return frozenset(found)


def _tree(pages: PageFile, root: int, found: set[int]) -> Iterator[Page]:
    """The pages of a table, added to those that were found."""
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if not 0 < number <= pages.count or number in found:
            continue
        found.add(number)
        page = Page(number, pages.page(number))
        if page.kind == INTERIOR:
            waiting += page.children(pages.usable_sizes) or ()
        yield page


def _below_any(pages: PageFile) -> Iterator[int]:
    """The pages that some page of a table leads to."""
    for number in range(1, pages.count + 1):
        page = Page(number, pages.page(number))
        if page.kind == INTERIOR and number not in pages.free:
            yield from page.children(pages.usable_sizes) or ()


def _rows(pages: PageFile, page: Page) -> list[Columns]:
    found = []
    for at in page.cells():
        for usable in pages.usable_sizes:
            row = payload(pages, page, at, usable)
            if row and (columns := columns_of(row.content)):
                found.append(columns)
                break
    return found
