"""The handover of a case from the thread that reads it; closed if the screen has gone."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.session.session import Session


class Handover:
    """The place where the reading thread leaves the case for the screen; one of them closes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: Session | None = None
        self._gone = False

    def leave(self, session: "Session") -> "Session":
        """Leave the case for the screen; close it if the screen has gone."""
        with self._lock:
            if self._gone:
                session.close()
            else:
                self._left = session
        return session

    def take(self) -> None:
        """Note that the screen has the case now, and will close it."""
        with self._lock:
            self._left = None

    def end(self) -> None:
        """Close a case that the screen never took, as it goes: now, or when it has been read."""
        with self._lock:
            self._gone = True
            session, self._left = self._left, None
        if session is not None:
            session.close()
