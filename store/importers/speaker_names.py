"""The names of speakers whom nobody knows: with the capitals that are theirs, without a desk's slug."""

import re

_SLUG = re.compile(r"\s+[a-z]{2,4}(?:-[a-z]{2,4})*(?:/[a-z]{2,4}){1,4}$", re.IGNORECASE)
"""Initials of writers and desks at the end of a wire's headline: "abc-de/fg"."""
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_SMALL = frozenset(
    """
    a activist activists administrator agencies agency aide air ambassador an analyst analysts and
    area armed army association at attorney authorities authority bishop body border boss brigade
    bureau camp cell center centre chairman charity chief church city civil civilian clan cleric
    clerics coalition colonel command commander commission commissioner committee community
    company coordinator correspondent council court defence defense department deputy diplomat
    diplomats director disaster district doctor doctors driver elder elders emergency emir envoy
    expert experts eye eyewitness eyewitnesses family farmer farmers farmers' federal fighter
    fighters firm fisherman fishermen for force forces foreign former from general gov government
    governor governor's govt gravediggers group groups head headquarters health herders high
    hospital human humanitarian hunters in independent insider insiders intelligence interior
    investigators jihadist joint journalist journalists judge junta kingpin lawmaker lawmakers
    lawyer lawyers leader leaders lga local locals major management mayor media medic medical
    medics member members militant militants military militia militias minister ministry minority
    monarch monitor monitors morgue mp mps national network news newspaper nurse of office officer
    officers official officials ombudsman on operation opposition organisation organization panel
    paper parents parliament parties party pastor patriarchate people police poll premier
    presidency president press priest prosecutor prosecutor's prosecutors protesters provincial
    public radio rebel rebels regime region regional relatives relief religious report reporter
    reports rescue rescuer rescuers resident residents resistance responders rights s search
    secretary security senator senior service services society soldier soldiers source sources
    spokesman spokesperson spokeswoman staff state statement station students study survey
    survivor survivors suspect suspected suspects task taskforce teacher television the theatre to
    top traditional tribal tribe troops tv union university user users victim victims vigilance
    vigilante vigilantes village villager villagers volunteers war watchdog website widow wire
    with witness witnesses worker workers youth youths
    """.split()
)
"""Words that are written small unless they stand in a name."""


def without_slug(phrase: str) -> str:
    """A phrase without the initials of its writers."""
    return _SLUG.sub("", phrase)


def name_of(phrase: str, *, shouted: bool = False) -> str:
    """The name of an unresolved speaker.

    "Local Sources" are local sources, and "governor Ortom" is Governor Ortom. A
    headline that is all in capitals (`shouted`) says nothing of whose they are.
    """
    words = _ARTICLE.sub("", " ".join(without_slug(phrase).split()).strip(" '\"“”.")).split()
    named = [_cased(word, shouted=shouted) for word in words]
    for at in range(len(named) - 1):
        # a title goes with the name that follows it
        if named[at] in _TITLES and named[at + 1][:1].isupper():
            named[at] = named[at].capitalize()
    return " ".join(named)


_TITLES = frozenset(
    ("governor", "gov", "senator", "general", "president", "bishop", "pastor", "minister", "mayor")
)


def _cased(word: str, *, shouted: bool) -> str:
    folded = word.lower()
    if folded in _SMALL or (folded.endswith("'s") and folded[:-2] in _SMALL):
        return folded
    if shouted and len(word) > 3:
        return word.capitalize()
    return word
