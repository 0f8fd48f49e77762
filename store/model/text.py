"""Text from outside: its normal form, to which offsets refer, and its form for display."""

import hashlib
import unicodedata

_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(
        [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\u200b"
    ),
    **dict.fromkeys((0x2028, 0x2029), "\u2424"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}

HOSTILE = frozenset(_SHOWN)
"""The code points that must not be output: controls, bidi controls, surrogates."""


def showable(text: str) -> str:
    """Make a text safe for a terminal, with the same length in code points.

    C0 controls except LF and TAB become their control pictures (U+2400+n), DEL
    U+2421, C1 controls and lone surrogates U+FFFD, the line and paragraph
    separators U+2424, and the bidirectional controls of UAX #9 U+200B. So no
    text can control the terminal or its reading order, and offsets stay valid.
    """
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """Make a text safe for a terminal on one line: line breaks and tabs become blanks."""
    return showable(text).replace("\n", " ").replace("\t", " ")


def normalised(text: str) -> str:
    """Normalise a text, to which offsets then refer: LF line ends, Unicode NFC (UAX #15)."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_words(text: str, words: str) -> bool:
    """Tell if a text contains words, whether either is in NFC or NFD."""
    return unicodedata.normalize("NFC", words) in unicodedata.normalize("NFC", text)


def normal_forms(text: str) -> tuple[str, ...]:
    """A text as it is, in NFC and in NFD, each form once."""
    forms = (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))
    return tuple(dict.fromkeys(forms))


def folded(text: str) -> str:
    """Fold what reads the same: capitals, NFC and NFD, and each run of white space to a blank."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_hash(text: str) -> str:
    """The SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
