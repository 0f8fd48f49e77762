"""The panes that stand below or beside the timeline."""

from tui.panes.actors import ActorsPane
from tui.panes.sources import SourcesPane
from tui.widgets.row_list import RowList

SIDE: tuple[type[RowList], ...] = (ActorsPane, SourcesPane)
"""From top to bottom; each makes itself without arguments."""
