"""Tolls in headlines, with whose dead they are: a rule, measured in decision 020.

A headline gives no toll, one, or one for each side. For a list that is complete
("2 soldiers, 3 civilians killed") it is the sum. A number that adds to an earlier
one ("one more dies"), a part of the dead ("including 3 women") and the dead
counted together with the wounded are no toll. A number for several events
("in 48 hours", "in two villages") is an aggregate. If it is not sure, the rule
gives nothing.
"""

import re
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from store.analysis.scopes import GROUPS, Scopes, group_of, scopes_related
from store.importers.denials import Denied, denial_of
from store.importers.headline_ages import without_ages
from store.importers.headline_places import words_in
from store.importers.headline_words import (
    AT_ONCE,
    ATTACKS,
    ATTACKS_MARKS,
    BIG,
    BIG_CAMPAIGN,
    HEDGES,
    HEDGES_MARKS,
    HURT,
    KILLED,
    LISTED_PLACES,
    ONE_ATTACK,
    PLACES,
    PLACES_MARKS,
    RAIDS,
    SERIES,
    SERIES_MARKS,
    TELLS,
)
from store.importers.numbers import Number, may_hold_number, numbers_in
from store.importers.rising_tolls import RISING_MARKS, rising_number
from store.importers.speakers import clashes_of_a_state, two_states
from store.importers.toll_lists import listed_dead
from store.importers.toll_numbers import TollNumber, numbers_of_dead
from store.model.values import Count
from store.model.vocabulary import Stance

LONGEST = 600
"""The most characters of a headline that is read; longer texts are no headlines."""


class Toll(NamedTuple):
    """A number of dead that a headline reports.

    `scope` is whose dead they are, in its words, empty for people in general;
    `aggregate` is true if they are of several events. The `stance` is that of
    the speaker that the headline names, else of its publisher.
    """

    dead: Count
    scope: str = ""
    aggregate: bool = False
    stance: Stance = Stance.ASSERTS


_I = re.IGNORECASE
_NOBODY = re.compile(
    r"\b(?:(?:no[- ]?one|nobody|none)(?:\s+(?:was|were|is|has been|reported))*\s+"
    r"(?:killed|dead|died|dies)|not\s+(?:a\s+single|one)\s+(?:person|soul|life)\s+(?:was\s+)?"
    r"(?:killed|lost|died)|no\s+(?P<whom>(?:\w+\s+){0,2}?)(?:(?:was|were)\s+)?"
    r"(?:killed|deaths?|died|fatalities))\b(?!\s+in\s+(?:vain|response))",
    _I,
)
_NOBODY_MARKS = ("no ", "no-", "none ", "nobody ", "not ")
_DAILY = re.compile(
    r"^\d+\b.*\bincluding\b.*\b(?:loyal|regime|armed)\w*\b.*"
    r"|\b(?:other|different|various) circumstances\b"
    r"|\bkilled[^,]*,? and (?:about |more than )?\d+ .*\bkilled\b",
    _I,
)
"""The dead of a day, as SOHR adds them up for the country."""
_AROUND = re.compile(
    r"\s*(?:read more.*?)?https?://\S+.*$|^\s*(?:update|wrapup|refile|corrected|rpt|\d\w\w (?:ld"
    r"|lead))\b[- ]*\d*-\s*"
    r"|^Title\s+",
    _I | re.DOTALL,
)
"""Additions before or after the words of a headline."""
_PART_ASIDE = re.compile(
    r"\s*(?:,|\(|\s[-–—])\s*(?:at least |about |some |more than )?[\w,-]+\s+of\s+"
    rf"(?:them|whom|these|those)\b(?:(?!\b(?:{KILLED}|{HURT})\b)[^,;.()–—])*"
    r"(?:,|\)|\s[-–—](?=\s))",
    _I,
)
"""A part of the people, put between their number and the verb: "60, 14 of them children, died"."""
_SPOILT = re.compile(r"[\"“”]|(?<!\w)['‘](?=\w)|(?<=[^\Ws])'(?!\w)|(?<=haram)(?=kill)", _I)
"""Quotation marks, and a blank that the export of UCDP lost between two common words."""
_OF_HURT = re.compile(
    r"\s+of\s+(?:the|those|these)\s+(?:[\w-]+\s+)?(?:wounded|injured|hurt|missing)\b", _I
)
"""The dead of people who are counted elsewhere: "14 killed, and 3 of the wounded died"."""
_OF_THEM = (" of them", " of whom", " of these", " of those")
_QUOTES = ('"', "“", "”", "'", "‘")
_HEADS = ("update", "wrapup", "refile", "corrected", "rpt", "1st", "2nd", "3rd", "4th", "title ")


