"""How many died, as a headline says: a rule, measured in docs/decisions/020.

It reads one number, that of the dead of the event. Dead and wounded counted
together are no number of the dead. "More than 40" is at least 40, and so are a
count "until the moment" and "4 children", with whom others may have died. What
sums up a series (several days, several places, "since March", a day of the
whole war) is an aggregate. Whom the headline calls the dead (civilians,
fighters) is no scope: the reports of an attack count the same dead in other
words.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from store.model.values import Count
from store.model.vocabulary import Qualifier


class Toll(NamedTuple):
    """The number of dead that a headline tells, and whether it is of several events."""

    dead: Count
    aggregate: bool


_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_WORDS = {word: number for number, word in enumerate(_ONES, 1)}
_VAGUE = {
    "dozens": (24, Qualifier.DOZENS),
    "scores": (40, Qualifier.DOZENS),
    "tens": (20, Qualifier.DOZENS),
    "hundreds": (200, Qualifier.HUNDREDS),
    "thousands": (2000, Qualifier.THOUSANDS),
}
"""The least that a word can mean, as a data set needs a number; its own words are kept."""

_HOW = (
    r"(?P<how>more than|no less than|not less than|at least|at most|up to|as many as|less than"
    r"|fewer than|over|about"
    r"|around|nearly|almost|some|approximately|an estimated)\s+"
)
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_ONES)}|{'|'.join(_VAGUE)})(?P<plus>\+)?"
)
_SOME = (
    rf"(?:{_HOW})?(?!(?<=from )one\b)(?!(?<=of )one\b)\b{_NUMBER}"
    r"(?![\w.,:]*\d|[-’'](?!\s)|\s*%|(?:st|nd|rd|th)\b)"
)
_AFTER = (
    r"(?P<after>\s+(?:[a-z]+ )?(?:at least(?!\s+(?:half|\d|one|two|three|most))|at most"
    r"|until (?:the moment|now)|so far))?"
)
_HURT = (
    r"(?:wound\w*|injur\w*|hurt|missing|prisoners?|captives?|captur\w*|arrest\w*|displac\w*"
    r"|abduct\w*)"
)
_WITH = rf"(?!\s*(?:and|or|,|&|/)\s*(?:others? |the )?{_HURT})"
_NOT_PEOPLE = (
    r"days?|hours?|weeks?|months?|years?|minutes?|times?|km|kilometers?|kms?|villages?|towns?"
    r"|neighbou?rhoods?|areas?|provinces?|cities|raids?|airstrikes?|strikes?|attacks?|explosions?"
    r"|blasts?|bomb(?:s|ings?)?|shells?|missiles?|rockets?|barrels?|warplanes?|planes?|drones?"
    r"|helicopters?|cars?|vehicles?|tanks?|massacres?|operations?|battles?|clashes|posts?"
    r"|checkpoints?|mines?|factions?|regions?|fronts|IEDs?|points?|million|thousand|percent"
    r"|governorates?|hospitals?|houses?|sheep|families"
)
_BETWEEN = (
    rf"(?P<whom>(?:\s+(?!(?:{_NOT_PEOPLE}|and|but|as|while|after|by|who|when|killed|kill|dead"
    rf"|died|in|on|with|including|to|from)\b)[^\s\d,.;:…]+){{0,7}}?)"
)
_PASSIVE = (
    r"(?:\s+(?:were|was|are|is|have been|has been|had been|been|reported|reportedly|confirmed"
    r"|believed|feared))*"
)
_KILLED = (
    r"(?:killed|dead|died|slain|martyred|assassinated|executed|lost their lives|perish\w*|dies?"
    r"|beheaded|massacred|KIA)"
)
_VERB = r"(?:kill(?:s|ed|ing)?|claim(?:s|ed|ing)? the (?:lives|life) of|slay(?:s|ing)?)"
_NOUN = r"(?:deaths?|martyrs?|fatalities|dead(?: bodies)?|bodies)"

_TOGETHER = re.compile(
    r"\b(?:kill\w*|dead|death|deaths|casualt\w+|martyrs?|died|victims)\s*(?:and|or|,|&|/)\s*"
    rf"(?:the )?(?:{_HURT}|wounds|injuries)"
    rf"|\b{_HURT}\s*(?:and|or|,|&|/)\s*(?:kill\w*|dead|deaths?|martyr\w*)"
    r"|\bcasualties\s+and\s+(?:injur|wound)",
    re.IGNORECASE,
)
"""Dead and wounded in one breath: the number after or before it is of both."""

_I = re.IGNORECASE
_RISES = re.compile(
    r"\b(?:death toll|toll|number of (?:the )?(?:dead|deaths|casualties|martyrs|killed)|casualties"
    r"|losses|dead|those (?:who were )?killed|victims|deaths)\b[^,.;…]{0,60}?"
    rf"\b(?:rais\w+|ris\w+|reach\w*|climb\w*|hits?|jumps?|increas\w+|up)\b[^,.;…\d]{{0,50}}?"
    rf"\b(?:to|at|is)?\s*{_SOME}{_AFTER}",
    _I,
)
_RAISES = re.compile(
    r"\b(?:rais\w+|ris\w+|increas\w+|brings?|bringing|pushes)\b(?:\s+[^\s\d,.;…]+){0,7}?\s+to\s+"
    rf"{_SOME}{_AFTER}",
    _I,
)
_CLAIMED = re.compile(
    rf"\b{_VERB}\s+(?:(?:of|the)\s+)?{_SOME}{_AFTER}(?!\s+(?:{_NOT_PEOPLE})\b)"
    rf"(?!\s+(?:[^\s,.;…]+\s+){{0,3}}?(?:and|or)\s+{_HURT}\s+(?:people|persons|civilians|others)?\s*$)",
    _I,
)
_DEATH_OF = re.compile(rf"\b(?:death|martyrdom|killing|assassination)s? of\s+{_SOME}{_AFTER}", _I)
_LOSSES = re.compile(rf"\b{_SOME}{_BETWEEN}\s+(?:at least\s+)?{_NOUN}\b{_WITH}{_AFTER}", _I)
_CASUALTIES = re.compile(
    rf"\b{_SOME}(?P<whom>(?:\s+(?:civilian|human|new|more|other|citizen)){{0,2}})"
    rf"\s+casualties\b{_WITH}{_AFTER}",
    _I,
)
_OF_THEM = re.compile(rf"\bamong\s+{_SOME}\s+(?:killed|dead)\b", _I)
_WITH_THEM = re.compile(
    rf"^{_SOME}(?P<whom>(?:\s+[a-z]+){{0,2}}),? including\b[^;…]*\bkilled\b{_WITH}", _I
)
_WERE_KILLED = re.compile(
    rf"\b{_SOME}(?P<after>\s+at least)?{_BETWEEN}{_PASSIVE}\s+{_KILLED}\b{_WITH}"
    rf"(?!\s+(?:(?:more than|at least|over|about)\s+)?(?:\d|(?:{'|'.join((*_ONES, *_VAGUE))})\b))",
    _I,
)

_BEFORE = re.compile(r"\b(?:after|follow\w*|since|including|among them)\b[^,…;]*$", _I)
"""What comes after such words is of an earlier event, or a part of the dead."""
_DAILY = re.compile(
    r"^\d+\b.*\bincluding\b.*\b(?:loyal|regime|armed)\w*\b.*|\bcircumstances\b"
    r"|\bkilled[^,]*,? and (?:about |more than )?\d+ .*\bkilled\b",
    _I,
)
"""The dead of a day, as SOHR sums them up over the country."""
_CAMPAIGN = re.compile(
    r"\b(?:massacres|operations?|campaign|agreement|offensive|escalat\w+|battles|attacks|mines"
    r"|landmines|truce|shelling|clashes|bombardment|airstrikes|raids|strikes|fighting|breaches"
    r"|continu\w+|targeting|losses|advanc\w+)\b",
    _I,
)
"""What goes on: a number of dead that rises in it need not be that of one attack."""

_ONE_ATTACK = re.compile(
    r"\b(?:explosion|blast|bombing|car bomb|bus|vehicle|massacre|attack|ambush|hospital|wedding"
    r"|market)\b",
    _I,
)
"""What is one attack, so that a number that rises is of it."""

_SERIES = re.compile(
    r"\bsince\b|\b(?:in|during|within|for|over|throughout|of|after)\s+(?:about |around |the"
    r" |more than |less than |nearly |only |just |past |last |first |its )*(?:\d+|two|three|four"
    r"|five|six|seven|eight|nine|ten|few|several|a|one)?(?:\s+\w+)?\s*"
    r"(?:-| |consecutive |continuous )?(?:days?|weeks?|months?|years?|hours)\b"
    r"|\bhours of\b|\bdaily\b"
    r"|\b\d+(?:st|nd|rd|th) (?:day|week|month)\b|\bdays? of\b"
    r"|\b(?:killed|died|dead|martyred|fell) yesterday\b"
    r"|\b(?:attacks|bombings|massacres|explosions|blasts|ambushes) (?:on|in|across|at)\b"
    r"|\bin (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?! \d{1,2}\b)|\bso far this\b|\bthis (?:week|month|year)\b"
    r"|\bagreement\b|\bErdogan\b|\bde-?escalation\b"
    r"|\b(?:attacks on|explosions in|blasts in) \w+ and\b"
    r"|\bsyrians? (?:people )?(?:were )?(?:killed|died|martyred)\b|\bkilled today,",
    _I,
)
"""What sums up more than one day, or more than one attack."""
_NAME = r"(?:[A-Z][\w’'‘-]+)"
_WAYS = r"(?:north|south|east|west)\w*"
_PLACES = re.compile(
    rf"\b(?:in|on|at|near|of|hit|target|targets|pound|shelling)\s+(?:the\s+)?(?:\w+\s+){{0,4}}?"
    rf"{_NAME}(?:\s+{_NAME}){{0,2}}(?:\s+(?:city|town|province|countryside|village))?\s*(?:and|&)\s+"
    rf"(?:the\s+|in\s+|its\s+|{_WAYS}\s+)*(?:\w+\s+of\s+)?(?:{_NAME}|countryside|outskirts)"
    rf"|\b{_WAYS} and (?:the )?{_WAYS} (?:of |countryside)|\bareas of\b|\bprovinces\b"
    r"|\b(?:several|different|many|various|\d+) (?:areas|villages|towns|neighbou?rhoods|cities)\b"
)
"""Two places or more, as they stand in a headline."""


@lru_cache(65536)
def toll_of(headline: str, *, casualties_are_dead: bool = False) -> Toll | None:
    """How many died, as the headline says; None where it gives no number, or not of the dead.

    `casualties_are_dead` is for a publisher that means the dead by "casualties", as SOHR does.
    """
    told = headline.lower()
    if not any(mark in told for mark in _TELLS) or len(headline) > 600:
        return None
    if not _NUMBERED.search(headline):
        return None
    words = " ".join(headline.replace("\u2019", "'").split())
    for pattern in _RISING:
        if found := pattern.search(words):
            if _TOGETHER.search(words):
                return None
            goes_on = _CAMPAIGN.search(words) and not _ONE_ATTACK.search(words)
            return Toll(_count(found), _sums(words) or bool(goes_on))
    for pattern, marks in _TOLD.items():
        if pattern is _CASUALTIES and not casualties_are_dead:
            continue
        if not any(mark in told for mark in marks):
            continue
        for found in pattern.finditer(words):
            before = words[: found.start()]
            if not _TOGETHER.search(_around(words, found)) and not _BEFORE.search(before):
                return Toll(_count(found), _sums(words) or bool(_DAILY.search(words)))
    return None


_NUMBERED = re.compile(rf"\d|\b(?:{'|'.join((*_ONES, *_VAGUE))})\b", _I)
_DEAD = (
    *("kill", "dead", "died", "dies", "slain", "martyr", "assassinat", "executed", "lost their"),
    *("perish", "beheaded", "massacred", "kia"),
)
_RISING = (_RISES, _RAISES)
_TOLD: Mapping[re.Pattern[str], tuple[str, ...]] = {
    _WITH_THEM: ("killed",),
    _OF_THEM: ("among",),
    _CLAIMED: ("kill", "claim", "slay"),
    _DEATH_OF: ("death", "killing", "martyrdom", "assassination"),
    _WERE_KILLED: _DEAD,
    _LOSSES: ("death", "martyr", "fatalities", "dead", "bodies"),
    _CASUALTIES: ("casualties",),
}
"""The patterns in the order in which they are tried, and of what words one must be there."""
_TELLS = (
    *_DEAD,
    *("death", "toll", "casualt", "lives", "life", "losses", "bod", "slay", "fatalit", "victims"),
)
"""Without one of these words no headline tells a number of dead."""


def _around(words: str, found: re.Match[str]) -> str:
    """The match with the words beside it, in which the wounded may be counted, too."""
    return words[max(0, found.start() - 24) : found.end() + 26]


def _sums(words: str) -> bool:
    return bool(_SERIES.search(words) or _PLACES.search(words))


_PART = re.compile(
    r"\s+(?:other |more |new |citizen )?(?:children|child|women|woman|girls?|boys?|kids|babies"
    r"|americans|russians|iranians|journalists?|doctors?|medics?|paramedics?|commanders?|leaders?"
    r"|officers?|generals?)\b",
    _I,
)
"""Those of whom others than they may have died as well: so many are at least so many."""

_OPEN = ("more than", "no less than", "not less than", "at least", "over")
_CLOSED = ("at most", "up to", "as many as", "less than", "fewer than")


def _count(found: re.Match[str]) -> Count:
    groups = found.groupdict()
    printed = found["number"].lower()
    how = (groups.get("how") or "").lower()
    after = " ".join((groups.get("after") or "").lower().split())
    words = " ".join(filter(None, (groups.get("how"), found["number"] + (found["plus"] or ""))))
    if printed in _VAGUE:
        least, qualifier = _VAGUE[printed]
        return Count(min=least, qualifier=qualifier, printed=words)
    number = _WORDS.get(printed) or int(printed.replace(",", ""))
    part = _PART.match(found.string, found.end("number"))
    if how in _OPEN or after or found["plus"] or (part and not how):
        if after.endswith("at most"):
            return Count(min=0, max=number, qualifier=Qualifier.AT_MOST, printed=f"{words} {after}")
        return Count(min=number, qualifier=Qualifier.AT_LEAST, printed=f"{words} {after}".strip())
    if how in _CLOSED:
        return Count(min=0, max=number, qualifier=Qualifier.AT_MOST, printed=words)
    if how and how != "some":
        return Count(min=number, max=number, qualifier=Qualifier.ABOUT, printed=words)
    return Count(min=number, max=number, printed=words)
