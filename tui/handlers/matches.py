"""Matches of a search in a pane."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Matches(NamedTuple):
    """The matches of a search in a pane: rows of a list, or code points of a text, in order."""

    pane: str
    needle: str
    places: Sequence[int]

    def after(self, place: int) -> int | None:
        """The index of the first match at or after a place, else 0; None without matches."""
        if not self.places:
            return None
        at = bisect_left(self.places, place)
        return at if at < len(self.places) else 0

    def step(self, place: int, by: int) -> int | None:
        """The index of the first match after a place or the last before it; None past the ends."""
        at = bisect_right(self.places, place) if by > 0 else bisect_left(self.places, place) - 1
        return at if 0 <= at < len(self.places) else None

    def at(self, place: int) -> int | None:
        """The index of the match at a place, None if there is none."""
        at = bisect_left(self.places, place)
        return at if at < len(self.places) and self.places[at] == place else None


def rows_with(texts: list[str], needle: str) -> tuple[int, ...]:
    """The rows whose text holds the needle; smart case."""
    fold = needle == needle.lower()
    return tuple(
        index for index, text in enumerate(texts) if needle in (text.lower() if fold else text)
    )
