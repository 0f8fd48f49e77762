"""Text from outside: its normal form, to which offsets refer, and its form for display."""

import hashlib
import re
import unicodedata

INVISIBLE = "\u2426"
"""The sign that is shown for a character that has no form: ␦."""

_JOINERS = "\u200c\u200d"
_EMOJI_SELECTORS = "\ufe0e\ufe0f"
_MONGOLIAN_SELECTORS = "\u180b\u180c\u180d\u180e\u180f"

_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    # of no form: soft hyphen, joiners of graphemes, fillers, signs of zero width or of
    # direction, invisible operators, byte order marks, annotations, selectors, and tags
    **dict.fromkeys([0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5], INVISIBLE),
    **dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F)], INVISIBLE),
    **dict.fromkeys([*range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE0E)], INVISIBLE),
    **dict.fromkeys([0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC)], INVISIBLE),
    **dict.fromkeys([*range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)], INVISIBLE),
    **dict.fromkeys(range(0xE0000, 0xE1000), INVISIBLE),
    **dict.fromkeys((0x2028, 0x2029), "\u2424"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}

HOSTILE = frozenset(_SHOWN)
"""The code points that must not be output: controls, surrogates, and what nobody would see."""

IN_PLACE = frozenset(map(ord, _JOINERS + _EMOJI_SELECTORS + _MONGOLIAN_SELECTORS))
"""The code points of no form that have a use between some letters, or after some."""

_SHOWN_OUT_OF_PLACE = _SHOWN | dict.fromkeys(IN_PLACE, INVISIBLE)
_PERHAPS_IN_PLACE = re.compile(f"[{''.join(map(chr, sorted(IN_PLACE)))}]")

_JOINED_SCRIPTS = re.compile(
    # Arabic to Arabic Extended-A, but NKo and Samaritan; Indic scripts; Tibetan, Burmese, Khmer,
    # Mongolian; the later blocks of Arabic, Devanagari, and Burmese
    "[\u0600-\u07bf\u0840-\u0dff\u0f00-\u109f\u1780-\u18af\u1cd0-\u1cff\ua8e0-\ua8ff"
    "\ua9e0-\ua9ff\uaa60-\uaa7f\ufb50-\ufdff\ufe70-\ufefc\U00011000-\U0001137f]"
)
_EMOJI = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_MONGOLIAN = re.compile("[\u1820-\u18aa]")
_KEYCAP = "\u20e3"
_VIRAMA = 9
"""The combining class of the sign that takes the vowel from a letter."""


def showable(text: str) -> str:
    """Make a text safe for a terminal, with the same length in code points.

    C0 controls except LF and TAB become their control pictures (U+2400+n), DEL
    U+2421, C1 controls and lone surrogates U+FFFD, the line and paragraph
    separators U+2424. What has no form, such as the bidirectional controls of
    UAX #9, becomes `INVISIBLE`, but for joiners between letters that need them and
    selectors after emoji. So no text can control the terminal or its reading
    order, nothing in it is unseen, and offsets stay valid.
    """
    shown = text.translate(_SHOWN_OUT_OF_PLACE)
    if INVISIBLE not in shown:
        return shown
    letters: list[str] = []
    for found in _PERHAPS_IN_PLACE.finditer(text):
        if _in_place(text, at := found.start()):
            letters = letters or list(shown)
            letters[at] = text[at]
    return "".join(letters) or shown


def _in_place(text: str, at: int) -> bool:
    """Tell if a joiner or a selector has a use where it stands."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in _EMOJI_SELECTORS:
        return _is_one(_EMOJI, before) or (after == _KEYCAP and before in set("0123456789#*"))
    if text[at] in _MONGOLIAN_SELECTORS:
        return _is_one(_MONGOLIAN, before)
    if _is_of_joined_script(before):
        return _is_of_joined_script(after) or unicodedata.combining(before) == _VIRAMA
    emoji = text[at - 2 : at - 1] if before and before in _EMOJI_SELECTORS else before
    return text[at] == "\u200d" and _is_one(_EMOJI, emoji) and _is_one(_EMOJI, after)


def _is_of_joined_script(letter: str) -> bool:
    """Tell if this is a letter, or a mark on one, of a script that has use for joiners."""
    return _is_one(_JOINED_SCRIPTS, letter) and unicodedata.category(letter)[0] in "LM"


def _is_one(of: re.Pattern[str], letter: str) -> bool:
    return of.fullmatch(letter) is not None


def one_line(text: str) -> str:
    """Make a text safe for a terminal on one line: line breaks and tabs become blanks."""
    return showable(text).replace("\n", " ").replace("\t", " ")


def without_hostile(text: str) -> str:
    """Replace hostile characters in a piece of a line, whose neighbours are not known."""
    return text.translate(_SHOWN).replace("\n", " ").replace("\t", " ")


_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = tuple(
    re.compile(f"[{ranges}]")
    for ranges in (
        "A-Za-z\u00c0-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uff21-\uff5a",  # Latin
        "\u0370-\u03ff\u1f00-\u1fff",  # Greek
        "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",  # Cyrillic
    )
)


def mixes_scripts(text: str) -> bool:
    """Tell if a word of a text has letters of two of the scripts that look alike.

    These are Latin, Greek and Cyrillic; a digit, a blank or a hyphen ends a word.
    """
    return not text.isascii() and any(
        sum(script.search(word) is not None for script in _SCRIPTS) > 1
        for word in _WORD.findall(text)
    )


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
