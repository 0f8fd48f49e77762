"""The actors of the event, or of all events of the filter."""

from collections.abc import Sequence

from textual.content import Content

from store.queries.actors import ActorRow
from tui.draw.actors import actor_row, actors_peek
from tui.draw.styles import Styles
from tui.panes.event_list import EventList
from tui.session.trail import View


class ActorsPane(EventList):
    """The list of actors, with roles or with counts."""

    pane = "actors"
    rows: tuple[ActorRow, ...]

    def __init__(self) -> None:
        super().__init__()
        self.wide = False

    def show(
        self, rows: tuple[ActorRow, ...], *, wide: bool, view: View, empty: tuple[str, ...] = ()
    ) -> None:
        """Show the actors of an event, or of the filter (`wide`), or why there are none."""
        self.wide = wide
        self.show_rows(rows, view, empty)

    def text_of(self, row: ActorRow) -> str:
        """An actor with its roles."""
        return f"{', '.join(row.roles)} {row.name}"

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One actor."""
        return (actor_row(self.rows[index], width, styles, self.needle, self.wide),)

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The actors in one line."""
        return actors_peek(self.rows, self.wide, width, styles)

    def label_text(self) -> tuple[str, str]:
        """`2 Actors`, of what, and how many."""
        name, count = super().label_text()
        return f"{name}, all" if self.wide else name, count
