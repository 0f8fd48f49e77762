"""The file that a path leads to, so that another one in its place is noticed."""

import os
from itertools import count
from pathlib import Path
from typing import NamedTuple

REPLACED_HINT = "nothing more is saved here; choose which of the two to go on with, and open that"
"""The hint for a writer whose case is no longer in its place."""

OPEN_AGAIN = "open it again"
"""The hint for a reader of a case that is no longer in its place."""


class Inode(NamedTuple):
    """A file as the file system knows it, whatever its name."""

    device: int
    number: int


def inode_of(path: Path) -> Inode | None:
    """The file at a path; None where there is none, or it cannot be reached."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Inode(found.st_dev, found.st_ino)


def what_became_of(path: Path) -> str:
    """The words for a path that no longer leads to the file that was opened."""
    return "was replaced by another file" if os.path.lexists(path) else "was moved or deleted"


def path_for_unsaved(case: Path, *, suffixes: tuple[str, ...] = ()) -> Path:
    """A free path beside a case, for what must not be written over the file in its place.

    It is free with each of the suffixes too. Where the folder is gone, it is in
    the nearest one above that is left.
    """
    folder = case.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    for n in count(1):
        path = folder / f"{case.name}.unsaved{'' if n == 1 else f'-{n}'}"
        if not any(os.path.lexists(f"{path}{suffix}") for suffix in ("", *suffixes)):
            return path
    raise AssertionError("count ends never")
