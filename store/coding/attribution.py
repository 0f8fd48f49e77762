"""The sources to which a sentence attributes what it says: those of the case, and new names."""

import re
from collections.abc import Iterator, Sequence

from store.coding.new_speakers import spoken_names
from store.coding.offered_claim import CitedSource
from store.coding.speech import DENYING, SAYING
from store.model.text import folded
from store.queries.names_in_words import NameInWords
from store.queries.search import NamedKind

_HEARD = r"(?:told|tells|telling|(?:said|spoke|speaking) (?:to|with)|interview with)"
"""Words before somebody who hears what is said, and so is no source of it."""
_LISTENER = re.compile(rf"\b{_HEARD}(?: (?:the|a|an|news agency|agency|network))*[ ,“\"']*$")
_BEFORE = re.compile(
    rf"(?:\baccording to|\bas per|\bciting|\bquoting|{SAYING}(?: by)?"
    r"|\b(?:reports?|figures?|data|statements?|numbers?) (?:from|by|of))"
    r"(?: (?:the|a|an|both|monitor|monitors|group|agency|news agency|network))*[ ,“\"']*$"
)
_AFTER = re.compile(
    rf"[’']?s?(?:, [^.;:]{{0,120}}?,)?(?: (?:has|have|had|also|later|earlier|previously|itself"
    rf"|spokes\w+|statement|officials?|report|head|chief|director|media|news agency|agency))*"
    rf" (?:{SAYING}|{DENYING})\b"
)
_HEAD = re.compile(r"^\W*$")
_COLON = re.compile(r"\s*:")
_UNNAMED = re.compile(
    rf"(?:according to|citing|quoting|(?!tells\b|told (?!by)){SAYING}(?: by)?)"
    r" (?:the |an? |some |local |several )*"
    r"(?P<who>(?:[\w-]+ ){0,2}(?:residents|witnesses|activists|officials?|sources?|medics|doctors"
    r"|reports|media|rescuers|villagers|commanders?|fighters|analysts|experts|monitors))\b"
    r"|(?:^|[,;.”\"] )(?:the |an? |some |local |several )*(?P<whose>(?:[\w-]+ ){0,2}(?:residents"
    r"|witnesses|activists|officials?|sources?|medics|doctors|reports|media|rescuers|villagers"
    rf"|commanders?|fighters|analysts|experts|monitors))(?: \w+){{0,4}}? {SAYING}\b"
)
"""Speakers in words alone: they may be anybody, and are a source of kind `unnamed`."""


def attributed(words: str, names: Sequence[NameInWords]) -> tuple[CitedSource, ...]:
    """The sources that words attribute something to, in the order of the words.

    `names` are those of the case; a name that is none of its sources may be a new one.
    """
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
    found = _UNNAMED.search(folded(words))
    return (found["who"] or found["whose"]).strip() if found else ""


def _speaks(text: str, one: NameInWords) -> bool:
    before, after = text[: one.start], text[one.end :]
    if _LISTENER.search(before):
        return False
    return (
        _BEFORE.search(before) is not None
        or _AFTER.match(after) is not None
        or (_HEAD.match(before) is not None and _COLON.match(after) is not None)
    )


def _each_once(found: Iterator[NameInWords]) -> Iterator[NameInWords]:
    seen: set[str] = set()
    for one in found:
        if one.id not in seen:
            seen.add(one.id)
            yield one
