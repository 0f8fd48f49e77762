"""The driver of PostgreSQL, which is an extra: without it one line says so."""

import os
import stat
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from store.errors import UnfitMachine

if TYPE_CHECKING:
    import psycopg

Waiting = Generator[Any, Any, Any]
"""An exchange with a server: it yields what it waits for, and is sent what is ready, or nothing."""


def load_driver() -> ModuleType:
    """Import psycopg, when an address is opened. Raises `UnfitMachine` without the extra."""
    try:
        import psycopg
    except ImportError as error:
        raise UnfitMachine(
            f"a case on a server needs the extra [postgres] ({error})",
            "install it with: pipx install '.[postgres]'",
        ) from error
    return psycopg


def give_up_silence(connection: "psycopg.Connection[Any]", limit: Callable[[], float]) -> None:
    """Close a connection, and raise its error, where the server says nothing for so many seconds.

    The limits that a server is asked to keep do not help where it is stopped.
    """
    from psycopg import OperationalError

    wait = connection.wait

    def limited(waiting: Waiting) -> Waiting:
        last = time.monotonic()
        try:
            wanted = next(waiting)
            while True:
                ready = yield wanted
                now = time.monotonic()
                if ready:
                    last = now
                elif now - last > limit():
                    connection.close()
                    raise OperationalError("the server says nothing")
                wanted = waiting.send(ready)
        except StopIteration as done:
            return done.value

    def wait_limited(waiting: Waiting, *given: Any, **named: Any) -> Any:
        return wait(limited(waiting), *given, **named)

    connection.wait = wait_limited  # type: ignore[method-assign, assignment]


def without_warning(settings: Mapping[str, str]) -> dict[str, str]:
    """Add a setting by which libpq finds no file of passwords where it would refuse the one there.

    It would write a warning on the screen, over the program.
    """
    named = settings.get("passfile") or os.environ.get("PGPASSFILE")
    try:
        file = Path(named) if named else Path.home() / ".pgpass"
        mode = file.stat().st_mode
    except (OSError, ValueError, RuntimeError):  # no file, or no home
        return dict(settings)
    if stat.S_ISREG(mode) and not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return dict(settings)
    return {**settings, "passfile": str(file / "refused")}
