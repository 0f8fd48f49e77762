"""The numbers of a headline that count dead, each with the words for who they are."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.importers.headline_words import (
    BACKGROUND,
    DEATHS,
    HURT,
    KILLED,
    KILLS,
    NOT_PEOPLE,
    PASSIVE,
    TOGETHER,
)
from store.importers.numbers import Number


class TollNumber(NamedTuple):
    """A number of dead in its place from `start` to `end`: the number, and whose dead they are."""

    start: int
    end: int
    number: Number
    whom: str


_I = re.IGNORECASE
WORD = r"[^\s\d,.;:…()]+"
STOP = (
    rf"(?:and|but|as|while|after|by|who|when|whose|that|in|on|with|including|to|from|at|near"
    rf"|during|if"
    rf"|for|inside|over|before|across|along|outside|under|against|amid|because|today|yesterday"
    rf"|says?"
    rf"|said|since|is|are|was|were|have|has|had|be|so|been|the|must|may|will|can|should|would"
    rf"|now|{KILLED}|{KILLS}|{HURT}|{DEATHS})\b"
)
_BETWEEN = (
    rf"(?P<whom>(?:\s+of)?(?:\s+(?!{STOP}){WORD}){{0,7}}?"
    r"(?:\s+(?:of|from)\s+(?:the\s+)?(?:[^\s\d,.;:]+\s+){0,3}?[^\s\d,.;:]+)?"
    rf"(?:,?\s+(?:and|&)\s+(?:the\s+|their\s+)?(?!{STOP})(?!others\b)(?:{WORD}\s+){{0,2}}?{WORD}"
    r"(?:\s+loyal\s+to\s+(?:them|it|the\s+regime))?)?)"
)
_NOT_HURT = rf"(?!\s*(?:and|or|,|&|/)\s*(?:the )?{HURT})"
_KILLED_AFTER = re.compile(
    rf"(?!\s+(?:{NOT_PEOPLE})\b){_BETWEEN}(?:,? (?:most|some|many|half|all) of (?:them"
    rf"|whom)[^,;]*)?"
    rf"(?:,?\s+including\b[^;]*?)?,?{PASSIVE}\s+(?P<dead>{KILLED})\b{_NOT_HURT}"
    r"(?!\s+(?:(?:more than|at least|over|about)\s+)?\d)",
    _I,
)
_KILLED_MARKS = (
    *(
        "kill",
        "dead",
        "die",
        " death",
        "shot",
        "gunned",
        "lost",
        "lose",
        "slain",
        "martyred",
        "kia",
    ),
    *("murdered", "slaughtered", "butchered", "assassinated", "executed", "perish", "beheaded"),
    *("massacred", "lynched", "drown"),
)
"""Words of which every headline has one in which a number is followed by killing."""
_DEATHS_AFTER = re.compile(
    rf"(?!\s+(?:{NOT_PEOPLE})\b)(?P<whom>(?:\s+(?!{STOP}){WORD}){{0,3}}?)\s+{DEATHS}\b{_NOT_HURT}",
    _I,
)
_CASUALTIES_AFTER = re.compile(
    r"(?P<whom>(?:\s+(?:civilian|human|new|other|citizen|military)){0,2})\s+casualties\b"
    rf"{_NOT_HURT}(?P<of>\s+(?:of|from|among)\s+(?:the\s+)?"
    r"(?:(?!(?:in|on|at|by|near|as|during|for|with|after|while|were|was)\b)[^\s,;.]+\s*){1,9})?",
    _I,
)
_KILLS_BEFORE = re.compile(
    rf"\b(?P<kills>{KILLS})(?:\s+the|\s+and executing|\s+at)?\s+$|\bamong\s+(?:the\s+)?$", _I
)
WHOM = re.compile(
    rf"(?!\s+(?:{NOT_PEOPLE})\b)(?P<whom>(?:\s+(?!{STOP}){WORD}){{0,6}}"
    r"(?:\s+(?:of|from)\s+(?:the\s+)?(?:regime|government|factions|forces|army|islamic"
    r"|“?[A-Z])[^\s,]*"
    r"(?:\s+(?:forces|army|state|organization))?)?)",
    _I,
)
_WHO_KILLED = re.compile(
    rf"\bwho\s+(?:(?:had|have|has|allegedly|once)\s+)?(?:{KILLS}\s+|shot\s+)$"
    r"|\bkillers? of\s+$",
    _I,
)
_PAST = re.compile(
    r"(?:(?!\b(?:as|while|and|after|but|when|who)\b)[^,;:])*\b(?:avenged|sentenced|jailed|convicted"
    r"|arraigned|acquitted|pardoned|extradited|probed|investigated|mourned|remembered|commemorated"
    r"|compensated|on trial|in court)\b",
    _I,
)
"""Acts that concern dead who were reported before."""
_PAST_WORDS = frozenset(
    [
        *("avenged", "sentenced", "jailed", "convicted", "arraigned", "acquitted", "pardoned"),
        *("extradited", "probed", "investigated", "mourned", "remembered", "commemorated"),
        *("compensated", "trial", "court"),
    ]
)
_LISTED = re.compile(r"(?:,|\band|&)\s+$", _I)
_HURT_NEXT = re.compile(rf"\s*(?:and|or|,|&)?\s*{HURT}\s*(?:$|[,;:])", _I)
_OF_A_GROUP = re.compile(r"\s+of\s+(?:the |his |her |their |its |my |our )?", _I)
_BE = re.compile(r"\b(?:was|were|been|died)\b", _I)
_LIVES = re.compile(r"\bclaim(?:s|ed|ing)?\s+$", _I)
_LIVES_AFTER = re.compile(r"(?:\s+\w+)?\s+lives\b", _I)
_AMONG = re.compile(r"\bamong\s+(?:the\s+)?$", _I)
_AMONG_AFTER = re.compile(rf"(?:\s+{WORD})?\s+(?:killed|dead)\b", _I)


def numbers_of_dead(
    words: str, numbers: Sequence[Number], *, casualties: bool
) -> Iterator[TollNumber]:
    """The numbers of dead, in their order."""
    for number in numbers:
        one = _dead(words, number, casualties=casualties)
        if one is None or _holds_another(words, one, numbers):
            continue
        around = words[max(0, one.start - 24) : one.end + 26]
        before = words[: one.number.begins]
        if number.more or TOGETHER.search(around) or BACKGROUND.search(before):
            continue
        if _is_whole_of_part(words, one, numbers):
            continue
        if _WHO_KILLED.search(before) or _is_past(words[one.number.end :]):
            continue
        yield one


def _is_whole_of_part(words: str, one: TollNumber, numbers: Sequence[Number]) -> bool:
    """True for the people of whom another number counts the dead: "one of three brothers died"."""
    if not one.whom.strip() or not _BE.search(words, one.number.end, one.end):
        return False
    begins = one.number.begins
    return any(_OF_A_GROUP.fullmatch(words, part.end, begins) for part in numbers)


def _is_past(rest: str) -> bool:
    """True if the dead are of the past, as something is done about them."""
    return not _PAST_WORDS.isdisjoint(rest.lower().split()) and _PAST.match(rest) is not None


def _holds_another(words: str, one: TollNumber, numbers: Sequence[Number]) -> bool:
    """True if another number is among the words for who the dead are."""
    start = one.number.end
    end = start + len(one.whom)
    inside = (number for number in numbers if start <= number.start < end)
    return any(_LISTED.search(words[start : number.begins]) for number in inside)


def _dead(words: str, number: Number, *, casualties: bool) -> TollNumber | None:
    """The number with its words, if it is one of dead."""
    before = words[max(0, number.begins - 60) : number.begins]
    if _AMONG.search(before) and (found := _AMONG_AFTER.match(words, number.end)):
        return TollNumber(number.begins, found.end(), number, "")
    rest = words[number.end :].lower()
    killed = any(mark in rest for mark in _KILLED_MARKS)
    if killed and (found := _KILLED_AFTER.match(words, number.end)):
        return TollNumber(number.begins, found.end(), number, found["whom"])
    if found := _DEATHS_AFTER.match(words, number.end):
        return TollNumber(number.begins, found.end(), number, found["whom"])
    if casualties and (found := _CASUALTIES_AFTER.match(words, number.end)):
        return TollNumber(number.begins, found.end(), number, found["whom"] + (found["of"] or ""))
    if _LIVES.search(before) and (found := _LIVES_AFTER.match(words, number.end)):
        return TollNumber(number.begins, found.end(), number, "")
    kills = _KILLS_BEFORE.search(before)
    if kills and kills["kills"] and (found := WHOM.match(words, number.end)):
        if _HURT_NEXT.match(words[found.end() :]):
            return None
        start = number.begins - len(kills[0])
        return TollNumber(start, found.end(), number, found["whom"])
    return None
