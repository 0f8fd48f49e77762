"""The ways in which a deed leaves the spot where the desk is."""

from typing import Protocol


class Go(Protocol):
    """Leave the spot, with a step of the trail."""

    def __call__(self, **changes: object) -> None:
        """To the spot with these changes."""


class ToEvent(Protocol):
    """Go to an event, to an article and a passage of it."""

    def __call__(self, event: int, article: int, passage: int, *, pane: str) -> None:
        """Go there, with the focus in a pane."""
