"""How an act is done: one after the other in a worker, in the name of the user, and once."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Any

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

WHY_A_NAME = "Every change says who made it and when. The name is asked once."


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
    ) -> None:
        self.long = long
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
        self._travel(Desk.undo, "Undone", "There is nothing to undo.")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._travel(Desk.redo, "Done again", "There is nothing to do again.")

    def _travel(self, way: Callable[[Desk], Change | None], said: str, none: str) -> None:
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
            self.start(Pending(way, done, lambda _: None))

    @property
    def _long(self) -> str:
        """What is being done that takes long; empty for nothing."""
        return next((one.long for one in self._queue if one.long), "")

    # in the name of the user, one after the other

    def start(self, one: Pending) -> None:
        """Do an act when its turn comes; first the user is asked for a name."""
        desk = opened(self.stage)
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

        def done(answer: object) -> None:
            self._next()
            one.done(answer)

        def failed(error: ConflictError) -> None:
            self._next()
            self._fail(one, error)

        self.stage.questions.ask("act", lambda: one.carry_out(desk), done, failed)

    def _next(self) -> None:
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
