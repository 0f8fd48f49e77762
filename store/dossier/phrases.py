"""Phrases for the sentences of a dossier. They may hold text from outside."""

from collections.abc import Sequence

from store.dossier.gathered import Gathered
from store.exporters.citation import time_text
from store.model.dates import AT_LATEST, long
from store.model.labels import as_of_text, count_text, stance_text
from store.model.vocabulary import Kind, ReadBy, Stance
from store.queries.compare import Voice
from store.queries.compare_columns import Column

UNNAMED = "an unnamed publisher"


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def origin_name(voice: Voice, article: Column) -> str:
    """The name of the origin of a voice, or that its publisher is not stated."""
    return voice.origin if voice.chain or article.publisher else UNNAMED


def teller(voice: Voice, article: Column) -> str:
    """`SOHR, through Al Jazeera, 2 Dec 2024`."""
    *through, origin = (article.publisher or UNNAMED, *voice.chain)
    way = f", through {listed(through[::-1])}" if through else ""
    return f"{origin}{way}, {time_text(article.published)}"


def value_of(of: Gathered, place: int) -> str:
    """`at least 27`, `29 Nov 2024 (as hearsay)`, `that it did not happen`, `… as of 2 Dec`."""
    voice, claim = of.voice(place), of.claims[place]
    if claim.kind is Kind.OCCURRENCE:
        return _HAPPENED[claim.stance]
    value = voice.value if claim.kind is Kind.PARTICIPANT else voice.detail
    as_of = f", {as_of_text(voice.as_of)}" if voice.as_of else ""
    if voice.at_latest:
        as_of = f", as of {AT_LATEST} {long(voice.at_latest)}"
    return stance_text(claim, value) + as_of


_HAPPENED = {
    Stance.ASSERTS: "it happened",
    Stance.HEDGES: "it is said to have happened",
    Stance.DOUBTS: "it is doubted that it happened",
    Stance.DENIES: "it did not happen",
}


def labelled(label: str, value: str) -> str:
    """`Killed: at least 27`; of an occurrence, whose label says no more, the value alone."""
    before, _, last = label.rpartition(": ")
    if last.casefold() != _HAPPENED[Stance.ASSERTS]:
        return f"{label}: {value}"
    return f"{before}: {value}" if before else capital(value)


def label_of(of: Gathered, place: int, *, first: bool = True) -> str:
    """`Killed, civilians`, of a part `Rebels enter Hama: killed`.

    A label that does not come `first` in its sentence has no capital, but that of a title.
    """
    line = of.comparison.lines[of.voice(place).line]
    group = of.comparison.groups[line.group]
    if of.kind == "filter" or group.id != of.own[0]:
        return f"{group.title}: {line.label}"
    return capital(line.label) if first else line.label


def reader(voice: Voice) -> str:
    """` (read by a machine, 40 %)`; empty for what a person read."""
    match voice.read_by:
        case ReadBy.MACHINE:
            sure = "" if voice.confidence is None else f", {voice.confidence} % sure"
            return f" (read by a machine{sure})"
        case ReadBy.RULE:
            return " (read by a rule)"
        case ReadBy.DATA_SET:
            return " (coded by the data set)"
        case _:
            return ""


def names_or_number(names: Sequence[str], unknown: int) -> str:
    """`SOHR, Reuters and 2 reports of unknown origin`."""
    found = list(dict.fromkeys(names))
    return listed(
        [*found, *([f"{count_text(unknown, 'report')} of unknown origin"] if unknown else [])]
    )


DENIED = {Stance.DENIES: "denied", Stance.DOUBTS: "doubted", Stance.HEDGES: "hearsay only"}
"""The word for each stance that does not assert."""
