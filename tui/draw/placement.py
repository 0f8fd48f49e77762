"""The place of a window: as large as its content, and not over what it is about."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.geometry import Region, Size

LEAST_WIDTH, LEAST_HEIGHT = 30, 6
"""Cells and lines with which a window is of use; where there are fewer it covers what it must."""


class Lines(NamedTuple):
    """The lines that a part of a window wants, and the least that it is given before others."""

    wanted: int
    least: int = 1


def place(wanted: Size, screen: Size, avoided: Sequence[Region] = ()) -> Region:
    """The region of a window in the middle of the screen, moved and cut so as to cover nothing.

    Where no side of the `avoided` regions has room for a window, it covers them.
    """
    whole = Region(0, 0, *screen)
    regions = [one for one in (region.intersection(whole) for region in avoided) if one.area]
    free = [side for side in _sides(regions, whole) if _is_of_use(side, wanted)] or [whole]
    places = [_within(side, wanted, screen) for side in free]
    most = max(one.area for one in places)
    return min((one for one in places if one.area == most), key=lambda one: _moved(one, screen))


def leaves_room(screen: Size, region: Region) -> bool:
    """Tell if a window that covers nothing of a region has room at one of its sides."""
    least = Size(LEAST_WIDTH, LEAST_HEIGHT)
    return any(_is_of_use(side, least) for side in _sides([region], Region(0, 0, *screen)))


def _within(side: Region, wanted: Size, screen: Size) -> Region:
    """The window in a part of the screen, as near to the middle as it can be."""
    width, height = min(wanted.width, side.width), min(wanted.height, side.height)
    middle = Region((screen.width - width) // 2, (screen.height - height) // 2, width, height)
    return middle.translate_inside(side)


def _moved(window: Region, screen: Size) -> int:
    """The distance of a window from the middle of the screen, in half cells."""
    across = abs(2 * window.x + window.width - screen.width)
    return across + abs(2 * window.y + window.height - screen.height)


def _sides(regions: Sequence[Region], whole: Region) -> Iterator[Region]:
    """The space above, below, left and right of all regions."""
    if not regions:
        return
    taken = Region.from_union(regions)
    yield Region(0, 0, whole.width, taken.y)
    yield Region(0, taken.bottom, whole.width, whole.height - taken.bottom)
    yield Region(0, 0, taken.x, whole.height)
    yield Region(taken.right, 0, whole.width - taken.right, whole.height)


def _is_of_use(side: Region, wanted: Size) -> bool:
    return side.width >= min(LEAST_WIDTH, wanted.width) and side.height >= min(
        LEAST_HEIGHT, wanted.height
    )


def heights(parts: Sequence[Lines], room: int) -> list[int]:
    """The lines of each part in this room: first the least of each, then in turn what it wants."""
    given = []
    for part in parts:
        lines = max(0, min(part.wanted, part.least, room))
        given.append(lines)
        room -= lines
    while room > 0 and any(has < part.wanted for has, part in zip(given, parts, strict=True)):
        for at, part in enumerate(parts):
            if room > 0 and given[at] < part.wanted:
                given[at] += 1
                room -= 1
    return given
