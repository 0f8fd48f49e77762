"""A disk that fails: at one call of `store.database.disk` after another, in each way it can."""

import errno
import functools
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any, cast

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


class Memory:
    """Counts the calls of the functions of the store, and lets one of them run out of memory."""

    _LEFT_ALONE = ("store.database.disk", "store.database.lock", "store.custody.new_files")
    """What cleans up, for which there is memory once the rest is let go."""

    def __init__(self, fails: str = "", at: int = 0) -> None:
        self.calls: Counter[str] = Counter()
        self._fails = fails
        self._at = at

    def replace_functions(self, patch: pytest.MonkeyPatch) -> None:
        """Put counting functions in the places of all, or of the one that fails."""
        wrapped: dict[FunctionType, FunctionType] = {}
        for module in [one for name, one in sys.modules.items() if name.startswith("store.")]:
            owners = [module, *(one for one in vars(module).values() if isinstance(one, type))]
            for owner in owners:
                for name, value in list(vars(owner).items()):
                    if isinstance(value, FunctionType) and self._is_wanted(value):
                        wrapped.setdefault(value, self._wrapped(value))
                        patch.setattr(owner, name, wrapped[value])

    def _is_wanted(self, function: FunctionType) -> bool:
        module, name = function.__module__ or "", self.name(function)
        if not module.startswith("store.") or module.startswith(self._LEFT_ALONE):
            return False
        return name == self._fails if self._fails else not name.startswith("__")

    @staticmethod
    def name(function: FunctionType) -> str:
        """A function with its module and class."""
        return f"{function.__module__}.{function.__qualname__}"

    def _wrapped(self, function: FunctionType) -> FunctionType:
        name = self.name(function)

        @functools.wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            self.calls[name] += 1
            if name == self._fails and self.calls[name] == self._at:
                raise MemoryError
            return function(*args, **kwargs)

        return cast("FunctionType", called)


@contextmanager
def out_of_memory(memory: Memory) -> Iterator[None]:
    """Let all work of the store within the context have this memory."""
    with pytest.MonkeyPatch.context() as patch:
        memory.replace_functions(patch)
        yield


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
