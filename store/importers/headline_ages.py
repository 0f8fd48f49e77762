"""Ages of the people of a headline: numbers that count nobody."""

import re

_AGE = r"(?:1[01]\d|[1-9]\d|\d)"
_AGES = rf"{_AGE}(?:(?:\s*,\s*|,?\s+and\s+|\s*&\s*){_AGE})*"
_GROWN = (
    r"(?:grand)?(?:man|woman|father|mother)|policeman|soldier|officer|general|commander|colonel"
    r"|major|captain|sergeant|corporal|pastor|priest|imam|cleric|monarch|chief|farmer|student"
    r"|teacher|doctor|nurse|medic|journalist|reporter|driver|lawyer|politician|lawmaker|leader"
    r"|husband|wife|worker|teen(?:ager)?|youth|victim|militant|fighter|rebel|settler|protester"
)
_YOUNG = r"boy|girl|child|baby|infant|toddler|pupil|schoolboy|schoolgirl|son|daughter"
_DIES = r"(?=\s+(?:(?:was|is)\s+)?(?:killed|dead|dies|died|shot|slain|murdered|found dead|beaten))"
_OLD = re.compile(
    rf"(?P<apart>(?<=[a-z'’])\s*,\s*(?:(?:all|both|aged?)\s+)*{_AGES}\s*(?:,(?!\d)|(?=;)))"
    rf"|,?\s+(?:aged?|ages)\s+(?:between\s+)?{_AGES}(?:(?:\s+to\s+|-){_AGE})?\b,?"
    rf"|\s*\({_AGE}\)"
    rf"|(?<![\w-])(?P<who>{_GROWN})\s*,\s*(?:1[6-9]|[2-9]\d){_DIES}"
    rf"|(?<![\w-])(?P<young>{_YOUNG})\s*,\s*1?\d{_DIES}",
    re.IGNORECASE,
)
"""An age between commas, after "aged", in brackets, or after one person and a comma."""


_MAYBE = re.compile(r"[,(] ?\d|\b[Aa][Gg][Ee]|, (?:all|both) \d")


def without_ages(words: str) -> str:
    """The words without what may be the age of somebody: "Woman, 70, killed"."""
    if "," not in words and "(" not in words and "age" not in words.lower():
        return words
    return _OLD.sub(_kept, words) if _MAYBE.search(words) else words


def _kept(found: re.Match[str]) -> str:
    return found["who"] or found["young"] or ""
