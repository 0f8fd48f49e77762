"""Search for words in text and in files, however they are encoded there."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from store.model.text import folded, has_words, normal_forms

PACKED = frozenset({"case.json", "case.json.log", "case.db"})
"""The parts of a packed case that hold words."""

_ORIGINALS = "originals/"
"""The parts of a packed case that are originals of articles."""

_ZIP_START = b"PK\x03\x04"
_PIECE = 1 << 20
_RATIO = 200
"""The limit of the ratio of uncompressed to compressed size."""
_LONGEST = 12
"""The number of bytes that a code point of the words has at most: `\\uXXXX\\uXXXX`."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([^u]))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError),
)


class WordSearch:
    """A search for any of these words: in NFC or NFD, in UTF-8, as JSON, or with JSON escapes."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [one for one in words if one]
        self._folded = [folded(one) for one in self._words]
        longest = max((len(form) for one in self._words for form in normal_forms(one)), default=0)
        self._overlap = _LONGEST * (longest + 1)

    def in_text(self, text: str) -> bool:
        """Tell if a text contains any of the words."""
        return any(has_words(text, one) for one in self._words)

    def nearly_in(self, text: str) -> bool:
        """Tell if a text contains them in other capitals or with other white space."""
        text = folded(text)
        return any(one in text for one in self._folded if one)

    def in_bytes(self, content: bytes) -> bool:
        """Tell if the bytes of a text or of JSON contain any of the words."""
        text = content.decode(errors="replace")
        return self.in_text(text) or ("\\" in text and self.in_text(unescaped(text)))

    def in_file(self, path: Path) -> bool:
        """Tell if a file contains any of the words; of a packed case, if its parts do.

        Raises `OSError`, and `ValueError` where it is a pack that cannot be read.
        """
        if zipfile.is_zipfile(path):
            return self._in_pack(path)
        with path.open("rb") as file:
            if file.peek(4).startswith(_ZIP_START):
                raise ValueError("it is a damaged zip file")
            return self._in_stream(file)

    def _in_pack(self, path: Path) -> bool:
        try:
            with zipfile.ZipFile(path) as file:
                for one in file.infolist():
                    if one.filename in PACKED or one.filename.startswith(_ORIGINALS):
                        with file.open(one) as part:
                            if self._in_stream(part, 4096 + _RATIO * one.compress_size):
                                return True
        except _ZIP_ERRORS as error:
            raise ValueError(str(error)) from error
        return False

    def _in_stream(self, stream: IO[bytes], most: int | None = None) -> bool:
        before, size = b"", 0
        while piece := stream.read(_PIECE):
            if self.in_bytes(before + piece):
                return True
            before = (before + piece)[-self._overlap :]
            size += len(piece)
            if most is not None and size > most:
                raise ValueError("it expands without end")
        return False


def unescaped(text: str) -> str:
    """Replace the escapes of JSON in a text by what they stand for."""

    def replaced(found: re.Match[str]) -> str:
        digits, letter = found.groups()
        return chr(int(digits, 16)) if digits else _ESCAPED.get(letter, letter)

    # a code point beyond the BMP is written as two
    pairs = _ESCAPE.sub(replaced, text).encode("utf-16", "surrogatepass")
    return pairs.decode("utf-16", "replace")


def searched_files(case: Path) -> Iterator[Path]:
    """The files beside a case that may hold its words, by their names, but for its log."""
    named = re.compile(rf"{re.escape(case.name)}\..*|.*\.(zip|copy|new)", re.DOTALL)
    for file in sorted(case.parent.iterdir()):
        if named.fullmatch(file.name) and file.is_file() and file.name != f"{case.name}.log":
            yield file
