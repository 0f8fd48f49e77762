"""Whose word a headline is, where it says so: "…: monitor", "Turkey says …", "… - Anadolu".

A headline that names nobody is its publisher's own word. Any short phrase that
stands where speakers stand (before a word of speech, or at the end after a
colon or a dash) is one, known or not; `speakers` tells who it is. Who denies
something ("…; coalition denies") is not whose word the rest is.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from store.importers.denials import MARKS, Denied, denials, without_denials
from store.importers.headline_words import KILLED, TELLS
from store.importers.speakers import (
    GOVERNMENT,
    NOUNS,
    NamedSpeaker,
    SpeakerContext,
    is_known,
    is_title_case,
    named,
    nation_of,
    speaker,
)
from store.model.vocabulary import SourceKind

Ways = tuple[tuple[NamedSpeaker, ...], ...]
"""The ways to origins, each from the publisher on."""


class Heard(NamedTuple):
    """Whose word a headline is: of what it tells, of its number of dead, and of what it denies.

    `no_event` is whether somebody denies that it happened at all.
    """

    told: Ways = ()
    number: Ways = ()
    denied: Ways = ()
    no_event: bool = False


UNCLEAR = NamedSpeaker("an unclear speaker", SourceKind.UNNAMED)
"""Who speaks where it is somebody, but nobody can tell who."""

_I = re.IGNORECASE
_WORD = r"(?!-+\s)[^\s\d,;:–—()]+"
_PHRASE = rf"(?:{_WORD}\s+){{0,5}}?{_WORD}"
_NUMBER = (
    r"(?:at least|more than|over|another|dozens|scores|hundreds|many|several|\d|(?:one|two|three"
    r"|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety)\b)"
)
_DONE_TO = (
    r"(?!\s+(?:dead|killed|missing|injured|wounded|slain|to (?:be|have)|in|by|at|on|as|from|near"
    r"|of)\b)"
)
_SPEECH = (
    r"(?:(?:says?|said|insists?|announces?|admits?|admitted|acknowledges?"
    r"|affirms?|concedes?|conceded|(?:tells?|told)(?= (?:the )?(?:reuters|afp|ap|bbc|cnn|efe|dpa"
    r"|xinhua|anadolu|al jazeera|media|reporters|journalists|state tv|local tv|un)\b)"
    r"|discloses?|condemns?|clarif(?:y|ies)|confirms?)\b(?!\s+(?:killed?|dead|to (?:be|have))\b)"
    rf"|(?:claims?|claimed)\b{_DONE_TO}(?!\s+(?:(?:the )?(?:lives|life)\b|{_NUMBER}))"
    rf"|(?:confirmed|reports?|reported|announced|reveals?|states)\b{_DONE_TO}(?!\s*(?:\d+[/.]\d|$)))"
)
_SAYS = re.compile(
    rf"(?:^|[,:;–—]\s+|\s-\s*|\bupdate \d+-|\b(?:but|as|while)\s+)"
    rf"(?P<who>(?:{_PHRASE},\s+(?:and\s+)?)?{_PHRASE})\s+(?:also\s+)?"
    rf"(?P<verb>{_SPEECH})",
    _I,
)
_AT_END = re.compile(
    rf"(?:[,:;–—…]|\s-+)\s*(?:(?P<who>{_PHRASE}(?:\s*(?:,|and|&)\s*{_PHRASE})?)\s+(?:says?|said"
    rf"|confirms?)"
    rf"|(?:says?|said)\s+(?P<after>{_PHRASE}))\.?$",
    _I,
)
_CLAIMS_DEAD = re.compile(
    rf"(?:^|[,:;–—]\s+|\s-\s*)(?P<who>{_PHRASE})\s+claim(?:s|ed)?\s+(?:that\s+)?(?:{_NUMBER}[^\s;]*)"
    rf"(?:\s+[^\s,;]+){{0,5}}?\s+(?:{KILLED}|deaths)\b",
    _I,
)
"""Who claims a number of dead; a war that claims 12 lives is nobody."""
_CLAIMS_ATTACK = re.compile(
    r"\bclaim(?:s|ed)?\b(?! (?:that|it|they|he|its)\b)[^,;:\d]*\b(?:responsib\w+|attacks?|blasts?"
    r"|bombings?|raids?|ambush|assault|strikes?|shooting|explosion|bomb)\b[^,;:]*?\b(?:that|which"
    r"|in which|where|as)\b",
    _I,
)
"""Who claims an attack says nothing of the dead that the headline adds to it."""
_ACCORDING = re.compile(
    rf"\baccording to (?P<who>(?:the\s+)?{_PHRASE})(?=\.?$|[,;:]|\s-|\s(?:as|after|while)\b)", _I
)
_ANOTHER_NUMBER = re.compile(
    rf"\s*(?:[,;]|\b(?:but|while)\b)\s*(?:but\s+|while\s+)?{_PHRASE}\s+(?:says?|said)\s+"
    r"(?:(?:toll|at least|more than|up to|over|nearly|about|it was|it is|is|was|at)\s+)*"
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores"
    r"|hundreds)(?:\s+(?:dead|killed|died|people|civilians))*\.?$",
    _I,
)
"""Somebody's own number at the end: "…; mayor says 11"."""
_ENDS = re.compile(
    r"(?P<mark>\s*[:;]\s*|\s*[–—]\s*|\s+-+\s*|\s-"
    r"|-\s+)(?P<who>[^:;–—\d]{2,70}?)\s*(?:\([^)]*\))?\.?$"
)
_COMMA = re.compile(
    r",\s*(?:(?:says?|said|according to)\s+)?(?P<who>(?:[\w'-]+\s+){0,2}(?:monitors?|officials?|sources?|witnesses|residents|activists"
    r"|reports?|medics))(?:\s*(?:\([^)]*\))?)\.?$",
    _I,
)
_GLUED_ON = re.compile(
    r"[a-z]-(?P<who>(?:state |army |military )?(?:police|army|military|sources?|officials?"
    r"|residents"
    r"|witnesses|medics|media|ministry|reuters|afp|anadolu|sana))$",
    _I,
)
_STARTS = re.compile(r"^(?P<who>[^\d:;)–—]{2,60}?)\s*[:)](?!\s*$)(?P<said>.*)", _I)
_NO_START = re.compile(
    r"\b(?:state|church|hospital|court|school|embassy|headquarters|families|family|drivers?"
    r"|students?|teachers?|nurse|soldiers?|troops|militants?|militias?|fighters?|rebels|exclusive"
    r"|survivors?|party|mission|company|owner|group(?<!monitoring group)(?<!resistance group)"
    r"(?<!rights group)|users?|story|press (?:release|text|statement)|inquiry|parents|relatives"
    r"|(?:special|full|weekly|daily|annual|situation|nigeria|country) report|priest|bishop|pastor|to (?:army|police|military)|union|eye witness|study|survey)$",
    _I,
)
"""Words of speakers that before a colon are rather what is told about, or where."""
_TOPICS = frozenset(("Boko Haram", "IS", "Ansaru", "MEND", "AQIM", "al-Shabaab", "FARC", "LTTE"))
"""Groups whose name before a colon is what the headline is about, as the press writes."""
_EXAGGERATED = re.compile(
    r"^(?P<who>[^\d:;–—-]{2,40}?)\s+[-–—]\s+.*\b(?:exaggerated|false|untrue|not true|fake|lies)\b",
    _I,
)
_NO_SPEAKER = re.compile(
    r"\b(?:kill\w*|dead|deaths?|died|dies?|attack\w*|blasts?|clash\w*|bomb\w*|explo\w*|raid\w*"
    r"|strikes?"
    r"|airstrikes?|wound\w*|injur\w*|massacre\w*|violence|shell\w*|fighting|war|battle\w*|murder\w*"
    r"|toll|casualt\w*|as|after|amid|when|how|why|what|where|is|are|was|were|has|have|had|will"
    r"|fresh|more|many|no|not|who|that|this|these|there|update|live|video|photos?|pictures?"
    r"|breaking|including|among|mostly|half"
    r"|in|on|at|near|by|with|into|against|for|burnt?|mass|kidnap\w*|abduct\w*|hostages?|crisis"
    r"|agreement|truce|cease-?fire|operations?|campaign|offensive|countryside|city|town|village"
    r"|area"
    r"|province|governorate|borders?|highway|road|triangle|deal|zone|rift|movements?|meeting"
    r"|situation"
    r"|school|story|special|second|must|speaks|meets|seeks|stop|tells|content|axis|mountains?"
    r"|statement on|curfew|tension|unrest|exclusive|opinion|editorial|analysis|yesterday|today"
    r"|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday)\b",
    _I,
)
"""Words of a phrase that is no speaker's."""
_HEAD = re.compile(
    r"^(?:(?:update|wrapup|refile|corrected|rpt|breaking|the latest)\b[- ]*\d*\s*[-:]\s*)+"
    r"|^title\s+",
    _I,
)
_LINES = re.compile("[\u200b-\u200f\u202a-\u202e]")
_GLUED = re.compile(r"\b(?:of|for) (?:the )?", _I)
_LONGEST = 6
"""Words of a speaker's phrase."""
_TAIL = 90
"""Characters at the end of a headline in which it may say whose word it is."""
_SPEECH_MARKS = (
    *(f" {mark}" for mark in MARKS),
    *(" say", " said", " claim", " confirm", " admit", " report", " announc", " condemn"),
    *(" tell", " told", " conce", " acknowledg", " insist", " reveal", " affirm", " disclos", " clarif", " states"),
)
_END_MARKS = (":", ";", "–", "—", " -", "- ", "…")


