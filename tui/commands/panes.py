"""The panes, each a row: its name, its key, and what it lists of an event."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from store.queries import actors, evidence
from store.reader import Reader


class Pane(NamedTuple):
    """A pane beside the others.

    `of_event` gives its rows for the number of an event, and is asked with everything else of the
    event; None where the pane is shown by other means.
    """

    id: str
    key: str
    label: str
    of_event: Callable[[Reader, int], Sequence[Any]] | None = None


PANE_ROWS: tuple[Pane, ...] = (
    Pane("timeline", "1", "Timeline"),
    Pane("actors", "2", "Actors", actors.of_event),
    Pane("sources", "3", "Sources", evidence.evidence),
    Pane("article", "4", "Article"),
)
"""In the order of their numbers and of Tab."""

PANE_OF = {pane.id: pane for pane in PANE_ROWS}

PANES = tuple(PANE_OF)
"""The names of the panes in their order."""

LISTS = tuple(pane for pane in PANES if pane != "article")

VIEWS = ("compare", "who", "page")
"""What can take the place of the panes: the claims side by side, who says so, and a page."""
