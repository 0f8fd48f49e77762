"""Speakers that headlines name: each a known source, an organ of a state, or unresolved.

`speakers.txt` holds the sources that are the same wherever they are named, `nations.txt`
the states, `authorities.txt` others that rule land. "Army" is the army of the
state whose people the headline names, or of the one government among the row's
sides; a ministry is resolved so only in that government's own country, if no
other side has ministries. Else it is unresolved, as "police" and "residents"
are: a source that is never known to be the same as another.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.importers.outlets import table
from store.importers.speaker_names import name_of, without_slug
from store.importers.word_lists import AUTHORITIES, NATIONS, SPEAKERS, lines_of
from store.model.vocabulary import SourceKind


class NamedSpeaker(NamedTuple):
    """A speaker named as the origin of what a headline says.

    `party` is the actor, as UCDP GED names it, for which it speaks; empty for none.
    """

    name: str
    kind: SourceKind
    party: str = ""


class SpeakerContext(NamedTuple):
    """The facts of a row that resolve "the army": its country and the names of its sides."""

    country: str = ""
    sides: tuple[str, ...] = ()


GOVERNMENT = "Government of "
_MONITORS = {"Syria": "SOHR"}
"""The source that the agencies mean by "monitor", by country."""

_CIVIL: Mapping[str, tuple[str, SourceKind]] = {
    r"(?:government|govt|gov't|regime|junta|(?:interior |foreign |health |information )?ministry"
    r"|foreign minister|interior minister)": ("government", SourceKind.OFFICIAL),
    r"(?:(?:president|presidency|prime minister|pm|premier)(?:'s)?(?: office| aide| spokes\w+)?"
    r"|presidential (?:aide|spokes\w+|office))": ("presidency", SourceKind.OFFICIAL),
}
"""Organs of a state that speak about anything in its country."""
_FIGHTING: Mapping[str, tuple[str, SourceKind]] = {
    r"(?:defen[cs]e (?:ministry|minister|control centre|department)|mod|ministry of defen[cs]e)": (
        "defence ministry",
        SourceKind.OFFICIAL,
    ),
    r"(?:(?:army|amry|military|armed forces|general staff|air force|navy|troops)(?:'s)?"
    r"(?: spokes\w+| chief| command| statement| general staff)?|army hq)": (
        "army",
        SourceKind.BELLIGERENT,
    ),
}
"""Organs of a state that speak about what its forces do."""
_ORGANS: Mapping[str, tuple[str, SourceKind]] = {**_CIVIL, **_FIGHTING}
"""Organs of which a state has one: a pattern of their words, and the name of the source."""
_OF_A_NATION: Mapping[str, tuple[str, SourceKind]] = {
    **_ORGANS,
    r"(?:police|national police)": ("police", SourceKind.OFFICIAL),
    r"state (?:media|news|tv|television|news agency|radio|agency)": (
        "state media",
        SourceKind.OUTLET,
    ),
    r"": ("government", SourceKind.OFFICIAL),
}
"""Organs that are known only if their state is named with them; last, the state itself."""
_PEOPLE = r"(?:soldiers?|troops?|police\w*|commandos?|airmen|servicem[ae]n|gendarmes?|officers?)"
_FORCES = (
    rf"(?:{_PEOPLE}|army|military|forces|jets?|warplanes?|drones?|air ?strikes?|strikes?"
    r"|bombardment|shelling|navy|gunships?|tanks?)"
)

NOUNS = re.compile(
    r"\b(?:monitors?|monitoring groups?|officials?|officers?|police|army|amry|military|medics?"
    r"|doctors?"
    r"|sources?|residents?|locals?|villagers?|witness(?:es)?|eyewitness(?:es)?|activists?|media"
    r"|reports?"
    r"|spokes(?:man|men|woman|person|people)|governor|gov|mayor|rescuers?|forces|rebels|kurds"
    r"|council"
    r"|authorities|authority|ministry|minister|tv|television|agency|agencies|radio|militants?"
    r"|militia"
    r"|militias|vigilantes?|commander|commissioner|senator|lawmakers?|mp|mps|leaders?|chief|aide"
    r"|office"
    r"|owner|survivors?|group|groups|ngos?|charity|services?|workers?|hospital|clerics?|priest"
    r"|bishop"
    r"|church|pastor|president|presidency|pm|premier|government|govt|gov't|state|reporter"
    r"|correspondent|journalists?|observers?|users?|diplomats?|troops|navy|general|colonel|union"
    r"|association|organi[sz]ation|party|opposition|relatives?|family|families|parents"
    r"|investigators?"
    r"|prosecutors?|court|judge|statement|paper|newspaper|website|expert|analysts?|elders?|monarch"
    r"|emir|administrator|director|secretary|coordinator|head|nurse|student|teacher|driver"
    r"|fighters?|soldiers?|insiders?|un|red cross|vigilance|responders|defen[cs]e|firm|company"
    r"|staff"
    r"|headquarters|taskforce|envoy|ambassador|embassy|mission|inquiry|panel|report|survey|study"
    r"|body|commission|committees?|ombudsman|lawyers?|networks?|coalition|junta|watchdog"
    r"|patriarchate|civil society|monitor group|attorney|prosecutor's office)$",
    re.IGNORECASE,
)
"""The nouns with which a phrase ends that is a speaker, known or not."""


class _Nation(NamedTuple):
    adjective: str
    actor: str


def _entries(file: str) -> Iterator[list[str]]:
    for line in lines_of(file):
        yield [part.strip() for part in line.split("|")]


@lru_cache(1)
def _known() -> Mapping[str, NamedSpeaker]:
    found = {}
    for name, kind, party, *spellings in _entries(SPEAKERS):
        for spelling in (name, *filter(None, spellings)):
            found[spelling.casefold()] = NamedSpeaker(name, SourceKind(kind), party)
    return found


@lru_cache(1)
def _nations() -> Mapping[str, _Nation]:
    found = {}
    for adjective, actor, *names in _entries(NATIONS):
        for name in (adjective, actor, *names):
            found[name.casefold()] = _Nation(adjective, GOVERNMENT + actor)
    return found


def nation_of(name: str) -> str:
    """The government, as an actor, of a state with this name; empty if it is no state."""
    nation = _nations().get(name.casefold())
    return nation.actor if nation else ""


def two_states(words: str) -> bool:
    """True if these words name two states together: "in Nigeria, Chad"."""
    return " in " in words and _two_states().search(words) is not None


@lru_cache(1)
def _two_states() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"\bin (?:{names})(?:,|,? and| &) (?:{names})\b", re.IGNORECASE)


def clashes_of_a_state(words: str) -> bool:
    """True if these words report clashes anywhere in a state: "killed in clashes in Chad".

    If another state is named, it is one incident, as reported by that state.
    """
    folded = words.lower()
    if "clashes" not in folded and "fighting" not in folded:
        return False
    if not _clashes_of_a_state().search(words):
        return False
    return len({nation_of(found) for found in _any_state().findall(words)}) == 1


@lru_cache(1)
def _clashes_of_a_state() -> re.Pattern[str]:
    names = {actor.partition(" (")[0] for _, actor, *_ in _entries(NATIONS)}
    states = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(
        rf"\b(?:clashes|fighting)\b(?!.*\b(?:in|at|near) (?!(?:the )?(?:{states})\b)[\w-])"
        rf"[^,;:]*\b(?:in|across) (?:the )?(?:{states})\s*(?:$|[:;,.–—-])"
        rf"|\bin (?:{states}) (?:[\w-]+ )?(?:clashes|fighting)\s*(?:$|[:;,.–—-])",
        re.IGNORECASE,
    )


@lru_cache(1)
def _any_state() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


@lru_cache(1)
def _nation_first() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"(?:the )?(?P<nation>{names})(?:'s?)?(?:\s+(?P<rest>.+))?", re.IGNORECASE)


@lru_cache(2)
def _own_forces(forces: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"\b(?P<nation>{names})(?:'s)? (?:\w+ )?{forces}\b", re.IGNORECASE)


@lru_cache(1)
def _authorities() -> Mapping[str, _Nation]:
    found = {}
    for adjective, party, *names in _entries(AUTHORITIES):
        for name in (adjective, *filter(None, names)):
            found[name.casefold()] = _Nation(adjective, party)
    return found


@lru_cache(1)
def _authority_first() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_authorities(), key=len, reverse=True)))
    return re.compile(rf"(?P<who>{names})(?:'s?)?\s+(?P<rest>.+)", re.IGNORECASE)


@lru_cache(1)
def _ruling_parties() -> frozenset[str]:
    return frozenset(one.actor for one in _authorities().values())


@lru_cache(1)
def _parties() -> Mapping[str, str]:
    """The party of each source that has one, by the source's name."""
    return {speaker.name: speaker.party for speaker in _known().values() if speaker.party}


