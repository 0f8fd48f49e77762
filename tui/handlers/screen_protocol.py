"""The explore screen as the handlers see it."""

from pathlib import Path
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
from tui.session.trail import View
from tui.session.views import EventAnswer
from tui.widgets.row_list import RowList
from tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from tui.session.session import Session


class ScreenProtocol(Protocol):
    """The panes, the lines and the session; and how to show, to ask and to say."""

    session: "Session | None"
    event: EventAnswer | None
    timeline: TimelinePane
    side: tuple[RowList, ...]
    actors: ActorsPane
    sources: SourcesPane
    article: ArticlePane
    status: StatusLine
    questions: BackgroundQuestions
    pane_layout: PaneLayout

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
        """True if the case has been read and shown once."""

    @property
    def moving(self) -> bool:
        """True if a cursor has moved, and the data that follows is not asked for yet."""

    @property
    def lists_anew(self) -> bool:
        """True if the timeline is about to get other rows, or another order."""

    def list_of(self, pane: str) -> RowList | None:
        """The list of a pane, None for the article."""

    def focus_pane(self, pane: str) -> None:
        """Give a pane the focus."""

    def sync(self, *, restoring: bool = False) -> None:
        """Show the location of the session."""

    def refresh_all(self) -> None:
        """Ask for everything anew after a change of the case, and keep the location."""

    def views(self) -> dict[str, View]:
        """The positions of cursors and scrolls, by pane."""

    def retell(self) -> None:
        """Write the first and the last line anew."""

    def signed_text(self) -> str:
        """The lines on the screen that signs can stand in."""

    def go_on_with(self, case: Path) -> None:
        """Leave this case, and go on with another."""

    def say(self, message: str) -> None:
        """Say something in the status line."""

    def fail(self, error: ConflictError) -> None:
        """Say what went wrong."""


class GoTo(Protocol):
    """Leave the location, with a step of the trail."""

    def __call__(self, **changes: object) -> None:
        """Go to the location with these changes."""


class GoToEvent(Protocol):
    """Go to an event, to an article and a passage of it."""

    def __call__(self, event: int, article: int, passage: int, *, pane: str) -> None:
        """Go there, with the focus in a pane."""


def opened(screen: ScreenProtocol) -> "Session":
    """The session; commands that need one run only when there is one."""
    assert screen.session is not None
    return screen.session
