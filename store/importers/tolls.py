"""How many died, and whose dead they were, as a headline says: a rule, measured in decision 020.

A headline gives no toll, one, or one for each side. Of a list that is complete
("2 soldiers, 3 civilians killed") it is the sum. What adds to an earlier number
("one more dies"), what is a part of the dead ("including 3 women") and the dead
counted together with the wounded are no toll. What sums up several events
("in 48 hours", "in two villages") is an aggregate. Where it is not sure, the
rule is silent.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from store.analysis.scopes import GROUPS, SOLDIERS, Scopes, group_of, scopes_related
from store.importers.denials import Denied, denial_of
from store.importers.headline_places import words_in
from store.importers.headline_scopes import scope_of
from store.importers.headline_words import (
    AT_ONCE,
    ATTACKS,
    ATTACKS_MARKS,
    BIG,
    BIG_CAMPAIGN,
    HEDGES,
    HURT,
    NOT_PEOPLE,
    ONE_ATTACK,
    PLACES,
    PLACES_MARKS,
    RAIDS,
    SERIES,
    SERIES_MARKS,
    TELLS,
    TOGETHER,
)
from store.importers.numbers import Number, numbers_in
from store.importers.speakers import two_states
from store.importers.toll_numbers import STOP, WHOM, WORD, TollNumber, numbers_of_dead
from store.model.values import Count
from store.model.vocabulary import Qualifier, Stance

LONGEST = 600
"""Characters of a headline that is read; longer ones are no headlines."""


class Toll(NamedTuple):
    """The dead that a headline tells of.

    `scope` is whose dead they are, in its words, empty for people in general;
    `aggregate` is whether they are of several events. The `stance` is that of
    whoever the headline names, else of its publisher.
    """

    dead: Count
    scope: str = ""
    aggregate: bool = False
    stance: Stance = Stance.ASSERTS


_I = re.IGNORECASE
_TOLL_BEFORE = re.compile(
    r"\b(?:death toll|toll|number of (?:the )?(?:dead|deaths|casualties|martyrs|killed)"
    r"|dead|those (?:who were )?killed|victims|deaths|casualties|losses)\b[^.;…]{0,70}?"
    r"\b(?:rais\w+|ris\w+|reach\w*|climb\w*|hits?|jumps?|increas\w+|up|now|stands?|mounts?|soars?"
    r"|raised)\b[^,.;…\d]{0,50}?(?:\b(?:to|at|is|now|hits?|reach\w*)\s+)$",
    _I,
)
_RAISES_BEFORE = re.compile(
    r"\b(?:rais\w+|ris\w+|increas\w+|brings?|bringing|pushes)\b(?:\s+[^\s\d,.;…]+){0,7}?\s+to,?\s+$"
    r"|\btoll\b[^,.;\d]*\s(?:now|reach\w*|hits?|at|to)\s+$",
    _I,
)
_RISING_MARKS = (
    *("toll", "rais", "rise", "rising", "rose", "reach", "climb", "increas", "bring", "push"),
    *("jump", "mount", "soar", "stand", " hit", " up "),
)
_OF_WHAT_TOLL = re.compile(r"\b(?:death|dead|casualt\w+|killed|losses|martyr\w*|fatalit\w+)\b", _I)
_OTHERS = re.compile(r"\s+(?:\w+\s+)?others?\b(?!\s+(?:wound|injur|hurt|miss))", _I)
_ONE_AND = re.compile(
    r"^(?:\W*(?:breaking|title|update)\b\W*)?(?:an?\s+)?(?:[\w'’-]+\s+){0,3}?"
    r"(?P<one>soldier|policeman|officer|general|commander|monarch|pastor|priest|chief|colonel"
    r"|director"
    r"|major|captain|sergeant|farmer|woman|man|student|journalist|leader|lawmaker|politician|child"
    r"|driver|governor|cleric|imam|traditional ruler|teacher|doctor|nurse|councillor|chairman|boy"
    r"|girl|bishop|lecturer|inspector|dpo|corporal|emir|mother|lawyer|banker|trader|herdsman)"
    r"(?:\s*,\s*|\s+(?:and|&)\s+)$",
    _I,
)
_RANKS = ("soldier", "general", "colonel", "major", "captain", "sergeant", "corporal")
"""Whoever has one of these is a soldier."""
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
    r"\s*(?:,|and|&)\s+(?:an?|his|her|their)\s+(?!half|dozen|few|number)(\w+)", _I
)
_NOBODY = re.compile(
    r"\b(?:(?:no[- ]?one|nobody|none)(?:\s+(?:was|were|is|has been|reported))*\s+"
    r"(?:killed|dead|died|dies)|no\s+(?P<whom>(?:\w+\s+){0,2}?)(?:(?:was|were)\s+)?"
    r"(?:killed|deaths?|died|fatalities))\b(?!\s+in\s+(?:vain|response))",
    _I,
)
_DAILY = re.compile(
    r"^\d+\b.*\bincluding\b.*\b(?:loyal|regime|armed)\w*\b.*"
    r"|\b(?:other|different|various) circumstances\b"
    r"|\bkilled[^,]*,? and (?:about |more than )?\d+ .*\bkilled\b",
    _I,
)
"""The dead of a day, as SOHR sums them up over the country."""
_AROUND = re.compile(
    r"\s*(?:read more.*?)?https?://\S+.*$|^\s*(?:update|wrapup|refile|corrected|rpt|\d\w\w (?:ld"
    r"|lead))\b[- ]*\d*-\s*"
    r"|^Title\s+",
    _I | re.DOTALL,
)
"""What stands before or after the words of a headline."""
_SPOILT = re.compile(r"[\"“”]|(?<=haram)(?=kill)", _I)
"""Quotation marks, and a blank that the export of UCDP lost in two words that often meet."""
_HEADS = ("update", "wrapup", "refile", "corrected", "rpt", "1st", "2nd", "3rd", "4th", "title ")


@lru_cache(65536)
def tolls_of(
    headline: str,
    *,
    casualties_are_dead: bool = False,
    provinces: frozenset[str] = frozenset(),
) -> tuple[Toll, ...]:
    """The tolls that a headline tells: none where it gives no number of dead that is sure.

    `casualties_are_dead` is for a publisher that means the dead by "casualties", as SOHR does;
    `provinces` are the names, folded, of which two mean two places.
    """
    folded = headline.lower()
    if not any(mark in folded for mark in TELLS) or len(headline) > LONGEST:
        return ()
    words = headline.replace("\u2019", "'")
    if "http" in folded or folded.startswith(_HEADS):
        words = _AROUND.sub("", words)
    words = " ".join(_SPOILT.sub(" ", words).split())
    if any(mark in folded for mark in ("no ", "no-", "none ", "nobody ")):
        none = _no_one(words)
        if none is not None:
            return (none,)
    numbers = list(numbers_in(words))
    if not numbers:
        return ()
    if any(mark in folded for mark in _RISING_MARKS) and (
        rising := _risen(words, numbers, provinces)
    ):
        return (rising,)
    found = list(numbers_of_dead(words, numbers, casualties=casualties_are_dead))
    tolls = _together(words, found, numbers)
    if not tolls:
        return ()
    several = (
        sums_up(words, provinces)
        or _DAILY.search(words) is not None
        or any(_is_of_a_campaign(words, toll.dead.min) for toll in tolls)
    )
    return tuple(one._replace(aggregate=True) if several else one for one in tolls)


def sums_up(words: str, provinces: frozenset[str] = frozenset()) -> bool:
    """Whether a headline tells of more than one day, place or attack."""
    folded = words.lower()
    if any(mark in folded for mark in SERIES_MARKS) and SERIES.search(words):
        return True
    if any(mark in folded for mark in PLACES_MARKS) and PLACES.search(words):
        return True
    if "raids" in folded and RAIDS.search(words):
        return True
    if any(mark in folded for mark in ATTACKS_MARKS) and ATTACKS.search(AT_ONCE.sub(" ", words)):
        return True
    if two_states(words):
        return True
    return bool(provinces) and len(provinces & words_in(words)) > 1


def _is_of_a_campaign(words: str, dead: int) -> bool:
    """Whether so many dead are rather those of a campaign than of one attack."""
    return dead >= BIG and BIG_CAMPAIGN.search(words) is not None and not ONE_ATTACK.search(words)


def _no_one(words: str) -> Toll | None:
    found = _NOBODY.search(words)
    if found is None:
        return None
    whom = (found["whom"] or "").strip()
    if whom and group_of(whom) not in GROUPS and group_of(whom):
        return None
    return Toll(Count(min=0, max=0, printed=" ".join(found[0].split())), whom)


def _risen(words: str, numbers: list[Number], provinces: frozenset[str]) -> Toll | None:
    """The toll that a number rises to."""
    for number in numbers:
        before = words[: number.begins]
        if number.more or not (
            _TOLL_BEFORE.search(before)
            or (_RAISES_BEFORE.search(before) and _OF_WHAT_TOLL.search(words))
        ):
            continue
        if TOGETHER.search(words):
            return None
        stance = _stance(words, number)
        if stance is None:
            return None
        several = not ONE_ATTACK.search(words) or sums_up(words, provinces)
        # whose dead they are stands too far from a number that rises to be sure
        return Toll(number.dead, "", several, stance)
    return None


def _together(words: str, found: list[TollNumber], numbers: list[Number]) -> tuple[Toll, ...]:
    """The tolls of the numbers: a list as its sum, else each side's own, else an aggregate."""
    if not found:
        return ()
    tolls = [_toll(words, one, numbers, found) for one in found]
    sure = [toll for toll in tolls if toll is not None]
    if not sure or len(sure) < len(tolls):
        return ()
    distinct = list(dict.fromkeys(sure))
    if len(distinct) == 1:
        return (distinct[0],)
    first = distinct[0]
    if all(
        scopes_related(a.scope, b.scope) is Scopes.DISJOINT
        for at, a in enumerate(distinct)
        for b in distinct[at + 1 :]
    ):
        return tuple(distinct)
    return (first._replace(aggregate=True),)


