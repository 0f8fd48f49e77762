"""Results that a connection keeps as long as nobody changes the case."""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from store.reader import Reader

T = TypeVar("T")

_STATE = "SELECT query_only, data_version FROM pragma_query_only, pragma_data_version"


class KeepingConnection(sqlite3.Connection):
    """A connection that can keep results; see `kept`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[Callable[[Reader], object], object] = {}
        self._kept_at = (0, 0)

    def kept(self, make: Callable[[Reader], T]) -> T:
        """The result of a question without arguments, asked anew only after a change.

        A connection that may write just now keeps nothing: what it reads may be
        rolled back, and the number of its changes would not tell.
        """
        read_only, version = self.execute(_STATE).fetchone()
        if not read_only:
            return make(self)
        now = (self.total_changes, version)
        if now != self._kept_at:
            self._kept.clear()
            self._kept_at = now
        if make not in self._kept:
            self._kept[make] = make(self)
        found: T = self._kept[make]  # type: ignore[assignment]  # the result of this very question
        return found


def kept(connection: Reader, make: Callable[[Reader], T]) -> T:
    """The result of `make`, kept by the connection until the case changes, if it keeps results.

    The result must not be altered.
    """
    return connection.kept(make) if isinstance(connection, KeepingConnection) else make(connection)
