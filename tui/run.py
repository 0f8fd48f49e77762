"""The run of the application, and its end by the user, a signal or an error."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from tui.app import ENDED_BY_SIGNAL, ConflictApp
from tui.output import complain

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""The signals that end the program as `quit` does, with a status of their own."""

GRACE = 3.0
"""Seconds after a signal in which a question must be answered and the terminal take the last bytes;
then the program ends without them."""


def run(case: Path, *, bundled: bool, read_only: bool) -> int:
    """Show a case, and those that the user goes on with, until the user quits.

    Returns the exit status.

    Raises the `ConflictError` that kept the case from opening, or the error
    that crashed the program, once the terminal is as it was.
    """
    status, following = _run_one(case, bundled=bundled, read_only=read_only)
    while following is not None:
        status, following = _run_one(following, bundled=False, read_only=False)
    return status


def _run_one(case: Path, *, bundled: bool, read_only: bool) -> tuple[int, Path | None]:
    """Show one case; return the exit status, and the case with which the user goes on."""
    app = ConflictApp(case, bundled=bundled, read_only=read_only)
    with _signals_end(app):
        app.run()
    ended_by = app.error or app.crash
    if ended_by is None and app.unkept and not app.return_value:
        ended_by = app.unkept.pop()
    for error in app.unkept:
        complain(error.message, error.hint)
    if ended_by is not None:
        raise ended_by
    return app.return_value or 0, app.next_case  # the return code is 1 after any error


@contextmanager
def _signals_end(app: ConflictApp) -> Iterator[None]:
    """Let a signal end the app cleanly, or without its help if it does not answer."""

    def end(number: int, _frame: object) -> None:
        status = ENDED_BY_SIGNAL + number
        last = Timer(GRACE, os._exit, (status,))
        last.daemon = True
        last.start()
        app.end(status)

    before = {number: signal.signal(number, end) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
