"""The limits of files that articles are read from; design: hostile files end in one line."""

import zipfile
import zlib
from typing import IO

from store.errors import UnfitFile, UsageError

MAX_BYTES = 64 * 1024 * 1024
"""The most bytes of a file, and of all that it expands to."""
MAX_RATIO = 200
"""The most that a compressed file may expand."""
MAX_ARTICLES = 100_000
"""The most articles of one file."""
MAX_DEPTH = 64
"""The most levels of values within each other in JSON."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)
"""The errors of `zipfile` for a file that it cannot read."""


def too_large() -> UsageError:
    """The error for a file that is or expands to more than the limit."""
    return UnfitFile(
        f"is or expands to more than {MAX_BYTES // 2**20} MB", "split it, or check its source"
    )


def read_member(archive: zipfile.ZipFile, name: str, left: int = MAX_BYTES) -> bytes:
    """A part of a zip. Raises `UsageError` if it is too large, expands too much, or is damaged."""
    try:
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise UnfitFile("is encrypted", "decrypt it first")
        if info.file_size > left or info.file_size > 4096 + MAX_RATIO * info.compress_size:
            raise too_large()
        with archive.open(info) as part:
            return read_limited(part, min(left, info.file_size))
    except KeyError as error:
        raise UnfitFile(f"lacks its part {name}", "download it again") from error
    except ZIP_ERRORS as error:
        raise UnfitFile(f"is a damaged zip ({error})", "download it again") from error


def read_limited(stream: IO[bytes], most: int = MAX_BYTES) -> bytes:
    """All bytes of a stream. Raises `UsageError` if they are more than `most`."""
    content = stream.read(most + 1)
    if len(content) > most:
        raise too_large()
    return content


def refuse_entities(content: bytes) -> None:
    """Raise `UsageError` for XML that declares entities, which may expand without end."""
    if b"<!ENTITY" in content or "<!ENTITY".encode("utf-16-le") in content:
        raise UnfitFile("declares XML entities, which are not read", "check its source")
