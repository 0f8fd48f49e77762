"""Upkeep of an open case: its file is written, and the acts of others are shown."""

from store.errors import ConflictError
from tui.handlers.screen_protocol import ScreenProtocol, opened

REST = 300.0
"""Seconds between two writings of the case file; the log has every change at once."""

FOLLOW = 2.0
"""Seconds between two looks at what another writer changed."""

LISTEN = 0.4
"""Seconds between two looks at whether a server has told of a change; they ask it nothing."""


class Upkeep:
    """Keeps the case of a screen, in the background."""

    def __init__(self, screen: ScreenProtocol) -> None:
        self.screen = screen

    def begin(self) -> None:
        """Write the case file now and then; follow another writer, or count what is large."""
        session, screen = opened(self.screen), self.screen
        screen.screen.set_interval(REST, self._rest)
        if session.follows:
            every = LISTEN if session.archive.member else FOLLOW
            screen.screen.set_interval(every, self._follow)
        if not session.why_read_only:
            screen.questions.ask("answers", session.build_facet_index, lambda _: None, screen.fail)

    def _rest(self) -> None:
        """Write the case file anew if it lacks changes, while nothing waits."""
        questions = self.screen.questions
        if not questions.asked("rest"):
            questions.ask("rest", opened(self.screen).rest, lambda _: None, self._fail)

    def _follow(self) -> None:
        """Show what another writer of the case changed."""
        questions = self.screen.questions

        def followed(new: bool) -> None:
            if new:
                self.screen.refresh_all()

        if opened(self.screen).has_news and not questions.asked("follow"):
            questions.ask("follow", opened(self.screen).follow, followed, self._fail)

    def _fail(self, error: ConflictError) -> None:
        """Say what went wrong, after which the case may be read-only."""
        self.screen.fail(error)
        self.screen.retell()
