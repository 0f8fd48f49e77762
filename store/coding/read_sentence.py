"""The claims that a sentence may make, read by rules: offered to a person, never taken by itself.

Numbers of dead are read by the rule for headlines (`store.importers.tolls`); those of
injured, missing and displaced by the words right after a number. The words are kept as printed.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

import msgspec

from store.analysis.scopes import GROUPS, group_of
from store.coding.offered_claim import SUM_OF, OfferedClaim
from store.importers.headline_scopes import scope_of
from store.importers.headline_words import HURT, KILLED
from store.importers.numbers import Number, numbers_in
from store.importers.toll_lists import OF_FAMILY, PERSON, SUM_SIGN
from store.importers.tolls import Toll, sums_up, tolls_of
from store.model.values import Count
from store.model.vocabulary import EventType, Kind

_I = re.IGNORECASE
_AFTER_NUMBER = (
    r"(?P<whom>(?:\s+(?!(?:and|but|while|who|after|before|when|as|died|killed)\b)"
    r"[^\s\d,.;:()]+){0,6}?)\s+"
)
_BE = (
    r"(?:(?:were|was|are|is|have|has|had|been|remain|still|reported|also|reportedly|lightly"
    r"|slightly|moderately|severely|seriously|critically|badly|gravely)\s+)*"
)
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
_INCLUDING = re.compile(
    r"^(?:(?!injur|wound|hurt|missing|displac|fled)[^.;:])*(?:,\s+|\(|[-–—]\s*)"
    r"(?:among (?:them|whom)|including|of whom|of them)\s+$",
    _I,
)
"""Words between a number of dead and a part of it."""
_OF_DEAD = re.compile(
    r"\s+of\s+(?:the|those|these)\s+(?:dead|killed|slain|victims|fatalities|casualties)\b"
    rf"\s*{_BE}(?P<whom>(?:[^\W\d_]+\s?){{1,2}})?",
    _I,
)
"""A part of the dead: "Ten of the dead were children"."""
_DEAD_WERE = re.compile(
    rf"\s+(?:dead|killed|slain|victims|fatalities)\s+{_BE}(?P<whom>(?:[^\W\d_]+\s?){{1,2}})", _I
)
_OF_OTHERS = re.compile(
    r"\s+(?P<of>of\s+(?:(?:the|those|these)\s+(?:[\w-]+\s+)?(?:wounded|injured|hurt|missing)"
    r"|them|whom))\b",
    _I,
)
"""The dead of people who may be counted in another number: "three of the wounded died"."""
_DIED_NEXT = re.compile(rf"[^,.;]{{0,40}}?\b{KILLED}\b", _I)
_A_PERSON = re.compile(
    r"(?:^|[,;:“\"] ?(?:and |but |while )?|\b(?:said|says|reported)(?: that)? "
    r"|\b(?:and|while|but) )"
    rf"(?P<one>an?) (?:[\w-]+ ){{0,2}}?(?P<who>{PERSON}|civilian|resident|person|villager|worker)"
    r" (?:(?:was|is|has been|had been) (?:also |later |reportedly |shot and )*"
    rf"(?:(?:killed|shot dead|murdered|stabbed to death)|(?P<hurt>wounded|injured|hurt))"
    r"|(?:has |had |later )?died)\b",
    _I,
)
"""One person who is killed or hurt, as the subject of a clause."""
_COUNTED_APART = re.compile(r"^\s+of\b(?!.*\b(?:were|was|are|is|been|remain|still)\b)", _I)
"""Words between a number and those of a kind that only say of whom it counts some."""
_NO_PERSONS = re.compile(
    r"(?:\s+[\w-]+){0,2}?\s+(?:famil(?:y\b(?!\s+\w+s\b)|ies)|households?|homes|houses|tents|villages"
    r"|towns|communities|neighbou?rhoods|districts|camps|schools|hospitals|vehicles|cars|buses)\b",
    _I,
)
"""What is counted where it is no persons: "2,000 families fled"."""
_IN_PLACE = re.compile(r" (?:more |others )?(?:in|at|near) (?:the )?[^\W\d_]+")
_ASIDE = re.compile(
    r",\s+(?:among them|including|most of them|some of them|many of them)\b[^,.;]*,", _I
)
"""A part of the people counted, put between the number and the verb."""
_RETRACTED = re.compile(
    r"\b(?:earlier|previous|original|first|prior) (?:version|edition|report|story|article|headline"
    r"|item|post)s?\b[^.;]*\b(?:said|gave|reported|stated|put|had|read|misstated|claimed)\b"
    r"|\b(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|gave|reported|stated|put|claimed)\b"
    r"|\b(?:earlier|previous) (?:report|figure|toll|count|number)\b[^.;]*\b(?:was|were|is) (?:wrong"
    r"|incorrect|mistaken|false|an error|withdrawn)\b|\bmisstated\b",
    _I,
)
"""Words that take back a number: "an earlier version of this article said that 29"."""
_WERE = re.compile(r"\s+(?:were|was|are|is)(?=\s)", _I)
_HURT_NEXT = re.compile(rf"(?:\s+[^\s\d,.;:()]+){{0,3}}?\s+{HURT}", _I)
_NEXT_PART = re.compile(r"(?P<whom>(?:\s+[^\s\d,.;:()]+){1,3}?)(?:,\s+(?:and\s+)?|\s+and\s+)", _I)
"""Words between two parts of a number of dead: "including 3 children and 4 women"."""
_VERB = re.compile(r"\b(?:were|was|are|is|have|has|had|been|being)\b.*", _I)
_TOTAL = re.compile(r"\b(?:a|the|in) total(?: of)?\b", _I)
"""Words that sum up a headline's days, and in a sentence no more than its number."""
_NEAR = 120
"""The code points before a number in which words about it stand."""
_FIND = r"(?:receiv|recover|count|found|find|retriev|pull|discover|collect|exhum|unearth)"
_BODIES = re.compile(r"\s+(?:dead |more )?(?:bodies|corpses)\b", _I)
_FOUND_BEFORE = re.compile(rf"\b{_FIND}\w*(?: (?!and\b|but\b)[\w-]+){{0,2}}\s+$", _I)
_FOUND_AFTER = re.compile(rf"[^,.;]{{0,40}}?\b(?:was|were|been)\s+(?:\w+\s+)?{_FIND}\w*", _I)
_BODIES_OF = re.compile(r"\b(?:bodies|corpses) of\s+$", _I)
_PUT_AT = re.compile(
    r"\bputs? (?:the )?(?:(?:number|total|count) of (?:(?:the|its|their) )?(?:dead|deaths|people"
    r" killed|those killed|fatalities)|(?:death )?toll)(?: [\w’']+){0,3}? at\s+$",
    _I,
)
_SHORT_WAY = re.compile(rf"(?:(?!\b(?:{HURT}|and)\b)[^.;])*(?:,|\(|\s[-–—])\s*", _I)
_OF_THEM = re.compile(
    rf"\s+of (?:them|whom|those|these)\b(?!(?:(?!\band\b)[^,;.()–—])*\b(?:{KILLED}|{HURT})\b)"
    rf"\s*{_BE}(?P<whom>(?:(?!and\b|but\b|in\b|on\b|at\b|from\b|by\b)[^\W\d_]+\s?){{0,2}})",
    _I,
)
"""A part of the people counted just before: "14 of them children"."""
_WHOM = re.compile(
    r"(?:\s+(?!and\b|but\b|in\b|on\b|at\b|from\b|by\b|was\b|were\b|had\b)[^\s\d,.;:()]+){0,3}"
)

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
        r"|overr[au]n|wrest\w*|retak\w+|retook|(?:has|have|had) taken"
        r"|fell to|fall of|stormed",
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
    text = " ".join(words.split())
    if _RETRACTED.search(text):
        return ()
    numbers = list(numbers_in(text))
    whole = _TOTAL.sub(" ", words)
    tolls = tolls_of(whole) or tolls_of(_ASIDE.sub("", whole)) or _bodies(text, numbers)
    found = list(_dead(text, tolls, numbers))
    counted = [one.dead for one in tolls]
    for number in numbers:
        if number.dead not in counted:
            found += _of_the_hurt(text, number)
    for number in numbers:
        found += _others(text, number)
    found += _single_persons(text, {one.kind for one in found})
    found.sort(key=lambda one: one.kind is not Kind.FATALITIES)
    return tuple(dict.fromkeys(found))


