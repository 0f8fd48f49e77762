"""New files that are there complete, or not at all."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.database import disk, sqlite
from store.errors import ExistingFile, UnwritableCase

_TEMPORARY = (".new", ".copy")
"""The endings under which a file is written before it is complete."""


def case_paths(path: Path) -> tuple[Path, ...]:
    """The paths of all files that can belong to a case at `path`."""
    return (path, path.with_name(path.name + ".log"), *sqlite.wal_files(path))


@contextmanager
def new_files(path: Path, *others: Path) -> Iterator[None]:
    """Write new files within the context; if it raises, nothing of them is left.

    `path` is the one that messages name. Raises `ExistingFile` if one is
    there already, before anything is written, and `UnwritableCase` for an error of the disk.
    """
    files = (path, *others)
    if disk.name_too_long(path):
        raise UnwritableCase(
            f"{path}: cannot be written ({os.strerror(errno.ENAMETOOLONG)})",
            "give it a shorter name: the files beside it have longer ones",
        )
    for one in files:
        _check_free(one)
    try:
        yield
    except BaseException as error:
        for one in files:
            for ending in ("", *_TEMPORARY):
                with suppress(OSError):
                    disk.unlink(one.with_name(one.name + ending))
        if isinstance(error, OSError | sqlite3.Error):
            why = getattr(error, "strerror", None) or error
            raise UnwritableCase(
                f"{path}: cannot be written ({why})", "check the folder and the disk"
            ) from error
        raise


def _check_free(path: Path) -> None:
    if disk.exists(path):
        raise ExistingFile(path)