@lru_cache(65536)
def may_name_somebody(headline: str) -> bool:
    """Whether a headline holds anything by which one names an origin; few do."""
    folded = headline.lower().replace("\n", " ")
    return (
        any(mark in folded for mark in _SPEECH_MARKS)
        or any(mark in folded[-_TAIL - 20 :] for mark in (*_END_MARKS, ",", "-"))
        or any(mark in folded for mark in (":", ")", " - ", " – ", " — ", "according to"))
    )


@lru_cache(65536)
def attributed_to(headline: str, setting: SpeakerContext | str = "") -> Ways:
    """The ways to whom a headline names as the origin of what it says; none where it names nobody.

    `setting` is what of the row tells who "the army" is, or its country alone.
    """
    found = heard(headline, SpeakerContext(setting) if isinstance(setting, str) else setting)
    return tuple(dict.fromkeys(found.told + found.number + found.denied))


@lru_cache(65536)
def heard(headline: str, where: SpeakerContext) -> Heard:
    """Whose word a headline is, where it says so."""
    words = _HEAD.sub("", " ".join(_LINES.sub("", headline).replace("\u2019", "'").split()))
    if not words.isupper():
        words = re.sub(r"\bWHO\b", "World Health Organization", words)
    denied = denials(words)
    if not denied:
        told = _speaking(words, headline, where)
        return Heard(told, () if _CLAIMS_ATTACK.search(words) else told)
    rest = without_denials(words)
    told = _speaking(rest, headline, where)
    named_first = next((one.who for one in denied if one.who), "")
    who = _all(named_first, headline, where, sure=True) if named_first else []
    deniers = tuple((one,) for one in who)
    if not told and deniers and _GOES_ON.search(words[denied[0].end :]):
        told = deniers
    if not told and not _tells_itself(rest):
        told = ((UNCLEAR,),)
    fights = any(_fights(one, where) for one in who)
    no_event = any(
        one.of is Denied.EVENT or (one.of is Denied.ATTACK and not fights) for one in denied
    )
    return Heard(told, told, deniers or told or ((UNCLEAR,),), no_event)


