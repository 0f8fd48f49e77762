"""A disk that fails: at one call of `store.database.disk` after another, in each way it can."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from store.database import disk

CALLS = ("open_file", "close", "write", "fsync", "truncate", "rename", "link", "unlink")
"""The calls that a save makes."""


class Disk:
    """Counts the calls of a save, and lets one of them fail; a close fails after it has closed."""

    def __init__(self, fails_at: int = 0, error: int = errno.EIO, *, short: bool = False) -> None:
        self.calls: list[str] = []
        self.failed = ""
        self._fails_at = fails_at
        self._error = error
        self._short = short

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call as this disk makes it, which may fail."""

        def called(*args: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) != self._fails_at:
                return call(*args)
            self.failed = name
            if name == "write" and self._short:
                return call(args[0], args[1][: len(args[1]) // 2])
            if name in {"close", "fsync"}:
                call(*args)
            raise OSError(self._error, os.strerror(self._error))

        return called


class Killed(Disk):
    """Ends the program before one of the calls; with `short`, a write is begun before that."""

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call as this disk makes it, which may be the last."""

        def called(*args: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._fails_at:
                if name == "write" and self._short:
                    call(args[0], args[1][: len(args[1]) // 2])
                os._exit(9)
            return call(*args)

        return called


HOWS = (
    lambda at: Disk(at, errno.EIO),
    lambda at: Disk(at, errno.ENOSPC),
    lambda at: Disk(at, errno.ENOSPC, short=True),
)
"""The ways in which a call fails; a short write is an error at once, or at the next write."""


@contextmanager
def failing(failing_disk: Disk) -> Iterator[None]:
    """Let all saving within the context go through this disk."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(disk, name, failing_disk.wrapped(name, getattr(disk, name)))
        yield
