"""A simulated disk that fails at a chosen system call, in a chosen way.

The archive reaches it through the functions of `os`, TinyDB's file object through
a raw file. So each call is a system call below all buffers for both.
"""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, ClassVar, NamedTuple
from unittest.mock import patch


class Way(NamedTuple):
    """A way to fail: an error, after which share of a write's bytes it comes.

    `only` is the kind of call that fails; later calls of this kind fail, too.
    """

    error: int
    takes: float = 0.0
    only: str = ""


WAYS = {
    "EIO": Way(errno.EIO),
    "ENOSPC": Way(errno.ENOSPC),
    **{
        f"a short write of {share:g}": Way(errno.ENOSPC, share, "write")
        for share in (0.1, 0.5, 0.9, 0.999)
    },
    "fsync": Way(errno.EIO, only="fsync"),
}
"""All ways to fail."""

_CALLS = (
    "open",
    "close",
    "write",
    "fsync",
    "ftruncate",
    "replace",
    "link",
    "unlink",
    "stat",
    "fstat",
)
_DONE_ALL_THE_SAME = ("close", "fsync")


class Disk:
    """A counter of calls that makes the n-th one fail; `failed` is its name."""

    current: ClassVar["Disk | None"] = None

    def __init__(self, way: Way, fails_at: int) -> None:
        self.calls: list[str] = []
        self.failed = ""
        self._way = way
        self._fails_at = fails_at

    def call(self, name: str, really: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Make a call and return its result, or raise the simulated error."""
        counts = self._way.only in ("", name)
        self.calls += [name] * counts
        is_first = counts and len(self.calls) == self._fails_at
        if not is_first and not (counts and self.failed and self._way.only):
            return really(*args, **options)
        self.failed = self.failed or name
        if is_first and self._way.takes:
            content = memoryview(args[-1])
            return really(*args[:-1], content[: int(len(content) * self._way.takes)])
        if name in _DONE_ALL_THE_SAME:
            really(*args, **options)
        raise OSError(self._way.error, os.strerror(self._way.error))


class RawFile(io.FileIO):
    """An unbuffered file, whose calls go through the current disk."""

    def write(self, content: Any, /) -> int:
        """Write once, and return the number of bytes written."""
        return int(_through("write", super().write, content))

    def seek(self, position: int, whence: int = 0, /) -> int:
        """Move to a position of the file."""
        return int(_through("seek", super().seek, position, whence))

    def truncate(self, size: int | None = None, /) -> int:
        """Cut the file."""
        return int(_through("ftruncate", super().truncate, size))


def _through(name: str, really: Callable[..., Any], *args: Any) -> Any:
    disk = Disk.current
    return disk.call(name, really, *args) if disk else really(*args)


@contextmanager
def failing(disk: Disk) -> Iterator[None]:
    """Route every call through this disk within the context."""

    def through(name: str) -> Callable[..., Any]:
        really = getattr(os, name)

        def called(*args: Any, **options: Any) -> Any:
            return disk.call(name, really, *args, **options)

        return called

    Disk.current = disk
    try:
        with ExitStack() as patches:
            for name in _CALLS:
                patches.enter_context(patch.object(os, name, through(name)))
            yield
    finally:
        Disk.current = None
