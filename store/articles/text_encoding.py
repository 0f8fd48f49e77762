"""Bytes decoded to text: by their mark, as UTF-8, as declared, or by the letters they make."""

import codecs
import re
from typing import NamedTuple

from store.errors import UnfitFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = (
    ("windows-1256", re.compile("[\u0621-\u064a]")),
    ("windows-1251", re.compile("[\u0430-\u044f]")),
    ("windows-1255", re.compile("[\u05d0-\u05ea]")),
)
_HIGH = re.compile("[\u0080-\u00ff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02


class DecodedText(NamedTuple):
    """A text, and a remark on its encoding, empty if it was UTF-8."""

    text: str
    remark: str = ""


def decoded_text(content: bytes, declared: str = "") -> DecodedText:
    """The text of bytes. Raises `UsageError` if they are none; a byte is never lost.

    `declared` is the encoding that the file states. Without a mark or a declaration,
    bytes that are not UTF-8 are read as windows-1252, or as the code page of the
    letters that they would make.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                text = content[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise UnfitFile(f"is damaged {name.upper()} ({error.reason})", "") from error
            return DecodedText(_text_only(text), "" if name == "utf-8" else f"is {name.upper()}")
    if content[:4096].count(b"\0") > len(content[:4096]) // 4:
        return _without_mark(content)
    try:
        return DecodedText(_text_only(content.decode()))
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return DecodedText(_text_only(content.decode(declared)), f"read as {declared}")
        except (UnicodeDecodeError, LookupError):
            pass
    name = _guessed(content)
    text = content.decode(name, "replace" if name != "latin-1" else "strict")
    return DecodedText(_text_only(text), f"is not UTF-8, read as {name}")


def _without_mark(content: bytes) -> DecodedText:
    """The text of UTF-16 without a mark. Raises `UsageError` if it is none."""
    name = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        return DecodedText(_text_only(content.decode(name)), f"is {name.upper()} without a mark")
    except UnicodeDecodeError as error:
        raise UnfitFile("is binary data, and no text", "") from error


def _guessed(content: bytes) -> str:
    """The code page that makes the most letters of one script."""
    western = content.decode("windows-1252", "replace")
    high = len(_HIGH.findall(content.decode("latin-1")))
    letters = sum(letter.isalpha() for letter in western[:100_000])
    if letters and high > letters // 2:
        for name, pattern in _GUESSES:
            found = content.decode(name, "replace")
            if len(pattern.findall(found)) > 0.8 * high:
                return name
    return "windows-1252" if "\ufffd" not in western else "latin-1"


def _text_only(text: str) -> str:
    """The text; raises `UsageError` if so many characters are controls that it is none."""
    controls = len(_CONTROLS.findall(text))
    if controls > _MOST_CONTROLS * len(text):
        raise UnfitFile("is binary data, and no text", "")
    return text
