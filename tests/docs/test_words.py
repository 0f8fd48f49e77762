"""The words that a user sees are those of the field, and not those of the code."""

import re

from tests.strings import strings

PRIVATE = re.compile(r"\b(?:chips?|deeds|unknown roots?|one root|independent roots?)\b")


def test_no_message_has_a_word_of_the_code() -> None:
    shown = list(strings())
    assert len(shown) > 1_000
    assert [(one.file, one.text) for one in shown if PRIVATE.search(one.text)] == []
