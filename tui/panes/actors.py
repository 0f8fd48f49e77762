"""The actors of the event, or of all events of the filter."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from store.queries.actors import ActorRow
from tui.draw.actors import actor_row, actors_peek
from tui.draw.styles import Styles
from tui.panes.event_list import EventList
from tui.session.marked_rows import Key
from tui.session.trail import View


class ActorsPane(EventList):
    """The list of actors, with roles or with counts."""

    pane = "actors"
    rows: tuple[ActorRow, ...]

    def __init__(self) -> None:
        super().__init__()
        self.wide = False
        self._filtered = False
        self._counts: Mapping[int, int] | None = None

    def show(
        self, rows: tuple[ActorRow, ...], *, wide: bool, view: View, empty: tuple[str, ...] = ()
    ) -> None:
        """Show the actors of an event, or of the filter (`wide`), or why there are none."""
        self.wide = wide
        self.show_rows(rows, view, empty)

    def hold_counts(self, counts: Mapping[int, int] | None, *, filtered: bool) -> None:
        """Take how many events of the filter each actor has; None while they are counted."""
        if (counts, filtered) != (self._counts, self._filtered):
            self._counts, self._filtered = counts, filtered
            self.refresh()
        self.relabel()

    @property
    def mark_kind(self) -> str:
        """Actors, by their ids."""
        return "act"

    def mark_key(self, index: int) -> Key:
        """The id of the actor on a row."""
        return self.rows[index].id

    def events_of(self, row: ActorRow) -> int | None:
        """The events of an actor that match the filter; None while they are counted."""
        if self.wide or not self._filtered:
            return row.events
        return None if self._counts is None else self._counts.get(row.n, 0)

    def text_of(self, row: ActorRow) -> str:
        """An actor with its roles."""
        return f"{', '.join(row.roles)} {row.name} {row.doubt}".rstrip()

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One actor."""
        row = self.rows[index]
        return (actor_row(row, self.events_of(row), width, styles, self.needle, self.wide),)

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The actors in one line."""
        return actors_peek(self.rows, self.wide, width, styles)

    def label_text(self) -> tuple[str, str]:
        """`2 Actors`, of what; how many, and what their numbers count."""
        name, place = super().label_text()
        counted = "events that match" if self._filtered else "events"
        of_all = ", all that match" if self._filtered else ", all"
        right = " · ".join(filter(None, (place, counted if place else "", self.marked_text)))
        return f"{name}{of_all if self.wide else ''}", right
