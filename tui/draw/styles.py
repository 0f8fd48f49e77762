"""The few styles used for drawing, and functions that fit words into cells."""

from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content, Span
from textual.style import Style

from store.model.text import one_line
from store.model.vocabulary import Stance

ELLIPSIS = "…"

LONGEST = 1_000
"""Code points of a text that are fitted into a line; no line has so many cells."""


class Styles(NamedTuple):
    """The styles of one theme; `match` is also that of the current passage.

    `side_a` and `side_b` are the hues of the two sides of an event, `lit` is that of the name
    of the column that has the focus.
    """

    plain: Style
    muted: Style
    strong: Style
    accent: Style
    bars: Style
    asserts: Style
    doubts: Style
    denies: Style
    differs: Style
    match: Style
    rule: Style
    underline: Style
    reverse: Style
    cursor: Style
    cursor_away: Style
    side_a: Style
    side_b: Style
    lit: Style

    def stance(self, stance: Stance) -> Style:
        """The hue of a stance."""
        return {
            Stance.ASSERTS: self.asserts,
            Stance.HEDGES: self.asserts,
            Stance.DOUBTS: self.doubts,
            Stance.DENIES: self.denies,
        }[stance]


def said(text: str) -> Content:
    """Words from outside, on one line, with no markup or control character in effect."""
    return Content(in_line(text))


def styled(text: str, style: Style) -> Content:
    """Words from outside in a style."""
    shown = in_line(text)
    return Content(shown, [Span(0, len(shown), style)] if shown else None)


def paragraphs(text: str) -> Content:
    """Words from outside with their line breaks, and nothing else in effect."""
    return Content("\n").join(said(line) for line in text.split("\n"))


def in_line(text: str) -> str:
    """Words from outside, showable, on one line; cut if too long for any line."""
    return one_line(text if len(text) <= LONGEST else text[:LONGEST] + ELLIPSIS)


def joined(*parts: Content) -> Content:
    """The parts, one after the other."""
    return Content("").join(parts)


class Cell(NamedTuple):
    """Words from outside in so many cells of a row, in a style."""

    text: str
    style: Style
    width: int
    right: bool = False


def columns(*cells: Cell) -> Content:
    """A line of columns, each of exactly its width."""
    texts = [fitted(in_line(one.text), one.width, right=one.right) for one in cells]
    spans = []
    start = 0
    for text, one in zip(texts, cells, strict=True):
        spans.append(Span(start, start + len(text), one.style))
        start += len(text)
    return Content("".join(texts), spans)


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` cells, cut with an ellipsis or padded."""
    length = cell_len(text)
    if length > width:
        text = set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""
        length = width
    blanks = " " * (width - length)
    return blanks + text if right else text + blanks


def cell(content: Content, width: int, *, right: bool = False) -> Content:
    """The content in exactly `width` cells, cut with an ellipsis or padded."""
    if width <= 0:
        return Content("")
    if content.cell_length > width:
        content = content.truncate(width, ellipsis=True)
    missing = width - content.cell_length
    if missing <= 0:
        return content
    return content.pad_left(missing) if right else content.pad_right(missing)


def ends(left: Content, right: Content, width: int) -> Content:
    """Two contents at the two ends of a line of `width` cells; the left one is cut if need be."""
    room = width - right.cell_length
    if room < 4:
        return cell(left, width)
    return joined(cell(left, room - 1), Content(" "), right)


def matched(content: Content, needle: str, style: Style) -> Content:
    """The content with every place of the needle marked; smart case."""
    if not needle:
        return content
    text = content.plain if not needle.islower() else content.plain.lower()
    if len(text) != len(content.plain):
        return content
    start = text.find(needle)
    while start >= 0:
        content = content.stylize(style, start, start + len(needle))
        start = text.find(needle, start + len(needle))
    return content
