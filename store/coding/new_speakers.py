"""Names that a sentence cites as sources, found by capitals and words of speech alone.

They are offered as new sources where the case has none of the name. A script without
capitals gives none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.extraction.calendar_names import MONTHS, WEEKDAYS
from store.extraction.speech import ADDRESSING, DENYING, OFFICE, RECORDS, SAYING, TOWARDS
from store.importers.speakers import NOUNS, nation_of


class SpokenName(NamedTuple):
    """A name that words cite, and its place in them (code points, end exclusive)."""

    name: str
    start: int
    end: int


_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇҐΑ-Ω]"
_WORD = rf"{_CAPITAL}(?:[\w&/-]|['’](?!s\b)|\.(?=\w)|(?<=\.\w)\.)*+"
_LINK = (
    r"(?:of|for|on|de|del|di|du|des|der|den|von|van|bin|ibn|al|el|la|le|da|dos)"
    r"(?: (?:the|la|le|los|las))?"
)
_TAIL = rf"(?:(?: {_LINK})? {_WORD})"
_AND = rf"(?: (?:of|for)(?: the)? {_WORD}(?: {_WORD})*(?:, {_WORD})* and {_WORD})"
_FIELD = r"(?:defen[cs]e|health|interior|foreign|information|state|news|military|civil|security)"
_DUTY = (
    r"(?:health|fire|rescue|relief|press|media|medical|emergency|ambulance|aid|human rights|city"
    r"|town|district|provincial|regional|municipal|governor['’]s|mayor['’]s|general|central|field"
    r"|civil defen[cs]e|police|security|state|local|children['’]s|university|public)"
)
_BODY = (
    r"(?:office|department|directorate|hospital|clinic|municipality|brigade|services?|cent(?:er|re)"
    r"|committee|commission|bureau|authority|administration|prosecutor|court|station)"
)
_ORGAN = (
    rf"(?:(?:['’]s?)?(?: {_DUTY}){{0,2}} {_BODY}"
    rf"|(?:['’]s?)?(?: {_FIELD})? (?:ministry|army|military|police|government|presidency|agency"
    r"|television|tv|radio|authorities|parliament|council|media office|news agency))"
)
_NAME = rf"(?P<name>{_WORD}(?:{_AND}|{_TAIL}){{0,8}}{_ORGAN}?)"
_SHORT_FORM = r"(?: \([^()]{1,40}\))?"
_DAY = rf"(?:{'|'.join(name.capitalize() for name in WEEKDAYS if name.endswith('day'))})"
_ROLE = (
    r"(?P<role>(?: (?:has|have|had|also|later|earlier|previously|itself|on"
    r"|officials?|spokes\w+|statement|report|head|chief|director|commander|leader|reporters?"
    rf"|{_DAY}))*)"
)
_BESIDE = (
    r"(?:, (?:an?|the|its|his|her|their|who|which|whose|citing|quoting|head|chief|director)\b"
    r"[^.;:“”\"]{0,120}?,)?"
)
_SPEAKS_AFTER_COMMA = re.compile(rf"(?<=, ){_NAME}, {ADDRESSING}\b")
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Gen|Col|Lt|Maj|Capt|Sgt|Brig|Sen|Gov)\. )*"
_AFTER_OFFICE = re.compile(
    rf"(?:^|[,;:“”\"] ?)(?i:{OFFICE}) [^,;:.“”\"]{{2,100}}, (?:the )?{_TITLE}{_NAME}, "
    rf"(?:also |later )?(?:{SAYING}|{DENYING})\b"
)
"""A name in apposition to an office: "The UN coordinator, Ilan Roe, told Zed Wire"."""
_SPEAKS = re.compile(
    rf"(?<![\w.’'-]){_NAME}{_SHORT_FORM}(?:['’]s?)?{_BESIDE}{_ROLE} (?:{SAYING}|{DENYING})\b"
    rf"(?! (?:killed|dead|missing|wounded|injured|captured)\b"
    rf"| (?:the |by )?(?!{_DAY}){_CAPITAL}\w*[.,]?$)"
)
_IS_CITED = re.compile(
    r"\b(?:according to|as per|citing|quoting"
    r"|(?:quoted|cited|reported|said|told|announced|confirmed|issued|released|published|documented"
    r"|recorded) by|(?:reports?|figures?|data|statements?|numbers?) (?:from|by|of|in)"
    rf"|{RECORDS} (?:(?:compiled|kept|published|made) )?(?:by|from))"
    r"(?: (?:the|an?|both|monitor|monitors|group|state|(?:news )?agency|network|broadcaster))*"
    rf" (?-i:{_NAME})(?P<after> [a-z]\w+)?",
    re.IGNORECASE,
)
_OF_AN_OFFICE = rf"(?:(?:{_WORD} )?(?:spokes\w+|official|chief|director|minister|president) )?"
_IS_INVERTED = re.compile(
    rf"[,”“\"’»] ?(?!{TOWARDS}){SAYING} (?:the |an? |\w+ (?:group|monitor|agency) )?"
    rf"{_OF_AN_OFFICE}{_NAME}{_SHORT_FORM}"
    r"(?=\s*(?:$|[.,;:!?]|(?:on|in|at|late|early|citing|quoting|who|which|today|yesterday)\b))"
)
_SOMEWHERE = re.compile(
    r"\b(?:in|near|at|from|inside|outside|around|across|over|to|with|told|by"
    r"|(?:mayor|governor|office|department|hospital|police|council|residents|town|city) of)"
    r" (?:the )?$|\bwho(?: [\w-]+){1,5} (?:the )?$"
)
_OF_THEM = re.compile(
    r"(?:official|spokes\w+|source|member|commander|leader|head|director|chief|representative)s?"
    r" (?:at|from|with) (?:the )?$",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:officials?|spokes\w+|sources?|head|director|members?|commanders?|leaders?|medics?"
    r"|officers?|representatives?) (?:of|for|from|at|with|in)(?: the)? ",
    re.IGNORECASE,
)
_LEADS = frozenset(
    [
        *("the", "a", "an", "on", "in", "at", "by", "but", "and", "also", "meanwhile", "however"),
        *("later", "earlier", "then", "when", "while", "as", "after", "before", "since", "until"),
        *("yesterday", "today", "he", "she", "it", "they", "we", "i", "you", "this", "that"),
        *("these", "those", "there", "one", "two", "many", "some", "others", "another", "both"),
        *("nobody", "everyone", "who", "what", "if", "so", "yet", "still", "no", "not", "nearby"),
        *("separately", "overall", "elsewhere", "instead", "his", "her", "its", "their", "our"),
        *("my", "all", "each", "most"),
    ]
)
"""Words that begin a sentence, and are no part of a name."""
_QUOTES = " \"'“”‘’«»"
_ENDS = frozenset((*WEEKDAYS, "on", "of", "for"))
_PEOPLE = re.compile(
    r"(?:officials?|sources?|residents?|media|activists?|witnesses|journalists?|reporters?"
    r"|medics|doctors|troops|forces|rebels?|fighters?|soldiers?|intelligence|lawmakers)$"
)
_DEMONYM = re.compile(r"\w+(?:ish|ian|ean|ese|ani|aqi|eli|aeli|rdish|ench|utch|can|ic)$")


def spoken_names(words: str) -> tuple[SpokenName, ...]:
    """The names that a line cites as sources, in the order of the words, each once."""
    found = {one.name: one for one in sorted(_found(words), key=lambda one: -one.start)}
    return tuple(sorted(found.values(), key=lambda one: one.start))


def is_proper_name(words: str) -> bool:
    """True if typed words have the capital of a name: "Qasr police", but not "Two residents"."""
    said = words.split()
    while said and _is_lead(said[0]):
        said.pop(0)
    name = " ".join(said)
    common = not name.isupper() and NOUNS.fullmatch(name) is not None
    return not common and any(word[:1].isupper() for word in said)


def _found(words: str) -> Iterator[SpokenName]:
    for match in _SPEAKS.finditer(words):
        before = words[: match.start("name")]
        if _SOMEWHERE.search(before) and not _OF_THEM.search(before):
            continue
        if not (_PEOPLE.search(match["role"]) and _is_adjective(match["name"])):
            yield from _named(words, match)
    for pattern in (_SPEAKS_AFTER_COMMA, _AFTER_OFFICE):
        for match in pattern.finditer(words):
            yield from _named(words, match)
    for match in _IS_CITED.finditer(words):
        after = match["after"] or ""
        if not (_PEOPLE.search(after) and _is_adjective(match["name"])):
            yield from _named(words, match)
    for match in _IS_INVERTED.finditer(words):
        yield from _named(words, match)


def _named(words: str, match: re.Match[str]) -> Iterator[SpokenName]:
    """The name that matched, without the words around it that are none of its own."""
    start, end = match.span("name")
    if prefix := _PREFIX.match(words[start:end]):
        start += prefix.end()
    while (first := words[start:end].split(" ")[0]) and _is_lead(first):
        start = min(end, start + len(first) + 1)
    while (last := words[start:end].rpartition(" ")[2]) and last.lower() in _ENDS:
        end -= len(last) + (" " in words[start:end])
    name = words[start:end]
    if name[:1].isupper() and not (start == match.start("name") and _is_common(words, name, start)):
        yield SpokenName(name, start, end)


def _is_lead(word: str) -> bool:
    folded = word.lower().rstrip(",")
    return folded in _LEADS or folded in WEEKDAYS or folded in MONTHS


def _is_common(words: str, name: str, start: int) -> bool:
    """True for a noun at the head of a sentence, which needs its capital there: "Residents"."""
    before = words[:start].rstrip(_QUOTES)
    at_head = not before or before[-1] in ".!?:"
    return at_head and not name.isupper() and NOUNS.fullmatch(name) is not None


def _is_adjective(name: str) -> bool:
    word = name.rpartition(" ")[2]
    return bool(nation_of(word)) or _DEMONYM.fullmatch(word) is not None
