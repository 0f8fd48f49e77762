"""Orders, columns, the histogram, frequencies and trends."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from store.errors import UsageError
from store.queries.event_sort import Sort
from store.queries.filters import Filter, FilterKind, Filters
from store.queries.frequency import KIND_OF, Field, Frequency
from store.queries.trend import Trend
from tui.commands.registry import LISTS, VIEWS, key_of
from tui.dialogs.picker import Picker, PickerRow
from tui.draw.histogram import Measure
from tui.handlers.screen_protocol import GoTo, ScreenProtocol, opened
from tui.handlers.windows import Windows
from tui.session.columns import (
    ABOUT_BY_WIDTH,
    BY_WIDTH,
    COLUMNS,
    ColumnChoice,
    ColumnId,
    keep_choice,
)

if TYPE_CHECKING:  # imported when something is counted or plotted
    from tui.dialogs.figures import Chosen, FigureWindow

_STEP = 2
"""Cells by which a column is made narrower or wider."""


class FiguresHandler:
    """The handler of the commands of `tui.commands.figures`."""

    def __init__(self, screen: ScreenProtocol, windows: Windows, go: GoTo) -> None:
        self.screen = screen
        self._windows = windows
        self._go = go

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The action of each command."""
        return {
            "sort": self.sort,
            "sort.turn": lambda _: self.turn(),
            "frequency": self.frequency,
            "trend": self.trend,
            "measure": lambda _: self.measure(),
            "brush": lambda _: self.begin_brush(),
            "columns": self.columns,
            "column.narrower": lambda _: self.resize(-_STEP),
            "column.wider": lambda _: self.resize(_STEP),
        }

    def took(self, command: str) -> bool:
        """Let the histogram or the columns have a key, if it is for them; tell if it was."""
        timeline = self.screen.timeline
        by = {"move.left": -1, "move.right": 1}.get(command, 0)
        if timeline.brush is None:
            if by and self.screen.pane == LISTS[0]:
                timeline.step_column(by)
                return True
            return False
        match command:
            case "move.left" | "move.right":
                timeline.move_brush(by)
            case "move.top" | "move.end":
                timeline.move_brush(-len(timeline.numbers) if command == "move.top" else 10**6)
            case "pivot":
                self.filter_dates(timeline.end_brush())
            case "brush":
                timeline.hold_brush()
            case "cancel":
                timeline.end_brush()
                self.screen.say("No dates were chosen.")
            case _:
                timeline.end_brush()
                return False
        return True

    # orders

    def sort(self, text: str) -> None:
        """Sort by what is named, or let the user choose; the focused column comes first."""
        if text:
            self._sort(_one_of(Sort, text, "orders"))
            return
        now = opened(self.screen).location.sort
        focused = COLUMNS[self.screen.timeline.column].sort
        orders = sorted(Sort, key=lambda sort: sort is not focused)

        def rows(typed: str) -> list[PickerRow]:
            return [
                PickerRow(f"by {sort}", "now" if sort is now else "", "", sort)
                for sort in orders
                if typed.lower().strip() in sort
            ]

        self._windows.open(
            Picker("Sort the timeline", rows, ask="a column", needed=True),
            lambda pick: self._sort(Sort(str(pick.value))),
        )

    def _sort(self, sort: Sort) -> None:
        opened(self.screen).preview(sort=sort, turned=False)
        self.screen.sync()
        self.screen.say(f"Sorted by {sort}; {key_of('sort.turn')} turns.")

    def sort_by_column(self, column: ColumnId) -> None:
        """Sort by a column; turn the order if it is sorted by it."""
        sort = COLUMNS[column].sort
        if sort is None:
            self.screen.say(f"The timeline cannot be sorted by {column}.")
        elif opened(self.screen).location.sort is sort:
            self.turn()
        else:
            self._sort(sort)

    def turn(self) -> None:
        """Sort the other way round."""
        location = opened(self.screen).location
        opened(self.screen).preview(turned=not location.turned)
        self.screen.sync()
        way = "turned round" if not location.turned else "as usual"
        self.screen.say(f"Sorted by {location.sort}, {way}.")

    # columns

    def columns(self, text: str) -> None:
        """Show or hide the column that is named, or let the user choose."""
        if text == BY_WIDTH:
            self._choose(ColumnChoice())
            return
        if text:
            self._toggle(_one_of(ColumnId, text, "columns"))
            return
        timeline = self.screen.timeline
        shown = {one.id: one.width for one in timeline.placed(timeline.room)}

        def rows(typed: str) -> list[PickerRow]:
            found = [
                PickerRow(
                    f"{'✓' if one in shown else ' '} {one}",
                    f"{shown[one]} cells" if one in shown else "",
                    COLUMNS[one].about,
                    one,
                )
                for one in ColumnId
                if one is not ColumnId.TITLE and typed.lower().strip() in one
            ]
            by_width = PickerRow(f"  {BY_WIDTH}", "", ABOUT_BY_WIDTH, BY_WIDTH)
            return [*found, *([by_width] if typed.lower().strip() in BY_WIDTH else [])]

        self._windows.open(
            Picker("Columns of the timeline", rows, ask="a column", needed=True),
            lambda pick: self.columns(str(pick.value)),
        )

    def _toggle(self, column: ColumnId) -> None:
        timeline = self.screen.timeline
        if column is ColumnId.TITLE:
            raise UsageError("the title is always shown", "choose another column")
        tolls = timeline.has_tolls
        self._choose(timeline.choice.toggled(column, timeline.room, tolls=tolls))

    def resize(self, by: int) -> None:
        """Give the focused column more room, or less."""
        timeline = self.screen.timeline
        column = timeline.column
        widths = {one.id: one.width for one in timeline.placed(timeline.room)}
        if column is ColumnId.TITLE or column not in widths:
            self.screen.say("The title has the room that is left; h and l go to another column.")
            return
        self._choose(timeline.choice.resized(column, widths[column] + by))

    def _choose(self, choice: ColumnChoice) -> None:
        self.screen.timeline.choose(choice)
        if not keep_choice(choice):
            self.screen.say("The columns apply to this session only: their file cannot be written.")

    # the histogram

    def measure(self) -> None:
        """Let the histogram show the dead, or the events."""
        measure = self.screen.timeline.turn_measure()
        self.screen.say(f"The histogram shows {_WORDS[measure]}.")

    def begin_brush(self) -> None:
        """Begin to choose dates in the histogram."""
        if self.screen.pane in VIEWS or not self.screen.timeline.begin_brush():
            self.screen.say("There is no histogram to choose dates in.")
            return
        self.screen.focus_pane(LISTS[0])
        self.screen.say("h l move, b holds one end, Enter filters, Esc leaves.")

    def filter_dates(self, edtf: str) -> None:
        """Filter by dates that were chosen."""
        from tui.dialogs.figures import Chosen

        self._filter(Chosen(dates=edtf))

    def _filter(self, chosen: "Chosen") -> None:
        session = opened(self.screen)
        asked: Filters = session.location.filter
        if chosen.dates:
            asked = asked.with_filter(session.read_filter(FilterKind.DATE, chosen.dates))
        if chosen.field is Field.MONTHS:
            asked = asked.with_filter(session.read_filter(FilterKind.DATE, chosen.value))
        elif chosen.field is not None:
            kind = KIND_OF[chosen.field]
            asked = asked.with_filter(Filter(kind, chosen.value, chosen.label))
        if asked == session.location.filter:
            self.screen.say("This filter is already set.")
            return
        self._go(filter=asked, pane=LISTS[0])

    # windows of figures

    def frequency(self, text: str) -> None:
        """Count by a field: the one named, else that of the focused column or list."""
        from tui.dialogs.figures import FrequencyWindow

        session, asked = opened(self.screen), opened(self.screen).location.filter
        field = _one_of(Field, text, "fields") if text else self._field()
        measure = self.screen.timeline.measure

        def ask(of: Field, by_toll: bool, show: Callable[[Frequency], None]) -> None:
            self._windows.ask(lambda: session.frequency(asked, of, by_toll=by_toll), show)

        def first(found: Frequency) -> None:
            self._open(FrequencyWindow(measure, found, ask))

        ask(field, measure is Measure.KILLED, first)

    def _field(self) -> Field:
        """The field by which the focused column or list is counted."""
        by_pane = {"actors": Field.ACTORS, "sources": Field.SOURCES}
        return by_pane.get(self.screen.pane) or COLUMNS[self.screen.timeline.column].field

    def trend(self, text: str) -> None:
        """Plot the filter over time, by a field if one is named."""
        from tui.dialogs.figures import BY, TrendWindow

        session, asked = opened(self.screen), opened(self.screen).location.filter
        fields = [one for one in BY if one is not None]
        by = _one_of(Field, text, "fields", fields) if text else None
        measure = self.screen.timeline.measure

        def ask(of: Field | None, by_toll: bool, show: Callable[[Trend], None]) -> None:
            self._windows.ask(lambda: session.trend(asked, of, by_toll=by_toll), show)

        ask(
            by,
            measure is Measure.KILLED,
            lambda found: self._open(TrendWindow(measure, found, ask)),
        )

    def _open(self, window: "FigureWindow") -> None:
        if self._windows.shown:
            return
        self._windows.shown = True

        def closed(chosen: "Chosen | None") -> None:
            self._windows.shown = False
            if chosen is not None:
                self._filter(chosen)

        self.screen.app.push_screen(window, closed)


_WORDS = {Measure.EVENTS: "the events", Measure.KILLED: "how many were killed"}


T = TypeVar("T", bound=StrEnum)


def _one_of(kind: type[T], text: str, what: str, among: Sequence[T] = ()) -> T:
    """The one that a text names or begins; raises `UsageError`, naming them, for another."""
    choices = list(among or kind)
    wanted = text.strip().lower()
    found = [one for one in choices if one == wanted] or [
        one for one in choices if one.startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    raise UsageError(f"{text!r} is none of the {what}", f"they are {', '.join(choices)}")
