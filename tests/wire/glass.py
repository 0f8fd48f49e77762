"""A strict terminal: it knows what the grid writes and refuses anything else.

pyte, with which the other tests look at the screen, leaves the half of a wide letter
whose other half was written over, and has no dim.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from rich.cells import get_character_cell_size

_TOKEN = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|\x1b(M)|([^\x1b\x00-\x09\x0b-\x1f])", re.DOTALL)

_OFF = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 55: {53}}
_ON_BLANKS = frozenset({4, 7, 9, 21, 53})
"""The attributes that show where there is no letter."""

Width = Callable[[str], int]
"""The cells that a terminal gives to a code point."""


class Look(NamedTuple):
    """The look of a cell: its letter, colours and attributes."""

    text: str
    attributes: frozenset[int]
    ink: str
    ground: str


def look(text: str, attributes: frozenset[int], ink: str, ground: str) -> Look:
    """The look of a cell; of a blank only what can be seen."""
    if text == " " and 7 not in attributes:
        shown = attributes & _ON_BLANKS
        return Look(text, shown, ink if shown else "", ground)
    return Look(text, attributes, ink, ground)


NOTHING = Look(" ", frozenset(), "", "")


class Glass:
    """A terminal without automatic wrapping."""

    def __init__(self, columns: int, lines: int, width: Width = get_character_cell_size) -> None:
        self.cells = [[NOTHING] * columns for _ in range(lines)]
        self._width = width
        self._at = (0, 0)
        self._region = range(lines)
        self._attributes: frozenset[int] = frozenset()
        self._ink = self._ground = ""

    def feed(self, written: str) -> None:
        """Obey what is written; each frame must begin and end in the terminal's own pen."""
        end = 0
        for token in _TOKEN.finditer(written):
            assert token.start() == end, repr(written[end:])
            end = token.end()
            codes, command, back, letter = token.groups()
            if letter == "\n" or back:
                self._scroll(up=not back)
            elif letter is not None:
                self._draw(letter)
            else:
                self._obey([int(code or 0) for code in codes.split(";")], command)
        assert end == len(written), repr(written[end:])
        assert (self._attributes, self._ink, self._ground) == NOTHING[1:]
        assert self._region == range(len(self.cells))

    def _obey(self, codes: list[int], command: str) -> None:
        line, column = self._at
        if command == "H":
            line, column = (*codes, 1)[:2]
            self._at = (line - 1, column - 1)
        elif command == "r":
            top, bottom = codes if len(codes) == 2 else (1, len(self.cells))
            self._region = range(top - 1, bottom)
            self._at = (0, 0)
        elif command == "C":
            self._at = (line, column + max(1, codes[0]))
        else:
            assert command == "m", command
            self._set(codes)
        assert 0 <= self._at[0] < len(self.cells)
        assert 0 <= self._at[1] <= len(self.cells[0])

    def _scroll(self, *, up: bool) -> None:
        """Scroll the region, from its last or first line, in the terminal's own pen."""
        region, cells = self._region, self.cells
        assert len(region) >= 2
        assert self._at[0] == (region[-1] if up else region[0])
        assert self._attributes == frozenset()
        gone = cells.pop(region[0] if up else region[-1])
        cells.insert(region[-1] if up else region[0], [NOTHING] * len(gone))

    def _set(self, codes: list[int]) -> None:
        while codes:
            code = codes.pop(0)
            if code in (38, 48):
                length = 4 if codes[0] == 2 else 2
                colour, codes = ";".join(map(str, codes[:length])), codes[length:]
                self._colour(colour, ink=code == 38)
            elif code in (39, 49):
                self._colour("", ink=code == 39)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self._colour(str(code), ink=True)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self._colour(str(code), ink=False)
            elif code == 0:
                self._attributes, self._ink, self._ground = frozenset(), "", ""
            elif code in _OFF:
                self._attributes -= _OFF[code]
            else:
                self._attributes |= {code}

    def _colour(self, colour: str, *, ink: bool) -> None:
        if ink:
            self._ink = colour
        else:
            self._ground = colour

    def _draw(self, letter: str) -> None:
        line, column = self._at
        cells, width = self.cells[line], self._width(letter)
        if not width:
            before = column - 1 if cells[column - 1].text else column - 2
            if before >= 0:
                cells[before] = cells[before]._replace(text=cells[before].text + letter)
            return
        column = min(column, len(cells) - width)
        for at in (column, column + width - 1):
            self._part(cells, at)
        pen = self._attributes, self._ink, self._ground
        cells[column] = look(letter, *pen)
        for at in range(column + 1, column + width):
            cells[at] = Look("", *pen)
        self._at = (line, column + width)

    def _part(self, cells: list[Look], column: int) -> None:
        """Make a wide letter blank of which a half is about to be covered."""
        start = column - 1 if not cells[column].text else column
        if start + 1 < len(cells) and not cells[start + 1].text:
            for at in (start, start + 1):
                cells[at] = look(" ", *cells[at][1:])
