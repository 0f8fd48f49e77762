"""Every call of the file system that saving makes, so that a test can let each of them fail."""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""On macOS `fsync` leaves the bytes in the cache of the disk; this does not."""

_PIECE = 1 << 20

NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL
READ = os.O_RDONLY


def real(path: Path) -> Path:
    """Where the file itself is, so that a link to it stays one when it is written anew."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):
        return path  # reading it says what is wrong


def open_file(path: Path, flags: int) -> int:
    """A descriptor of a file; a new one is readable by its owner only."""
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def close(descriptor: int) -> None:
    """Close a descriptor."""
    os.close(descriptor)


def write(descriptor: int, content: bytes) -> int:
    """Write once; how many bytes were taken."""
    return os.write(descriptor, content)


def fsync(descriptor: int) -> None:
    """Return when the bytes are on the disk."""
    if _FULL_SYNC is not None:
        fcntl.fcntl(descriptor, _FULL_SYNC)
    else:
        os.fsync(descriptor)


def truncate(descriptor: int, size: int) -> None:
    """Cut a file to so many bytes."""
    os.ftruncate(descriptor, size)


def rename(old: Path, new: Path) -> None:
    """Move a file, in the place of another where there is one."""
    old.replace(new)


def link(existing: Path, new: Path) -> None:
    """Give a file a second name."""
    new.hardlink_to(existing)


def unlink(path: Path) -> None:
    """Remove a file, where it is there."""
    path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder, readable by its owner only, and those above it, where they are not there."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def lock(descriptor: int) -> None:
    """Lock a file against others; `BlockingIOError` where somebody else has."""
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def flush_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk."""
    descriptor = open_file(folder, os.O_RDONLY)
    try:
        fsync(descriptor)
    finally:
        close(descriptor)


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a whole new file and have it on the disk; nothing is left of it where that fails.

    The folder is not flushed. A file that has this name is removed first.
    """
    unlink(path)
    descriptor = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        try:
            for piece in _joined(pieces):
                rest = memoryview(piece)
                while rest:
                    taken = write(descriptor, bytes(rest))
                    if not taken:
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    rest = rest[taken:]
            fsync(descriptor)
        finally:
            close(descriptor)
    except BaseException:
        unlink(path)
        raise


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of about a megabyte."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
