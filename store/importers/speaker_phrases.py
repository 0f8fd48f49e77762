"""The speakers in a phrase that is in a speaker's position; empty if it cannot be one."""

import re
from functools import lru_cache

from store.importers.speakers import NOUNS, NamedSpeaker, SpeakerContext, named, speaker
from store.model.vocabulary import SourceKind

_I = re.IGNORECASE
_NO_SPEAKER = re.compile(
    r"\b(?:kill\w*|dead|deaths?|died|dies?|attack\w*|blasts?|clash\w*|bomb\w*|explo\w*|raid\w*"
    r"|strikes?"
    r"|airstrikes?|wound\w*|injur\w*|massacre\w*|violence|shell\w*|fighting|war|battle\w*|murder\w*"
    r"|toll|casualt\w*|as|after|amid|when|how|why|what|where|is|are|was|were|has|have|had|will"
    r"|fresh|more|many|no|not|who|that|this|these|there|update|live|video|photos?|pictures?"
    r"|breaking|including|among|mostly|half|neither|nor|never"
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
"""Words that no phrase for a speaker has."""
_GLUED = re.compile(r"\b(?:of|for) (?:the )?", _I)
_LONGEST = 6
"""The most words of a phrase for a speaker."""


def speakers_of_phrase(
    phrase: str, headline: str, where: SpeakerContext, *, sure: bool, colon: bool = False
) -> list[NamedSpeaker]:
    """The speakers in a phrase, each once; empty if a part of it cannot be a speaker.

    The end of what is said may come before a comma and the speaker:
    "…, dozens hurt, officials say".
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
"""A speaker with the place of the speaker: "Mayor in Mali"."""


@lru_cache(8192)
def _may_speak(phrase: str, where: SpeakerContext, *, sure: bool, colon: bool) -> bool:
    """True if a phrase can be a speaker; `sure` if a word of speech says that it is one."""
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
