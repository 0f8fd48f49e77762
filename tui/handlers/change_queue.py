"""The queue of acts: a worker does each once, one after another, in the user's name."""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from textual.timer import Timer

from store.errors import ConflictError, ReadOnlyCase
from store.model.change import Change
from tui.draw.phrases import capital, done_words
from tui.handlers.author import AuthorPrompt
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.session.session import Session
from tui.session.settings import put_aside

Act = Callable[[str, str], Change]
"""Makes a change for who acts, and when."""

Failed = Callable[[str], None]
"""Told why an act failed."""

Saved = Callable[[], None]
"""Told, in any thread, that an act is saved."""

KEPT_AT_END = "unfinished when the program ended"
"""What the log says of a text that was being written when the terminal went, or a signal came."""

Way = Callable[[Session, Callable[[str], None]], Change | None]
"""Takes an act back, or does it again; tells of one that takes long before."""

MOMENT = 0.5
"""Seconds after which it is said that an act is still under way."""

IMPATIENT = 0.0005
"""Seconds after which a long act lets the screen go on, a tenth of what Python has."""


@contextmanager
def yielding() -> Iterator[None]:
    """Let the screen have its turn at every key while something takes long in a worker."""
    patience = sys.getswitchinterval()
    sys.setswitchinterval(IMPATIENT)
    try:
        yield
    finally:
        sys.setswitchinterval(patience)


class QueuedChange:
    """An act that is done once, by the worker or at the end; `text` is the text typed for it.

    An act with `long` set takes long: later acts wait, and nothing is undone meanwhile.
    """

    def __init__(
        self,
        carry_out: Callable[[Session], Any],
        done: Callable[[Any], None],
        failed: Failed,
        text: str = "",
        long: str = "",
        going: str = "changing the case",
        slow: str = "",
        saved: Saved = lambda: None,
    ) -> None:
        """`saved` is called in the worker once it is done.

        `going` is shown if it takes more than a moment; its `long` is then set to `slow`.
        `slow` is empty for an act that nothing need wait for.
        """
        self.long = long
        self.going = going
        self.slow = slow
        self.done = done
        self.failed = failed
        self.text = text
        self.error: ConflictError | None = None
        self._saved = saved
        self._carry_out = carry_out
        self._begun = False
        self._lock = Lock()

    def carry_out(self, session: Session) -> Any:
        """Do the act unless it was begun; a second caller waits until it is done."""
        with self._lock:
            if self._begun:
                return None
            self._begun = True
            try:
                answer = self._carry_out(session)
            except ConflictError as error:
                self.error = error
                raise
            self._saved()
            return answer


