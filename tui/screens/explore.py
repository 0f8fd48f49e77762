"""The explore screen: from an event to every article that supports it, and back."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from store.errors import ConflictError
from store.model.text import one_line
from store.queries.facets import FacetCounts
from tui.commands.registry import COMMANDS
from tui.draw.phrases import error_words
from tui.handlers.background import Answered, BackgroundQuestions
from tui.handlers.compare import CompareHandler
from tui.messages import (
    CaseChosen,
    CaseRefused,
    ColumnChosen,
    DatesBrushed,
    FilterClicked,
    HintClicked,
    ImportMoved,
    PassageChosen,
    PromptChanged,
    PromptEnded,
    RowChosen,
    RowMoved,
    RowsMissed,
    TextMissed,
)
from tui.panes.actors import ActorsPane
from tui.panes.article import ArticlePane
from tui.panes.layout import HEIGHTS, WIDTHS, PaneLayout
from tui.panes.side import SIDE
from tui.panes.sources import SourcesPane
from tui.panes.timeline import TimelinePane
from tui.screens.handover import Handover
from tui.screens.render import drawn_text, show_counted, show_lines, show_look, shown_now
from tui.screens.upkeep import Upkeep
from tui.session.columns import read_choice
from tui.session.trail import View
from tui.session.views import AlreadyShown, EventAnswer, ScreenData
from tui.widgets.filter_bar import FilterBar
from tui.widgets.latest_size import LatestSize
from tui.widgets.row_list import RowList
from tui.widgets.status import Breadcrumb, StatusLine

if TYPE_CHECKING:
    from tui.handlers.dispatcher import Dispatcher
    from tui.session.session import Session


AFTER_ROWS = 0.1
"""Seconds from the first answer to what can wait until its frame is drawn."""


class ExploreScreen(LatestSize[None]):
    """Shows the location of the session: `Dispatcher` handles keys, this class feeds the panes.

    The session owns the location: every key changes it, `sync` asks for what it
    shows, and `_apply` gives the answer to the panes.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"command('{command.id}')", command.label, show=False)
        for command in COMMANDS
        for key in command.keys
    ]

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.handover = Handover()
        self.breadcrumb = Breadcrumb()
        self.filter_bar = FilterBar()
        self.status = StatusLine()
        self.timeline = TimelinePane()
        self.side = tuple(pane() for pane in SIDE)
        self.actors = next(pane for pane in self.side if isinstance(pane, ActorsPane))
        self.sources = next(pane for pane in self.side if isinstance(pane, SourcesPane))
        self.article = ArticlePane()
        self.event: EventAnswer | None = None
        self.questions = BackgroundQuestions(self)
        self.pane_layout = PaneLayout(self)
        self.comparing = CompareHandler(self)
        self.upkeep = Upkeep(self)
        self.begun = False
        """Whether the case is read, and what is in it was shown once."""
        self._seen = AlreadyShown()
        self._restoring = self._refreshing = False
        self._awaited: list[str] = []
        self._lit = ""

    @cached_property
    def dispatcher(self) -> "Dispatcher":
        """The commands, with all that they open: from the first rows on, or the first key."""
        from tui.handlers.dispatcher import Dispatcher

        return Dispatcher(self)

    @property
    def commanded(self) -> "Dispatcher | None":
        """The commands, if they are there yet."""
        return self.dispatcher if "dispatcher" in vars(self) else None

    def compose(self) -> ComposeResult:
        """The panes between two lines, arranged for the size from the first frame on."""
        for side, breakpoints in zip(self.app.size, (WIDTHS, HEIGHTS), strict=True):
            self.set_class(True, [name for least, name in breakpoints if least <= side][-1])
        yield self.breadcrumb
        with Container(id="body"):
            yield self.timeline
            with Container(id="lower"):
                with Container(id="side"):
                    yield from self.side
                yield self.article
        yield from self.comparing.compose()
        yield self.filter_bar
        yield self.status

    def on_mount(self) -> None:
        """Say that the case is being read."""
        self.timeline.show_state("Reading the case …")

    # the session

    async def read(self, case: Path, *, bundled: bool, read_only: bool) -> None:
        """Read a case, and show it."""

        def opened() -> "Session":
            from tui.session.open_case import open_session  # with TinyDB: after the first frame

            return self.handover.leave(open_session(case, bundled=bundled, read_only=read_only))

        self.questions.ask("case", opened, self._opened, self._refused)
        await self.article.prepare()

    def go_on_with(self, case: Path) -> None:
        """Leave this case, and go on with another."""
        self.post_message(CaseChosen(case))

    def _refused(self, error: ConflictError) -> None:
        self.post_message(CaseRefused(error))

    def _opened(self, session: "Session") -> None:
        self.handover.take()
        self.session = session
        self.timeline.choose(read_choice())
        self.sync()
        if session.told:
            self.say(" ".join(session.told))

    def _begin(self) -> None:
        """Begin what can wait until something is shown of the case, once."""
        if not self.begun:
            self.begun = True
            self.set_timer(AFTER_ROWS, lambda: self.dispatcher.drafts.begin())
            self.set_timer(AFTER_ROWS, self.upkeep.begin)

    def sync(self, *, restoring: bool = False) -> None:
        """Ask for the data of the session's location, and show it when the answer comes."""
        session = self.session
        if session is None:
            return
        self._restoring = self._restoring or restoring
        location, seen = session.location, self._seen
        self.questions.ask("look", lambda: session.look(location, seen), self._apply, self._unread)

    def refresh_all(self) -> None:
        """Ask for everything anew after a change of the case, and keep the location."""
        self._seen = AlreadyShown()
        self._refreshing = True
        self.sync()

    def fail(self, error: ConflictError) -> None:
        """Say what went wrong."""
        self.say(error_words(error))

    def _unread(self, error: ConflictError) -> None:
        """Say in place of the rows that the location could not be shown."""
        self._begin()
        self.dispatcher.give_up()
        self.timeline.show_state("This could not be read.", error.message, error.hint)
        self.fail(error)

    def say(self, message: str) -> None:
        """Say something in the status line."""
        self.status.say(one_line(message))

    def on_answered(self, message: Answered) -> None:
        """Handle an answer."""
        message.stop()
        self.questions.take(message)
        if self.commanded:
            self.commanded.go_on()

    def views(self) -> dict[str, View]:
        """The positions of cursors and scrolls, by pane."""
        text = self.article.text
        lists = (self.timeline, *self.side, *self.comparing.lists)
        return {
            **{pane.id or "": pane.view for pane in lists},
            "article": View(text.position, round(text.scroll_y)),
        }

    def signed_text(self) -> str:
        """The lines on the screen that signs can stand in: those of the lists and their lines."""
        return "\n".join((drawn_text(self), self.breadcrumb.render().plain))

    def _apply(self, look: ScreenData) -> None:
        """Give an answer to the panes. The focus is the session's: it may have moved meanwhile."""
        session = self.session
        assert session is not None
        if self.moving:
            return  # it would put the cursor back; the move asks anew
        self._begin()
        restoring, self._restoring = self._restoring, False
        refreshing, self._refreshing = self._refreshing and not restoring, False
        here = session.location
        pane = look.location.pane if here.pane == look.asked.pane else here.pane
        location = replace(look.location, views=here.views, pane=pane, zoomed=here.zoomed)
        session.trail.settle(location)
        # keys may have moved the cursors since the case changed
        views = self.views() if refreshing else location.views if restoring else {}
        self.event = look.event
        show_look(self, look, self._seen, views)
        self._seen = shown_now(self, look, self._seen)
        if look.counting:
            asked, parts = look.location.filter, look.counting
            self.questions.ask(
                "count",
                lambda: session.count(asked, parts),
                lambda found: self._show_counted(found, views),
                self.fail,
            )
        if restoring:
            self.pane_layout.zoom(location.pane if location.zoomed else None)
        if location.pane != self._lit:
            self.focus_pane(location.pane)
        self.retell()

    def _show_counted(self, found: FacetCounts, views: dict[str, View]) -> None:
        """Fill the lists that were being counted, and tell which keys now fit their cursor."""
        show_counted(self, found, views)
        self.retell()

    # the focus

    @property
    def pane(self) -> str:
        """The pane that keys go to: the session's, which is known before the focus has moved."""
        return self.session.location.pane if self.session else "timeline"

    @property
    def moving(self) -> bool:
        """True if a cursor has moved, and the data that follows is not asked for yet."""
        return bool(self.timeline.untold or (self.sources.untold and not self.sources.wide))

    @property
    def lists_anew(self) -> bool:
        """True if the timeline is about to get other rows, or another order."""
        location, seen = self.session.location if self.session else None, self._seen
        if location is None:
            return False
        order, shown = ((one.filter, one.sort, one.turned) for one in (location, seen))
        return order != shown

    def list_of(self, pane: str) -> RowList | None:
        """The list of a pane, None for the article."""
        lists = (self.timeline, *self.side, *self.comparing.lists)
        return next((rows for rows in lists if rows.id == pane), None)

    def focus_pane(self, pane: str) -> None:
        """Give a pane the focus; keys go there from now on."""
        if self.session is not None:
            self.session.preview(pane=pane)
        self._lit = pane
        self.pane_layout.focused(pane)
        target: Widget = self.list_of(pane) or self.article.text
        if not target.has_focus:
            self._awaited.append(pane)
            self.set_focus(target)
        self.retell()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the session follow a focus that the mouse moved, unless the move was expected."""
        widget: Widget | None = event.widget
        while widget is not None and not widget.has_class("pane"):
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        if widget is None or widget.id is None or self.session is None:
            return
        if self.commanded:
            self.commanded.finder.left()
        if widget.id in self._awaited:
            self._awaited.remove(widget.id)
        else:
            self._lit = widget.id
            self.session.preview(pane=widget.id)
            self.pane_layout.focused(widget.id)
            self.retell()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for a new size."""
        for fit in (self.status.fit, self.filter_bar.fit, self.pane_layout.apply):
            self.call_after_refresh(fit)

    # the breadcrumb and the status line

    def retell(self) -> None:
        """Write the breadcrumb and the status line anew."""
        if self.session is not None:
            found = self.commanded.finder.match_place() if self.commanded else ""
            show_lines(self, self.breadcrumb, self.filter_bar, found)

    # messages from the panes

    def on_row_moved(self, message: RowMoved) -> None:
        """Show what follows from a moved cursor."""
        message.stop()
        if isinstance(message.pane, RowList):
            message.pane.untold -= 1
        self.dispatcher.moved(message.pane, message.index)

    @on(RowChosen)
    @on(PassageChosen)
    def _follow_clicked(self, message: Message) -> None:
        """Treat a double click as Enter."""
        message.stop()
        self.dispatcher.run("pivot")

    def on_filter_clicked(self, message: FilterClicked) -> None:
        """Drop the filter whose sign was clicked, or let the user choose what to do to it."""
        message.stop()
        self.dispatcher.filter_clicked(message.number, dropping=message.dropping)

    def on_hint_clicked(self, message: HintClicked) -> None:
        """Run the command whose hint was clicked."""
        message.stop()
        self.dispatcher.run(message.command)

    def on_key(self, event: events.Key) -> None:
        """Say that a key does nothing here, if it has no command and nobody types."""
        if event.key not in self._bindings.key_to_bindings and not isinstance(self.focused, Input):
            self.dispatcher.program.unknown(event.character if event.is_printable else event.key)

    def on_rows_missed(self, message: RowsMissed) -> None:
        """Get rows that the timeline needs."""
        message.stop()
        session = self.session
        if session is not None:
            numbers = self.timeline.numbers[message.first : message.last]
            self.questions.ask(
                "rows", lambda: session.window(numbers), self.timeline.hold, self.fail
            )

    def on_dates_brushed(self, message: DatesBrushed) -> None:
        """Filter by the dates that were chosen with the mouse."""
        message.stop()
        if message.edtf:
            self.dispatcher.figures.filter_dates(message.edtf)

    def on_column_chosen(self, message: ColumnChosen) -> None:
        """Sort by the column whose name was clicked."""
        message.stop()
        self.dispatcher.figures.sort_by_column(message.column)

    def on_text_missed(self, message: TextMissed) -> None:
        """Get another window of the article's text."""
        message.stop()
        self.dispatcher.finder.read_on(message.around)

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Pass on what is typed at the prompt."""
        message.stop()
        self.dispatcher.finder.typed(message.text)

    def on_prompt_ended(self, message: PromptEnded) -> None:
        """Handle a prompt that was accepted or left."""
        message.stop()
        self.dispatcher.finder.prompted(message.text)

    def on_import_moved(self, message: ImportMoved) -> None:
        """Show the progress of an import."""
        message.stop()
        self.dispatcher.imports.moved(message.words)

    def action_command(self, command: str) -> None:
        """Do what a key says."""
        self.dispatcher.run(command)
