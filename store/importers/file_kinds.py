"""The kind of a file by its first bytes, never by its name."""

import re
from enum import Enum

from store.importers.encodings import marked


class FileKind(Enum):
    """The ways in which a table comes, and what holds no table."""

    TEXT = "text"
    JSON = "JSON"
    WORKBOOK = "a workbook"
    ZIP = "a zip"
    GZIP = "gzip"
    OTHER = "no text"


_SIGNS = (
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.WORKBOOK),
)
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"BZh", "packed by bzip2"),
    (b"\xfd7zXZ\0", "packed by xz"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd"),
    (b"7z\xbc\xaf\x27\x1c", "packed by 7-Zip"),
    (b"Rar!", "packed by RAR"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"<stata_dta", "a Stata file"),
    (b"$FL2", "an SPSS file"),
    (b"RDX", "a file of R"),
    (b"X\n\0\0\0", "a file of R"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_MARKUP = re.compile(rb"\s*<[!?A-Za-z]")
_JSON = re.compile(rb'[\s\x1e]*(\{\s*["}]|\[\s*[\[{"\]\d-])')


def kind_of(beginning: bytes) -> tuple[FileKind, str]:
    """The kind of a file with these first bytes, and what it is in words.

    Office documents are zips; `readers.containers.package` tells what is in one.
    """
    for sign, kind in _SIGNS:
        if beginning.startswith(sign):
            return kind, kind.value
    for sign, words in _OTHERS:
        if beginning.startswith(sign):
            return FileKind.OTHER, words
    text = beginning
    if name := marked(beginning):
        text = beginning.decode(name, "replace").encode("utf-8", "replace")
    elif beginning.count(0) * 20 > len(beginning):  # a text has none, or a slip
        return FileKind.OTHER, FileKind.OTHER.value
    text = text.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        return FileKind.OTHER, "HTML or XML"
    kind = FileKind.JSON if _JSON.match(text) else FileKind.TEXT
    return kind, kind.value
