"""Where you are, as a value; and the way that led there."""

from dataclasses import dataclass, field, replace

from store.queries.filters import Filters
from store.queries.timeline import Sort


@dataclass(frozen=True, slots=True)
class View:
    """Where the cursor of a list stands, its first visible line, and of a grid the column."""

    cursor: int = 0
    scroll: int = 0
    column: int = 0


ALL = Filters()
"""No chip: every event."""


@dataclass(frozen=True, slots=True)
class Location:
    """Everything that decides what the screen shows.

    `event`, `article` and `passage` are numbers of the index, None where there
    is none yet; then the first is meant. `wide` names the panes that list the
    whole filter instead of the event. `subject` is the id of what is compared,
    or of whose authority is shown, where the pane is one of these views;
    `by_root` and `disputed_only` say how. `views` are kept when the spot is left.
    """

    filter: Filters = ALL
    sort: Sort = Sort.DATE
    event: int | None = None
    article: int | None = None
    passage: int | None = None
    pane: str = "timeline"
    wide: frozenset[str] = frozenset()
    zoomed: bool = False
    subject: str = ""
    by_root: bool = False
    disputed_only: bool = False
    views: dict[str, View] = field(default_factory=dict, hash=False)


class Trail:
    """The spot where you are, those behind it, and those ahead after a step back."""

    LENGTH = 500
    """Steps that are kept."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._behind: list[Location] = []
        self._ahead: list[Location] = []

    def go(self, location: Location) -> None:
        """Go somewhere new; what was ahead is cut off."""
        self._behind.append(self.location)
        del self._behind[: -self.LENGTH]
        self._ahead.clear()
        self.location = location

    def settle(self, location: Location) -> None:
        """Correct the spot where you are; no step."""
        self.location = location

    def keep_views(self, views: dict[str, View], pane: str) -> None:
        """Note where the cursors and the focus are, before the spot is left."""
        self.location = replace(self.location, views=views, pane=pane)

    def back(self) -> bool:
        """One step back; False at the start."""
        if not self._behind:
            return False
        self._ahead.append(self.location)
        self.location = self._behind.pop()
        return True

    def forward(self) -> bool:
        """One step forward; False at the end."""
        if not self._ahead:
            return False
        self._behind.append(self.location)
        self.location = self._ahead.pop()
        return True

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps lie behind and ahead."""
        return len(self._behind), len(self._ahead)
