"""A new file that a command writes for its user."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from store.errors import ExistingFile, UnwritableOutput


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """Make a file of text that only its owner may read, open it, and remove it after an error.

    Raises `UnwritableOutput` if it cannot be made; nothing is overwritten.
    """
    with _new(path) as made, os.fdopen(made, "w", encoding="utf-8", newline="\n") as stream:
        yield stream


@contextmanager
def new_binary_file(path: Path) -> Iterator[BinaryIO]:
    """Make a file of bytes as `new_file` makes one of text."""
    with _new(path) as made, os.fdopen(made, "wb") as stream:
        yield stream


@contextmanager
def _new(path: Path) -> Iterator[int]:
    try:
        # exclusive: it overwrites nothing, and follows no link
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ExistingFile(path) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnwritableOutput(
            f"{path}: cannot be written ({why})", "name a file in a writable folder"
        ) from error
    try:
        yield made
    except BaseException:
        path.unlink(missing_ok=True)
        raise
