"""A JSON text read piece by piece, value by value, in the memory of the largest value."""

import codecs
import json
from collections.abc import Sequence
from typing import IO, Any

from store.errors import UnfitFile, UsageError
from store.importers.encodings import STRAY, UTF_8, WINDOWS, marked
from store.importers.limits import BEGINNING, MAX_LINE

_CHUNK = 256 * 1024
_SPACE = " \t\r\n\x1e\ufeff"
_LITERAL = frozenset("0123456789+-.eE")


for _encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
    codecs.lookup(_encoding)  # no module can be loaded later


TOO_DEEP = "objects are nested too deep"


class TwiceError(ValueError):
    """An object that has a key twice."""


class BrokenValue(ValueError):
    """A value that is no JSON."""


class CutValue(BrokenValue):
    """A value in the middle of which the text ends."""


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise TwiceError(f"has the key {twice[:60]!r} twice")
    return found


_NUMBERS: dict[str, Any] = {
    "parse_float": str,
    "parse_int": str,
    "parse_constant": lambda _: None,
}
"""Numbers keep their digits; what is no number (NaN) is nothing."""
_decode = json.JSONDecoder(object_pairs_hook=_unique, **_NUMBERS).raw_decode
_decode_loosely = json.JSONDecoder(**_NUMBERS).raw_decode


class JsonStream:
    """The text of a stream, with a place in it."""

    def __init__(self, stream: IO[bytes]) -> None:
        head = stream.read(BEGINNING)
        name = marked(head) or UTF_8
        self.remarks: list[str] = []
        self._stream = stream
        self._head = head
        self._decoder = codecs.getincrementaldecoder(name)("strict")
        self._text = ""
        self._at = 0
        self._before = 0
        self._ended = False

    @property
    def place(self) -> int:
        """The number of characters before the place."""
        return self._before + self._at

    def peek(self) -> str:
        """The next character that is not a space, "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, character: str) -> bool:
        """True if this is the next character, which is taken."""
        if self.peek() != character:
            return False
        self._at += 1
        return True

    def expect(self, character: str) -> None:
        """Take this character. Raises `BrokenValue` if another is next."""
        found = self.peek()
        if found != character:
            raise (BrokenValue if found else CutValue)(f"{character} is missing")
        self._at += 1

    def value(self) -> Any:
        """Take the next value. Raises `BrokenValue`, `TwiceError` after it was taken."""
        self.peek()
        while True:
            try:
                found, end = _decode(self._text, self._at)
            except TwiceError:
                _, self._at = _decode_loosely(self._text, self._at)
                raise
            except json.JSONDecodeError as error:
                after = error.pos - self._at
                if not self._grow():
                    raise self._broken(error.msg, after) from None
                continue
            except RecursionError:
                raise BrokenValue(TOO_DEEP) from None
            # a number may go on in the next piece
            if end == len(self._text) and self._text[end - 1] in _LITERAL and self._grow():
                continue
            self._at = end
            return found

    def is_followed(self, most: int) -> bool:
        """True if a value of at most so many characters is here, and another after it."""
        while len(self._text) - self._at < most and self._more():
            pass
        try:
            _, end = _decode_loosely(self._text, self._at)
        except (json.JSONDecodeError, RecursionError):
            return False
        return self._text[end : end + 1000].strip(_SPACE)[:1] in ("{", "[")

    def alone(self, most: int) -> Any:
        """The value here if it is the whole text, of at most so many characters, else None."""
        while len(self._text) - self._at < most and self._more():
            pass
        try:
            found, end = _decode(self._text, self._at)
        except (ValueError, RecursionError):
            return None
        return None if self._text[end:].strip(_SPACE) or not self._ended else found

    def holds_objects(self) -> bool:
        """True if an array begins here whose first value is an object."""
        while len(self._text) - self._at < BEGINNING and self._more():
            pass
        after = self._text[self._at + 1 : self._at + BEGINNING].lstrip(_SPACE)
        return after.startswith("{")

    def skip_line(self) -> bool:
        """Go to the end of the line; false if the text ends before."""
        while (end := self._text.find("\n", self._at)) < 0:
            self._at = len(self._text)
            if not self._more():
                return False
        self._at = end + 1
        return True

    def _broken(self, why: str, after: int) -> BrokenValue:
        """The error for a value that is no JSON so many characters after its beginning."""
        if len(self._text) - self._at > MAX_LINE:
            return BrokenValue(f"a value of over {MAX_LINE:,} characters")
        at = self._at + after
        cut = why.startswith("Unterminated string") or at >= len(self._text.rstrip())
        return (CutValue if cut else BrokenValue)(f"{why} at character {self._before + at + 1:,}")

    def _grow(self) -> bool:
        """True if there is more of a value that is not too long."""
        return len(self._text) - self._at <= MAX_LINE and self._more()

    def _more(self) -> bool:
        """Read a piece; False if there is none."""
        if self._ended:
            return False
        chunk = self._head or self._stream.read(_CHUNK)
        self._head = b""
        self._ended = not chunk
        try:
            text = self._decoder.decode(chunk, self._ended)
        except UnicodeDecodeError:
            waiting = self._decoder.getstate()[0]
            self._decoder = codecs.getincrementaldecoder("utf-8")(STRAY)
            self.remarks.append(f"not all UTF-8: its other bytes are {WINDOWS}")
            text = self._decoder.decode(waiting + chunk, self._ended)
        self._before += self._at
        self._text = self._text[self._at :] + text
        self._at = 0
        return not self._ended or bool(text)


def refuse(error: BrokenValue) -> UsageError:
    """The error for a text that cannot be read on from here."""
    return UnfitFile(f"is not JSON ({error})", "save it again, or download it again")