@lru_cache(65536)
def tolls_of(
    headline: str,
    *,
    casualties_are_dead: bool = False,
    provinces: frozenset[str] = frozenset(),
) -> tuple[Toll, ...]:
    """The tolls that a headline reports; empty if it gives no number of dead that is sure.

    `casualties_are_dead` is for a publisher that means the dead by "casualties", as SOHR does;
    `provinces` are folded names; two of them in a headline mean two places.
    """
    folded = headline.lower()
    if not any(mark in folded for mark in TELLS) or len(headline) > LONGEST:
        return ()
    nobody = any(mark in folded for mark in _NOBODY_MARKS)
    if not nobody and not may_hold_number(folded):
        return ()
    words = headline.replace("\u2019", "'")
    if "http" in folded or folded.startswith(_HEADS):
        words = _AROUND.sub("", words)
    if any(mark in words for mark in _QUOTES) or "haramkill" in folded:
        words = _SPOILT.sub(" ", words)
    words = without_ages(" ".join(words.split()))
    if any(mark in folded for mark in _OF_THEM):
        words = _PART_ASIDE.sub("", words)
    if nobody and (none := _no_one(words)) is not None:
        return (none,)
    numbers = list(numbers_in(words))
    if not numbers:
        return ()
    if any(mark in folded for mark in RISING_MARKS) and (rising := rising_number(words, numbers)):
        stance = _stance(words, rising)
        several = not ONE_ATTACK.search(words) or sums_up(words, provinces)
        # the words for the dead are too far from a number that rises to be sure
        return (Toll(rising.dead, "", several, stance),) if stance else ()
    found = list(numbers_of_dead(words, numbers, casualties=casualties_are_dead))
    found = [one for one in found if not _OF_HURT.match(words, one.number.end)] or found
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
    """True if a headline reports more than one day, place or attack."""
    folded = words.lower()
    if any(mark in folded for mark in SERIES_MARKS) and SERIES.search(words):
        return True
    if any(mark in folded for mark in PLACES_MARKS) and PLACES.search(words):
        return True
    if "," in words and LISTED_PLACES.search(words):
        return True
    if "raids" in folded and RAIDS.search(words):
        return True
    if any(mark in folded for mark in ATTACKS_MARKS) and ATTACKS.search(AT_ONCE.sub(" ", words)):
        return True
    if two_states(words) or clashes_of_a_state(words):
        return True
    return bool(provinces) and len(provinces & words_in(words)) > 1


def _is_of_a_campaign(words: str, dead: int) -> bool:
    """True if so many dead are rather those of a campaign than of one attack."""
    return dead >= BIG and BIG_CAMPAIGN.search(words) is not None and not ONE_ATTACK.search(words)


def _no_one(words: str) -> Toll | None:
    found = _NOBODY.search(words)
    if found is None:
        return None
    whom = (found["whom"] or "").strip()
    if whom and group_of(whom) not in GROUPS and group_of(whom):
        return None
    return Toll(Count(min=0, max=0, printed=" ".join(found[0].split())), whom)


def _together(words: str, found: list[TollNumber], numbers: list[Number]) -> tuple[Toll, ...]:
    """The tolls of the numbers: a list as its sum and parts, else each side's own."""
    lists = []
    for one in found:
        listed = listed_dead(words, one, numbers, found)
        if not listed:
            return ()
        stance = _stance(words, one.number)
        if stance is None:
            return ()
        lists.append([Toll(part.dead, part.scope, stance=stance) for part in listed])
    wholes = list(dict.fromkeys(tolls[0] for tolls in lists))
    if len(wholes) == 1:
        return tuple(lists[0])
    if all(scopes_related(a.scope, b.scope) is Scopes.DISJOINT for a, b in combinations(wholes, 2)):
        return tuple(wholes)
    return (wholes[0]._replace(aggregate=True),) if wholes else ()


def _stance(words: str, number: Number) -> Stance | None:
    """The stance on a number; None if a denial leaves it open: "denies raid that killed 5"."""
    denied = denial_of(words, number.begins)
    if denied is not None:
        return Stance.DENIES if denied is Denied.NUMBER else None
    folded = words.lower()
    if not any(mark in folded for mark in HEDGES_MARKS):
        return Stance.ASSERTS
    near = words[max(0, number.begins - 60) : number.end + 60]
    return Stance.HEDGES if HEDGES.search(near) else Stance.ASSERTS
