"""The rows of a form: its fields, what is offered for each, and what is saved."""

from collections.abc import Callable, Sequence

from textual.content import Content

from tui.draw.styles import Styles, cell, joined, styled
from tui.session.form import Choice, Field, Form
from tui.widgets.row_list import RowList

LABEL_WIDTH = 11
TAKES = "⏎ "
"""Before what Enter takes."""
SAVES = "Enter saves: "
"""Before a line on what is saved."""
UNREAD = "… "
"""Before words that were typed and not read yet."""


class FormRows(RowList):
    """The fields of a form, a line each, and the row that saves."""

    always_lit = True

    def __init__(self, form: Form, summary: Callable[[], str]) -> None:
        super().__init__(id="fields")
        self.form = form
        self._summary = summary

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content]:
        """The label of a field, and its value or what is offered."""
        fields = self.form.fields
        if index >= len(fields):
            return (cell(self._save_row(styles), width),)
        one = fields[index]
        name = styled(one.label, styles.muted)
        place = styled(f" {one.place}" if one.place else "", styles.muted)
        room = width - LABEL_WIDTH - place.cell_length
        return (joined(cell(name, LABEL_WIDTH), cell(_value(one, styles), room), place),)

    def _save_row(self, styles: Styles) -> Content:
        """The row that saves: a summary of the values, or the field that is missing."""
        missing = self.form.missing
        if missing is not None:
            do = "correct" if missing.error else "confirm" if missing.unread else "fill in"
            return styled(f"To save, {do}: {missing.label}", styles.muted)
        saves = styled(SAVES, styles.accent)
        return joined(saves, styled(self._summary(), styles.strong))


def _value(one: Field, styles: Styles) -> Content:
    if one.error:
        return styled(f"{one.error}", styles.denies)
    if one.unread:
        return joined(styled(UNREAD, styles.accent), styled(one.unread, styles.plain))
    if one.taken is not None:
        return joined(styled(one.taken.shown, styles.strong), _hint(one.taken, styles))
    if one.offer is not None:
        before = styled(f"{one.usual}  " if one.quiet else "", styles.muted)
        offer = styled(one.offer.shown, styles.plain)
        return joined(before, styled(TAKES, styles.accent), offer, _hint(one.offer, styles))
    if one.usual:
        return styled(one.usual, styles.muted)
    return styled("needed" if one.needed else "–", styles.doubts if one.needed else styles.muted)


def _hint(choice: Choice, styles: Styles) -> Content:
    """The hint on a value, after it."""
    return styled(f"  {choice.hint}" if choice.hint else "", styles.muted)
