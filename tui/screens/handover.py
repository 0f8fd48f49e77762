"""A case that a thread has read, until the screen takes it: closed where the screen has gone."""

import threading

from tui.session.session import Session


class Handover:
    """Where the thread that reads the case leaves it; one of the two closes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: Session | None = None
        self._gone = False

    def leave(self, session: Session) -> Session:
        """Leave the case for the screen; close it where that has gone."""
        with self._lock:
            if self._gone:
                session.close()
            else:
                self._left = session
        return session

    def take(self) -> None:
        """The screen has the case now, and closes it."""
        with self._lock:
            self._left = None

    def end(self) -> None:
        """The screen goes: close a case that it never took, now or when it has been read."""
        with self._lock:
            self._gone = True
            session, self._left = self._left, None
        if session is not None:
            session.close()
