"""The filters to choose one from, to edit it, drop it or turn it round."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from store.queries.filters import Filter
from tui.commands.registry import BY_FILTER
from tui.dialogs.picker import Picker, PickerRow


class FilterAct(StrEnum):
    """The acts on a filter."""

    EDIT = "edit"
    DROP = "drop"
    TURN = "turn"


class ChosenFilter(NamedTuple):
    """A filter by its number, and what to do to it."""

    number: int
    act: FilterAct


class FilterWindow(Picker):
    """The filters, the newest first; the value of the answer is a `ChosenFilter`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("minus,delete,backspace", "do('drop')", "Drop", show=False),
        Binding("exclamation_mark", "do('turn')", "Exclude or include", show=False),
    ]

    def __init__(self, filters: Sequence[Filter], at: int | None = None) -> None:
        """`at` is the number of the filter that the cursor begins on, else the newest."""
        picks = [
            PickerRow(
                filter_.text(),
                "Enter edits",
                _about(filter_),
                ChosenFilter(number, FilterAct.EDIT),
            )
            for number, filter_ in reversed(list(enumerate(filters)))
        ]
        begin = 0 if at is None else len(filters) - 1 - at
        super().__init__("Filters", lambda _: picks, begin=begin)

    def action_do(self, act: str) -> None:
        """Do something to the filter under the cursor."""
        pick = self.list.picks[self.list.cursor]
        assert isinstance(pick.value, ChosenFilter)
        self.dismiss(pick._replace(value=ChosenFilter(pick.value.number, FilterAct(act))))


def _about(filter_: Filter) -> str:
    turned = "includes" if filter_.negated else "excludes"
    turn = f" · ! {turned} instead" if filter_.kind.row.excludes else ""
    return f"Enter edits · - drops{turn}\n{BY_FILTER[filter_.kind].help}"
