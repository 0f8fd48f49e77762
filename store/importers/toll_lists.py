"""The numbers of a headline that are listed together: the list, its sum, and its parts."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from store.analysis.scopes import GROUPS, SOLDIERS, Scopes, group_of, scopes_related
from store.importers.headline_scopes import scope_of
from store.importers.headline_words import HURT, NOT_PEOPLE
from store.importers.numbers import Number
from store.importers.toll_numbers import STOP, WHOM, WORD, TollNumber
from store.model.values import Count
from store.model.vocabulary import Qualifier


class Dead(NamedTuple):
    """A count of dead, and the words for who they are, empty for people in general."""

    dead: Count
    scope: str


SUM_SIGN = " + "
"""Between the printed numbers of which a count is the sum."""

_I = re.IGNORECASE
_OTHERS = re.compile(r"\s+(?:\w+\s+)?others?\b(?!\s+(?:wound|injur|hurt|miss))", _I)
PERSON = (
    r"soldier|policeman|officer|general|commander|monarch|pastor|priest|chief"
    r"|colonel|director|major|captain|sergeant|farmer|woman|man|student|journalist"
    r"|leader|lawmaker|politician|child|driver|governor|cleric|imam|traditional ruler"
    r"|teacher|doctor|nurse|councillor|chairman|boy|girl|bishop|lecturer|inspector"
    r"|dpo|corporal|emir|mother|lawyer|banker|trader|herdsman|mayor|senator|judge"
    r"|prosecutor|candidate|activist|pilot|nun|monk|sheikh|reporter|medic|teen"
    r"|teenager|toddler|father|grandmother|husband|wife|hunter|vigilante|brother"
    r"|sister|daughter|paramedic|shepherd|volunteer|passenger"
)
"""Words for one person, who counts without a number."""
_ONE_AND = re.compile(
    r"^(?:\W*(?:breaking|title|update)\b\W*)?(?:an?\s+)?(?:[\w'’-]+\s+){0,3}?"
    rf"(?P<one>{PERSON})"
    r"(?:\s*,\s*|\s+(?:and|&)\s+(?:(?:his|her|their)\s+)?)$",
    _I,
)
OF_FAMILY = re.compile(r"\b(?:and|&|,)\s+(?:his|her|their|my|our|its)\s+$", _I)
"""Words between somebody and a number of their relatives or people."""
_RANKS = ("soldier", "general", "colonel", "major", "captain", "sergeant", "corporal")
"""The ranks that make somebody a soldier."""
_LISTED = re.compile(
    rf"(?P<whom>(?:\s+(?!{STOP}){WORD}){{1,6}}?)(?P<joint>\s*,\s*(?:and\s+)?|\s+(?:and"
    rf"|&)\s+)",
    _I,
)
_JOINED = re.compile(
    r"^(?:\s*,\s*(?:and\s+|plus\s+)?|\s+(?:and|&|plus|as well as)\s+|\s*/\s*)(?:also\s+|the\s+)?$",
    _I,
)
_AND_OTHERS = re.compile(
    r"^\s*(?:,|and|&)\s*(?:(?:and|many|several|some|the|scores of)\s+)?(?:others?\b(?! injur"
    r"| wound)"
    r"|(?:(?:some|many|several)\s+\w+))",
    _I,
)
_A_CHILD = re.compile(
    r"\s*(?:,|\band|&)\s+(?:(?:an|a)\s+(?!half|dozen|few|number|hundred|thousand)"
    r"(?P<who>[\w'’-]+(?:\s+[\w'’-]+){0,2})"
    r"|(?:his|her|their|its)\s+(?:[\w'’-]+\s+)?(?:wife|husband|son|daughter|child|baby|mother|father"
    r"|brother|sister|driver|bodyguard|guard|teacher|commander|leader|pilot|guide|interpreter|aide"
    r"|translator|doctor|nurse|pastor|priest)\b)",
    _I,
)
_GOES_ON = re.compile(
    r"\s*(?:,|\band\b|&)\s+(?:an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b", _I
)
"""A list that goes on after somebody who is named without a number."""
_HURT_SOON = re.compile(rf"[\w'’-]*(?:\s+[\w'’-]+){{0,3}}?\s+{HURT}", _I)
OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these|those|the dead)\b", _I)
"""Words that make a number a part of the one before it: "12, 3 of them children"."""
_AND_GROUP = re.compile(
    r"\s+(?:and|&)\s+(?P<who>(?:[\w'’-]+\s+){0,2}?[\w'’-]+)(?=\s*(?:$|[,;:]|\s(?:in|near|at|on|during"
    r"|after|from)\b))",
    _I,
)
"""A second group that the same number counts: "kills 9 teachers and pupils"."""
_PLAIN = re.compile(r"\s+(?:[\w'’-]+\s+)?[\w'’-]+s\s*", _I)
_ENDS = re.compile(r"\s*(?:$|[,;:.]|(?:in|near|at|on|during|after|as|from)\b)", _I)
_ANIMALS = frozenset(("dog", "dogs", "donkey", "horse", "cow", "goat", "camel", "sheep", "cat"))
_ATTACKED = re.compile(
    r"\b(?:ambush|attack|raid|storm|waylay)(?:s|es|ed)?\s+(?P<whom>(?:[\w'’-]+\s+){0,2}?[\w'’-]+)"
    r"\s*(?:,|\band\b|,\s*and\b)\s*$",
    _I,
)
"""A group that is attacked, and some of whom are killed: "ambush troops, kill 5"."""


def listed_dead(
    words: str, one: TollNumber, numbers: Sequence[Number], found: Sequence[TollNumber]
) -> list[Dead]:
    """The dead of a number with those that are listed with it: the total, then its parts.

    Empty if it is not sure.
    """
    parts = [*_listed_before(words, one, numbers, found), (one.number.dead, one.whom)]
    if one.number.start == one.start or one.number.begins == one.start:
        after: list[tuple[Count, str]] = []
    else:
        after = _listed_after(words, one, numbers, found)
    single = _one_before(words, one) if len(parts) == 1 else 0
    if not single and OF_FAMILY.search(words[: one.number.begins]):
        return []
    rest = words[one.number.end :]
    if _OTHERS.match(rest) and not single and len(parts) == 1:
        return []
    more = _more_after(words, one, after)
    if more is None:
        return []
    whole = parts + after
    if len(whole) == 1 and not single and not more:
        whom = one.whom + _second_group(words, one)
        return [Dead(one.number.dead, scope_of(whom) or _attacked(words, one))]
    told = [Dead(count, scope_of(whom)) for count, whom in whole]
    scope = _scope_of_all(words, one, told) if more == 0 else ""
    total = _sum([part.dead for part in told], single + max(more, 0), more < 0)
    return [Dead(total, scope), *([] if single or more else _parts(told))]


def _second_group(words: str, one: TollNumber) -> str:
    """The words of a group that "and" joins to the one that is killed."""
    if one.number.begins == one.start or not one.whom.strip():
        return ""
    found = _AND_GROUP.match(words, one.number.end + len(one.whom))
    return found[0] if found and group_of(found["who"]) in GROUPS else ""


def _attacked(words: str, one: TollNumber) -> str:
    """The group that is attacked, if the number does not say who the dead are."""
    if one.whom.strip() or one.number.begins == one.start:
        return ""
    found = _ATTACKED.search(words[: one.start])
    whom = found["whom"] if found else ""
    return scope_of(whom) if group_of(whom) in GROUPS else ""


def _parts(told: Sequence[Dead]) -> list[Dead]:
    """The parts of a sum, if each is of a separate group."""
    if not all(part.scope for part in told):
        return []
    apart = (Scopes.DISJOINT, Scopes.UNKNOWN)
    pairs = combinations((part.scope for part in told), 2)
    return list(told) if all(scopes_related(a, b) in apart for a, b in pairs) else []


def _scope_of_all(words: str, one: TollNumber, told: Sequence[Dead]) -> str:
    """The scope of a list, if all of it is of one group; empty for people in general."""
    groups = {group_of(part.scope) for part in told}
    if named := _ONE_AND.search(words[: one.start]):
        groups.add(SOLDIERS if named["one"].lower() in _RANKS else group_of(named["one"]))
    if len(groups) > 1:
        return ""
    return " and ".join(dict.fromkeys(part.scope for part in told))


def _one_before(words: str, one: TollNumber) -> int:
    """1 if somebody without a number is named before it: "Soldier, 12 others killed"; else 0."""
    return 1 if _ONE_AND.search(words[: one.start]) else 0


def _more_after(words: str, one: TollNumber, after: list[tuple[Count, str]]) -> int | None:
    """The number of people after it without a numeral: -1 for "and others", None if unclear."""
    rest = words[one.number.end + len(one.whom) :] if not after else ""
    kills = one.number.start != one.start
    if kills and rest and _AND_OTHERS.match(rest):
        return -1
    if found := _A_CHILD.search(one.whom):
        return 0 if _ANIMALS & set((found["who"] or "").lower().split()) else 1
    found = _A_CHILD.match(rest) if kills else None
    if found is None or (found["who"] and group_of(found["who"].split()[0]) not in GROUPS):
        return 0
    named = found.start("who") if found["who"] else found.end()
    if _GOES_ON.search(rest, named):
        return None
    return 0 if _HURT_SOON.match(rest, named) else 1


def _listed_before(
    words: str, one: TollNumber, numbers: Sequence[Number], found: Sequence[TollNumber]
) -> list[tuple[Count, str]]:
    """The numbers listed before the one that is followed by "killed"."""
    parts: list[tuple[Count, str]] = []
    start = one.start
    if one.number.begins != one.start or not one.whom.strip() or OF_THEM.match(one.whom):
        return parts
    for earlier in reversed([number for number in numbers if number.end <= one.start]):
        between = words[earlier.end : start]
        match = _LISTED.fullmatch(between)
        if match is None or earlier.more or re.match(rf"\s+(?:{NOT_PEOPLE})\b", between, _I):
            break
        if any(other.number is earlier for other in found):
            break
        if re.search(r"\bby\s+$", words[: earlier.begins], _I):
            break
        parts.insert(0, (earlier.dead, match["whom"]))
        start = earlier.begins
    return parts


def _listed_after(
    words: str, one: TollNumber, numbers: Sequence[Number], found: Sequence[TollNumber]
) -> list[tuple[Count, str]]:
    """The numbers listed after "kills 2 soldiers": of people, and not of the hurt."""
    parts: list[tuple[Count, str]] = []
    end = one.end
    for later in (number for number in numbers if number.begins >= one.end):
        if not _JOINED.match(words[end : later.begins]) or later.more:
            break
        if any(other.number is later for other in found):
            break
        whom = WHOM.match(words, later.end)
        if whom is None or OF_THEM.match(whom[0]) or not _are_people(words, whom):
            break
        if re.match(rf"\s*(?:,|and)?\s*(?:(?:were|was)\s+)?{HURT}", words[whom.end() :], _I):
            break
        parts.append((later.dead, whom["whom"]))
        end = whom.end()
    return parts


def _are_people(words: str, whom: re.Match[str]) -> bool:
    """True if the words after a listed number name people: a group, or a plain plural."""
    named = whom["whom"]
    if named.strip().lower() in ("others", "people", "persons"):
        return True
    if group_of(scope_of(named)) in GROUPS:
        return True
    return _PLAIN.fullmatch(named) is not None and _ENDS.match(words, whom.end()) is not None


def _sum(counts: list[Count], single: int, open_: bool) -> Count:
    """The counts of a list as one."""
    least = sum(count.min for count in counts) + single
    if open_ or any(count.max is None for count in counts):
        return Count(
            min=least,
            qualifier=Qualifier.AT_LEAST,
            printed=SUM_SIGN.join(c.printed for c in counts),
        )
    most = sum(count.max or 0 for count in counts) + single
    exact = all(count.qualifier is Qualifier.EXACT for count in counts)
    between = Qualifier.BETWEEN if most != least else Qualifier.ABOUT
    return Count(
        min=least,
        max=most,
        qualifier=Qualifier.EXACT if exact else between,
        printed=SUM_SIGN.join([*(c.printed for c in counts), *(["1"] if single else [])]),
    )
