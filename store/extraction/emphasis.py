"""The signs with which Markdown marks emphasis, which are no part of the words."""

import re

_MARKED = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]*[^\s*_])\1(?![\w*_])")
SIGNS = r"[*_]{0,3}"
"""The signs of emphasis before or after words, as a pattern."""


def without_emphasis(text: str) -> str:
    """A text without its signs of emphasis: "killing *four* people"."""
    return _MARKED.sub(r"\2", text) if "*" in text or "_" in text else text


def with_emphasis(words: str, text: str) -> str:
    """Words as a text prints them, with the signs of emphasis inside; empty if it has them not."""
    if words in text:
        return words
    between = rf"{SIGNS}\s+{SIGNS}"
    found = re.search(between.join(map(re.escape, words.split())), text)
    return found[0] if found else ""
