"""The current location as a value, and the trail that led there."""

from dataclasses import dataclass, field, replace

from store.queries.event_sort import Sort
from store.queries.filters import Filters


@dataclass(frozen=True, slots=True)
class View:
    """The cursor of a list, its first visible line and, for a grid, the column."""

    cursor: int = 0
    scroll: int = 0
    column: int = 0


ALL = Filters()
"""No filter: every event."""


@dataclass(frozen=True, slots=True)
class Apart:
    """An article that is read apart from the event at hand, from a code point or passage on."""

    article: int
    offset: int = 0
    passage: int | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Everything that decides what the screen shows.

    `event`, `article` and `passage` are numbers of the index; None means the
    first. `wide` names the panes that list the whole filter instead of the
    event. `subject` is the id of the record that the compare or the who view
    shows, if the pane is one of these; `by_origin` and `disputed_only` say how.
    `views` are kept when the location is left. With `apart` another article is read than
    one of the event, which need not be there: one goes on from it by any move to an event.
    """

    filter: Filters = ALL
    sort: Sort = Sort.DATE
    turned: bool = False
    event: int | None = None
    article: int | None = None
    passage: int | None = None
    pane: str = "timeline"
    wide: frozenset[str] = frozenset()
    zoomed: bool = False
    subject: str = ""
    by_origin: bool = False
    disputed_only: bool = False
    apart: Apart | None = None
    views: dict[str, View] = field(default_factory=dict, hash=False)


class Trail:
    """The current location, those behind it, and those ahead after a step back."""

    LENGTH = 500
    """Steps that are kept."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._behind: list[Location] = []
        self._ahead: list[Location] = []

    def go(self, location: Location) -> None:
        """Go to a new location; those ahead are dropped."""
        self._behind.append(self.location)
        del self._behind[: -self.LENGTH]
        self._ahead.clear()
        self.location = location

    def settle(self, location: Location) -> None:
        """Correct the current location, without a step."""
        self.location = location

    def keep_views(self, views: dict[str, View], pane: str) -> None:
        """Note the cursors and the focus before the location is left."""
        self.location = replace(self.location, views=views, pane=pane)

    def back(self) -> bool:
        """Take one step back; False at the start."""
        if not self._behind:
            return False
        self._ahead.append(self.location)
        self.location = self._behind.pop()
        return True

    def forward(self) -> bool:
        """Take one step forward; False at the end."""
        if not self._ahead:
            return False
        self._behind.append(self.location)
        self.location = self._ahead.pop()
        return True

    @property
    def last_event(self) -> int | None:
        """The number of the event shown last; None if none was."""
        return next((one.event for one in reversed(self._behind) if one.event is not None), None)

    @property
    def steps(self) -> tuple[int, int]:
        """The numbers of steps behind and ahead."""
        return len(self._behind), len(self._ahead)
