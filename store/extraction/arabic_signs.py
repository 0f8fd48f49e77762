"""The vowel signs with which Arabic may print a word."""

import re

_SIGNS = "[\u064b-\u0652\u0640]"
_SIGN = re.compile(_SIGNS)
_LETTER = re.compile(r"([\u0621-\u064a])(?![\u0621-\u064a]*\])")


def any_vowels(pattern: str) -> str:
    """A pattern that finds its Arabic words with and without vowel signs and lengthenings."""
    return _LETTER.sub(rf"\1{_SIGNS}*", pattern)


def without_vowels(words: str) -> str:
    """Words without vowel signs and lengthenings."""
    return _SIGN.sub("", words)
