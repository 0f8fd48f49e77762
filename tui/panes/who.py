"""The view of who says so, from the origins to the articles."""

from collections.abc import Sequence

from textual.content import Content

from store.queries.provenance import Provenance, ProvenanceLine
from tui.draw.styles import Styles
from tui.draw.who import who_head, who_row
from tui.session.trail import View
from tui.widgets.row_list import RowList


class WhoPane(RowList):
    """The origins of what is said of a subject, and below each its paths into print."""

    def __init__(self) -> None:
        super().__init__(id="who", classes="pane")
        self.found: Provenance | None = None

    def show(self, found: Provenance, view: View | None) -> None:
        """Show another tree."""
        self.found = found
        self.show_state(*(() if found.nodes else ("No source says so.", "No claim is about this.")))
        self.set_rows(
            len(found.nodes), cursor=view.cursor if view else 0, scroll=view.scroll if view else 0
        )
        self.relabel()

    @property
    def node(self) -> ProvenanceLine | None:
        """The line under the cursor."""
        nodes = self.found.nodes if self.found else ()
        return nodes[self.cursor] if nodes else None

    @property
    def leaf(self) -> ProvenanceLine | None:
        """The article under the cursor, or the first below it; None if there is none."""
        nodes = self.found.nodes if self.found else ()
        return next((node for node in nodes[self.cursor :] if node.article is not None), None)

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        nodes = self.found.nodes if self.found else ()
        return [f"{node.name} {node.kind} {node.title}" for node in nodes]

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The support in sum."""
        return who_head(self.found, width, styles) if self.found and self.found.nodes else ()

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """An origin, a source on the path, or an article."""
        assert self.found is not None
        return (who_row(self.found.nodes[index], width, styles, self.needle),)

    def label_text(self) -> tuple[str, str]:
        """`Who says so`, and the position among the lines."""
        return "Who says so", f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
