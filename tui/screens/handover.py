"""A case that a thread has read, until the screen takes it: closed where the screen has gone."""

import threading

from tui.desk import Desk


class Handover:
    """Where the thread that reads the case leaves it; one of the two closes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: Desk | None = None
        self._gone = False

    def leave(self, desk: Desk) -> Desk:
        """Leave the case for the screen; close it where that has gone."""
        with self._lock:
            if self._gone:
                desk.close()
            else:
                self._left = desk
        return desk

    def take(self) -> None:
        """The screen has the case now, and closes it."""
        with self._lock:
            self._left = None

    def end(self) -> None:
        """The screen goes: close a case that it never took, now or when it has been read."""
        with self._lock:
            self._gone = True
            desk, self._left = self._left, None
        if desk is not None:
            desk.close()
