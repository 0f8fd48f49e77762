"""Sentences about what is claimed: each value with all who say it, agreement, and dispute."""

from collections.abc import Iterator, Sequence

from store.analysis.readings import DISPUTES, Reading
from store.coding.offered_claim import SUM_OF
from store.dossier.gathered import Gathered
from store.dossier.phrases import (
    DENIED,
    UNNAMED,
    capital,
    label_of,
    labelled,
    names_or_number,
    origin_name,
    reader,
    teller,
    value_of,
)
from store.dossier.sentences import Part, Sentence, said, sentence
from store.model.labels import count_text
from store.model.values import COUNT_KINDS
from store.model.vocabulary import Stance
from store.queries.compare import DisputeRow, LineRow
from store.queries.conflicts import folded

NEWER = (Reading.GROWN, Reading.SUPERSEDED)
"""The readings of a figure that was updated."""


def claimed(of: Gathered, lines: Sequence[LineRow]) -> Iterator[Sentence]:
    """A sentence for each value of these lines, with everybody who says so."""
    kept = set(of.places)
    for line in lines:
        label = capital(line.label)
        for places in _by_value(of, [one for one in line.voices if one in kept]).values():
            yield sentence(*_value_parts(of, places, label))


def _by_value(of: Gathered, places: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in places:
        found.setdefault(value_of(of, place), []).append(place)
    return found


def _value_parts(of: Gathered, places: Sequence[int], label: str) -> Iterator[Part]:
    """`Killed: at least 27 (SOHR, through Al Jazeera, 2 Dec 2024) [1], (…) [2]`.

    A figure has the note of its coding, which says for example that it is a sum.
    """
    together: dict[tuple[int, str], list[str]] = {}
    for place in places:
        voice = of.voice(place)
        article = of.comparison.articles[voice.article]
        printed = f"; in the original “{voice.printed}”" if voice.printed and article.digest else ""
        noted = voice.note and of.claims[place].kind in COUNT_KINDS
        about = "" if voice.note.startswith(SUM_OF) else "note of the coding: "
        note = f"; {about}{voice.note}" if noted else ""
        words = f"({teller(voice, article)}{printed}{note}){reader(voice)}"
        together.setdefault((voice.article, words), []).append(voice.passage_id)
    before = capital(f"{labelled(label, value_of(of, places[0]))} ")
    for (_, words), passages in together.items():
        yield Part(before + words, tuple(dict.fromkeys(passages)))
        before = ", "


def agreed(of: Gathered) -> Iterator[Sentence]:
    """A sentence for each value that several origins give."""
    for line in of.comparison.lines:
        kept = [
            one
            for one in line.voices
            if one in of.claims and of.voice(one).stance is Stance.ASSERTS
        ]
        for places in _by_value(of, [one for one in kept if one in set(of.places)]).values():
            voices = {of.voice(one).origin_id: one for one in places}
            if len(voices) < 2:
                continue
            known = [
                origin_name(of.voice(one), of.comparison.articles[of.voice(one).article])
                for id_, one in voices.items()
                if not id_.startswith("?")
            ]
            who = names_or_number(known, len(voices) - len(known))
            number = count_text(len(voices), "origin")
            passages = [of.voice(one).passage_id for one in places]
            label, value = label_of(of, places[0]), value_of(of, places[0])
            yield said(f"{labelled(label, value)}. {number} agree: {who}", passages)


def at_odds(of: Gathered) -> Iterator[Sentence]:
    """A sentence for each rule behind values that are at odds, but for updated figures."""
    yield from _conflicts(of, [one for one in of.pairs if one.reading in DISPUTES_NOW])


DISPUTES_NOW = tuple(one for one in DISPUTES if one not in NEWER)
"""The readings of what is at odds and is no update."""


def updated(of: Gathered) -> Iterator[Sentence]:
    """A sentence for each figure that grew or was replaced."""
    yield from _conflicts(of, [one for one in of.pairs if one.reading in NEWER])


def _conflicts(of: Gathered, pairs: Sequence[DisputeRow]) -> Iterator[Sentence]:
    for conflict in folded(of.comparison, pairs):
        rules: dict[str, list[int]] = {}
        for pair in conflict.pairs:
            rules.setdefault(pair.rule, []).extend((*pair.one, *pair.other))
        for rule, places in rules.items():
            reading = capital(conflict.pairs[0].reading.value)
            passages = [of.voice(place).passage_id for place in places]
            label = label_of(of, places[0], first=False)
            yield said(f"{reading} ({label}): {rule}", passages)
        if conflict.left_off:
            passages = [of.voice(place).passage_id for value in conflict.values for place in value]
            number = count_text(conflict.left_off, "more pair")
            yield said(f"{number} of these values are at odds in the same way", passages)


def denied(of: Gathered) -> Iterator[Sentence]:
    """A sentence for each value that somebody denies, doubts, or has from hearsay."""
    for stance, word in DENIED.items():
        for line in of.comparison.lines:
            places = [
                one
                for one in line.voices
                if one in of.claims and of.voice(one).stance is stance and one in set(of.places)
            ]
            for same in _by_value(of, places).values():
                label = f"{capital(word)}: {label_of(of, same[0])}"
                yield sentence(*_value_parts(of, same, label))


def authorities(of: Gathered) -> Iterator[Sentence]:
    """A sentence for each origin: how much rests on it, and who passes it on."""
    of_origin: dict[str, list[int]] = {}
    for place in of.places:
        of_origin.setdefault(of.voice(place).origin_id, []).append(place)
    unknown: list[int] = []
    for id_, places in sorted(of_origin.items(), key=lambda one: -len(one[1])):
        if id_.startswith("?"):
            unknown += places
            continue
        voice = of.voice(places[0])
        name = origin_name(voice, of.comparison.articles[voice.article])
        yield said(f"{name}: {_resting(of, places)}{_carriers(of, places)}", _passages(of, places))
    if unknown:
        words = f"Origins that are not known: {_resting(of, unknown)}{_carriers(of, unknown)}"
        yield said(words, _passages(of, unknown))


def _resting(of: Gathered, places: Sequence[int]) -> str:
    articles = {of.voice(place).article for place in places}
    return f"{count_text(len(places), 'statement')} in {count_text(len(articles), 'article')}"


def _carriers(of: Gathered, places: Sequence[int]) -> str:
    """`, through Al Jazeera and Times of Oman`."""
    names: dict[str, None] = {}
    for place in places:
        voice = of.voice(place)
        if voice.chain:
            publisher = of.comparison.articles[voice.article].publisher
            names |= dict.fromkeys(filter(None, (*voice.chain[:-1][::-1], publisher or UNNAMED)))
    return f", through {names_or_number(list(names), 0)}" if names else ""


def _passages(of: Gathered, places: Sequence[int]) -> list[str]:
    return [of.voice(place).passage_id for place in places]
