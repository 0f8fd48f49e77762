"""The sources to which a sentence attributes what it says: those of the case, and new names."""

import re
from collections.abc import Iterator, Sequence

from store.coding.new_speakers import spoken_names
from store.coding.offered_claim import CitedSource
from store.extraction.speech import ADDRESSING, DENYING, OFFICE, RECORDS, SAYING
from store.model.text import folded
from store.queries.names_in_words import NameInWords
from store.queries.search import NamedKind

_HEARD = (
    r"(?:told|tells|telling|urged|warned|accused|condemned|described|blamed|blames"
    r"|(?:said|spoke|speaking) (?:to|with)|interview with)"
)
"""Words before somebody who hears what is said, or is spoken of, and so is no source of it."""
_LISTENER = re.compile(rf"\b{_HEARD}(?: (?:the|a|an|news agency|agency|network))*[ ,“\"']*$")
_BEFORE = re.compile(
    rf"(?:\baccording to|\bas per|\bciting|\bquoting|{SAYING}(?: by)?"
    r"|\b(?:reports?|figures?|data|statements?|numbers?) (?:from|by|of)"
    rf"|\b{RECORDS} (?:(?:compiled|kept|published|made) )?(?:by|from))"
    r"(?: (?:the|a|an|both|monitor|monitors|group|agency|news agency|network))*[ ,“\"']*$"
)
_AFTER = re.compile(
    rf"[’']?s?(?:, [^.;:]{{0,120}}?,|,(?= {ADDRESSING}\b))?"
    rf"(?: (?:has|have|had|also|later|earlier|previously|itself"
    rf"|spokes\w+|statement|officials?|report|head|chief|director|media|news agency|agency))*"
    rf" (?:{SAYING}|{DENYING})\b"
)
_AFTER_OFFICE = re.compile(
    rf"(?:^|[,;:“”\"] ?){OFFICE} [^,;:.“”\"]{{2,100}}, (?:the )?(?:[a-z]{{2,4}}\. )*$"
)
_SAYS_NEXT = re.compile(rf", (?:also |later )?(?:{SAYING}|{DENYING})\b")
_HEAD = re.compile(r"^\W*$")
_COLON = re.compile(r"\s*:")
_NO_VICTIM = r"\b(?! (?:killed|dead|missing|wounded|injured|captured)\b)"
_UNNAMED = re.compile(
    rf"(?:according to|citing|quoting|(?!tells\b|told (?!by)){SAYING}(?: by)?)"
    r" (?:the |an? |some |local |several )*"
    r"(?P<who>(?:[\w-]+ ){0,2}(?:residents|witnesses|activists|officials?|sources?|medics|doctors"
    r"|reports|media|rescuers|villagers|commanders?|fighters|analysts|experts|monitors))\b"
    r"|(?:^|[,;.”\"] )(?:the |an? |some |local |several )*(?P<whose>(?:[\w-]+ ){0,2}(?:residents"
    r"|witnesses|activists|officials?|sources?|medics|doctors|reports|media|rescuers|villagers"
    r"|commanders?|fighters|analysts|experts|monitors))(?: \w+){0,4}?"
    rf"(?<!\bwere)(?<!\bwas)(?<!\bbeen) {SAYING}{_NO_VICTIM}"
)
"""Speakers in words alone: they may be anybody, and are a source of kind `unnamed`."""
_ONE = (
    r"(?:police|doctor|medic|nurse|official|officer|witness|resident|activist|rescuer|villager"
    r"|commander|fighter|soldier|source|spokes\w+|mayor|governor|minister|ministry|army|military"
    r"|government|authorities|rebels|militants|survivors?|relatives?|teacher|journalist|hospital)"
)
_SAYS = (
    rf"(?:(?:has |have |had )?(?:(?!tells?\b|told\b){SAYING}|{DENYING}){_NO_VICTIM}"
    r"|told\b[^,;.]{1,40} that\b)"
)
_SOMEBODY = re.compile(
    rf"(?:^|[,;.”\"] )(?:and |but )?(?:the |an? |one |local )*(?P<who>(?:[\w-]+ ){{0,2}}{_ONE})"
    r"(?:, (?:who|which)\b[^,;.]{1,80},)?"
    rf"(?: (?:in|at|of|from|for|on|later|also|there|who)\b[^,;.]{{0,60}}?)? {_SAYS}"
)
"""One speaker without a name, or a body of which each state or town has one."""
_LAST = re.compile(
    rf"[,”\"] (?:the |an? |one |local )*"
    rf"(?!(?:and|but|who|which|that|he|she|it|they|we|i|you|as|what|where|when|while|so)\b)"
    rf"(?P<who>[^\W\d][\w-]*(?: [\w-]+){{0,2}}?)"
    rf"(?: (?:in|at|of|from|for|later|also|who)\b[^,;.]{{0,60}}?)? {_SAYS}[^,;:”\"]{{0,40}}$"
)
"""Somebody who speaks at the end of a sentence, in whatever words."""


