"""A new file that a command writes for its user."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from store.errors import UnwritableOutput


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """Make a file that only its owner may read, open it, and remove it after an error.

    Raises `UnwritableOutput` if it cannot be made; nothing is overwritten.
    """
    try:
        # exclusive: it overwrites nothing, and follows no link
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UnwritableOutput(f"{path}: exists already", "name a new file") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnwritableOutput(
            f"{path}: cannot be written ({why})", "name a file in a writable folder"
        ) from error
    try:
        with os.fdopen(made, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except BaseException:
        path.unlink(missing_ok=True)
        raise
