"""Rows of cells from lines; a broken row does not cost any other row."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from store.importers.fit import Fit
from store.importers.limits import MAX_FIELD

_REREAD = 1000
"""Broken rows of a file whose other lines are read again; after them a broken row costs all of its
lines, so that no file can keep the reader busy for ever."""
_FOR_CR = "\ue00d"
"""A character for private use, in place of a carriage return while a line is split."""
_CUT = "the file ends in the middle of this row"


class RawRow(NamedTuple):
    """A row as it stands in a file: the line on which it begins, its cells, why it does not fit.

    `why` is empty if there are as many cells as columns. `kind` are the words under which it is
    counted; `cut` says that the file ends in the middle of this row.
    """

    line: int
    cells: list[str]
    why: str = ""
    kind: str = ""
    cut: bool = False


class _Parsed(NamedTuple):
    """A row as it was parsed; `ended` is true if its last line has an end."""

    line: int
    cells: list[str]
    error: str = ""
    ended: bool = True


class _Feed:
    """Lines for the parser, some of which may come again; it keeps those of the last row.

    `again` is true if the first of these was read before, as part of a broken row.
    """

    def __init__(self, lines: Iterable[str], line: int) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.line = line
        self.taken: list[str] = []
        self.again = False
        self._may_reread = _REREAD

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self.taken:
            self.again = bool(self._again)
        line = self._again.popleft() if self._again else next(self._lines)
        self.line += 1
        self.taken.append(line)
        return line

    def but_the_first(self) -> None:
        """Give all lines of the last row except the first again."""
        again = self.taken[1:]
        if not (again and self._may_reread):
            return
        self._may_reread -= 1
        self.line -= len(again)
        self._again.extendleft(reversed(again))


def rows(
    lines: Iterable[str], fit: Fit, delimiter: str, *, quoted: bool = True, line: int = 0
) -> Iterator[RawRow]:
    """The rows of lines as cells that fit, after `line` lines of header; an empty line has none.

    If a quote was never closed, the lines that it swallowed are read again. A row that
    lacks cells at its end fits, unless what follows may be the rest of it.
    """
    short: _Parsed | None = None  # it fits if the next is not its rest
    shortened = broken = False
    for found in _parsed(lines, fit, delimiter, quoted=quoted, line=line):
        fits = not found.error and (not found.cells or fit(found.cells) is not None)
        if short is not None:
            rest = len(short.cells) + len(found.cells) - 1 == fit.width
            broken = rest or not (fits or shortened)
            yield _misfit(short, fit) if broken else RawRow(short.line, _fitted(short, fit))
            shortened = shortened or not broken
            short = None
        if found.error:
            yield RawRow(found.line, [], found.error)
        elif len(found.cells) == fit.width or not found.cells:
            yield RawRow(found.line, found.cells)
        elif not fits or (broken and len(found.cells) < fit.width):
            yield _misfit(found, fit)
        elif len(found.cells) > fit.width:
            yield RawRow(found.line, _fitted(found, fit))
        else:
            short = found
            continue
        broken = bool(found.error) or (not fits and len(found.cells) < fit.width)
    if short is not None:
        # the last row of a file may be cut, unless other rows are as short
        whole = short.ended or shortened
        yield RawRow(short.line, _fitted(short, fit)) if whole else _misfit(short, fit)


def _parsed(
    lines: Iterable[str], fit: Fit, delimiter: str, *, quoted: bool, line: int
) -> Iterator[_Parsed]:
    csv.field_size_limit(MAX_FIELD)
    feed = _Feed(lines, line)
    parse = _parser(feed, delimiter, quoted=quoted)
    while True:
        start = feed.line + 1
        feed.taken.clear()
        try:
            cells = next(parse)
        except StopIteration:
            return
        except csv.Error as error:
            # after an error the parser is in the middle of a row
            parse = _parser(feed, delimiter, quoted=quoted)
            parts = _with_cr(feed.taken, fit, delimiter, quoted=quoted)
            if parts:
                yield from (_Parsed(start, part) for part in parts)
            else:
                yield _Parsed(start, [], _in_words(str(error)))
                feed.but_the_first()
            continue
        if feed.again and sum(line.count('"') for line in feed.taken) % 2:
            yield _Parsed(start, [], "follows a broken row, and may be the rest of it")
            continue
        yield _Parsed(start, cells, ended=feed.taken[-1].endswith(("\n", "\r")))
        if len(cells) != fit.width and len(feed.taken) > 1 and fit(cells) is None:
            feed.but_the_first()


def _in_words(error: str) -> str:
    """An error of `csv`, without its advice to programmers."""
    if error.startswith("new-line"):
        return "has a line end within a cell that is not in quotes"
    if error.startswith("field larger"):
        return f"has a cell of over {MAX_FIELD:,} characters"
    return f"cannot be split into cells: {error}"


def _parser(
    lines: Iterable[str], delimiter: str, *, quoted: bool, strict: bool = False
) -> Iterator[list[str]]:
    if quoted:
        return csv.reader(lines, delimiter=delimiter, strict=strict)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _with_cr(taken: list[str], fit: Fit, delimiter: str, *, quoted: bool) -> list[list[str]] | None:
    """The rows of lines with carriage returns in them, if there is no doubt about them.

    They are one row, in whose cells these stand, or each is a row of its own between them.
    """
    bodies = [line.rstrip("\r\n") for line in taken]
    if not any("\r" in body for body in bodies) or any(_FOR_CR in body for body in bodies):
        return None
    one_row = [
        body.replace("\r", _FOR_CR) + line[len(body) :]
        for body, line in zip(bodies, taken, strict=True)
    ]
    several = bodies[0].split("\r") if len(taken) == 1 else []
    for lines in (one_row, several):
        try:
            # strict: a quote that is open at the end is an error
            found = list(_parser(lines, delimiter, quoted=quoted, strict=True))
        except csv.Error:
            continue
        if found and all(len(cells) == fit.width for cells in found):
            return [[cell.replace(_FOR_CR, "\r") for cell in cells] for cells in found]
    return None


def _fitted(found: _Parsed, fit: Fit) -> list[str]:
    return fit(found.cells) or []


def _misfit(found: _Parsed, fit: Fit) -> RawRow:
    many = len(found.cells)
    if many < fit.width and not found.ended:
        why = f"{_CUT}: {many} of {fit.width} cells"
        return RawRow(found.line, found.cells, why, _CUT, cut=True)
    why = f"has {many} cells, not {fit.width}"
    return RawRow(found.line, found.cells, why, f"not {fit.width} cells")
