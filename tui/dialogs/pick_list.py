"""The rows of a window."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from store.queries.timeline import Section
from tui.draw.styles import Styles, cell, in_line, joined, said, styled
from tui.widgets.row_list import RowList


class PickerRow(NamedTuple):
    """One row: its title, its keys or place, an explanation, its value, its heading.

    A row without a value cannot be chosen: it says something.
    """

    title: str
    aside: str
    about: str
    value: object
    group: str = ""


def exact_first(picks: Sequence[PickerRow], name: str) -> Sequence[PickerRow]:
    """Put the rows with exactly this name first; rows under headings stay where they are."""
    if not name or any(pick.group for pick in picks):
        return picks
    return sorted(picks, key=lambda pick: pick.title.casefold() != name.casefold())


class PickList(RowList):
    """The rows of a window, with their asides at the right, or at the left in `aside_first`."""

    always_lit = True

    def __init__(self, aside_first: int) -> None:
        super().__init__(id="picks")
        self.picks: Sequence[PickerRow] = ()
        self._aside_first = aside_first

    def show(self, picks: Sequence[PickerRow], empty: str) -> None:
        """Show other rows, or the reason why there are none."""
        self.picks = picks
        self.show_state(*(() if picks else (empty,)))
        sections = tuple(
            Section(index, pick.group)
            for index, pick in enumerate(picks)
            if pick.group and (not index or picks[index - 1].group != pick.group)
        )
        self.set_rows(len(picks), sections=sections, scroll=0)

    @property
    def line_count(self) -> int:
        """The lines of all rows and headings."""
        return max(1, len(self.picks) + len(self.sections))

    def aside_width(self, pick: PickerRow) -> int:
        """The cells that the aside of a row takes."""
        return self._aside_first or cell_len(in_line(pick.aside))

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content]:
        """The title and the aside in two columns."""
        pick = self.picks[index]
        if self._aside_first:
            aside_width = min(self._aside_first, width // 2)
            return (
                joined(
                    cell(styled(pick.aside, styles.accent), aside_width),
                    Content(" "),
                    cell(said(pick.title), width - aside_width - 1),
                ),
            )
        aside = styled(f" {pick.aside}", styles.muted)
        room = max(width // 2, width - cell_len(in_line(pick.title)))
        aside_width = min(aside.cell_length, room)
        return (
            joined(
                cell(said(pick.title), width - aside_width),
                cell(aside, aside_width, right=True),
            ),
        )
