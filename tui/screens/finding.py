"""Finding in a pane as one types."""

from typing import NamedTuple


class Found(NamedTuple):
    """What a search found in a pane: rows of a list, or code points of a text, in order."""

    pane: str
    needle: str
    places: tuple[int, ...]

    def after(self, place: int) -> int | None:
        """Which match is the first at or after a place; the first of all where none is."""
        if not self.places:
            return None
        return next((i for i, found in enumerate(self.places) if found >= place), 0)

    def step(self, place: int, by: int) -> int | None:
        """Which match comes next from a place, or before it; None past the ends."""
        if by > 0:
            later = [i for i, found in enumerate(self.places) if found > place]
            return later[0] if later else None
        earlier = [i for i, found in enumerate(self.places) if found < place]
        return earlier[-1] if earlier else None


def rows_with(texts: list[str], needle: str) -> tuple[int, ...]:
    """The rows whose text holds the needle; smart case."""
    fold = needle == needle.lower()
    return tuple(
        index for index, text in enumerate(texts) if needle in (text.lower() if fold else text)
    )
