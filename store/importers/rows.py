"""Rows of cells from lines; a broken row does not cost any other row."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from store.importers.draft import Rejected
from store.importers.streams import MAX_FIELD
from store.importers.table import Cells

_REREAD = 1000
"""Broken rows of a file whose other lines are read again; after them a broken row costs all of its
lines, so that no file can keep the reader busy for ever."""


class _Feed:
    """Lines for the parser, some of which may come again; it keeps those of the last row."""

    def __init__(self, lines: Iterable[str], line: int) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.line = line
        self.taken: list[str] = []
        self._may_reread = _REREAD

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.line += 1
        self.taken.append(line)
        return line

    def but_the_first(self) -> None:
        """Give all lines of the last row except the first again."""
        again = self.taken[1:]
        if not self._may_reread:
            return
        self._may_reread -= 1
        self.line -= len(again)
        self._again.extendleft(reversed(again))


def rows(
    lines: Iterable[str], width: int, delimiter: str, *, quoted: bool = True, line: int = 0
) -> Iterator[Cells | Rejected]:
    """The rows of lines as cells, each of `width` cells, after `line` lines of header.

    A row with another number is rejected. If a quote was never closed, the lines
    that it swallowed are read again. Empty lines are left out.
    """
    csv.field_size_limit(MAX_FIELD)
    feed = _Feed(lines, line)
    parse = _parser(feed, delimiter, quoted=quoted)
    number = 0
    while True:
        start = feed.line + 1
        feed.taken.clear()
        try:
            cells = next(parse)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            # after an error the parser is in the middle of a row
            parse = _parser(feed, delimiter, quoted=quoted)
            why = "cannot be split into cells"
            yield Rejected(number, start, "", f"{why}: {error}", why)
            feed.but_the_first()
            continue
        if len(cells) == width:
            number += 1
            yield Cells(number, start, cells)
            continue
        if not cells:
            continue
        number += 1
        yield _rejected(number, start, len(cells), width, feed)
        if len(feed.taken) > 1:
            feed.but_the_first()


def _parser(feed: _Feed, delimiter: str, *, quoted: bool) -> Iterator[list[str]]:
    if quoted:
        return csv.reader(feed, delimiter=delimiter)
    return csv.reader(feed, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _rejected(number: int, line: int, found: int, width: int, feed: _Feed) -> Rejected:
    if found < width and not feed.taken[-1].endswith(("\n", "\r")):
        why = "the file ends in the middle of this row"
        return Rejected(number, line, "", f"{why}: {found} of {width} cells", why, cut=True)
    return Rejected(number, line, "", f"has {found} cells, not {width}", f"not {width} cells")
