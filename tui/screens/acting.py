"""How an act is done: one after the other in a worker, in the name of the user, and once."""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from textual.timer import Timer

from store.errors import ConflictError, ReadOnlyCase
from store.model.change import Change
from tui.desk import Desk
from tui.draw.said import capital, done_words
from tui.screens.overlay import Overlay, Pick
from tui.screens.stage import Stage, opened
from tui.settings import put_aside

Act = Callable[[str, str], Change]
"""Makes a change for who acts, and when."""

Open = Callable[..., None]
"""Opens a window, and acts upon what is chosen there, or upon leaving it."""

Ask = Callable[[Callable[[], Any], Callable[[Any], None]], None]
"""Asks something in a worker, and acts upon the answer; keys wait for the window that it opens."""

Failed = Callable[[str], None]
"""Told why an act failed."""

KEPT_AT_END = "kept as it was when the program ended"
"""What the log says of a text that was being written when the terminal went, or a signal came."""

Way = Callable[[Desk, Callable[[str], None]], Change | None]
"""Takes an act back, or does it again; tells of one that takes long before."""

MOMENT = 0.5
"""Seconds after which it is said that an act is still under way."""

IMPATIENT = 0.0005
"""Seconds after which a long act lets the screen go on, a tenth of what Python has."""

WHY_A_NAME = "Every change says who made it and when. The name is asked once."


@contextmanager
def yielding() -> Iterator[None]:
    """Something takes long in a worker: let the screen have its turn at every key."""
    patience = sys.getswitchinterval()
    sys.setswitchinterval(IMPATIENT)
    try:
        yield
    finally:
        sys.setswitchinterval(patience)


class Pending:
    """An act that is done once, by the worker or at the end; `text` is what was typed for it.

    One that takes `long` says what it is: acts after it wait, and nothing is undone meanwhile.
    """

    def __init__(
        self,
        carry_out: Callable[[Desk], Any],
        done: Callable[[Any], None],
        failed: Failed,
        text: str = "",
        long: str = "",
        going: str = "changing the case",
        slow: str = "",
    ) -> None:
        """`going` is said where it takes more than a moment, and then it is `long` as `slow` says.

        `slow` is empty for what nothing need wait for.
        """
        self.long = long
        self.going = going
        self.slow = slow
        self.done = done
        self.failed = failed
        self.text = text
        self.error: ConflictError | None = None
        self._carry_out = carry_out
        self._begun = False
        self._lock = Lock()

    def carry_out(self, desk: Desk) -> Any:
        """Do it, unless that was begun; whoever comes second waits until it is done."""
        with self._lock:
            if self._begun:
                return None
            self._begun = True
            try:
                return self._carry_out(desk)
            except ConflictError as error:
                self.error = error
                raise