def _fights(who: NamedSpeaker, where: SpeakerContext) -> bool:
    """Whether a speaker may have done what it denies, so that it denies only its part."""
    return who.kind is SourceKind.BELLIGERENT or bool(who.party) or who.name in where.sides


_GOES_ON = re.compile(r"^\s*[,;]?\s*(?:but\s+)?(?:says?|said|admits?|confirms?|insists?)\b", _I)
"""Who denied before says more."""


def _tells_itself(rest: str) -> bool:
    """Whether beside a denial a headline tells something of its own, and not a topic alone."""
    return len(re.sub(r"[-–—:]\s*$", "", rest).split()) > 2


def _speaking(words: str, headline: str, where: SpeakerContext) -> Ways:
    """The ways to whoever says what these words tell.

    A wire at its end carries what somebody says before it: "X says … -Anadolu".
    """
    if (
        (another := _ANOTHER_NUMBER.search(words))
        and any(mark in words[: another.start()].lower() for mark in TELLS)
        and re.search(rf"\b{_NUMBER}", words[: another.start()], _I)
    ):
        words = words[: another.start()]
    folded = words.lower()
    ends, says = [], []
    tail = words[-_TAIL:]
    if any(mark in folded[-_TAIL:] for mark in _END_MARKS):
        ends = _at_the_end(tail, headline, where)
    if not ends and "-" in tail and (found := _GLUED_ON.search(tail)):
        ends = _all(found["who"], headline, where, sure=True)
    if not ends and "," in tail and (found := _COMMA.search(tail)):
        ends = _all(found["who"], headline, where, sure=True)
    if any(mark in folded for mark in _SPEECH_MARKS):
        says = _saying(words, tail, headline, where)
    if "according to" in folded and (found := _ACCORDING.search(words)):
        says = _all(found["who"], headline, where, sure=True) or says
    if not (ends or says) and (found := _EXAGGERATED.search(words)):
        says = _all(found["who"], headline, where, sure=True)
    if len(ends) == 1 and ends[0].kind is SourceKind.WIRE and says and says != ends:
        return tuple((ends[0], one) for one in says)
    first = []
    if (":" in words or ")" in words) and (found := _STARTS.match(words)):
        first = _at_the_start(found["who"], headline, where)
    if first == [UNCLEAR] and (ends or says):
        first = []
    return tuple((one,) for one in first or ends or says)


