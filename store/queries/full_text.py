"""Words that a user typed, as a query of full text."""

import re


def match_text(text: str) -> str:
    """Turn typed text into a query of FTS5: every word must occur, the last may be cut off.

    Each word is quoted, so that nothing in it is an operator; `"two words"`
    stay together. Empty where there is no letter or digit.
    """
    spaced = text.replace("\0", " ")  # SQLite takes it for the end of the query
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]+)"|([^\s"]+)', spaced)]
    terms = ['"' + word + '"' for word in words if any(letter.isalnum() for letter in word)]
    return " ".join(terms) + "*" if terms else ""
