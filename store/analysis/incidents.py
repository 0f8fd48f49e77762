"""The ways in which people died, as passages say, and the ways that cannot be one incident."""

import re
from collections.abc import Mapping
from functools import lru_cache

INCIDENTS: Mapping[str, str] = {
    "explosion": r"blasts?|bombs?|bombings?|explosions?|explod\w+|car bomb|ied|mines?|landmines?"
    r"|booby-trapped|suicide (?:attack|bomber|bombing)s?",
    "air strike": r"air ?strikes?|air raids?|warplanes?|jets?|drones?|barrel bombs?",
    "shelling": r"shell(?:s|ing|ed)?|mortars?|rockets?|missiles?|artillery|bombard\w+",
    "clash": r"clash(?:es)?|gunfights?|gun battles?|battles?|fighting|firefights?|shootouts?",
    "execution": r"execut(?:e|es|ed|ion|ions)|behead\w*|hanged",
    "sortie": r"(?:troops|soldiers|forces|army|military|police|navy|guards?)['’]?\s+(?:kill\w*"
    r"|neutrali[sz]e[sd]?|eliminate[sd]?|gun(?:ned)? down|shot dead)\W+(?:[\w'’-]+\W+){0,4}?"
    r"(?:herdsmen|bandits|gunmen|militants|rebels|insurgents|terrorists|kidnappers|rustlers"
    r"|robbers|fighters|boko haram)",
    "raid": r"gunmen|herdsmen|cattle rustlers|bandits",
    "accident": r"stampede|crash(?:es|ed)?|collapse[sd]?|accident",
}
"""Each way by its name, with a pattern of the words that reports use for it."""

_APART = frozenset(
    frozenset(pair)
    for pair in (
        ("explosion", "clash"),
        ("explosion", "execution"),
        ("air strike", "clash"),
        ("air strike", "execution"),
        ("shelling", "execution"),
        ("clash", "execution"),
        ("clash", "raid"),
        ("sortie", "raid"),
        ("sortie", "explosion"),
        ("explosion", "raid"),
        *(("accident", other) for other in ("clash", "execution", "air strike", "shelling")),
    )
)
"""Pairs that do not describe one incident; an explosion, a strike and shelling may."""

_OTHER_THAN_THIS = "another"
"""The way in a report that says that it is about another attack."""
_ANOTHER = re.compile(
    r"\banother\s+(?:[\w-]+\s+){0,2}?(?:attack|battle|raid|ambush|clash|blast|bombing|explosion"
    r"|strike|air ?strike|massacre|assault|shooting|incident|encounter|gunfight|shelling)\b",
    re.IGNORECASE,
)
_WORDS = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in INCIDENTS.items()}


@lru_cache(4096)
def incident_of(words: str) -> str:
    """The one way that these words mention; empty if they mention none, or several."""
    if _ANOTHER.search(words):
        return _OTHER_THAN_THIS
    found = [name for name, pattern in _WORDS.items() if pattern.search(words)]
    if "sortie" in found:
        found = [name for name in found if name != "raid"]
    return found[0] if len(found) == 1 else ""


_NUMBERS = ("one", "two", "three", "four", "five", "six")
_BOMBERS = re.compile(
    rf"\b(?:(?P<number>\d|{'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,2}}?)?(?P<who>bombers?)\b",
    re.IGNORECASE,
)


@lru_cache(4096)
def bombers_of(words: str) -> int:
    """The number of bombers that these words mention; 0 if none, or if the number is unclear."""
    found = _BOMBERS.search(words)
    if found is None:
        return 0
    number = (found["number"] or "").lower()
    if number:
        return int(number) if number.isdigit() else _NUMBERS.index(number) + 1
    return 1 if found["who"].lower() == "bomber" else 0


def no_one_incident(one: str, other: str) -> bool:
    """True if two ways cannot describe one incident."""
    if _OTHER_THAN_THIS in (one, other):
        return one != other
    return frozenset((one, other)) in _APART