def _at_the_start(phrase: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """Who stands before a colon: a speaker, or what the headline is about, or where.

    The government of a state at war with another speaks by the name of its capital;
    its own name may as well say where it happened.
    """
    folded = re.sub(r"^(?:the|update|breaking)\s+", "", phrase.strip(" '\"").lower())
    if nation := nation_of(folded):
        at_war = sum(side.startswith(GOVERNMENT) for side in where.sides) > 1
        abroad = nation != GOVERNMENT + where.country
        if nation not in where.sides or not (at_war or abroad or folded in _NO_PLACES):
            return []
        actor = nation.removeprefix(GOVERNMENT).casefold()
        return [UNCLEAR] if actor.startswith(folded) else [speaker(phrase, headline, where)]
    who = speaker(phrase, headline, where)
    if who.name in _TOPICS:
        return []
    if is_known(folded, where):
        return [who]
    if _NO_START.search(phrase) or not NOUNS.search(phrase):
        return []
    return _all(phrase, headline, where, sure=True)


_NO_PLACES = ("kremlin", "washington")
"""Names of a state's government that are not where something of its war happens."""


def _at_the_end(tail: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """Who stands at the end after a colon or a dash."""
    found = _ENDS.search(tail)
    while found is not None:
        who = re.sub(r"\s+(?:says?|said|say|confirms?|claims?)$", "", found["who"], flags=_I)
        who = re.sub(r"^(?:[\s-]|according to\s|says?\s|said\s)+", "", who, flags=_I)
        # "Homs – Salamiyah": a dash between two names joins them
        joins = ":" not in found["mark"] and _NAME_AT_END.search(tail[: found.start()])
        apart = not (joins and not is_title_case(headline))
        if speakers := _all(who, headline, where, sure=False, colon=apart):
            return speakers
        found = _ENDS.search(tail, found.start("who"))
    return []


_NAME_AT_END = re.compile(r"\b[A-Z“][\w'’”-]*$")


def _saying(words: str, tail: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """Who stands before a word of speech."""
    if found := _AT_END.search(tail):
        who = found["who"] or found["after"]
        if speakers := _all(who, headline, where, sure=True):
            return speakers
    if "claim" in words.lower() and (found := _CLAIMS_DEAD.search(words)):
        if speakers := _all(found["who"], headline, where, sure=False):
            return speakers
    for found in _SAYS.finditer(words):
        sure = found.start("who") == 0 or not found[0].startswith(",")
        if speakers := _all(found["who"], headline, where, sure=sure):
            return speakers
    return []


def _all(
    phrase: str, headline: str, where: SpeakerContext, *, sure: bool, colon: bool = False
) -> list[NamedSpeaker]:
    """The speakers of a phrase, each once; none where a part of it can be none.

    Before a comma and who speaks may stand the end of what is said: "…, dozens hurt, officials say".
    """
    if sure and "," in phrase:
        first, _, last = phrase.rpartition(",")
        sure = False
        if not _may_speak(first.strip(), where, sure=False, colon=False):
            phrase = re.sub(r"^\s*(?:and|&)\s+", "", last)
    parts = [part for part in re.split(r"\s*(?:,|\band\b|&)\s*", phrase) if part.strip()]
    colon = colon and (len(parts) < 2 or phrase.islower())
    if not parts or not all(_may_speak(part, where, sure=sure, colon=colon) for part in parts):
        return []
    return list(dict.fromkeys(speaker(part, headline, where) for part in parts))


_SOMEWHERE = re.compile(
    r"^(?P<who>.+?)\s+(?:in|at|on|near|for|from)\s+(?:the\s+)?(?:[A-Z][\w'-]*\s*){1,3}$"
)
"""A speaker with the place where he is: "Mayor in Mali"."""


@lru_cache(8192)
def _may_speak(phrase: str, where: SpeakerContext, *, sure: bool, colon: bool) -> bool:
    """Whether a phrase can be a speaker's; `sure` where a word of speech says that it is one."""
    words = phrase.strip(" '\".")
    if " - " in words or words.endswith(("!", "?")):
        return False
    if sure and (there := _SOMEWHERE.match(words)) and NOUNS.search(there["who"]):
        words = there["who"]
    if not words or len(words.split()) > _LONGEST:
        return False
    folded = re.sub(r"^(?:an?|the)\s+", "", words.lower())
    if named(folded) or folded in (side.casefold() for side in where.sides):
        return True
    if _NO_SPEAKER.search(words):
        return False
    if sure or NOUNS.search(words):
        return True
    who = speaker(words, "", where)
    if who.kind is not SourceKind.UNNAMED:
        return True
    if not colon or _GLUED.search(words) or folded == where.country.casefold():
        return False
    return len(words.split()) <= 3
