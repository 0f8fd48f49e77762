"""The encoding of a text from outside, decided for the whole of it.

UTF-8 without an error is UTF-8. Otherwise each line has a vote: nearly all text of
another encoding is not UTF-8, and bytes of 80 to 9F are letters and signs in
windows-1252 alone. In a text of UTF-8 with a few bad bytes only these are read as
windows-1252; in one of windows-1252 each byte is, even if two happen to be a letter
of UTF-8; where lines of both are many, each line is what it is.
"""

import codecs
from collections.abc import Iterable
from typing import NamedTuple

UTF_8, WINDOWS, MIXED = "UTF-8", "windows-1252", "UTF-8 and windows-1252"
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_FEW = 20
"""One line of another encoding in so many is a slip, and not the encoding."""
_ASCII = bytes(range(128))
STRAY = "conflict-tui.windows-1252"


class Encoding(NamedTuple):
    """The encoding of a text: its name, and the number of lines that are not UTF-8."""

    name: str = UTF_8
    odd: int = 0

    @property
    def wide(self) -> bool:
        """True if a character takes two bytes or four."""
        return self.name.startswith(("UTF-16", "UTF-32"))

    def decode(self, line: bytes) -> str:
        """A line as text; every byte becomes a character."""
        if self.name == WINDOWS:
            return _of_windows(line)
        try:
            return line.decode()
        except UnicodeDecodeError:
            if self.name == MIXED:
                return _of_windows(line)
            return line.decode("utf-8", STRAY)


def marked(beginning: bytes) -> str | None:
    """The encoding that the first bytes of a text name, None if they name none."""
    found = next((name for mark, name in _MARKS if beginning.startswith(mark)), None)
    if found or len(beginning) < 4:
        return found
    # text of two bytes a letter without a mark: each second byte of a header is 0
    head = beginning[: len(beginning) & ~1][:200]
    if not any(head[0::2]):
        return "UTF-16-BE"
    return "UTF-16-LE" if not any(head[1::2]) else None


def is_utf_8(chunks: Iterable[bytes]) -> bool:
    """True if a text has no byte that is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def of_lines(lines: Iterable[bytes]) -> Encoding:
    """The encoding of a text of these lines, not all of which are UTF-8."""
    good = odd = high = stray = 0
    for line in lines:
        if line.isascii():
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            odd += 1
            high += len(line.translate(None, _ASCII))
            stray += sum(map(_is_stray, line.decode("utf-8", "surrogateescape")))
        else:
            good += 1
    # a line that is not UTF-8 may be so but for a byte or two, the more so among others that are
    slips = stray * (2 if good else 4) <= high
    if slips or odd * _FEW <= good:
        return Encoding(UTF_8, odd)
    return Encoding(WINDOWS if good * _FEW <= odd else MIXED, odd)


def _is_stray(letter: str) -> bool:
    return "\udc80" <= letter <= "\udcff"


def _of_windows(line: bytes) -> str:
    return line.decode("cp1252", STRAY)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that cannot be decoded, each as windows-1252, five as controls, as browsers do."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    letters = (bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in bad)
    return "".join(letters), error.end


codecs.register_error(STRAY, _as_windows)
