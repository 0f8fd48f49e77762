"""All file-system calls that saving makes, in one place, so that tests can make each one fail."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""On macOS `fsync` leaves the bytes in the disk's cache; this flushes them."""

_PIECE = 1 << 20

NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL
READ = os.O_RDONLY

NOT_REGULAR = "it is not a regular file"

_LONGEST_SUFFIXES = (".log.torn-20260101T000000.000000Z", ".new-journal")
"""What follows the name of a case in the longest names of files beside it."""


def resolve_link(path: Path) -> Path:
    """The target of a symbolic link, so that replacing the file keeps the link; else the path."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):
        return path  # reading it raises a precise error


def has_failed(error: OSError) -> bool:
    """True for an error of a disk that fails or is full, and not of what a user may do."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def exists(path: Path) -> bool:
    """Tell if there is anything of this name, be it a symbolic link to nothing."""
    return os.path.lexists(path)


def open_file(path: Path, flags: int) -> int:
    """Open a file of the program's own, and return its descriptor.

    A new file is readable by its owner only. Raises `OSError` where the name is
    that of a symbolic link, which is not followed, or of anything but a regular
    file, such as a FIFO, for which it does not wait. With `O_DIRECTORY` it opens a
    folder, of whatever name.
    """
    return _open(path, flags)


def open_to_read(path: Path) -> BinaryIO:
    """Open a file of the program's own for reading, as `open_file` does."""
    return os.fdopen(_open(path, READ), "rb")


def read_file(path: Path) -> bytes:
    """Read a file of the program's own, opened as `open_file` does."""
    with open_to_read(path) as file:
        return file.read()


def _open(path: Path, flags: int) -> int:
    if flags & os.O_DIRECTORY:
        return os.open(path, flags | os.O_CLOEXEC)
    try:
        descriptor = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO) and (why := irregular(path)):
            raise OSError(error.errno, why) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, NOT_REGULAR)
    return descriptor


def irregular(path: Path) -> str:
    """Why a name is not that of a regular file; empty where it is, and where there is none."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return ""
    if stat.S_ISLNK(mode):
        return "it is a symbolic link"
    return "" if stat.S_ISREG(mode) else NOT_REGULAR


def restrict(path: Path) -> None:
    """Take a file from all but its owner, if anybody else may read or write it."""
    if path.lstat().st_mode & 0o077 and not irregular(path):
        descriptor = _open(path, READ)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)


def is_private(path: Path) -> bool:
    """Tell if nobody but its owner may read a file, which has no other name."""
    found = path.stat()
    return not found.st_mode & 0o077 and found.st_nlink == 1


def name_too_long(path: Path) -> bool:
    """Tell if the name of a case leaves no room for the names of the files beside it."""
    for suffix in _LONGEST_SUFFIXES:
        try:
            path.with_name(path.name + suffix).lstat()
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return True
    return False


def close(descriptor: int) -> None:
    """Close a descriptor."""
    os.close(descriptor)


def write(descriptor: int, content: bytes) -> int:
    """Write once, and return the number of bytes that were written."""
    return os.write(descriptor, content)


def fsync(descriptor: int) -> None:
    """Return when the bytes are on the disk."""
    if _FULL_SYNC is not None:
        fcntl.fcntl(descriptor, _FULL_SYNC)
    else:
        os.fsync(descriptor)


def truncate(descriptor: int, size: int) -> None:
    """Cut a file to a size in bytes."""
    os.ftruncate(descriptor, size)


def rename(old: Path, new: Path) -> None:
    """Move a file, replacing any other of that name."""
    old.replace(new)


def link(existing: Path, new: Path) -> None:
    """Give a file a second name."""
    new.hardlink_to(existing)


def unlink(path: Path) -> None:
    """Remove a file if it exists."""
    path.unlink(missing_ok=True)


def free_bytes(folder: Path) -> int:
    """The number of bytes that this user can still write in a folder."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def make_folder(path: Path) -> None:
    """Create a folder that only its owner can read, and its missing parents."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def lock(descriptor: int) -> None:
    """Lock a file. Raises `BlockingIOError` where another process has locked it."""
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def flush_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk."""
    descriptor = open_file(folder, READ | os.O_DIRECTORY)
    try:
        fsync(descriptor)
    finally:
        close(descriptor)


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file and flush it to the disk; after a failure no part of it is left.

    The folder is not flushed. An existing file of this name is removed first.
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
    """Join the bytes into pieces of about a megabyte."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