def party_of(name: str) -> str:
    """The actor for which a source speaks wherever it is named, empty for none."""
    return _parties().get(name, "")


@lru_cache(8192)
def speaker(phrase: str, headline: str, setting: SpeakerContext) -> NamedSpeaker:
    """The speaker that a phrase names; an unresolved one if it is not known."""
    phrase = without_slug(phrase)
    words = re.sub(r"^(?:an?|the)\s+", "", " ".join(phrase.lower().split()).strip(" '\"."))
    if re.fullmatch(r"(?:war )?monitor(?:s|ing groups?)?", words) and setting.country in _MONITORS:
        words = _MONITORS[setting.country].lower()
    if there := re.fullmatch(r"(?P<what>.+) in (?:the )?(?P<where>gaza(?: strip)?)", words):
        words = f"{there['where']} {there['what']}"
    found = (
        _side(words, setting)
        or _of_an_authority(words)
        or named(words)
        or _of_a_nation(words)
        or _of_the_row(words, headline, setting)
    )
    return found or NamedSpeaker(name_of(phrase, shouted=headline.isupper()), SourceKind.UNNAMED)


_RULES = re.compile(
    r"(?:(?:interior|foreign|health|information|defen[cs]e) )?(?:ministry|minister)"
    r"|ministry of (?:interior|health|defen[cs]e)|government|govt|authorities|media office"
    r"|government media office|health (?:officials|authorities)"
)
_SAME_ORGAN = {
    "ministry of health": "health ministry",
    "health officials": "health ministry",
    "health authorities": "health ministry",
    "government": "authorities",
    "govt": "authorities",
    "government media office": "media office",
}


