"""What the deeds see of the explore screen."""

from typing import TYPE_CHECKING, Protocol

from textual.app import App
from textual.screen import Screen

from store.errors import ConflictError
from tui.handlers.background import BackgroundQuestions
from tui.panes.actors import ActorsPane
from tui.panes.article import ArticlePane
from tui.panes.layout import PaneLayout
from tui.panes.sources import SourcesPane
from tui.panes.timeline import TimelinePane
from tui.session.session import Session
from tui.session.trail import View
from tui.session.views import EventAnswer
from tui.widgets.row_list import RowList
from tui.widgets.status import StatusLine

if TYPE_CHECKING:  # each sees the other
    from tui.handlers.compare import CompareHandler


class ScreenProtocol(Protocol):
    """The panes, the lines and the session; and how to show, to ask and to say."""

    session: Session | None
    event: EventAnswer | None
    timeline: TimelinePane
    side: tuple[RowList, ...]
    actors: ActorsPane
    sources: SourcesPane
    article: ArticlePane
    status: StatusLine
    questions: BackgroundQuestions
    arrangement: PaneLayout
    comparing: "CompareHandler"

    @property
    def screen(self) -> Screen[object]:
        """The screen itself, to mount a prompt on."""

    @property
    def app(self) -> App[object]:
        """The application, to open a window."""

    @property
    def pane(self) -> str:
        """The pane that has the focus, or had it last."""

    @property
    def begun(self) -> bool:
        """Whether the case is read, and what is in it was shown once."""

    @property
    def moving(self) -> bool:
        """Whether a cursor has moved, and what follows from it is not asked for yet."""

    @property
    def lists_anew(self) -> bool:
        """Whether other rows, or in another order, are to come into the timeline."""

    def list_of(self, pane: str) -> RowList | None:
        """The list of a pane, None for the article."""

    def focus_pane(self, pane: str) -> None:
        """Give a pane the focus."""

    def sync(self, *, restoring: bool = False) -> None:
        """Show where the desk is."""

    def refresh_all(self) -> None:
        """The case changed: ask for everything anew, and stay where one is."""

    def views(self) -> dict[str, View]:
        """Where the cursors and scrolls are."""

    def retell(self) -> None:
        """Write the first and the last line anew."""

    def say(self, message: str) -> None:
        """Say something in the status line."""

    def fail(self, error: ConflictError) -> None:
        """Say what went wrong."""


class GoTo(Protocol):
    """Leave the spot, with a step of the trail."""

    def __call__(self, **changes: object) -> None:
        """To the spot with these changes."""


class GoToEvent(Protocol):
    """Go to an event, to an article and a passage of it."""

    def __call__(self, event: int, article: int, passage: int, *, pane: str) -> None:
        """Go there, with the focus in a pane."""


def opened(screen: ScreenProtocol) -> Session:
    """The session; commands that need it run only when there is one."""
    assert screen.session is not None
    return screen.session