_AGAINST = re.compile(
    r"(\b(?:contrary to|despite|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?) (?:the |all |any )?"
    r"(?:reports?|claims?|allegations?|accusations?|statements?|figures?) )"
    r"((?:by|from|of)\b[^,.;]{0,80}?)(?=,|\.|;| that\b|$)",
    re.IGNORECASE,
)
"""Words on whose word is not taken: they cite nobody."""


def _without_whose(found: re.Match[str]) -> str:
    """The words without whose report is rejected, as long as before."""
    return found[1] + " " * len(found[2])


def attributed(words: str, names: Sequence[NameInWords]) -> tuple[CitedSource, ...]:
    """The sources that words attribute something to, in the order of the words.

    `names` are those of the case; a name that is none of its sources may be a new one.
    """
    words = _AGAINST.sub(_without_whose, words)
    text = folded(words)
    sources = [one for one in names if one.kind is NamedKind.SOURCE]
    found = [
        CitedSource(one.name, one.id, one.start, one.end)
        for one in _each_once(one for one in sources if _speaks(text, one))
    ]
    for new in spoken_names(words):
        start, end = (len(folded(words[:at])) for at in (new.start, new.end))
        if not any(one.start < end and start < one.end for one in sources):
            found.append(CitedSource(new.name, "", start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def unnamed_speaker(words: str) -> str:
    """The words for a speaker without a name, as "residents"; empty if there is none."""
    text = folded(_AGAINST.sub(_without_whose, words))
    if found := _UNNAMED.search(text):
        return (found["who"] or found["whose"]).strip()
    one = _SOMEBODY.search(text) or _LAST.search(text)
    return one["who"].strip() if one else ""


_PRONOUN = re.compile(
    r"(?:^|[,;.”\"] ?)(?P<who>he|she|it|they"
    r"|the (?:group|agency|monitor|organi[sz]ation|network|observatory|channel|body|charity))"
    rf" (?:later |also |then |has |have |had )*(?:{SAYING}|{DENYING}){_NO_VICTIM}"
)
_SPEECH = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bnot )\b(?P<said>according to"
    r"|said|says|told|tells|stated|announced|claimed|insisted|admitted|acknowledged|blamed|accused|denied|denies"
    r"|deny|puts? the (?:number|toll|death toll|count))\b(?! to\b)"
)
"""Words with which somebody speaks, whoever it is."""


def word_of_speech(words: str) -> str:
    """The first word with which somebody speaks: "said", "according to"; empty without any."""
    found = _SPEECH.search(folded(words))
    return found["said"] if found else ""


_ORGAN = re.compile(
    r"\b(?:office|ministry|agency|monitor|cent(?:er|re)|council|observatory|front|army|forces|group"
    r"|committee|commission|organi[sz]ation|network|defen[cs]e|police|government|party|union|radio"
    r"|television|times|post|news|press|tv|media|watch|nations|coalition|brigades?|movement)\b",
    re.IGNORECASE,
)
"""Words of names that are no person's."""


def may_be_meant(pronoun: str, name: str, *, person: bool | None) -> bool:
    """True if a pronoun may be a name; `person` is None where its kind is not known.

    Of an unknown name two words or more of letters may be a person's.
    """
    if person is None:
        words = name.split()
        person = len(words) > 1 and not _ORGAN.search(name) and not name.isupper()
    if pronoun in ("he", "she"):
        return person
    return pronoun == "they" or not person


def pronoun_that_speaks(words: str) -> str:
    """The words for somebody who speaks and was named before: "he", "the group"; else empty."""
    found = _PRONOUN.search(folded(words))
    return found["who"] if found else ""


def _speaks(text: str, one: NameInWords) -> bool:
    before, after = text[: one.start], text[one.end :]
    if _LISTENER.search(before):
        return False
    return (
        _BEFORE.search(before) is not None
        or _AFTER.match(after) is not None
        or (_SAYS_NEXT.match(after) is not None and _AFTER_OFFICE.search(before) is not None)
        or (_HEAD.match(before) is not None and _COLON.match(after) is not None)
    )


def _each_once(found: Iterator[NameInWords]) -> Iterator[NameInWords]:
    seen: set[str] = set()
    for one in found:
        if one.id not in seen:
            seen.add(one.id)
            yield one