def _of_the_hurt(text: str, number: Number) -> Iterator[OfferedClaim]:
    """The dead of the wounded or missing, beside another number of dead."""
    of = _OF_OTHERS.match(text, number.end)
    if of and of["of"] not in ("of them", "of whom") and _DIED_NEXT.match(text, of.end()):
        yield OfferedClaim(Kind.FATALITIES, number.dead, note=of["of"])


def _single_persons(text: str, counted: Set[Kind]) -> Iterator[OfferedClaim]:
    """A person who is killed or hurt without a number: "A driver was killed"."""
    for found in _A_PERSON.finditer(text):
        kind = Kind.INJURIES if found["hurt"] else Kind.FATALITIES
        if kind not in counted:
            one = Count(min=1, max=1, printed=found["one"])
            yield OfferedClaim(kind, one, scope_of(found["who"]))
            return


def _bodies(text: str, numbers: Sequence[Number]) -> tuple[Toll, ...]:
    """The dead that are counted as bodies, or to whom somebody "puts the toll"."""
    for number in numbers:
        before = text[max(0, number.begins - _NEAR) : number.begins]
        bodies = _BODIES.match(text, number.end)
        found = bodies and (_FOUND_BEFORE.search(before) or _FOUND_AFTER.match(text, bodies.end()))
        of = _BODIES_OF.search(before) and (
            _FOUND_BEFORE.search(before) or _FOUND_AFTER.match(text, number.end)
        )
        if of and not number.more:
            whom = _WHOM.match(text, number.end)
            return (Toll(number.dead, scope_of(whom[0].strip()) if whom else ""),)
        if (found or _PUT_AT.search(before)) and not number.more:
            return (Toll(number.dead),)
    return ()


