"""The actors of the event, or of all events of the filter."""

from collections.abc import Sequence

from textual.content import Content

from store.queries.actors import ActorRow
from tui.draw.actors import actor_row, actors_peek
from tui.draw.styles import Styles
from tui.session.trail import View
from tui.widgets.row_list import RowList


class ActorsPane(RowList):
    """The list of actors, with roles or with counts."""

    def __init__(self) -> None:
        super().__init__(id="actors", classes="pane")
        self.rows: tuple[ActorRow, ...] = ()
        self.wide = False

    def show(
        self, rows: tuple[ActorRow, ...], *, wide: bool, view: View, empty: tuple[str, ...] = ()
    ) -> None:
        """Show the actors of an event or of the filter (`wide`), or why there are none."""
        self.rows = rows
        self.wide = wide
        self.show_state(*(() if rows else empty))
        self.set_rows(len(rows), cursor=view.cursor, scroll=view.scroll)
        self.relabel()

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        return [f"{', '.join(row.roles)} {row.name}" for row in self.rows]

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One actor."""
        return (actor_row(self.rows[index], width, styles, self.needle, self.wide),)

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The actors in one line."""
        return actors_peek(self.rows, self.wide, width, styles)

    def label_text(self) -> tuple[str, str]:
        """`2 Actors` with their scope, and the count."""
        name = "2 Actors, all" if self.wide else "2 Actors"
        return name, f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
