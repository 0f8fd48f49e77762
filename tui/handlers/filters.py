"""Adding, editing and dropping filters."""

from collections.abc import Callable

import msgspec

from store.model.labels import count_text
from store.queries.filters import Filter, FilterKind, Filters
from store.queries.unplaced import undated_hidden
from tui.commands.registry import LISTS, VIEWS, key_of
from tui.dialogs.filter_window import ChosenFilter, FilterAct, FilterWindow
from tui.handlers.find import WORDS, Finder
from tui.handlers.palette import PaletteHandler
from tui.handlers.screen_protocol import GoTo, ScreenProtocol, opened
from tui.handlers.windows import Windows
from tui.session.filter_line import read_line, typed
from tui.session.trail import ALL


class FilterHandler:
    """Changes of the filter: each is a step of the trail, and leads from a view to the panes."""

    def __init__(
        self,
        screen: ScreenProtocol,
        finder: Finder,
        windows: Windows,
        palette: PaletteHandler,
        go: GoTo,
    ) -> None:
        self.screen = screen
        self._finder = finder
        self._windows = windows
        self._palette = palette
        self._go = go

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "filter.add": lambda _: self.row(),
            "filter.drop": lambda _: self.drop(),
            "filter.edit": lambda _: self.choose(),
            "filter.clear": lambda _: self.clear(),
        }

    # adding

    def add(self, kind: FilterKind, line: str) -> None:
        """Add the filters that a typed line means, of which this is the kind of the first."""
        session = opened(self.screen)

        def read() -> tuple[Filters, int]:
            asked = session.location.filter
            filters = read_line(session.read_filter, kind, line)
            for filter_ in filters:
                asked = asked.with_filter(filter_)
            dated = any(filter_.kind is FilterKind.DATE for filter_ in filters)
            return asked, session.archive.ask(undated_hidden, asked) if dated else 0

        def found(answer: tuple[Filters, int]) -> None:
            asked, hidden = answer
            self._filter(asked)
            if hidden:
                are = "is" if hidden == 1 else "are"
                self.screen.say(f"{count_text(hidden, 'event')} without a date {are} hidden.")

        self._windows.ask(read, found)

    def ask_words(self) -> None:
        """Ask for words to filter by."""
        self._finder.ask(WORDS)

    def row(self) -> None:
        """Add the filter of the row under the cursor."""
        screen = self.screen
        match screen.pane:
            case "actors" if screen.actors.rows:
                actor = screen.actors.rows[screen.actors.cursor]
                self._add(Filter(FilterKind.ACTOR, actor.id, actor.name))
            case "sources" if screen.sources.wide and screen.sources.sources:
                source = screen.sources.sources[screen.sources.cursor]
                self._add(Filter(FilterKind.SOURCE, source.id, source.name))
            case "sources" if screen.sources.evidence:
                row = screen.sources.evidence[screen.sources.cursor]
                named = row.publisher or (row.chains[0][-1] if row.chains and row.chains[0] else "")
                if named:
                    self.add(FilterKind.SOURCE, f'"{named}"')
                else:
                    screen.say("This article does not state its publisher.")
            case _:
                screen.say(f"Space filters by a row of {LISTS[1]} or {LISTS[2]}.")

    # changing

    def clear(self) -> None:
        """Drop all filters."""
        if self._some():
            self._filter(ALL)

    def drop(self, number: int = -1) -> None:
        """Drop the newest filter, or the one with a number."""
        if self._some():
            asked = opened(self.screen).location.filter
            self._filter(asked.without(number))
            dropped = asked.filters[number].text()
            self.screen.say(f"{dropped} dropped; {key_of('back')} brings it back.")

    def choose(self, number: int | None = None) -> None:
        """Choose a filter, to edit it, drop it or turn it round; begin on the one with a number."""
        if not self._some():
            return
        asked = opened(self.screen).location.filter

        def chosen(pick: object) -> None:
            assert isinstance(pick, ChosenFilter)
            match pick.act:
                case FilterAct.EDIT:
                    self._edit(pick.number)
                case FilterAct.DROP:
                    self.drop(pick.number)
                case FilterAct.TURN:
                    self._turn(pick.number)

        self._windows.open(FilterWindow(asked.filters, number), lambda pick: chosen(pick.value))

    def _edit(self, number: int) -> None:
        """Open the palette on the line of a filter; what is chosen takes its place."""
        session = opened(self.screen)
        old = session.location.filter.filters[number]

        def edited(kind: FilterKind, line: str) -> None:
            self._windows.ask(
                lambda: read_line(session.read_filter, kind, line),
                lambda found: self._filter(session.location.filter.edited(number, found)),
            )

        self._palette.show(typed(old), edited=edited)

    def _turn(self, number: int) -> None:
        """Exclude what a filter includes, or include it again."""
        asked = opened(self.screen).location.filter
        one = asked.filters[number]
        if not one.kind.row.excludes:
            self.screen.say(f"A filter by {one.kind} cannot exclude.")
            return
        turned = msgspec.structs.replace(one, negated=not one.negated)
        self._filter(asked.edited(number, (turned,)))

    def _some(self) -> bool:
        """True if there is a filter; else says so."""
        there = bool(opened(self.screen).location.filter.filters)
        if not there:
            self.screen.say("There is no filter to drop.")
        return there

    def _add(self, filter_: Filter) -> None:
        self._filter(opened(self.screen).location.filter.with_filter(filter_))

    def _filter(self, asked: Filters) -> None:
        session = opened(self.screen)
        if asked == session.location.filter:
            self.screen.say("This filter is already set.")
            return
        self._finder.end()
        pane = self.screen.pane
        event = session.location.event
        if event is None:  # the filter hid everything
            event = session.trail.last_event
        self._go(filter=asked, event=event, pane=LISTS[0] if pane in VIEWS else pane)