def _toll(
    words: str, one: TollNumber, numbers: list[Number], found: list[TollNumber]
) -> Toll | None:
    """The toll of one number with those that are listed with it; None where it is not sure."""
    parts = [*_listed_before(words, one, numbers, found), (one.number.dead, one.whom)]
    if one.number.start == one.start or one.number.begins == one.start:
        after: list[tuple[Count, str]] = []
    else:
        after = _listed_after(words, one, numbers, found)
    stance = _stance(words, one.number)
    single = _one_before(words, one) if len(parts) == 1 else 0
    rest = words[one.number.end :]
    if stance is None or (_OTHERS.match(rest) and not single and len(parts) == 1):
        return None
    more = _more_after(words, one, after)
    if more is None:
        return None
    whole = parts + after
    if len(whole) == 1 and not single and not more:
        return Toll(one.number.dead, scope_of(one.whom), False, stance)
    scope = _scope_of_all(words, one, [whom for _, whom in whole]) if more == 0 else ""
    return Toll(
        _sum([count for count, _ in whole], single + max(more, 0), more < 0), scope, False, stance
    )


def _scope_of_all(words: str, one: TollNumber, whoms: list[str]) -> str:
    """Whose dead a list is of, where all of it is of one group; empty for people in general."""
    scopes = [scope_of(whom) for whom in whoms]
    groups = {group_of(scope) for scope in scopes}
    if named := _ONE_AND.search(words[: one.start]):
        groups.add(SOLDIERS if named["one"].lower() in _RANKS else group_of(named["one"]))
    return scopes[0] if len(groups) == 1 else ""


