"""Files of articles that were packed: one in a gzip, or the only one of a zip."""

import gzip
import zipfile
from io import BytesIO
from typing import IO, cast

from store.articles.limits import MAX_BYTES, MAX_RATIO, ZIP_ERRORS, read_limited, read_member
from store.errors import UsageError

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
"""The beginnings of packed files."""
_SLACK = 4096
"""Bytes that any file may expand to."""
_OF_PACKER = ("__MACOSX/", ".DS_Store")


def unpacked(content: bytes) -> bytes:
    """The file that is packed; the bytes as they are where there is none, or more than one.

    They stay as they are, too, where they cannot be unpacked within the limits.
    """
    try:
        if content.startswith(GZIP):
            most = min(_SLACK + MAX_RATIO * len(content), MAX_BYTES)
            return read_limited(cast("IO[bytes]", gzip.GzipFile(fileobj=BytesIO(content))), most)
        if content.startswith(ZIP):
            with zipfile.ZipFile(BytesIO(content)) as archive:
                names = [one.filename for one in archive.infolist() if _is_file(one)]
                if len(names) == 1:
                    return read_member(archive, names[0])
    except (UsageError, *ZIP_ERRORS):
        pass  # whoever reads the packed bytes says what is wrong
    return content


def _is_file(one: zipfile.ZipInfo) -> bool:
    return not one.is_dir() and not one.filename.startswith(_OF_PACKER)
