"""The lock of a case: one writer at a time, any number of readers."""

import os
from contextlib import suppress
from pathlib import Path

from store.database import disk
from store.errors import ReadOnlyCase, UnwritableCase

_TO_READ = "open it read-only, or wait until it is closed there"


class Lock:
    """The lock of a case, held until it is released or the program ends."""

    def __init__(self, case: Path) -> None:
        """Acquire the lock of the case at `case`, in the file `case.lock` beside it.

        Raises `ReadOnlyCase` where another process holds it, which the message
        names, and where no file can be written there; `UnwritableCase` where the
        disk fails or is full.
        """
        path = case.with_name(case.name + ".lock")
        try:
            self._descriptor = disk.open_file(path, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            raise _unlockable(case, error) from error
        try:
            disk.lock(self._descriptor)
            disk.truncate(self._descriptor, 0)
            disk.write(self._descriptor, f"{os.getpid()} {os.uname().nodename}\n".encode())
        except BlockingIOError as error:
            holder = _holder(self._descriptor)
            disk.close(self._descriptor)
            raise ReadOnlyCase(f"{case}: {holder} is changing it", _TO_READ) from error
        except OSError as error:
            disk.close(self._descriptor)
            raise _unlockable(case, error) from error

    def release(self) -> None:
        """Release the lock. The file stays: removing it would let two processes lock two files."""
        with suppress(OSError):
            disk.close(self._descriptor)


def _unlockable(case: Path, error: OSError) -> ReadOnlyCase | UnwritableCase:
    """The error of a case that this user may not write, or of a disk that fails or is full."""
    return (UnwritableCase if disk.has_failed(error) else ReadOnlyCase)(
        f"{case}: cannot be locked for writing ({error.strerror})",
        "open it read-only, or check the folder and the disk",
    )


def _holder(descriptor: int) -> str:
    """The process that holds the lock, as the file names it."""
    said = os.pread(descriptor, 300, 0).decode(errors="replace").split()
    if len(said) != 2 or not said[0].isdigit():
        return "another program"
    return f"process {said[0]} on {said[1]}"
