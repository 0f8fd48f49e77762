"""The number to which, by a headline, a toll has risen or was corrected."""

import re
from collections.abc import Sequence

from store.importers.headline_words import HURT, NOT_PEOPLE, ONE_ATTACK, TOGETHER
from store.importers.numbers import Number

_I = re.IGNORECASE
_MOVES = (
    r"(?:rais\w+|ris\w+|rose|reach\w*|climb\w*|hits?|jumps?|increas\w+|up|now|stands?|mounts?|soars?"
    r"|cut|lower(?:s|ed)?|revis(?:es?|ed)|falls?|drops?|reduced|down|corrected)"
)
_STEP = r"(?:(?:from|by)\s+[\w,]+(?:\s+more)?,?\s+)?"
"""The step by which it moved: "from 23 to 25"."""
_TOLL_BEFORE = re.compile(
    r"\b(?:death toll|toll|number of (?:the )?(?:dead|deaths|casualties|martyrs|killed)"
    r"|dead|those (?:who were )?killed|victims|deaths|casualties|losses)\b[^.;…]{0,70}?"
    rf"\b{_MOVES}\b[^,.;…\d]{{0,50}}?{_STEP}(?:\b(?:to|at|is|now|hits?|reach\w*)\s+)$",
    _I,
)
_RAISES_BEFORE = re.compile(
    rf"\b(?:rais\w+|ris\w+|increas\w+|brings?|bringing|pushes)\b(?:\s+[^\s\d,.;…]+){{0,7}}?"
    rf"\s+{_STEP}to,?\s+$"
    rf"|\btoll\b[^,.;\d]*\s{_STEP}(?:now|reach\w*|hits?|at|to)\s+$",
    _I,
)
RISING_MARKS = (
    *("toll", "rais", "rise", "rising", "rose", "reach", "climb", "increas", "bring", "push"),
    *("jump", "mount", "soar", "stand", " hit", " up ", " cut ", "lower", "revis", "reduc"),
    *(" fall", "drop", "correct"),
)
"""Words of which every headline with a toll that rises or is corrected has one."""
_OF_WHAT_TOLL = re.compile(
    r"\b(?:death|dead|casualt\w+|killed|losses|martyr\w*|fatalit\w+|bod(?:y|ies)|dies?)\b", _I
)
_TOLL = re.compile(r"\btoll\b", _I)
_NOT_PEOPLE = re.compile(rf",?\s+(?:the number of (?:the )?)?(?:{NOT_PEOPLE})\b", _I)
_HURT = re.compile(rf"\b{HURT}\b", _I)


def rising_number(words: str, numbers: Sequence[Number]) -> Number | None:
    """The number to which a toll rises or is cut; None if none is sure."""
    for number in numbers:
        if number.more or _NOT_PEOPLE.match(words, number.end):
            continue
        before = words[: number.begins]
        if _TOLL_BEFORE.search(before) or (_RAISES_BEFORE.search(before) and _is_of_dead(words)):
            return None if TOGETHER.search(words) else number
    return None


def _is_of_dead(words: str) -> bool:
    """True if the words are about dead, or about the toll of one attack and nobody hurt."""
    if _OF_WHAT_TOLL.search(words):
        return True
    one = _TOLL.search(words) and ONE_ATTACK.search(words)
    return one is not None and not _HURT.search(words)
