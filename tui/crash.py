"""A report of an unexpected error that holds nothing of the case."""

import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tui.session.settings import state_folder


def report(error: BaseException) -> Path | None:
    """Write where the error came from to a file for its owner only; the file, None if that fails.

    The file has types and lines of code. The values of variables and the error's
    own words are left out: they may be text of the case.
    """
    from store import __version__

    moment = datetime.now(UTC)
    try:
        folder = state_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"crash-{moment:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"conflict-tui {__version__}, {moment:%Y-%m-%dT%H:%M:%SZ}\n")
            file.write(f"Python {sys.version.split()[0]}, {platform.system()}\n")
            file.writelines(_lines(error, "error", set()))
    except OSError:
        return None
    return path


def _lines(error: BaseException, how: str, seen: set[int]) -> Iterator[str]:
    """The error, its causes and the errors it groups, each once."""
    if id(error) in seen:
        return
    seen.add(id(error))
    yield f"\n{how}: {type(error).__module__}.{type(error).__qualname__}\n"
    yield from traceback.format_tb(error.__traceback__)
    if error.__cause__ is not None:
        yield from _lines(error.__cause__, "caused by", seen)
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _lines(error.__context__, "while handling", seen)
    if isinstance(error, BaseExceptionGroup):
        for held in error.exceptions:
            yield from _lines(held, "holds", seen)
