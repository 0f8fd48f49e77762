"""Questions to the session that do not hold up the screen.

A question runs in a thread; its answer comes back as a message, which the
screen handles in its own time. In each group only the newest question counts:
while one is under way, later ones wait and replace each other, and an answer
that is no longer the newest is dropped.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.message import Message
from textual.widget import Widget

from store.errors import ConflictError, OutOfMemory

T = TypeVar("T")

Pending = tuple[Callable[[], Any], Callable[[Any], None], Callable[[ConflictError], None]]


class Answered(Message):
    """A worker has the answer of the newest question of a group, or its error."""

    def __init__(self, group: str, act: Callable[[Any], None] | None, answer: object) -> None:
        super().__init__()
        self.group = group
        self.act = act
        self.answer = answer


class BackgroundQuestions:
    """The questions of one screen."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._waiting: dict[str, Pending] = {}
        self._busy: set[str] = set()

    @property
    def idle(self) -> bool:
        """True if every question is answered."""
        return not self._busy

    def asked(self, group: str) -> bool:
        """True if a question of the group is not answered yet."""
        return group in self._busy or group in self._waiting

    def ask(
        self,
        group: str,
        question: Callable[[], T],
        act: Callable[[T], None],
        fail: Callable[[ConflictError], None],
    ) -> None:
        """Ask in a thread, and act on the answer unless a newer question of the group came."""
        self._waiting[group] = (question, act, fail)
        if group not in self._busy:
            self._start(group)

    def take(self, message: Answered) -> None:
        """Act on an answer that arrived, or ask the question that came meanwhile."""
        self._busy.discard(message.group)
        if message.group in self._waiting:
            self._start(message.group)
        elif message.act is not None:
            message.act(message.answer)

    def _start(self, group: str) -> None:
        pending = self._waiting.pop(group)
        self._busy.add(group)
        self._widget.run_worker(
            partial(self._work, group, *pending), thread=True, group=group, exclusive=False
        )

    def _work(
        self,
        group: str,
        question: Callable[[], Any],
        act: Callable[[Any], None],
        fail: Callable[[ConflictError], None],
    ) -> None:
        try:
            message = Answered(group, act, question())
        except ConflictError as error:
            message = Answered(group, fail, error)
        except MemoryError:
            message = Answered(group, fail, OutOfMemory())
        self._widget.post_message(message)
