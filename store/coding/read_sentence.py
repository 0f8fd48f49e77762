"""The claims that a sentence may make, read by rules: offered to a person, never taken by itself.

Numbers of dead are read by the rule for headlines (`store.importers.tolls`); those of
injured, missing and displaced by the words right after a number. The words are kept as printed.
"""

import re
from collections.abc import Iterator

from store.coding.offered_claim import OfferedClaim
from store.importers.denials import denials
from store.importers.headline_scopes import scope_of
from store.importers.headline_words import HEDGES
from store.importers.numbers import Number, numbers_in
from store.importers.tolls import tolls_of
from store.model.vocabulary import EventType, Kind, Stance

_I = re.IGNORECASE
_AFTER_NUMBER = r"(?P<whom>(?:\s+(?!and\b|but\b|while\b|who\b)[^\s\d,.;:()]+){0,6}?)\s+"
_BE = r"(?:(?:were|was|are|is|have|has|had|been|remain|still|reported|also)\s+)*"
_COUNTED = (
    (Kind.INJURIES, rf"{_BE}(?:injured|wounded|hurt|injuries|wounds)\b"),
    (Kind.MISSING, rf"{_BE}(?:missing|unaccounted for|disappeared)\b"),
    (
        Kind.DISPLACED,
        rf"{_BE}(?:newly |internally )?(?:displaced|uprooted|fled|fleeing|evacuated|driven from)\b",
    ),
)
_AFTER = tuple((kind, re.compile(_AFTER_NUMBER + words, _I)) for kind, words in _COUNTED)
_BEFORE = (
    (Kind.INJURIES, re.compile(r"\b(?:injur|wound)(?:ing|ed|es|s)\s+(?:the\s+)?$", _I)),
    (Kind.DISPLACED, re.compile(r"\b(?:displac|uproot)(?:ing|ed|es)\s+(?:the\s+)?$", _I)),
)
_ASIDE = re.compile(
    r",\s+(?:among them|including|most of them|some of them|many of them)\b[^,.;]*,", _I
)
"""A part of the people counted, put between the number and the verb."""
_WHOM = re.compile(r"(?:\s+(?!and\b|but\b|in\b|on\b|at\b|from\b|by\b)[^\s\d,.;:()]+){0,3}")

_TYPES: tuple[tuple[EventType, str], ...] = (
    (
        EventType.AIR_STRIKE,
        r"air ?-?strikes?|airstrikes?|warplanes?|air raids?|bombed from the air",
    ),
    (
        EventType.SHELLING,
        r"shell(?:ed|ing|s)|artillery|rocket (?:fire|attack)s?|missiles?|mortars?",
    ),
    (EventType.EXPLOSION, r"car bombs?|explosions?|blasts?|ied|landmines?|suicide bomb\w*"),
    (
        EventType.CAPTURE,
        r"captur(?:e[sd]?|ing)|seiz(?:e[sd]?|ing)|took control|taken control|takes? over|took over"
        r"|overr[au]n|wrest\w*|retak\w+|fell to|fall of|stormed",
    ),
    (EventType.WITHDRAWAL, r"withdr[ae]w\w*|pull(?:ed|s)? (?:out|back)|retreat\w*|redeploy\w*"),
    (EventType.CLASH, r"clash(?:es|ed)?|fighting|fought|battles?|firefights?|gun battles?"),
    (
        EventType.ADVANCE,
        r"advanc(?:e[sd]?|ing)|push(?:ed|es)? (?:into|towards?|south|north|on)"
        r"|enter(?:ed|s)|reached the",
    ),
    (EventType.OFFENSIVE, r"offensive|launched an? (?:attack|assault|operation)"),
    (EventType.ARREST, r"arrest\w*|detain\w*|captured alive"),
    (EventType.PRISON_RELEASE, r"(?:freed|released) (?:\w+ )?(?:prisoners|detainees|inmates)"),
    (EventType.DISPLACEMENT, r"displac\w+|fled|flee(?:ing|s)?|evacuat\w+"),
    (EventType.PROTEST, r"protest\w*|demonstrat\w+|rall(?:y|ied)"),
    (EventType.AGREEMENT, r"cease-?fire|truce|agreements?|signed"),
    (EventType.REINFORCEMENT, r"reinforc\w+|sent (?:more )?troops"),
    (EventType.SANCTION, r"sanction\w*|designat\w+"),
    (EventType.DISRUPTION, r"power cuts?|closed the (?:road|airport|highway)|cut off"),
    (EventType.CASUALTIES, r"kill(?:ed|s|ing)?|dead|deaths?|died|casualties"),
    (EventType.DIPLOMACY, r"met with|talks|summit|negotiat\w+|phone call"),
    (EventType.STATEMENT, r"said|says|warn\w*|condemn\w*|called (?:on|for)|announced|denied"),
)
_TYPE_WORDS = tuple((type, re.compile(rf"\b(?:{words})\b", _I)) for type, words in _TYPES)


def offered_counts(words: str) -> tuple[OfferedClaim, ...]:
    """The numbers of people that a sentence gives, the dead first, each once."""
    tolls = tolls_of(words) or tolls_of(_ASIDE.sub("", words))
    found = [OfferedClaim(Kind.FATALITIES, toll.dead, toll.scope, toll.aggregate) for toll in tolls]
    text = " ".join(words.split())
    for number in numbers_in(text):
        found += _others(text, number)
    return tuple(dict.fromkeys(found))


def _others(text: str, number: Number) -> Iterator[OfferedClaim]:
    """The injured, missing or displaced that a number counts."""
    if number.more and number.dead.max != number.dead.min:
        return
    for kind, after in _AFTER:
        if found := after.match(text, number.end):
            yield OfferedClaim(kind, number.dead, scope_of(found["whom"].strip()))
            return
    for kind, before in _BEFORE:
        if before.search(text, max(0, number.begins - 24), number.begins):
            whom = _WHOM.match(text, number.end)
            yield OfferedClaim(kind, number.dead, scope_of(whom[0].strip()) if whom else "")
            return


def offered_stance(words: str) -> Stance:
    """The stance that a sentence seems to have: denies, hedges, else asserts."""
    if denials(words):
        return Stance.DENIES
    return Stance.HEDGES if HEDGES.search(words) else Stance.ASSERTS


def offered_types(words: str) -> tuple[EventType, ...]:
    """The types of event that the words of a sentence name, the most specific first."""
    return tuple(type for type, pattern in _TYPE_WORDS if pattern.search(words))
