"""Originals of articles, read from the files of the user."""

import stat
from pathlib import Path

from store.errors import MissingCase, UsageError
from store.model.attach import MAX_ORIGINAL


def read_original(file: Path) -> bytes:
    """The bytes of an original.

    Raises `MissingCase` if there is no such file, and `UsageError` if it cannot be read or is
    too large.
    """
    from store.archive import is_open_here  # with TinyDB: after the first frame

    if is_open_here(file):  # reading it would drop the locks of SQLite
        raise UsageError(f"{file}: is the open case", "name a file of an article")
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise UsageError(f"{file}: is not a file", "name a file of an article")
        with file.open("rb") as stream:
            content = stream.read(MAX_ORIGINAL + 1)
    except FileNotFoundError as error:
        raise MissingCase(f"{file}: there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{file}: cannot be read ({why})", "check the name") from error
    if len(content) > MAX_ORIGINAL:
        raise UsageError(
            f"{file}: is larger than an original may be ({MAX_ORIGINAL:,})",
            "check that it is an article",
        )
    return content


def home(file: Path) -> Path:
    """The file, with a leading `~` replaced by the user's folder, as a shell does."""
    try:
        return file.expanduser()
    except RuntimeError:
        return file
