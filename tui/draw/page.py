"""The page of an actor, a place or a source."""

from collections.abc import Sequence

from textual.content import Content

from store.queries.entity_page import EntityPage, PageLine
from tui.draw.histogram import histogram
from tui.draw.styles import Styles, cell, ends, fitted, in_line, joined, matched, said, styled

MOST_NAMES = 3
"""Lines of other names at most."""

WIDEST = 100
"""Cells in which a line is read with ease, from what it names to what that is."""


def page_head(found: EntityPage, width: int, most: int, styles: Styles) -> Sequence[Content]:
    """The name and what it is, its other names, the stances, and its events over time.

    At most so many lines; a blank one ends them.
    """
    width = min(width, WIDEST)
    name = joined(styled(found.name, styles.strong), styled(f"  {found.facts}", styles.muted))
    lines = [cell(name, width)]
    names = [in_line(one) for one in found.names if one != found.name]
    if names:
        also = f"also: {' · '.join(names)}"
        wrapped = [line.plain for line in said(also).wrap(max(1, width))]
        if len(wrapped) > MOST_NAMES:
            wrapped = [
                *wrapped[: MOST_NAMES - 1],
                fitted(" ".join(wrapped[MOST_NAMES - 1 :]), width),
            ]
        lines += [cell(said(line.strip()), width) for line in wrapped]
    if found.note:
        lines.append(cell(styled(in_line(found.note), styles.muted), width))
    bars = histogram(found.bins, width, styles)
    room = most - len(lines) - bool(found.stances) - 1
    if bars and len(bars) <= room:
        lines += bars
    if found.stances:
        lines.append(cell(said(found.stances), width))
    return (*lines[: max(1, most - 1)], cell(Content(""), width))


def page_row(line: PageLine, width: int, styles: Styles, needle: str) -> Content:
    """A line of the page: what it is about, and beside it what that is to the record."""
    width = min(width, WIDEST)
    title = matched(said(line.title), needle, styles.match)
    aside = styled(in_line(line.aside), styles.muted)
    if aside.cell_length > width // 2:
        aside = styled(fitted(in_line(line.aside), width // 2).rstrip(), styles.muted)
    return ends(title, aside, width)
