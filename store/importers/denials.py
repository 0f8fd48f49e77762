"""Denials in a headline: of the event, of the number of dead, or only of a part in it.

"Army denies 40 killed" denies a number, "Police deny report of blast" that it
happened. "Army denies strike that killed 40" denies only whose strike it was:
it says nothing about the number or the strike. An officer who is dismissed
denies nothing, nor does somebody who condemns attempts to deny. If it is not
sure what is denied, it is `NOTHING`.
"""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from store.importers.headline_words import KILLED, KILLS
from store.importers.numbers import numbers_in
from store.importers.speakers import is_title_case


class Denied(Enum):
    """The kinds of things that are denied."""

    NUMBER = "number"
    EVENT = "event"
    ATTACK = "attack"
    """An attack as such: a belligerent denies its own part, anybody else that it happened."""
    NOTHING = "nothing"
    """A part in it, a detail, or something unclear."""


class Denial(NamedTuple):
    """A denial from `start` to `end`: who denies, empty if nobody is named, and what.

    The denial governs the words from `what` on.
    """

    who: str
    of: Denied
    start: int
    what: int
    end: int


_I = re.IGNORECASE
MARKS = (
    *("den", "refut", "debunk", "dismiss", "rubbish", "reject", "disput", "disown", "contest"),
    *("brush", "shrug"),
)
_DENY = re.compile(r"\b(?:deny|denies|denied|denying)\b", _I)
_REFUSE = re.compile(
    r"\b(?:refut(?:es?|ed)|debunk(?:s|ed)?|disput(?:es?|ed)|reject(?:s|ed)?|dismiss(?:es|ed)?"
    r"|rubbish(?:es|ed)|disown(?:s|ed)?|contests?|contested"
    r"|(?:brush(?:es|ed)|shrug(?:s|ged)) off)\b",
    _I,
)
_ENDS = re.compile(
    r"[;:…]|,(?! (?:killing|leaving|wounding|injuring|which|where|in which)\b)"
    r"|\s[-–—]+\s|\s-|\s(?:but|as|while|though|says?|said|admits?|after|insists?|warns?)\b",
    _I,
)
_BOUNDARY = re.compile(r"[,:;–—…]\s*|\s-+\s*|\b(?:but|as|while|though|because|and)\s+", _I)
_SAID_BEFORE = re.compile(
    r"\b(?:sa(?:y|ys|id)|confirm\w*|claim\w*|admit\w*|kill\w*|report\w*)\b", _I
)
_ADVERBS = re.compile(r"\s+(?:also|again|later|strongly|flatly|has|have|had)$", _I)
_LONGEST = 7
"""The most words in the name of a speaker that denies."""
_NONE_BEFORE = re.compile(
    r"\b(?:to|not|cannot|can't|never|don't|doesn't|didn't|won't|nor|neither|of|for|by|who|over"
    r"|without|was|were|is|are|been|being|be|after|while|before|nobody|none|no one)\s+$",
    _I,
)
_NO_DENIAL = re.compile(
    r"\s*(?:the |any |his |her |their |its )?(?:[\w'-]+ )?(?:access|entry|bail|permission|visas?"
    r"|aid|food|water|justice|burial|medical|treatment|request|ransom|freedom|asylum|exit|leave"
    r"|promotion|entrance|parole|passage|rights?|hospital|care)\b",
    _I,
)
_EMPTY = re.compile(
    r"\s*(?:it|this|that|them|all|any|wrongdoing|charges?|claims?|allegations?|reports?"
    r"|accusations?)?\s*$",
    _I,
)
_CLAIM = re.compile(
    r"\s*(?:[^\s\d,]+\s+){0,5}?(?:claims?|reports?|allegations?|accusations?|rumou?rs?|charges?"
    r"|assertions?|statements?|suggestions?|figures?|toll|count|number|numbers|stor(?:y|ies)"
    r"|accounts?|news)\b(?P<rest>.*)",
    _I,
)
_OTHER_MATTER = re.compile(r"\s*(?:against|for|from|to|with)\b", _I)
_OWN = re.compile(
    r"\s*(?:of |that |about |over )*(?:it|they|he|she|its|their|his|her|having|being|any)\b", _I
)
_IT = re.compile(r"\s*(?:of |that )*(?:it|they|he|she|having)\s+(?:has |have |had |been )*", _I)
_NO_NOUN = r"(?!\s+(?:in|at|on|near|by|of|that|which|where)\b|\s*$)"
_PART = re.compile(
    r"\s*(?:of |that |about |over |it |they |he |she |their |its |his |her |any |a |the |having "
    r"|being |was |were |is |are |had |has |have |been |in )*"
    rf"(?:target\w*|hit\w*|bomb(?:ed|ing){_NO_NOUN}"
    rf"|striking|struck|shell(?:ed|ing){_NO_NOUN}|shoot(?:ing)?{_NO_NOUN}|shot|fir(?:ed|ing)"
    r"|kill\w+(?= (?:civilians"
    r"|innocent|protest\w*|villagers|people|women|children))|responsib\w+|involve\w*|roles?|parts?"
    r"|behind|links?|linked|using|use|used|carry\w*|carried|complicity|collusion|knowledge"
    r"|attack(?:ed|ing)|support\w*|plan\w*|negligence|order\w*|caus\w+|master\w*|orchestrat\w*"
    r"|sponsor\w*|fund\w*|arm(?:ed|ing)|perpetrat\w*|plant\w*|instigat\w*|plott\w*|help\w*"
    r"|conduct\w*|launch\w*|commit\w*|hand|blame|guilt|intent\w*|deliberate\w*|stag\w+|raid(?:ed"
    r"|ing)|ambush(?:ed|ing)|torch\w*|burn\w*|loot\w*|rap\w+|us(?:e|ing)|cover\w*|providing"
    r"|provided|presence|existence|abduct\w*|kidnap\w*|tortur\w*)\b",
    _I,
)
_KILLING = re.compile(
    rf"\s*(?:of |that |about |the |it |they |having |he |alleged |mass |any )*(?:{KILLS}|killings?"
    r"|deaths?|murders?|execut\w+|behead\w+|massacring|slaying|los(?:s|ses|ing)|casualties|dead)"
    r"\b",
    _I,
)
_ATTACK = (
    r"(?:attacks?|(?:air[ -]?)?strikes?|raids?|bombings?|bombardments?|blasts?|explosions?"
    r"|shellings?|shootings?|clash(?:es)?|ambush(?:es)?|bombs?|missiles?|rockets?|massacres?"
    r"|atrocit(?:y|ies)|assaults?|incursions?|airstrikes?|genocide)"
)
_OF_ATTACK = re.compile(
    rf"\s*(?:of |that |about |on |over )*(?P<whose>(?:[^\s\d,]+\s+){{0,4}}?){_ATTACK}\b", _I
)
_CLAUSE = re.compile(r"\s+(?:has |have |had )?(?:kill(?:s|ed)|claim(?:s|ed)|left)\b", _I)
_TELLS_DEAD = re.compile(rf"\b(?:{KILLED}|{KILLS}|killings?|deaths?|casualties|losses|dead)\b", _I)
_NAMES = re.compile(r"\b[A-Z][\w-]+")
_BY = re.compile(
    r"\b(?:denied|rejected|dismissed|refuted|rubbished|debunked|disputed) by (?P<who>[^,;:]+?)\s*$",
    _I,
)


