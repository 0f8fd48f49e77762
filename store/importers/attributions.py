"""Origins that headlines name for what they say: "…: monitor", "Turkey says …", "… - Anadolu".

A headline that names nobody is its publisher's own word. Any short phrase in a
speaker's position (before a word of speech, or at the end after a colon or a
dash) is a speaker, known or not; `speakers` resolves who it is. A speaker that
denies something ("…; coalition denies") is not the origin of the rest.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from store.importers.denials import MARKS, Denied, denials, without_denials
from store.importers.headline_starts import UNCLEAR, at_the_start
from store.importers.headline_words import KILLED, TELLS
from store.importers.speaker_phrases import speakers_of_phrase
from store.importers.speakers import NamedSpeaker, SpeakerContext, is_title_case
from store.model.vocabulary import SourceKind

Ways = tuple[tuple[NamedSpeaker, ...], ...]
"""The chains of speakers up to each origin, each from the publisher on."""


class Heard(NamedTuple):
    """The speakers of a headline: of what it reports, of its number of dead, and of its denial.

    `no_event` is true if somebody denies that it happened at all.
    """

    told: Ways = ()
    number: Ways = ()
    denied: Ways = ()
    no_event: bool = False


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
    r"|affirms?|concedes?|conceded|accuses?|accused(?! of)|(?:tells?|told)"
    r"(?= (?:the )?(?:reuters|afp|ap|bbc|cnn|efe|dpa|xinhua|anadolu|al jazeera"
    r"|media|reporters|journalists|state tv|local tv|un)\b)"
    r"|discloses?|condemns?|clarif(?:y|ies)|confirms?)\b(?!\s+(?:killed?|dead|to (?:be|have))\b)"
    rf"|(?:claims?|claimed)\b{_DONE_TO}(?!\s+(?:(?:the )?(?:lives|life)\b|{_NUMBER}))"
    rf"|(?:confirmed|reports?|reported|announced|reveals?|states)\b{_DONE_TO}(?!\s*(?::|\d+[/.]\d|$)))"
)
_SAYS = re.compile(
    rf"(?:^|[,:;–—]\s+|\s-\s*|\bupdate \d+-|\b(?:but|as|while)\s+)"
    rf"(?P<who>{_PHRASE})\s+(?:also\s+)?"
    rf"(?P<verb>{_SPEECH})",
    _I,
)
_TOGETHER_SAY = re.compile(rf"^(?P<who>{_PHRASE},\s+(?:and\s+)?{_PHRASE})\s+{_SPEECH}", _I)
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
"""A speaker that claims a number of dead; a war that claims 12 lives is none."""
_CLAIMS_ATTACK = re.compile(
    r"\bclaim(?:s|ed)?\b(?! (?:that|it|they|he|its)\b)[^,;:\d]*\b(?:responsib\w+|attacks?|blasts?"
    r"|bombings?|raids?|ambush|assault|strikes?|shooting|explosion|bomb)\b[^,;:]*?\b(?:that|which"
    r"|in which|where|as)\b",
    _I,
)
"""A claim of an attack; it does not cover the dead that the headline adds to it."""
_SAID_BY = re.compile(
    rf",\s*(?:says?|said)\s+(?P<who>(?:the\s+)?{_PHRASE})(?=[,;]|\s(?:as|after|while)\b)", _I
)
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
_ANY_NUMBER = re.compile(rf"\b{_NUMBER}", _I)
_ENDS = re.compile(
    r"(?P<mark>\s*[:;]\s*|\s*[–—]\s*|\s+-+\s*|\s-"
    r"|-\s+)(?P<who>[^:;–—\d]{2,70}?)\s*(?:\([^)]*\))?\.?$"
)
_COMMA = re.compile(
    r",\s*(?:(?:says?|said|according to)\s+)?(?P<who>(?:[\w'-]+\s+){0,2}"
    r"(?:monitors?|officials?|sources?|witnesses|residents|activists"
    r"|reports?|medics))(?:\s*(?:\([^)]*\))?)\.?$",
    _I,
)
_GLUED_ON = re.compile(
    r"[a-z]-(?P<who>(?:state |army |military )?(?:police|army|military|sources?|officials?"
    r"|residents"
    r"|witnesses|medics|media|ministry|reuters|afp|anadolu|sana))$",
    _I,
)
_EXAGGERATED = re.compile(
    r"^(?P<who>[^\d:;–—-]{2,40}?)\s+[-–—]\s+.*\b(?:exaggerated|false|untrue|not true|fake|lies)\b",
    _I,
)
_HEAD = re.compile(
    r"^(?:(?:update|wrapup|refile|corrected|rpt|breaking|the latest)\b[- ]*\d*\s*[-:]\s*)+"
    r"|^title\s+",
    _I,
)
_LINES = re.compile("[\u200b-\u200f\u202a-\u202e]")
_TAIL = 90
"""The characters at the end of a headline in which it may name its origin."""
_SPEECH_MARKS = (
    *(f" {mark}" for mark in MARKS),
    *(" say", " said", " claim", " confirm", " admit", " report", " announc", " condemn"),
    *(
        " tell",
        " told",
        " conce",
        " accus",
        " acknowledg",
        " insist",
        " reveal",
        " affirm",
        " disclos",
        " clarif",
        " states",
    ),
)
_END_MARKS = (":", ";", "–", "—", " -", "- ", "…")


@lru_cache(65536)
def may_name_somebody(headline: str) -> bool:
    """True if a headline holds anything by which one names an origin; few do."""
    folded = headline.lower().replace("\n", " ")
    return (
        any(mark in folded for mark in _SPEECH_MARKS)
        or any(mark in folded[-_TAIL - 20 :] for mark in (*_END_MARKS, ",", "-"))
        or any(mark in folded for mark in (":", ")", " - ", " – ", " — ", "according to"))
    )


@lru_cache(65536)
def attributed_to(headline: str, setting: SpeakerContext | str = "") -> Ways:
    """The chains to the origins that a headline names for what it says; empty if it names nobody.

    `setting` holds the facts of the row that resolve "the army", or its country alone.
    """
    found = heard(headline, SpeakerContext(setting) if isinstance(setting, str) else setting)
    return tuple(dict.fromkeys(found.told + found.number + found.denied))


@lru_cache(65536)
def heard(headline: str, where: SpeakerContext) -> Heard:
    """The speakers that a headline names for what it says."""
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
    who = speakers_of_phrase(named_first, headline, where, sure=True) if named_first else []
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
    """True if a speaker may have done what it denies, so that it denies only its part."""
    return who.kind is SourceKind.BELLIGERENT or bool(who.party) or who.name in where.sides


_GOES_ON = re.compile(r"^\s*[,;]?\s*(?:but\s+)?(?:says?|said|admits?|confirms?|insists?)\b", _I)
"""Words with which a speaker that has just denied something says more."""


def _tells_itself(rest: str) -> bool:
    """True if, beside a denial, a headline reports something itself, and not only a topic."""
    return len(re.sub(r"[-–—:]\s*$", "", rest).split()) > 2


def _speaking(words: str, headline: str, where: SpeakerContext) -> Ways:
    """The chains to the speakers of what these words report.

    A wire at the end carries what somebody before it says: "X says … -Anadolu".
    """
    folded = words.lower()
    words = _without_another_number(words, folded)
    ends, says = [], []
    tail = words[-_TAIL:]
    if any(mark in folded[-_TAIL:] for mark in _END_MARKS):
        ends = _at_the_end(tail, headline, where)
    if not ends and "-" in tail and (found := _GLUED_ON.search(tail)):
        ends = speakers_of_phrase(found["who"], headline, where, sure=True)
    if not ends and "," in tail and (found := _COMMA.search(tail)):
        ends = speakers_of_phrase(found["who"], headline, where, sure=True)
    if any(mark in folded for mark in _SPEECH_MARKS):
        says = _saying(words, tail, headline, where)
    if not says and ", sa" in folded:
        says = _said_by(words, headline, where)
    if "according to" in folded and (found := _ACCORDING.search(words)):
        says = speakers_of_phrase(found["who"], headline, where, sure=True) or says
    if not (ends or says) and (found := _EXAGGERATED.search(words)):
        says = speakers_of_phrase(found["who"], headline, where, sure=True)
    if len(ends) == 1 and ends[0].kind is SourceKind.WIRE and says and says != ends:
        return tuple((ends[0], one) for one in says)
    first = []
    if ":" in words or ")" in words:
        first = at_the_start(words, headline, where)
    if first == [UNCLEAR] and (ends or says):
        first = []
    return tuple((one,) for one in first or ends or says)


def _said_by(words: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """The speakers of what comes before them; words after "as" do not count as said by anybody."""
    found = _SAID_BY.search(words)
    if found is None or not any(mark in words[: found.start()].lower() for mark in TELLS):
        return []
    return speakers_of_phrase(found["who"], headline, where, sure=True)


def _without_another_number(words: str, folded: str) -> str:
    """A headline without the separate number that somebody gives at its end."""
    own = _ANOTHER_NUMBER.search(words) if " say" in folded or " said" in folded else None
    if own is None:
        return words
    before = words[: own.start()]
    tells = any(mark in before.lower() for mark in TELLS) and _ANY_NUMBER.search(before)
    return before if tells else words


def _at_the_end(tail: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """The speakers named at the end after a colon or a dash."""
    found = _ENDS.search(tail)
    while found is not None:
        who = re.sub(r"\s+(?:says?|said|say|confirms?|claims?)$", "", found["who"], flags=_I)
        who = re.sub(r"^(?:[\s-]|according to\s|says?\s|said\s)+", "", who, flags=_I)
        # "Homs – Salamiyah": a dash between two names joins them
        joins = ":" not in found["mark"] and _NAME_AT_END.search(tail[: found.start()])
        apart = not (joins and not is_title_case(headline))
        if speakers := speakers_of_phrase(who, headline, where, sure=False, colon=apart):
            return speakers
        found = _ENDS.search(tail, found.start("who"))
    return []


_NAME_AT_END = re.compile(r"\b[A-Z“][\w'’”-]*$")


def _saying(words: str, tail: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """The speakers named before a word of speech."""
    if found := _AT_END.search(tail):
        who = found["who"] or found["after"]
        if speakers := speakers_of_phrase(who, headline, where, sure=True):
            return speakers
    if "claim" in words.lower() and (found := _CLAIMS_DEAD.search(words)):
        speakers = speakers_of_phrase(found["who"], headline, where, sure=False)
        if speakers:
            return speakers
    if "," in words and (together := _TOGETHER_SAY.match(words)):
        speakers = speakers_of_phrase(together["who"], headline, where, sure=False)
        if len(speakers) > 1:
            return speakers
    for found in _SAYS.finditer(words):
        sure = found.start("who") == 0 or not found[0].startswith(",")
        if speakers := speakers_of_phrase(found["who"], headline, where, sure=sure):
            return speakers
    return []