class Acting:
    """Every change of the case goes through here."""

    def __init__(self, stage: Stage, open_window: Open) -> None:
        self.stage = stage
        self.writing: dict[object, Callable[[], Pending | None]] = {}
        """What is being written, by its window: the act that would keep it as it is now."""
        self._open = open_window
        self._queue: deque[Pending] = deque()
        self._unsigned: Pending | None = None
        self._ended = False
        self._watch: Timer | None = None

    def do(self, act: Act, said: str = "", failed: Failed = lambda _: None, text: str = "") -> None:
        """Do an act in the name of the user, who is asked for it the first time.

        What was done is told in the words `said`, else in those of the act.
        Where it fails that is said, and `failed` is called with the reason.
        """
        self.start(self.act(act, said, failed, text))

    def act(
        self, act: Act, said: str = "", failed: Failed = lambda _: None, text: str = ""
    ) -> Pending:
        """The act, not done yet."""

        def done(answer: tuple[Change, str] | None) -> None:
            change, where = answer or (None, "")
            words = said or (_told(change) if change else "")
            self.stage.refresh_all()
            self.stage.say(f"{words} {where}".strip())

        def marked(by: str, at: str) -> Change:
            change = act(by, at)
            return change._replace(why=f"{change.why} ({KEPT_AT_END})") if self._ended else change

        return Pending(lambda desk: desk.commit(marked), done, failed, text)

    def undo(self) -> None:
        """Take the last act back."""
        self._travel(Desk.undo, "undo", "Undoing", "Undone", "There is nothing to undo.")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._travel(
            Desk.redo, "redo", "Doing again", "Done again", "There is nothing to do again."
        )

    def _travel(self, way: Way, name: str, going: str, said: str, none: str) -> None:
        def done(change: Change | None) -> None:
            if change is not None:
                self.stage.refresh_all()
            self.stage.say(f"{said}: {change.why}." if change else none)

        desk = opened(self.stage)
        if desk.bundled and not self._queue:
            self.stage.say(none)  # it was never changed, so nobody need sign
        elif self._long:
            self.stage.say(f"Nothing is undone or done again until {self._long} is done.")
        else:
            screen = self.stage.screen

            def told(why: str) -> None:  # in the worker
                screen.call_later(self._tell, one, f"{going}: {why} …")

            def carry_out(desk: Desk) -> Change | None:
                with yielding():
                    return way(desk, told)

            one = Pending(carry_out, done, lambda _: None, going=going.lower(), slow=f"the {name}")
            self.start(one)

    def _tell(self, one: Pending, words: str = "") -> None:
        """Say that an act is still under way."""
        if self._queue and self._queue[0] is one:
            if not one.long:
                self.stage.status.progress(f"{one.going} …")
            one.long = one.long or one.slow
            if words:
                self.stage.say(words)

    @property
    def _long(self) -> str:
        """What is being done that takes long; empty for nothing."""
        return next((one.long for one in self._queue if one.long), "")

    # in the name of the user, one after the other

    def start(self, one: Pending) -> None:
        """Do an act when its turn comes; first the user is asked for a name."""
        desk = opened(self.stage)
        if desk.waits:  # a window was open since, and perhaps it can be written now
            if desk.start_writing():
                self.stage.refresh_all()
            self.stage.retell()
        if self.refused:
            one.failed(_unchangeable(desk))
        elif not desk.author:
            self._ask_author(one)
        else:
            self._queue.append(one)
            if len(self._queue) == 1:
                self._begin()
            elif self._long:
                self.stage.say(f"This waits until {self._long} is done.")

    @property
    def refused(self) -> bool:
        """Whether nothing can be changed; then it is said, and why."""
        desk = opened(self.stage)
        if desk.why_read_only:
            self.stage.fail(ReadOnlyCase(_unchangeable(desk)))
            self.stage.retell()
        return bool(desk.why_read_only)

    def _begin(self) -> None:
        desk, one = opened(self.stage), self._queue[0]
        self._watch = self.stage.screen.set_timer(MOMENT, lambda: self._tell(one))

        def done(answer: object) -> None:
            self._next()
            one.done(answer)

        def failed(error: ConflictError) -> None:
            self._next()
            self._fail(one, error)

        self.stage.questions.ask("act", lambda: one.carry_out(desk), done, failed)

    def _next(self) -> None:
        if self._watch is not None:
            self._watch.stop()
        self.stage.status.progress("")
        self._queue.popleft()
        if self._queue:
            self._begin()

    def _fail(self, one: Pending, error: ConflictError) -> None:
        self.stage.fail(error)
        self.stage.retell()
        one.failed(error.message)

    def _ask_author(self, one: Pending) -> None:
        self._unsigned = one

        def signed(pick: Pick) -> None:
            self._unsigned = None
            try:
                opened(self.stage).sign(str(pick.value))
            except ConflictError as error:
                self.stage.fail(error)
            self.start(one)

        def left() -> None:
            self._unsigned = None
            self.stage.say("Nothing was changed: a change needs a name.")
            one.failed("a change needs a name")

        def rows(typed: str) -> list[Pick]:
            name = " ".join(typed.split())
            return [Pick(f"Sign as {name}", "", WHY_A_NAME, name)] if name else []

        window = Overlay(
            "Who are you?", rows, ask="your name, for the log of the case", empty=WHY_A_NAME
        )
        self._open(window, signed, left)

    # the end

    def finish(self) -> list[ConflictError]:
        """The program ends: do what was not done yet, and keep what is being written.

        A text that the case does not take is put aside, in a file that the
        error names. Of what nobody signed only texts are kept. Of a text that
        was not finished the log says so.
        """
        desk = self.stage.desk
        if desk is None:
            return []
        unsigned = [self._unsigned] if self._unsigned and self._unsigned.text else []
        written = [one for begin in self.writing.values() if (one := begin()) is not None]
        errors = [*_carried_out(self._queue, desk)]
        self._ended = True
        errors += _carried_out((*unsigned, *written), desk)
        self._queue.clear()
        self.writing.clear()
        self._unsigned = None
        return errors


def _unchangeable(desk: Desk) -> str:
    return f"nothing can be changed: {desk.why_read_only}"


def _told(change: Change) -> str:
    """What was done, or why nothing was."""
    return done_words(change.why) if change.edits else f"{capital(change.why)}."


def _carried_out(acts: Iterable[Pending], desk: Desk) -> Iterator[ConflictError]:
    """Do each act; the errors of those that failed."""
    for one in acts:
        try:
            one.carry_out(desk)
        except ConflictError as error:
            one.error = error
        if one.error is not None:
            yield _put_aside(one.text, one.error)


def _put_aside(text: str, error: ConflictError) -> ConflictError:
    if text:
        path = put_aside(text)
        error.hint = f"what was written is in {path}" if path else "what was written is lost"
    return error
