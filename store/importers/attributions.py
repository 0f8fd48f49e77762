"""Whose word a headline is, where it says so: "…: monitor", "Turkey says …", "… - Anadolu".

A headline that names nobody is its publisher's own word. Any short phrase that
stands where speakers stand (before a word of speech, or at the end after a
colon or a dash) is one, known or not; `speakers` tells who it is.
"""

import re
from functools import lru_cache

from store.importers.speakers import NOUNS, NamedSpeaker, SpeakerContext, named, speaker
from store.model.vocabulary import SourceKind

_I = re.IGNORECASE
_WORD = r"[^\s\d,;:–—()]+"
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
    r"(?:(?:says?|said|insists?|announces?|denies|denied|deny|admits?|admitted|acknowledges?"
    r"|affirms?"
    r"|discloses?|condemns?|clarif(?:y|ies)|confirms?)\b(?!\s+(?:killed?|dead|to (?:be|have))\b)"
    rf"|(?:claims?|claimed)\b{_DONE_TO}(?!\s+(?:(?:the )?(?:lives|life)\b|{_NUMBER}))"
    rf"|(?:confirmed|reports?|reported|announced|reveals?|states)\b{_DONE_TO})"
)
_SAYS = re.compile(
    rf"(?:^|[,:;–—]\s+|\s-\s*|\bupdate \d+-|\b(?:but|as|while)\s+)(?P<who>{_PHRASE})\s+(?:also\s+)?"
    rf"(?P<verb>{_SPEECH})",
    _I,
)
_AT_END = re.compile(
    rf"(?:[,:;–—…]|\s-+)\s*(?:(?P<who>{_PHRASE}(?:\s*(?:,|and|&)\s*{_PHRASE})?)\s+(?:says?|said"
    rf"|confirms?)"
    rf"|(?:says?|said)\s+(?P<after>{_PHRASE}))\.?$",
    _I,
)
_ACCORDING = re.compile(rf"\baccording to (?P<who>(?:the\s+)?{_PHRASE})\.?$", _I)
_ENDS = re.compile(
    r"(?P<mark>\s*[:;]\s*|\s*[–—]\s*|\s+-+\s*|\s-"
    r"|-\s+)(?P<who>[^:;–—\d]{2,70}?)\s*(?:\([^)]*\))?\.?$"
)
_COMMA = re.compile(
    r",\s*(?P<who>(?:[\w'-]+\s+){0,2}(?:monitors?|officials?|sources?|witnesses|residents|activists"
    r"|reports?|medics))(?:\s*(?:\([^)]*\))?)\.?$",
    _I,
)
_GLUED_ON = re.compile(
    r"[a-z]-(?P<who>(?:state |army |military )?(?:police|army|military|sources?|officials?"
    r"|residents"
    r"|witnesses|medics|media|ministry|reuters|afp|anadolu|sana))$",
    _I,
)
_STARTS = re.compile(
    r"^(?P<who>SOHR|(?:Syrian )?Observatory|Police|Army|Military|Officials?|Ministry|Witnesses"
    r"|Residents"
    r"|Monitors?|(?:\w+ )?(?:police|army|military|ministry|sources?|officials?|state (?:media"
    r"|news|tv)))\s*[:)](?!\s*$)",
    _I,
)
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
    r"|breaking"
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
    *(" say", " said", " claim", " confirm", " den", " admit", " report", " announc", " condemn"),
    *(" acknowledg", " insist", " reveal", " affirm", " disclos", " clarif", " states"),
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
def attributed_to(
    headline: str, setting: SpeakerContext | str = ""
) -> tuple[tuple[NamedSpeaker, ...], ...]:
    """The ways to whom a headline names as the origin of what it says; none where it names nobody.

    A wire at its end carries what somebody says before it: "X says … -Anadolu".
    `setting` is what of the row tells who "the army" is, or its country alone.
    """
    where = SpeakerContext(setting) if isinstance(setting, str) else setting
    words = _HEAD.sub("", " ".join(_LINES.sub("", headline).replace("\u2019", "'").split()))
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
        first = _all(found["who"], headline, where, sure=True)
    return tuple((one,) for one in first or ends or says)


def _at_the_end(tail: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """Who stands at the end after a colon or a dash."""
    found = _ENDS.search(tail)
    while found is not None:
        who = re.sub(r"\s+(?:says?|said|confirms?|claims?)$", "", found["who"], flags=_I)
        who = re.sub(r"^(?:[\s-]|according to\s)+", "", who, flags=_I)
        # "Homs – Salamiyah": a dash between two names joins them
        joins = ":" not in found["mark"] and _NAME_AT_END.search(tail[: found.start()])
        apart = not (joins and not _is_title_case(headline))
        if speakers := _all(who, headline, where, sure=False, colon=apart):
            return speakers
        found = _ENDS.search(tail, found.start("who"))
    return []


_NAME_AT_END = re.compile(r"\b[A-Z“][\w'’”-]*$")


@lru_cache(4096)
def _is_title_case(headline: str) -> bool:
    """Whether a headline writes most of its words with capitals."""
    words = [word for word in headline.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _saying(words: str, tail: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """Who stands before a word of speech."""
    if found := _AT_END.search(tail):
        who = found["who"] or found["after"]
        if speakers := _all(who, headline, where, sure=True):
            return speakers
    for found in _SAYS.finditer(words):
        sure = found.start("who") == 0 or not found[0].startswith(",")
        if speakers := _all(found["who"], headline, where, sure=sure):
            return speakers
    return []


def _all(
    phrase: str, headline: str, where: SpeakerContext, *, sure: bool, colon: bool = False
) -> list[NamedSpeaker]:
    """The speakers of a phrase, each once; none where a part of it can be none."""
    parts = [part for part in re.split(r"\s*(?:,|\band\b|&)\s*", phrase) if part.strip()]
    colon = colon and (len(parts) < 2 or phrase.islower())
    if not parts or not all(_may_speak(part, where, sure=sure, colon=colon) for part in parts):
        return []
    return list(dict.fromkeys(speaker(part, headline, where) for part in parts))


@lru_cache(8192)
def _may_speak(phrase: str, where: SpeakerContext, *, sure: bool, colon: bool) -> bool:
    """Whether a phrase can be a speaker's; `sure` where a word of speech says that it is one."""
    words = phrase.strip(" '\".")
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
