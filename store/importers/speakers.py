"""Who a speaker is that a headline names: a known source, an organ of a state, or unresolved.

`speakers.txt` holds those who are somebody wherever they are named, `nations.txt`
the states. "Army" is the army of the state whose people the headline names, or
of the one government among the row's sides; else it is unresolved, as "police"
and "residents" are: a source that is never known to be the same as another.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from store.importers.outlets import table
from store.model.vocabulary import SourceKind


class NamedSpeaker(NamedTuple):
    """Who is named as the origin of what a headline says.

    `party` is the actor, as UCDP GED names it, for whom it speaks; empty for nobody.
    """

    name: str
    kind: SourceKind
    party: str = ""


class SpeakerContext(NamedTuple):
    """What of a row tells who "the army" is: its country and the names of its sides."""

    country: str = ""
    sides: tuple[str, ...] = ()


GOVERNMENT = "Government of "
_MONITORS = {"Syria": "SOHR"}
"""Whom the agencies mean by "monitor", by country."""

_ORGANS: Mapping[str, tuple[str, SourceKind]] = {
    r"(?:government|govt|gov't|regime|(?:interior |foreign |health |information )?ministry"
    r"|foreign minister|interior minister)": ("government", SourceKind.OFFICIAL),
    r"(?:defen[cs]e (?:ministry|minister|control centre|department)|mod|ministry of defen[cs]e)": (
        "defence ministry",
        SourceKind.OFFICIAL,
    ),
    r"(?:(?:president|presidency|prime minister|pm|premier)(?:'s)?(?: office| aide| spokes\w+)?"
    r"|presidential (?:aide|spokes\w+|office))": ("presidency", SourceKind.OFFICIAL),
    r"(?:(?:army|amry|military|armed forces|general staff|air force|navy|troops)(?:'s)?"
    r"(?: spokes\w+| chief| command| statement| general staff)?|army hq)": (
        "army",
        SourceKind.BELLIGERENT,
    ),
}
"""Organs that a state has one of: their words, and what the source is called."""
_OF_A_NATION: Mapping[str, tuple[str, SourceKind]] = {
    **_ORGANS,
    r"(?:police|national police)": ("police", SourceKind.OFFICIAL),
    r"state (?:media|news|tv|television|news agency|radio|agency)": (
        "state media",
        SourceKind.OUTLET,
    ),
    r"": ("government", SourceKind.OFFICIAL),
}
"""Those that are known by their state only where it is named with them; last, the state itself."""
_FORCES = (
    r"(?:soldiers?|troops?|army|military|police\w*|forces|jets?|warplanes?|drones?|air ?strikes?"
    r"|strikes?"
    r"|bombardment|shelling|commandos?|airmen|servicem[ae]n|gendarmes?|officers?|navy|gunships?"
    r"|tanks?)"
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
    r"|headquarters|taskforce|envoy|ambassador|embassy|mission|inquiry|panel|report|survey|study)$",
    re.IGNORECASE,
)
"""What a phrase ends with that is a speaker, known or not."""


class _Nation(NamedTuple):
    adjective: str
    actor: str


def _entries(file: str) -> Iterator[list[str]]:
    text = files("store.importers").joinpath(file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


@lru_cache(1)
def _known() -> Mapping[str, NamedSpeaker]:
    found = {}
    for name, kind, party, *spellings in _entries("speakers.txt"):
        for spelling in (name, *filter(None, spellings)):
            found[spelling.casefold()] = NamedSpeaker(name, SourceKind(kind), party)
    return found


@lru_cache(1)
def _nations() -> Mapping[str, _Nation]:
    found = {}
    for adjective, actor, *names in _entries("nations.txt"):
        for name in (adjective, actor, *names):
            found[name.casefold()] = _Nation(adjective, GOVERNMENT + actor)
    return found


def two_states(words: str) -> bool:
    """Whether these words tell of two states together: "in Nigeria, Chad"."""
    return " in " in words and _two_states().search(words) is not None


@lru_cache(1)
def _two_states() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"\bin (?:{names})(?:,|,? and| &) (?:{names})\b", re.IGNORECASE)


@lru_cache(1)
def _nation_first() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"(?:the )?(?P<nation>{names})(?:'s?)?(?:\s+(?P<rest>.+))?", re.IGNORECASE)


@lru_cache(1)
def _own_forces() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_nations(), key=len, reverse=True)))
    return re.compile(rf"\b(?P<nation>{names})(?:'s)? (?:\w+ )?{_FORCES}\b", re.IGNORECASE)


@lru_cache(1)
def _parties() -> Mapping[str, str]:
    """The party of each source that has one, by the source's name."""
    return {speaker.name: speaker.party for speaker in _known().values() if speaker.party}


def party_of(name: str) -> str:
    """The actor for whom a source speaks wherever it is named, empty for nobody."""
    return _parties().get(name, "")


@lru_cache(8192)
def speaker(phrase: str, headline: str, setting: SpeakerContext) -> NamedSpeaker:
    """Who a phrase names; somebody unresolved where nobody knows."""
    words = re.sub(r"^(?:an?|the)\s+", "", " ".join(phrase.lower().split()).strip(" '\"."))
    if re.fullmatch(r"(?:war )?monitor(?:s|ing groups?)?", words) and setting.country in _MONITORS:
        words = _MONITORS[setting.country].lower()
    found = (
        _side(words, setting)
        or named(words)
        or _of_a_nation(words)
        or _of_the_row(words, headline, setting)
    )
    return found or NamedSpeaker(words, SourceKind.UNNAMED)


def named(words: str) -> NamedSpeaker | None:
    """Somebody who is known by a name, folded, also behind other words ("Turkey's Anadolu")."""
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
    if not any(re.fullmatch(organ, words) for organ in _ORGANS):
        return None
    own = {_nations()[found["nation"].casefold()] for found in _own_forces().finditer(headline)}
    sides = [side for side in setting.sides if side.startswith(GOVERNMENT)]
    if len(own) == 1:
        return _organ(words, _ORGANS, own.pop())
    if len(sides) == 1:
        name = sides[0].removeprefix(GOVERNMENT)
        return _organ(words, _ORGANS, _nations().get(name.casefold(), _Nation(name, sides[0])))
    return None


def _organ(
    words: str, organs: Mapping[str, tuple[str, SourceKind]], nation: _Nation
) -> NamedSpeaker | None:
    for organ, (name, kind) in organs.items():
        if re.fullmatch(organ, words):
            return NamedSpeaker(f"{nation.adjective} {name}", kind, nation.actor)
    return None
