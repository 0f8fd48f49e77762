"""Speakers before a colon at the start of a headline: "UN: …", and not "Nigeria: …"."""

import re

from store.importers.speaker_phrases import speakers_of_phrase
from store.importers.speakers import (
    GOVERNMENT,
    NOUNS,
    NamedSpeaker,
    SpeakerContext,
    is_known,
    nation_of,
    speaker,
)
from store.model.vocabulary import SourceKind

_I = re.IGNORECASE
UNCLEAR = NamedSpeaker("an unclear speaker", SourceKind.UNNAMED)
"""The speaker if somebody speaks, but it is not clear who."""

_STARTS = re.compile(r"^(?P<who>[^\d:;)–—]{2,60}?)\s*[:)](?!\s*$)(?P<said>.*)", _I)
_NO_START = re.compile(
    r"\b(?:state|church|hospital|court|school|embassy|headquarters|families|family|drivers?"
    r"|students?|teachers?|nurse|soldiers?|troops|militants?|militias?|fighters?|rebels|exclusive"
    r"|party|mission|company|owner|group(?<!monitoring group)(?<!resistance group)"
    r"(?<!rights group)|users?|story|press (?:release|text|statement)|inquiry|parents|relatives"
    r"|(?:special|full|weekly|daily|annual|situation|country) report|priest|bishop|pastor"
    r"|to (?:army|police|military)|union|eye witness|study|survey"
    r"|(?<!\w\wan)(?<!ese)(?<!ish)(?<!\w\wi)(?<!media)(?<!police) reports?)$",
    _I,
)
"""Words of speakers that before a colon are rather the topic or the place."""
_TOPICS = frozenset(("Boko Haram", "IS", "Ansaru", "MEND", "AQIM", "al-Shabaab", "FARC", "LTTE"))
"""Groups whose name before a colon is what the headline is about, as the press writes."""


def at_the_start(words: str, headline: str, where: SpeakerContext) -> list[NamedSpeaker]:
    """The speakers named before a colon, if it does not follow a topic or a place.

    The government of a state at war with another speaks by the name of its capital;
    the name of the state may also be the place of the event.
    """
    found = _STARTS.match(words)
    if found is None:
        return []
    phrase = found["who"]
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
    return speakers_of_phrase(phrase, headline, where, sure=True)


_NO_PLACES = ("kremlin", "washington")
"""Names for a state's government that are not places of events in its war."""