def _of_an_authority(words: str) -> NamedSpeaker | None:
    """An organ of an authority that rules land but is no state: "Gaza health ministry"."""
    found = _authority_first().fullmatch(words)
    if found is None or not _RULES.fullmatch(found["rest"]):
        return None
    who = _authorities()[found["who"]]
    organ = _SAME_ORGAN.get(found["rest"], found["rest"])
    return NamedSpeaker(f"{who.adjective} {organ}", SourceKind.OFFICIAL, who.actor)


def is_known(words: str, setting: SpeakerContext) -> bool:
    """True if a speaker is known by just these words, folded, or behind a state's name."""
    if (found := _nation_first().fullmatch(words)) and found["rest"]:
        words = found["rest"] if _of_a_nation(words) is None else words
    office = table().get(words)
    return (
        words in _known()
        or _of_an_authority(words) is not None
        or _of_a_nation(words) is not None
        or any(side.casefold() == words for side in setting.sides)
        or (office is not None and office[1] is not SourceKind.OUTLET)
    )


def named(words: str) -> NamedSpeaker | None:
    """The speaker known by a name, folded, also behind other words ("Turkey's Anadolu")."""
    parts = words.split()
    for at in range(len(parts)):
        rest = " ".join(parts[at:])
        if found := _known().get(rest):
            return found
        if " of " in f" {words} ":
            break
    office = table().get(words)
    if office and office[1] is not SourceKind.OUTLET:
        return NamedSpeaker(office[0], office[1], party_of(office[0]))
    return None


def _side(words: str, setting: SpeakerContext) -> NamedSpeaker | None:
    """A side of the row by its own name."""
    for side in setting.sides:
        if side.casefold() == words:
            return NamedSpeaker(side, SourceKind.BELLIGERENT, side)
    return None


def _of_a_nation(words: str) -> NamedSpeaker | None:
    """An organ of a state that is named with it: "Turkish army", "Russia's defence ministry"."""
    found = _nation_first().fullmatch(words)
    if found is None:
        return None
    nation = _nations()[found["nation"]]
    return _organ(found["rest"] or "", _OF_A_NATION, nation)


def _of_the_row(words: str, headline: str, setting: SpeakerContext) -> NamedSpeaker | None:
    """An organ of the one state whose forces the headline names, or that is a side of the row."""
    fights = any(re.fullmatch(organ, words) for organ in _FIGHTING)
    if not fights and not any(re.fullmatch(organ, words) for organ in _CIVIL):
        return None
    sides = [side for side in setting.sides if side.startswith(GOVERNMENT)]
    # a ministry of health speaks of the dead, whoever killed them
    if not words.startswith("health"):
        pattern = _own_forces(_FORCES if fights else _PEOPLE)
        own = {_nations()[found["nation"].casefold()] for found in pattern.finditer(headline)}
        if len(own) == 1:
            return _organ(words, _ORGANS, own.pop())
    if len(sides) != 1 or not (fights or _is_at_home(sides[0], setting)):
        return None
    name = sides[0].removeprefix(GOVERNMENT)
    return _organ(words, _ORGANS, _nations().get(name.casefold(), _Nation(name, sides[0])))


def _is_at_home(side: str, setting: SpeakerContext) -> bool:
    """True if a government is that of the row's country, and no other side has ministries."""
    own = not setting.country or side == GOVERNMENT + setting.country
    return own and not any(other in _ruling_parties() for other in setting.sides)


@lru_cache(4096)
def is_title_case(headline: str) -> bool:
    """True if a headline writes most of its words with capitals."""
    words = [word for word in headline.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _organ(
    words: str, organs: Mapping[str, tuple[str, SourceKind]], nation: _Nation
) -> NamedSpeaker | None:
    for organ, (name, kind) in organs.items():
        if re.fullmatch(organ, words):
            return NamedSpeaker(f"{nation.adjective} {name}", kind, nation.actor)
    return None