def _one_before(words: str, one: TollNumber) -> int:
    """1 where somebody is named before the number without one: "Soldier, 12 others killed"."""
    return 1 if _ONE_AND.search(words[: one.start]) else 0


def _more_after(words: str, one: TollNumber, after: list[tuple[Count, str]]) -> int | None:
    """How many more follow without a numeral ("and a child"): -1 for "and others"."""
    rest = words[one.number.end + len(one.whom) :] if not after else ""
    if one.number.start != one.start and rest and _AND_OTHERS.match(rest):
        return -1
    if found := _A_CHILD.search(one.whom):
        return 1 if group_of(found[1]) in GROUPS else None
    return 0


def _listed_before(
    words: str, one: TollNumber, numbers: list[Number], found: list[TollNumber]
) -> list[tuple[Count, str]]:
    """The numbers that are listed before the one that is followed by "killed"."""
    parts: list[tuple[Count, str]] = []
    start = one.start
    if one.number.begins != one.start or not one.whom.strip():
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
    words: str, one: TollNumber, numbers: list[Number], found: list[TollNumber]
) -> list[tuple[Count, str]]:
    """The numbers that are listed after "kills 2 soldiers": of people, and not of the hurt."""
    parts: list[tuple[Count, str]] = []
    end = one.end
    for later in (number for number in numbers if number.begins >= one.end):
        if not _JOINED.match(words[end : later.begins]) or later.more:
            break
        if any(other.number is later for other in found):
            break
        whom = WHOM.match(words, later.end)
        if whom is None or (
            group_of(scope_of(whom["whom"])) not in GROUPS
            and whom["whom"].strip().lower()
            not in (
                "others",
                "people",
                "persons",
            )
        ):
            break
        if re.match(rf"\s*(?:,|and)?\s*(?:(?:were|was)\s+)?{HURT}", words[whom.end() :], _I):
            break
        parts.append((later.dead, whom["whom"]))
        end = whom.end()
    return parts


def _sum(counts: list[Count], single: int, open_: bool) -> Count:
    """The counts of a list as one."""
    least = sum(count.min for count in counts) + single
    if open_ or any(count.max is None for count in counts):
        return Count(
            min=least, qualifier=Qualifier.AT_LEAST, printed=" + ".join(c.printed for c in counts)
        )
    most = sum(count.max or 0 for count in counts) + single
    exact = all(count.qualifier is Qualifier.EXACT for count in counts)
    between = Qualifier.BETWEEN if most != least else Qualifier.ABOUT
    return Count(
        min=least,
        max=most,
        qualifier=Qualifier.EXACT if exact else between,
        printed=" + ".join([*(c.printed for c in counts), *(["1"] if single else [])]),
    )


def _stance(words: str, number: Number) -> Stance | None:
    """What is done to a number; None where a denial leaves it open: "denies raid that killed 5"."""
    denied = denial_of(words, number.begins)
    if denied is not None:
        return Stance.DENIES if denied is Denied.NUMBER else None
    near = words[max(0, number.begins - 60) : number.end + 60]
    return Stance.HEDGES if HEDGES.search(near) else Stance.ASSERTS
