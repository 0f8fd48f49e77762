"""The limits of files from outside, which both sides of a process keep."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_FIELD = 1024 * 1024
"""The most characters of a field."""
MAX_COLUMNS = 500
MAX_LINE = 4 * MAX_FIELD
"""The most bytes of a line."""
MAX_EXPANSION = 200
"""The greatest ratio of a file's size to its size in an archive."""
MAX_MEMBERS = 2000
"""The most files in a zip, or in a folder: a week of GDELT has 1,344."""
BEGINNING = 4096
"""The number of first bytes from which the kind of a file is told."""


def readinto(buffer: "WriteableBuffer", read: Callable[[int], bytes]) -> int:
    """Fill a buffer from a function that gives at most so many bytes; return their number."""
    view = memoryview(buffer).cast("B")
    found = read(len(view))
    view[: len(found)] = found
    return len(found)