class ChangeQueue:
    """The queue that every change of the case goes through."""

    def __init__(self, screen: ScreenProtocol, author: AuthorPrompt) -> None:
        self.screen = screen
        self.writing: dict[object, Callable[[], QueuedChange | None]] = {}
        """What is being written, by its window: the act that would keep it as it is now."""
        self._author = author
        self._queue: deque[QueuedChange] = deque()
        self._unstarted: deque[QueuedChange] = deque()
        self._unsigned: QueuedChange | None = None
        self._ended = False
        self._watch: Timer | None = None

    def do(
        self,
        act: Act,
        said: str = "",
        failed: Failed = lambda _: None,
        text: str = "",
        saved: Saved = lambda: None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Do an act in the name of the user, who is asked for a name the first time.

        Reports the act in the words `said`, else in its own, and calls `then`. If it fails,
        reports that and calls `failed` with the reason.
        """
        self.start(self.act(act, said, failed, text, saved, then))

    def act(
        self,
        act: Act,
        said: str = "",
        failed: Failed = lambda _: None,
        text: str = "",
        saved: Saved = lambda: None,
        then: Callable[[], None] = lambda: None,
    ) -> QueuedChange:
        """The act as a queued change, not done yet."""

        def done(answer: tuple[Change, str] | None) -> None:
            change, where = answer or (None, "")
            words = said if change is None or (said and change.edits) else _told(change)
            self.screen.refresh_all()
            self.screen.say(f"{words} {where}".strip())
            then()

        def marked(by: str, at: str) -> Change:
            change = act(by, at)
            return change._replace(why=f"{change.why} ({KEPT_AT_END})") if self._ended else change

        return QueuedChange(lambda session: session.commit(marked), done, failed, text, saved=saved)

    def undo(self) -> None:
        """Undo the last act."""
        self._travel(Session.undo, "undo", "Undoing", "Undone", "There is nothing to undo.")

    def redo(self) -> None:
        """Redo the act undone last."""
        self._travel(Session.redo, "redo", "Redoing", "Redone", "There is nothing to redo.")

    def take_back(self, sequence: int) -> None:
        """Take back an act of the log by its number, whatever was done since."""

        def way(session: Session, _: Callable[[str], None]) -> Change:
            change = session.take_back(sequence)
            return change._replace(why=change.why.partition(": ")[2])

        self._travel(way, "taking back", "Taking back", "Taken back", "")

    def _travel(self, way: Way, name: str, going: str, said: str, none: str) -> None:
        def done(change: Change | None) -> None:
            if change is not None:
                self.screen.refresh_all()
            self.screen.say(f"{said}: {change.why}." if change else none)

        session = opened(self.screen)
        if session.bundled and not self._queue:
            self.screen.say(none)  # it was never changed, so nobody need sign
        elif self._long:
            self.screen.say(f"Undo and redo wait until {self._long} is finished.")
        else:
            screen = self.screen.screen

            def told(why: str) -> None:  # in the worker
                screen.call_later(self._tell, one, f"{going}: {why} …")

            def carry_out(session: Session) -> Change | None:
                with yielding():
                    return way(session, told)

            one = QueuedChange(
                carry_out, done, lambda _: None, going=going.lower(), slow=f"the {name}"
            )
            self.start(one)

    def _tell(self, one: QueuedChange, words: str = "") -> None:
        """Report that an act is still under way."""
        if self._queue and self._queue[0] is one:
            if not one.long:
                self.screen.status.progress(f"{one.going} …")
            one.long = one.long or one.slow
            if words:
                self.screen.say(words)

    @property
    def _long(self) -> str:
        """The name of the queued act that takes long; empty if none does."""
        return next((one.long for one in self._queue if one.long), "")

    # in the name of the user, one after the other

    def start(self, one: QueuedChange) -> None:
        """Do an act when its turn comes; first the user is asked for a name."""
        session = opened(self.screen)
        if not session.waits and not self._unstarted:
            self._enqueue(one)
            return
        # a window was open since, and perhaps the case can be written now
        self._unstarted.append(one)
        if len(self._unstarted) == 1:
            self.screen.questions.ask(
                "writer", session.start_writing, self._started, self._not_started
            )

    def _started(self, changed: bool) -> None:
        """Go on with the acts that waited until it was known whether the case can be written."""
        if changed:
            self.screen.refresh_all()
        self.screen.retell()
        while self._unstarted:
            self._enqueue(self._unstarted.popleft())

    def _not_started(self, error: ConflictError) -> None:
        while self._unstarted:
            self._fail(self._unstarted.popleft(), error)

    def _enqueue(self, one: QueuedChange) -> None:
        session = opened(self.screen)
        if self.refused:
            one.failed(_unchangeable(session))
        elif not session.author:
            self._ask_author(one)
        else:
            self._queue.append(one)
            if len(self._queue) == 1:
                self._begin()
            elif self._long:
                self.screen.say(f"This waits until {self._long} is finished.")

    @property
    def refused(self) -> bool:
        """True if nothing can be changed; also reports why."""
        session = opened(self.screen)
        if session.why_read_only:
            self.screen.fail(ReadOnlyCase(_unchangeable(session)))
            self.screen.retell()
        return bool(session.why_read_only)

    def _begin(self) -> None:
        session, one = opened(self.screen), self._queue[0]
        self._watch = self.screen.screen.set_timer(MOMENT, lambda: self._tell(one))

        def done(answer: object) -> None:
            self._next()
            one.done(answer)

        def failed(error: ConflictError) -> None:
            self._next()
            self._fail(one, error)

        self.screen.questions.ask("act", lambda: one.carry_out(session), done, failed)

    def _next(self) -> None:
        if self._watch is not None:
            self._watch.stop()
        self.screen.status.progress("")
        self._queue.popleft()
        if self._queue:
            self._begin()

    def _fail(self, one: QueuedChange, error: ConflictError) -> None:
        self.screen.fail(error)
        self.screen.retell()
        one.failed(error.message)

    def _ask_author(self, one: QueuedChange) -> None:
        self._unsigned = one

        def signed() -> None:
            self._unsigned = None
            self.start(one)

        def left() -> None:
            self._unsigned = None
            self.screen.say("Nothing was changed: the log needs a name.")
            one.failed("the log needs a name")

        self._author.ask(signed, left)

    # the end

    def finish(self) -> list[ConflictError]:
        """End the program: do the acts not done yet, and keep any text being written.

        A text that the case does not take is put aside, in a file that the error
        names. Of unsigned acts only the texts are kept. The log says if a text was
        not finished.
        """
        session = self.screen.session
        if session is None:
            return []
        unsigned = [self._unsigned] if self._unsigned and self._unsigned.text else []
        written = [one for begin in self.writing.values() if (one := begin()) is not None]
        errors = [*_carried_out((*self._queue, *self._unstarted), session)]
        self._ended = True
        errors += _carried_out((*unsigned, *written), session)
        self._queue.clear()
        self._unstarted.clear()
        self.writing.clear()
        self._unsigned = None
        return errors


def _unchangeable(session: Session) -> str:
    return f"nothing can be changed: {session.why_read_only}"


def _told(change: Change) -> str:
    """The words for what was done, or for why nothing was."""
    return done_words(change.why) if change.edits else f"{capital(change.why)}."


def _carried_out(acts: Iterable[QueuedChange], session: Session) -> Iterator[ConflictError]:
    """Do each act; yield the errors of those that failed."""
    for one in acts:
        try:
            one.carry_out(session)
        except ConflictError as error:
            one.error = error
        if one.error is not None:
            yield _put_aside(one.text, one.error)


def _put_aside(text: str, error: ConflictError) -> ConflictError:
    if text:
        path = put_aside(text)
        error.hint = f"your text is saved in {path}" if path else "your text is lost"
    return error
