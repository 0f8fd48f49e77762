"""A disk that fails, or a program that is killed, at one write of SQLite after another."""

import _sqlite3
import ctypes
import errno
import os
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_POINTER = ctypes.c_void_p
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, _POINTER, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)


class _Vfs(ctypes.Structure):
    """SQLite's `sqlite3_vfs`, version 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("iVersion", "szOsFile", "mxPathname")),
        *((name, _POINTER) for name in ("pNext", "zName", "pAppData")),
        *((f"method{n}", _POINTER) for n in range(13)),
        ("xSetSystemCall", ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, _POINTER)),
        ("xGetSystemCall", ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)),
        ("xNextSystemCall", _POINTER),
    ]


class WriteCounter:
    """Counts SQLite's writes and truncations; from one on they fail, or it ends the program."""

    def __init__(self, fails_at: int = 0, *, kills: bool = False) -> None:
        self.calls = 0
        self._fails_at = fails_at
        self._kills = kills

    def wrapped(self, call: Callable[..., int]) -> Callable[..., int]:
        """The call as it is made on this disk."""

        def called(*args: Any) -> int:
            self.calls += 1
            # a disk that is full stays full
            if not self._fails_at or self.calls < self._fails_at:
                return call(*args)
            if self._kills:
                os._exit(9)
            ctypes.set_errno(errno.ENOSPC)
            return -1

        return called


@contextmanager
def counting(counter: WriteCounter) -> Iterator[None]:
    """Let all writes of SQLite within the context go through a counter."""
    vfs = _find_vfs()
    address = ctypes.cast(ctypes.pointer(vfs), _POINTER)
    replaced = []
    for names, kind in (((b"pwrite64", b"pwrite"), _WRITE), ((b"ftruncate",), _TRUNCATE)):
        name = next(one for one in names if vfs.xGetSystemCall(address, one))
        original = vfs.xGetSystemCall(address, name)
        call = kind(counter.wrapped(kind(original)))
        replaced.append((name, original, call))
        vfs.xSetSystemCall(address, name, ctypes.cast(call, _POINTER))
    try:
        yield
    finally:
        for name, original, _ in replaced:
            vfs.xSetSystemCall(address, name, original)


def _find_vfs() -> _Vfs:
    library = ctypes.CDLL(_sqlite3.__file__)
    if not hasattr(library, "sqlite3_vfs_find"):
        pytest.skip(f"SQLite {sqlite3.sqlite_version} of this Python shows no functions")
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    found: _Vfs = library.sqlite3_vfs_find(None).contents
    return found


def exit_code_of(work: Callable[[], None]) -> int:
    """Run work in a child process, which it may end at once; return the exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(forked(work), 0)[1])


def forked(work: Callable[[], None]) -> int:
    """Begin work in a child process, and return its number."""
    with warnings.catch_warnings():
        # it is a child that runs no other thread
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child
