"""Moves from an event to its articles, from a passage to its event, and back."""

from collections.abc import Callable

from store.queries.filters import Filter, FilterKind, Filters
from tui.commands.registry import VIEWS, key_of
from tui.dialogs.picker import PickerRow
from tui.dialogs.pickers import events_window
from tui.handlers.compare import ComparingScreen
from tui.handlers.screen_protocol import GoTo, opened
from tui.handlers.windows import Windows
from tui.session.steps import step
from tui.session.trail import ALL


class NavigationHandler:
    """The commands that lead from a row or a passage to the records behind it."""

    def __init__(
        self,
        screen: ComparingScreen,
        go: GoTo,
        windows: Windows,
        begin_import: Callable[[], None],
    ) -> None:
        """`begin_import` opens the window to import, as an empty case offers."""
        self.screen = screen
        self._import = begin_import
        self._go = go
        self._windows = windows

    def follow(self) -> None:
        """Go from the row or passage under the cursor to its subject, or to its evidence."""
        screen = self.screen
        match screen.pane:
            case "compare" | "who":
                screen.comparing.follow(self.to_event)
            case "timeline":
                if not screen.timeline.total:
                    self._import()
                    return
                if screen.event is None or not screen.event.evidence:
                    screen.say("No article supports this event.")
                    return
                self._go(pane="article", zoomed=False)
            case "actors":
                if screen.actors.rows:
                    actor = screen.actors.rows[screen.actors.cursor]
                    self._to_events_of(Filter(FilterKind.ACTOR, actor.id, actor.name))
            case "sources" if screen.sources.wide:
                if screen.sources.sources:
                    source = screen.sources.sources[screen.sources.cursor]
                    self._to_events_of(Filter(FilterKind.SOURCE, source.id, source.name))
            case "sources":
                if screen.sources.evidence:
                    row = screen.sources.evidence[screen.sources.cursor]
                    self._go(article=row.n, passage=row.passages[0].n, pane="article")
            case "article":
                self._to_event_of_passage()
            case _:
                screen.say("Nothing to follow here.")

    def _to_events_of(self, filter_: Filter) -> None:
        self._go(filter=Filters((filter_,)), pane="timeline", zoomed=False)
        self.screen.say(f"Events of {filter_.label}; {key_of('back')} goes back.")

    def _to_event_of_passage(self) -> None:
        screen = self.screen
        mark = screen.article.mark_here()
        if mark is None or screen.article.view is None:
            screen.say("No passage here; n goes to the next one.")
            return
        article = screen.article.view.n
        if not mark.events:
            screen.say("This passage is about an actor or a place, not about an event.")
        elif len(mark.events) == 1:
            self.to_event(mark.events[0], article, mark.n)
        else:
            session, events, n = opened(self.screen), mark.events, mark.n

            def chosen(pick: PickerRow) -> None:
                self.to_event(int(str(pick.value)), article, n)

            self._windows.ask(
                lambda: session.window(events),
                lambda rows: self._windows.open(events_window(rows), chosen),
            )

    def to_event(self, event: int, article: int, passage: int, *, pane: str = "timeline") -> None:
        """Go to an event, an article and a passage of it; drop the filters if they hide it."""
        screen, session = self.screen, opened(self.screen)
        outside = screen.timeline.index_of(event) is None
        self._go(
            event=event,
            article=article,
            passage=passage,
            pane=pane,
            zoomed=False,
            filter=ALL if outside else session.location.filter,
        )
        if outside:
            screen.say(f"The filters hid this event and were removed; {key_of('back')} goes back.")

    def walk(self, by: int) -> None:
        """Go to the next article on this event or the one before; in a view, to the next column."""
        screen, session = self.screen, opened(self.screen)
        if screen.event is None:
            return
        if screen.pane in VIEWS:
            screen.comparing.step(by)
            return
        evidence = screen.event.evidence
        row = step(screen.event, session.location.article, by)
        if row is None:
            end = "last" if by > 0 else "first"
            screen.say(
                f"This is the {end} of the {len(evidence)} articles on this event."
                if len(evidence) > 1
                else "This is the only article on this event."
            )
            return
        session.preview(article=row.n, passage=row.passages[0].n)
        screen.sync()

    def travel(self, *, forward: bool) -> None:
        """Go back along the trail, or forward again."""
        screen, session = self.screen, opened(self.screen)
        session.trail.keep_views(screen.views(), screen.pane)
        if not (session.trail.forward() if forward else session.trail.back()):
            screen.say("You are at the newest step." if forward else "You are at the first step.")
            return
        screen.sync(restoring=True)
