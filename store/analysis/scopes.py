"""The scopes of numbers of people, which say whose dead are counted, and their comparison.

One table of groups, each with the groups that it is a part of and the words by
which reports name it. A scope is a group's name, empty for all people, or any
other words, of which it is only known that they name some of all people.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Scopes(StrEnum):
    """The relation of two scopes."""

    EQUAL = "equal"
    PART = "part"
    WHOLE = "whole"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"


class Group(NamedTuple):
    """A group of people: the groups that it is a part of, and its words as a pattern."""

    parts_of: tuple[str, ...]
    words: str


CIVILIANS = "civilians"
FIGHTERS = "fighters"
FORCES = "security forces"
SOLDIERS = "soldiers"
INSURGENTS = "insurgents"
ARMED_MEN = "armed men"
_WOMEN_AND_CHILDREN = "women and children"

GROUPS: Mapping[str, Group] = {
    CIVILIANS: Group(
        (), r"civilians?|non-combatants?|citizens?(?! (?:wom[ae]n|child))|bystanders?|passers-?by"
    ),
    "children": Group(
        (_WOMEN_AND_CHILDREN,),
        r"children|child|kids?|babies|baby|infants?|minors?|boys?|girls?|schoolgirls?"
        r"|schoolboys?|sons?|daughters?|toddlers?",
    ),
    "women": Group((_WOMEN_AND_CHILDREN,), r"women|woman|females?|wives|wife|mothers?"),
    _WOMEN_AND_CHILDREN: Group((CIVILIANS,), r"women and children|children and women"),
    "students": Group((CIVILIANS,), r"students?|pupils?"),
    "teachers": Group((CIVILIANS,), r"teachers?|lecturers?"),
    "patients": Group((CIVILIANS,), r"patients?"),
    "passengers": Group((CIVILIANS,), r"passengers?|commuters?|travell?ers?"),
    "protesters": Group((CIVILIANS,), r"protest[eo]rs?|demonstrators?"),
    "clergy": Group((CIVILIANS,), r"priests?|pastors?|clerics?|imams?|monks?|nuns?|bishops?"),
    "worshippers": Group((CIVILIANS,), r"worshipp?ers?|parishioners?"),
    "villagers": Group((CIVILIANS,), r"villagers?|farmers?|herdsmen|herders?|traders?|residents?"),
    "displaced people": Group((CIVILIANS,), r"idps?|refugees?|displaced(?: people| persons)?"),
    "medics": Group((CIVILIANS,), r"medics?|doctors?|nurses?|paramedics?|health workers?"),
    "aid workers": Group((CIVILIANS,), r"aid workers?|relief workers?|white helmets?|rescuers?"),
    "journalists": Group((CIVILIANS,), r"journalists?|reporters?|media activists?"),
    FIGHTERS: Group((), r"fighters?|combatants?|gunmen|gunman|militiamen|militants?"),
    FORCES: Group(
        (), r"security forces|(?:security|law enforcement) (?:personnel|agents|officers|operatives)"
    ),
    SOLDIERS: Group(
        (FORCES, ARMED_MEN),
        r"soldiers?|troops?|troopers?|servicem[ae]n|servicemember|military police|army men"
        r"|(?:regime|government|army|syrian|turkish|military) (?:forces|troops|soldiers|personnel)",
    ),
    "police": Group((FORCES,), r"police(?:men|man|women| officers?)?|cops?|gendarmes?|constables?"),
    INSURGENTS: Group(
        (FIGHTERS, ARMED_MEN),
        r"insurgents?|rebels?|jihad(?:ist)?s?|terrorists?|extremists?|islamists?|bandits?"
        r"|(?:members?|fighters?|militants?|leaders?|commanders?|elements?) of (?:the )?"
        r"(?:boko haram|is|isis|isil|ypg|pkk|sdf|hts|islamic state|taliban)"
        r"|(?:boko haram|is|isis|isil|ypg|pkk|sdf|hts|islamic state) (?:members?|fighters?"
        r"|militants?|terrorists?|elements?|operatives?)|suicide bombers?|bombers?|attackers?"
        r"|assailants?"
        r"|kidnappers?|cultists?|robbers?|boko haram|bh|islamic state|isis"
        r"|houthis?|al-?shabaab|taliban",
    ),
    ARMED_MEN: Group((), r"armed men"),
}
"""Every group by its name. Groups that cannot overlap are in `_APART`."""

_APART = (
    (CIVILIANS, FIGHTERS),
    (CIVILIANS, FORCES),
    (CIVILIANS, ARMED_MEN),
    (INSURGENTS, FORCES),
)
"""Pairs of groups of which nobody is in both; so their parts are apart as well."""

_PEOPLE = re.compile(
    r"(?:other |more |new |citizen )*(?:people|persons?|person|human beings?|men and women|victims"
    r"|lives|others|deaths?|martyrs?|casualties|fatalities|bodies|corpses)?",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”'‘’]")
_TAIL = re.compile(r"\s+(?:of|from|in|at|near|with)\s+.*")
_JOINED = re.compile(r"\s*(?:,|/|&|\band\b)\s*(?:the |their )?")
_WORDS = {
    name: re.compile(rf"\b(?:{group.words})\b", re.IGNORECASE) for name, group in GROUPS.items()
}


@lru_cache(4096)
def group_of(words: str) -> str:
    """The group that the words of a scope name: empty for all people, else the words, folded.

    A further detail ("of Iraqi nationality") does not make them another group.
    """
    folded = " ".join(_QUOTES.sub("", words.lower()).split())
    found = _group(folded)
    if found is None:
        found = _group(_TAIL.sub("", folded))
    return folded if found is None else found


def _group(folded: str) -> str | None:
    """The group with whose name these words end; None if they name none."""
    if folded in GROUPS:
        return folded
    if _PEOPLE.fullmatch(folded):
        return ""
    if _JOINED.search(folded):
        return _mixed([part for part in _JOINED.split(folded) if part])
    found = [(match.end(), name) for name, one in _WORDS.items() if (match := _last(one, folded))]
    return max(found)[1] if found and max(found)[0] == len(folded) else None


def _mixed(parts: Sequence[str]) -> str | None:
    """The group that includes several: the one of which all are parts; None if there is none.

    Women and children, or doctors and patients, need not be all the civilians;
    nor are Turkish and American soldiers all the soldiers.
    """
    groups = frozenset(map(group_of, parts))
    if len(groups) == 1:
        alike = len(set(parts)) == 1 or any(map(names_only, parts))
        return next(iter(groups)) if alike else None
    if groups == {"women", "children"}:
        return _WOMEN_AND_CHILDREN
    if not groups <= GROUPS.keys():
        return None
    wholes = frozenset.intersection(*map(with_wholes, groups)) - ({CIVILIANS} - groups)
    if wholes:
        return min(wholes, key=lambda whole: (whole != FIGHTERS, whole))
    return None if any(CIVILIANS in with_wholes(group) for group in groups) else ARMED_MEN


def names_only(words: str) -> bool:
    """True if words name a group and no detail that only some of it have."""
    one = _WORDS.get(group_of(words))
    return one is not None and one.fullmatch(words.strip().lower()) is not None


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(words))), None)


@lru_cache(4096)
def scopes_related(one: str, other: str) -> Scopes:
    """The relation of the first of two scopes to the second, by their words."""
    a, b = group_of(one), group_of(other)
    if a == b:
        return Scopes.EQUAL
    if not b or b in with_wholes(a):
        return Scopes.PART
    if not a or a in with_wholes(b):
        return Scopes.WHOLE
    if any(
        (first in with_wholes(a) and second in with_wholes(b))
        or (second in with_wholes(a) and first in with_wholes(b))
        for first, second in _APART
    ):
        return Scopes.DISJOINT
    return Scopes.UNKNOWN


@lru_cache(4096)
def with_wholes(group: str) -> frozenset[str]:
    """The group and all groups that it is a part of."""
    found = {group}
    for whole in GROUPS[group].parts_of if group in GROUPS else ():
        found |= with_wholes(whole)
    return frozenset(found)