@lru_cache(65536)
def denials(words: str) -> tuple[Denial, ...]:
    """The denials of a headline, in their order; few headlines have any."""
    folded = words.lower()
    if not any(mark in folded for mark in MARKS):
        return ()
    return tuple(_denials(words))


def _denials(words: str) -> Iterator[Denial]:
    if (passive := _BY.search(words)) and _CLAIM.match(words[: passive.start()]):
        of = _of_a_claim(words[: passive.start()])
        yield Denial(passive["who"], of, 0, 0, len(words))
        return
    found = [(verb, False) for verb in _DENY.finditer(words)]
    found += [(verb, True) for verb in _REFUSE.finditer(words)]
    for verb, needs_claim in sorted(found, key=lambda one: one[0].start()):
        before = words[: verb.start()]
        ends = _ENDS.search(words, verb.end())
        end = ends.start() if ends else len(words)
        what = re.sub(r"[\"'“”‘’](?!s\b)", " ", words[verb.end() : end])
        participle = verb[0].lower() == "denying"
        if (participle and before.strip()) or _NONE_BEFORE.search(before):
            continue
        if _NO_DENIAL.match(what) or (needs_claim and not _is_refused(verb[0], what)):
            continue
        start = _subject(before)
        who = _ADVERBS.sub("", before[start:].strip())
        if len(who.split()) > _LONGEST:
            who, start = "", verb.start()
        of = _of(what)
        if of is Denied.EVENT and is_title_case(words) and _OF_ATTACK.match(what):
            of = Denied.ATTACK
        yield Denial(who, of, start, verb.end(), end)


