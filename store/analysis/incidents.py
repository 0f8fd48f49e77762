"""In which way people died, as a passage says: one table, and which ways are no one incident."""

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
    "raid": r"gunmen|herdsmen|cattle rustlers|bandits",
    "accident": r"stampede|crash(?:es|ed)?|collapse[sd]?|accident",
}
"""Each way by its name, with the words of reports for it."""

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
        ("explosion", "raid"),
        *(("accident", other) for other in ("clash", "execution", "air strike", "shelling")),
    )
)
"""Pairs that do not describe one incident; an explosion, a strike and shelling do."""

_WORDS = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in INCIDENTS.items()}


@lru_cache(4096)
def incident_of(words: str) -> str:
    """The one way that these words tell; empty where they tell none, or several."""
    found = [name for name, pattern in _WORDS.items() if pattern.search(words)]
    return found[0] if len(found) == 1 else ""


_NUMBERS = ("one", "two", "three", "four", "five", "six")
_BOMBERS = re.compile(
    rf"\b(?:(?P<number>\d|{'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,2}}?)?(?P<who>bombers?)\b",
    re.IGNORECASE,
)


@lru_cache(4096)
def bombers_of(words: str) -> int:
    """How many bombers these words tell of; 0 where of none, or of nobody knows how many."""
    found = _BOMBERS.search(words)
    if found is None:
        return 0
    number = (found["number"] or "").lower()
    if number:
        return int(number) if number.isdigit() else _NUMBERS.index(number) + 1
    return 1 if found["who"].lower() == "bomber" else 0


def no_one_incident(one: str, other: str) -> bool:
    """Whether two ways do not describe one incident."""
    return frozenset((one, other)) in _APART
