"""Results that a connection keeps as long as nobody changes the case."""

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from store.reader import Reader

T = TypeVar("T")

MOST = 32
"""The most results that a connection keeps; those that were asked for last."""

_STATE = "SELECT query_only, data_version FROM pragma_query_only, pragma_data_version"


class KeepingConnection(sqlite3.Connection):
    """A connection that can keep results; see `kept`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[tuple[Hashable, ...], object] = {}
        self._kept_at = (0, 0)

    def kept(self, make: Callable[..., T], *about: Hashable) -> T:
        """The result of a question about something, asked anew only after a change.

        A connection that may write just now keeps nothing: what it reads may be
        rolled back, and the number of its changes would not tell.
        """
        read_only, version = self.execute(_STATE).fetchone()
        if not read_only:
            return make(self, *about)
        now = (self.total_changes, version)
        if now != self._kept_at:
            self._kept.clear()
            self._kept_at = now
        question = (make, *about)
        if question in self._kept:
            found: T = self._kept.pop(question)  # type: ignore[assignment]  # of this question
        else:
            found = make(self, *about)
        self._kept[question] = found
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return found


def kept(connection: Reader, make: Callable[..., T], *about: Hashable) -> T:
    """The result of `make`, kept by the connection until the case changes, if it keeps results.

    `make` is given the connection and what the question is `about`. The result must not be altered.
    """
    if isinstance(connection, KeepingConnection):
        return connection.kept(make, *about)
    return make(connection, *about)