def _dead(text: str, tolls: Sequence[Toll], numbers: Sequence[Number]) -> Iterator[OfferedClaim]:
    """The numbers of dead: a sum and its parts, or a whole and the parts that are named with it.

    A headline alone leaves open of how many events its number is; a sentence of a report is of
    several only where it names days, places or attacks.
    """
    if not sums_up(_TOTAL.sub(" ", text)):
        tolls = [one._replace(aggregate=False) for one in tolls]
    summed = bool(tolls) and SUM_SIGN in tolls[0].dead.printed
    for toll in tolls:
        note = f"a part of {tolls[0].dead.printed}" if summed else ""
        if toll is tolls[0]:
            note = f"{SUM_OF}{toll.dead.printed}" if summed else ""
        if not summed and (apart := _elsewhere(text, toll, numbers)):
            note = f"without the {apart}"
        if toll.aggregate:
            note = f"{note}; of several events" if note else "of several events"
        dead, scope = toll.dead, toll.scope
        if SUM_SIGN in dead.printed:  # no words of the sentence, so not to be quoted
            dead = msgspec.structs.replace(dead, printed="")
        elif (some := _some_of(text, toll, numbers)) is not None:
            scope, note = some
        yield OfferedClaim(Kind.FATALITIES, dead, scope, toll.aggregate, note)
    if len(tolls) == 1 and not summed:
        yield from _parts(text, tolls[0], numbers)


NO_WHOLE = "no whole toll"
"""The note of a number that counts some of others, whom its scope names."""


def _some_of(text: str, toll: Toll, numbers: Sequence[Number]) -> tuple[str, str] | None:
    """The scope and the note of a number that counts some of others; None if it counts all."""
    end = next((one.end for one in numbers if one.dead == toll.dead), None)
    if end is None:
        return None
    if found := _OF_DEAD.match(text, end):
        return scope_of((found["whom"] or "").strip()), "a part of the dead"
    if found := _OF_OTHERS.match(text, end):
        whose = found["of"].partition(" ")[2]
        scope = whose if " " in whose else "some of them"
        return scope, NO_WHOLE
    return None


def _elsewhere(text: str, toll: Toll, numbers: Sequence[Number]) -> str:
    """The words of a number after this one that counts people of another place; empty without."""
    for before, number in pairwise(numbers):
        joined = text[before.end : number.begins].endswith(" and ")
        if before.dead == toll.dead and joined and (place := _IN_PLACE.match(text, number.end)):
            return text[number.begins : place.end()]
    return ""


def _parts(text: str, whole: Toll, numbers: Sequence[Number]) -> Iterator[OfferedClaim]:
    """The parts that are named right after a number of dead: "14, including 3 children"."""
    note = f"a part of {whole.dead.printed}"
    listed: Number | None = None
    for before, number in pairwise(numbers):
        between = text[before.end : number.begins]
        part, whom = number, ""
        if before.dead == whole.dead and _INCLUDING.search(between):
            listed, whom = number, _whom_of_part(text, number)
        elif before is listed and _NEXT_PART.fullmatch(between):
            whom = _whom_of_part(text, number)
            if group_of(scope_of(whom)) not in GROUPS or _HURT_NEXT.match(text, number.end):
                continue
            listed = number
        elif (
            before.dead == whole.dead
            and _SHORT_WAY.fullmatch(between)
            and (them := _OF_THEM.match(text, number.end))
        ):
            whom = them["whom"]
        elif (
            number.dead == whole.dead
            and between.strip() == "of the"
            and (were := _DEAD_WERE.match(text, number.end))
        ):
            part, whom = before, were["whom"]
        else:
            continue
        scope = scope_of(whom.strip())
        yield OfferedClaim(Kind.FATALITIES, part.dead, scope, whole.aggregate, note)


def _whom_of_part(text: str, number: Number) -> str:
    """The words for the people of a part: "six children", "of whom six were children"."""
    were = _WERE.match(text, number.end)
    whom = _WHOM.match(text, were.end() if were else number.end)
    return whom[0] if whom else ""


def _others(text: str, number: Number) -> Iterator[OfferedClaim]:
    """The injured, missing or displaced that a number counts."""
    if number.more and number.dead.max != number.dead.min:
        return
    lead = text[max(0, number.begins - _NEAR) : number.begins]
    if _NO_PERSONS.match(text, number.end) or OF_FAMILY.search(lead):
        return
    for kind, after in _AFTER:
        if found := after.match(text, number.end):
            if _COUNTED_APART.match(text[number.end : found.end()]):
                return
            whose = _VERB.sub("", found["whom"]).strip()
            yield OfferedClaim(kind, number.dead, scope_of(whose))
            return
    for kind, before in _BEFORE:
        if before.search(text, max(0, number.begins - 24), number.begins):
            whom = _WHOM.match(text, number.end)
            yield OfferedClaim(kind, number.dead, scope_of(whom[0].strip()) if whom else "")
            return


def offered_types(words: str) -> tuple[EventType, ...]:
    """The types of event that the words of a sentence name, the most specific first."""
    return tuple(type for type, pattern in _TYPE_WORDS if pattern.search(words))
