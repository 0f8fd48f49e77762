"""A file for what leaves the program: there complete, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from store.custody.new_files import case_paths
from store.database import disk
from store.errors import ExistingFile, UnwritableOutput, UsageError


@contextmanager
def export_file(path: Path, case: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Open a stream whose text is in the file `path` once the context ends without an error.

    It is written under another name in the same folder, is readable by its owner only, and
    replaces a file with `force` alone, but never one of the case. Raises `UsageError` and
    `UnwritableOutput`: then nothing of it is left.
    """
    path = disk.resolve_link(path) if force else path
    _refuse_case(path, case)
    if disk.exists(path) and not force:
        raise _taken(path)
    hidden = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.new")
    try:
        descriptor = disk.open_file(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            disk.fsync(stream.fileno())
        _move(hidden, path, force=force)
        disk.flush_folder(path.parent)
    except BaseException as error:
        with suppress(OSError):
            disk.unlink(hidden)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def _move(hidden: Path, path: Path, *, force: bool) -> None:
    """Give the file its name; without `force` only if nothing has it, even since a moment ago."""
    if force:
        if why := disk.irregular(path):
            raise UnwritableOutput(f"{path}: cannot be replaced ({why})", "name another file")
        disk.rename(hidden, path)
        return
    try:
        disk.link(hidden, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:  # a file system without second names
        if disk.exists(path):
            raise _taken(path) from error
        disk.rename(hidden, path)
    else:
        disk.unlink(hidden)


def _refuse_case(path: Path, case: Path) -> None:
    """Refuse the name of a file of the case, by whatever path it is given."""
    with suppress(OSError, RuntimeError, ValueError):
        if path.resolve() in {one.resolve() for one in case_paths(case)}:
            raise UsageError(f"{path}: is a file of the case", "name another file")


def _taken(path: Path) -> ExistingFile:
    return ExistingFile(path, "name a new file, or replace it by --force")


def _unwritable(path: Path, error: OSError | ValueError) -> UnwritableOutput:
    why = getattr(error, "strerror", None) or error
    return UnwritableOutput(
        f"{path}: cannot be written ({why})", "check the folder and the disk; nothing was written"
    )