def _subject(before: str) -> int:
    """The place at which the name of the speaker begins, before the word of denial."""
    start = 0
    for found in _BOUNDARY.finditer(before):
        # in "Zed and Qor deny" both deny, in "medics confirm and Qor denies" only one
        joins = found[0].strip().lower() == "and"
        if not joins or _SAID_BEFORE.search(before[start : found.start()]):
            start = found.end()
    return start


def _is_refused(verb: str, what: str) -> bool:
    """True if a claim is rejected, and not a case, a plan or a policeman."""
    if found := _CLAIM.match(what):
        return not _OTHER_MATTER.match(found["rest"])
    return verb.lower().startswith(("refut", "debunk", "disput")) and bool(_KILLING.match(what))


def _of(what: str) -> Denied:
    """The kind of thing that is denied, by the words that a denial governs."""
    what = re.sub(r"^\s*to (?:the )?\w+", "", what)
    if _EMPTY.match(what):
        return Denied.NOTHING
    if (claim := _CLAIM.match(what)) and not _PART.match(what):
        return _of_a_claim(what) if claim["rest"].strip() else Denied.NOTHING
    return _of_a_clause(what)


def _of_a_claim(what: str) -> Denied:
    """The kind of thing denied by the denial of somebody's claim."""
    claim = _CLAIM.match(what)
    rest = claim["rest"] if claim else what
    rest = re.sub(r"^\s*by (?:[^\s\d]+ ){1,4}?(?=(?:of|that|about)\b)", " ", rest)
    return _of_a_clause(rest)


def _of_a_clause(what: str) -> Denied:
    """The kind of thing denied in a clause: "that 40 died", "killing 40", "role in raid"."""
    told = _TELLS_DEAD.search(what) is not None and any(True for _ in numbers_in(what))
    if own := _IT.match(what):
        return Denied.NUMBER if told and _KILLING.match(what, own.end()) else Denied.NOTHING
    if _OWN.match(what) or _PART.match(what):
        return Denied.NOTHING
    attack = _OF_ATTACK.match(what)
    if attack and not _TELLS_DEAD.search(attack["whose"]):
        if told:
            return Denied.NUMBER if _CLAUSE.match(what, attack.end()) else Denied.NOTHING
        if _NAMES.search(attack["whose"]):
            return Denied.EVENT
        return Denied.ATTACK
    if told:
        return Denied.NUMBER
    killed = _KILLING.match(what) or re.match(r"\s*(?:of|that)\b", what, _I)
    return Denied.EVENT if killed and _TELLS_DEAD.search(what) else Denied.NOTHING


def denial_of(words: str, at: int) -> Denied | None:
    """The kind of thing denied by the denial over a place in a headline; None if there is none."""
    for one in denials(words):
        if one.what <= at < one.end:
            return one.of
    return None


def without_denials(words: str) -> str:
    """The words of a headline that no denial governs, without the speakers that deny."""
    left, at = [], 0
    for one in denials(words):
        left.append(words[at : one.start])
        at = max(at, one.end)
    left.append(words[at:])
    return _LOOSE.sub("", "".join(left))


_JOINT = r"(?:[\s,;:–—-]|\b(?:but|as|while|and|though)\b)+"
_LOOSE = re.compile(rf"^{_JOINT}|{_JOINT}$", _I)
