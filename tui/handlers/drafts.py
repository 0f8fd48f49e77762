"""Drafts of what is being typed, found again where it was begun."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from tui.draw.phrases import local_time
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.session.drafts import Draft, Drafts, drop_old

PAUSE = 0.3
"""Seconds between two drafts while letters are typed; as much is lost at most in a kill."""

KEPT = "Kept as a draft; it is there when you begin again."


class DraftKeeper:
    """Keeps drafts in the background. A place without a name has none."""

    def __init__(self, screen: ScreenProtocol) -> None:
        self.screen = screen
        self._unsaved: dict[str, str] = {}
        self._saving: set[str] = set()
        self._ticking = False
        self._lock = Lock()

    def begin(self) -> None:
        """Delete the drafts that are too old."""
        self.screen.questions.ask("drafts", drop_old, lambda _: None, self.screen.fail)

    @property
    def _drafts(self) -> Drafts:
        return Drafts(opened(self.screen).own_case)

    def read(self, place: str) -> Draft | None:
        """The draft begun at a place, None without one; reads a file if it is of another time.

        Also None while the text of the place is being saved.
        """
        if place in self._saving:
            return None
        typed = self._unsaved.get(place, "")
        if typed.strip():  # it may not be in its file yet
            return Draft(typed, datetime.now(UTC).timestamp())
        return self._drafts.read(place) if place else None

    def typing(self, place: str) -> Callable[[str], None]:
        """Returns what is to be called with each text that is typed at a place."""

        def typed(text: str) -> None:
            if not place:
                return
            self._saving.discard(place)
            self._unsaved[place] = text
            if not self._ticking:  # what comes after a pause is kept at once
                self.save()
                self._ticking = True
                self.screen.screen.set_timer(PAUSE, self.save)

        return typed

    def saving(self, *places: str) -> None:
        """Offer the drafts of places no more; they stay on the disk until they are dropped."""
        self._saving |= set(places)

    def dropping(self, place: str) -> Callable[[], None]:
        """Returns what drops the draft of a place, in any thread, once its text is saved."""
        drafts = self._drafts

        def drop() -> None:
            with self._lock:
                self._unsaved.pop(place, None)
                self._saving.discard(place)
                drafts.write(place, "")

        return drop if place else lambda: None

    def save(self) -> None:
        """Write the drafts that are not written yet, in the background."""
        self._ticking = False
        unsaved, drafts = dict(self._unsaved), self._drafts
        if unsaved:
            self.screen.questions.ask(
                "drafts", lambda: self._write(drafts, unsaved), lambda _: None, self.screen.fail
            )

    def finish(self) -> None:
        """Write what is not written yet, because the program ends."""
        if self._unsaved:
            self._write(self._drafts, dict(self._unsaved))

    def _write(self, drafts: Drafts, texts: dict[str, str]) -> None:
        for place, text in texts.items():
            with self._lock:  # what was saved meanwhile is no draft any more
                if self._unsaved.get(place) == text:
                    drafts.write(place, text)
                    del self._unsaved[place]


def draft_words(draft: Draft) -> str:
    """`Draft of 29 Nov 2024 14:05 UTC, not saved yet.`"""
    moment = datetime.fromtimestamp(draft.at, UTC)
    return f"Draft of {local_time(f'{moment:%Y-%m-%dT%H:%M:%SZ}')}, not saved yet."
