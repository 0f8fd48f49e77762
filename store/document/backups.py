"""Atomic replacement of a case file, with backups of the previous ones."""

import errno
from collections.abc import Callable, Iterable
from pathlib import Path

from store.database import disk

MAX_BACKUPS = 5
"""The number of backups, `case.json.1` (the newest) to `case.json.5`."""

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK)
"""The errors of a file system without hard links, such as FAT."""


BeforeReplacing = Callable[[Path], None]
"""A callback that is given the complete new file, and may refuse to put it in place."""


def replace_file(
    path: Path,
    pieces: Iterable[bytes],
    *,
    keep: bool,
    before_replacing: BeforeReplacing = lambda _: None,
) -> None:
    """Write a file that appears complete or not at all; with `keep` back up the previous one.

    It is written under a temporary name, flushed to the disk and renamed. Raises
    `OSError`, and what `before_replacing` does: then the previous one is unchanged.
    """
    temporary = path.with_name(path.name + ".new")
    disk.write_new(temporary, pieces)
    try:
        before_replacing(temporary)
        if keep and disk.exists(path):
            _rotate(path)
        disk.rename(temporary, path)
    except BaseException:
        disk.unlink(temporary)
        raise
    disk.flush_folder(path.parent)


def _rotate(path: Path) -> None:
    """Rotate the backups, and link the case file as the newest; it is never missing meanwhile."""
    for n in range(MAX_BACKUPS, 1, -1):
        if disk.exists(backup_path(path, n - 1)):
            disk.restrict(backup_path(path, n - 1))
            disk.rename(backup_path(path, n - 1), backup_path(path, n))
    _link_or_copy(path, backup_path(path, 1))


def _link_or_copy(path: Path, name: Path) -> None:
    """Link a file under another name.

    It is copied where links are not supported, where others may read it, and
    where it has a further name, by which it could be altered or opened to others.
    """
    if disk.is_private(path):
        try:
            disk.link(path, name)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        else:
            return
    disk.write_new(name, [path.read_bytes()])


def backup_path(path: Path, n: int) -> Path:
    """The path of the backup `n`, 1 for the newest."""
    return path.with_name(f"{path.name}.{n}")


def backup_paths(path: Path) -> list[Path]:
    """The possible paths of backups of a case, the newest first."""
    return [backup_path(path, n) for n in range(1, MAX_BACKUPS + 1)]
