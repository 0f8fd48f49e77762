"""Adding and dropping filters."""

from store.queries.filters import Filter, FilterKind, Filters
from tui.commands.registry import LISTS, VIEWS
from tui.handlers.find import WORDS, Finder
from tui.handlers.screen_protocol import GoTo, ScreenProtocol, opened
from tui.handlers.windows import Windows
from tui.session.trail import ALL


class FilterHandler:
    """Changes of the filter: each is a step of the trail, and leads from a view to the panes."""

    def __init__(self, screen: ScreenProtocol, finder: Finder, windows: Windows, go: GoTo) -> None:
        self.screen = screen
        self._finder = finder
        self._windows = windows
        self._go = go

    def clear(self) -> None:
        """Drop all filters."""
        self._filter(ALL)

    def add(self, kind: FilterKind, text: str) -> None:
        """Add the filter that a typed argument means."""
        session = opened(self.screen)

        def found(filter_: Filter) -> None:
            self._add(filter_)
            if kind is FilterKind.DATE:
                self.screen.say("Events without a date are hidden.")

        self._windows.ask(lambda: session.read_filter(kind, text), found)

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
                    self.add(FilterKind.SOURCE, named)
                else:
                    screen.say("This article does not state its publisher.")
            case _:
                screen.say(f"Space filters by a row of {LISTS[1]} or {LISTS[2]}.")

    def drop(self) -> None:
        """Drop the newest filter."""
        asked = opened(self.screen).location.filter
        if not asked.filters:
            self.screen.say("There is no filter to drop.")
            return
        self._filter(asked.without_newest())

    def _add(self, filter_: Filter) -> None:
        self._filter(opened(self.screen).location.filter.with_filter(filter_))

    def _filter(self, asked: Filters) -> None:
        if asked == opened(self.screen).location.filter:
            self.screen.say("This filter is already set.")
            return
        self._finder.end()
        pane = self.screen.pane
        self._go(filter=asked, pane=LISTS[0] if pane in VIEWS else pane)
